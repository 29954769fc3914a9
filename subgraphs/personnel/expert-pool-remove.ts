import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { expectVersion, notFound } from '../user-error.ts';
import { decided } from './builder.ts';
import { ending, requireHolding } from './ending.ts';
import { ExpertPoolEntryRef } from './expert-pool-entry.ts';
import { ExpertPoolEntry } from './tables/expert-pool-entry.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team, TeamMember } from './tables/team.ts';
import { inForceOn } from './team-facts.ts';

/** How many teams at work somebody belongs to on a day. */
async function activeTeams(tx: SqlEntityManager, personId: string, on: string): Promise<number> {
  const memberships = await tx.find(TeamMember, { personId, ...inForceOn(on) }, { fields: ['teamId'] });
  return tx.count(Team, { id: { $in: memberships.map(({ teamId }) => teamId) }, status: 'active' });
}

decided('expertPoolRemove', {
  description:
    'Takes an entry out of the expert pool from the day of the act on; it stays on record with its reason. Other entries of the person hold. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (it does not hold that day), ON_BEFORE_LAST_ACT.',
  thing: 'expertPoolEntry',
  type: ExpertPoolEntryRef,
  input: (t) => ({
    expertPoolEntry: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string({ description: 'Why. A rule of the platform asks for it.' }),
  }),
  plan: (input) => ({
    entity: ExpertPoolEntry,
    async prepare(tx, on) {
      const found = await tx.findOne(ExpertPoolEntry, { id: input.expertPoolEntry });
      if (!found) throw notFound('expertPoolEntry');
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      // In the order in which an entry is made: those whom a pairing brings are counted one act at a time.
      if (found.pairedCountyId) await tx.findOneOrFail(Region, { id: found.pairedCountyId }, held);
      const person = await tx.findOneOrFail(Person, { id: found.personId }, held);
      const entry = await tx.refreshOrFail(found, held);
      expectVersion(entry.version, input.version);
      requireHolding({ from: entry.addedOn, to: entry.to }, on, 'expertPoolEntry');
      const region = await tx.findOneOrFail(Region, { id: entry.regionId });
      const { reason, facts } = ending(input.reason);
      return {
        subject: {
          type: 'ExpertPoolEntry',
          id: entry.id,
          regions: region.path,
          organisations: [person.organisationId, ...(entry.recommenderId ? [entry.recommenderId] : [])],
        },
        facts: {
          'expertPool.source': entry.source,
          'expertPool.activeTeams': await activeTeams(tx, person.id, on),
          ...facts,
        },
        current: entry,
        change: () => Object.assign(entry, { to: on, endReason: reason }),
      };
    },
  }),
});
