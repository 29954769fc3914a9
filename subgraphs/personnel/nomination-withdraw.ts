import { LockMode } from '@mikro-orm/postgresql';
import { requireOrder } from '../act-order.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { ending } from './ending.ts';
import { NominationRef, nominationSubject, soughtBy, speaksAsLeader } from './nomination.ts';
import { regionFacts } from './region-status-facts.ts';
import { Nomination } from './tables/nomination.ts';

decided('nominationWithdraw', {
  description:
    'Takes a nomination back from the day of the act on: it is ranked no longer, and nobody is engaged on it. It stays on record with its reason. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (withdrawn already, the team has ended), ON_BEFORE_LAST_ACT.',
  thing: 'nomination',
  type: NominationRef,
  input: (t) => ({
    nomination: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string({ description: 'Why. A rule of the platform asks for it.' }),
  }),
  plan: (input, context) => ({
    entity: Nomination,
    async prepare(tx, on) {
      const found = await tx.findOne(Nomination, { id: input.nomination });
      if (!found) throw notFound('nomination');
      const { teamId, regionId, personId } = found;
      const sought = await soughtBy(tx, teamId ? { team: teamId } : { region: regionId }, on);
      const nomination = await tx.refreshOrFail(found, { lockMode: LockMode.PESSIMISTIC_WRITE });
      expectVersion(nomination.version, input.version);
      requireOrder(nomination.submittedOn, on);
      if (nomination.withdrawnOn) {
        throw new UserError('WRONG_STATE', 'nomination', {
          zh: '该提名已撤回。',
          en: 'This nomination has been withdrawn already.',
        });
      }
      const { reason, facts } = ending(input.reason);
      const subject = nominationSubject(sought, nomination);
      return {
        subject,
        facts: {
          'nomination.kind': nomination.kind,
          'nomination.channel': nomination.channel ?? undefined,
          'nomination.byLeader': speaksAsLeader(context, sought, subject, input.onBehalfOf),
          'team.kind': sought.team?.kind ?? nomination.teamKind ?? undefined,
          'team.level': sought.team?.level,
          'team.status': sought.team?.status,
          'member.alreadyMember': sought.roster.members.has(personId),
          ...facts,
          ...(await regionFacts(tx, sought.region, on)),
        },
        current: nomination,
        change: () => Object.assign(nomination, { withdrawnOn: on, withdrawReason: reason }),
      };
    },
  }),
});
