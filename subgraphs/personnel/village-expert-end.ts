import { LockMode } from '@mikro-orm/postgresql';
import { expectVersion, notFound } from '../user-error.ts';
import { decided } from './builder.ts';
import { ending, requireHolding } from './ending.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { VillageExpert } from './tables/village-expert.ts';
import { inForceOn } from './team-facts.ts';
import { scopeFacts, villageFacts } from './village.ts';
import { VillageExpertRef } from './village-expert.ts';

decided('villageExpertEnd', {
  description:
    'Ends the link of an expert to a village from the day of the act on; it stays on record with its reason. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (it does not hold that day), ON_BEFORE_LAST_ACT.',
  thing: 'villageExpert',
  type: VillageExpertRef,
  input: (t) => ({
    villageExpert: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string({ description: 'Why it ends. A rule of the platform asks for it.' }),
  }),
  plan: (input) => ({
    entity: VillageExpert,
    async prepare(tx, on) {
      const found = await tx.findOne(VillageExpert, { id: input.villageExpert });
      if (!found) throw notFound('villageExpert');
      // Held, so that the experts of a village are counted one act at a time.
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const village = await tx.findOneOrFail(Region, { id: found.regionId }, held);
      const link = await tx.refreshOrFail(found, held);
      expectVersion(link.version, input.version);
      requireHolding({ from: link.from, to: link.to }, on, 'villageExpert');
      const person = await tx.findOneOrFail(Person, { id: link.personId });
      const others = { regionId: village.id, personId: { $ne: person.id }, ...inForceOn(on) };
      const staying = await tx.find(VillageExpert, others, { fields: ['personId'] });
      const { reason, facts } = ending(input.reason);
      return {
        subject: {
          type: 'VillageExpert',
          id: link.id,
          regions: village.path,
          organisations: [person.organisationId],
          persons: [person.id],
        },
        facts: {
          ...(await villageFacts(tx, village, on)),
          'villageExpert.category': link.category,
          'villageExpert.villageCountLeft': new Set(staying.map(({ personId }) => personId)).size,
          ...facts,
          ...(await scopeFacts(tx, village, on)),
        },
        current: link,
        change: () => Object.assign(link, { to: on, endReason: reason }),
      };
    },
  }),
});
