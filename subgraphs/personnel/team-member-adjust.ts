import { requireCodes } from '../code.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { Team, TeamMember } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { inForceOn } from './team-facts.ts';
import { comingFacts, comingPerson, join } from './team-member.ts';
import { afterChange, practicalCount, rosterOf } from './team-roster.ts';
import { changed, teamForChange, teamSubject } from './team-row.ts';

const ComingInput = builder.inputType('TeamMemberComingInput', {
  fields: (t) => ({
    person: t.id({ required: true }),
    sourceCategory: t.string({ description: 'Code of the pool that the member comes from.' }),
    practicalExpert: t.boolean({ description: 'A practical technical expert. Absent: not known.' }),
    practicalCertifier: t.string({ description: 'Who certified that.' }),
  }),
});

/** @throws UserError ADJUSTMENT_EMPTY, PERSON_TWICE */
function checkPersons(added: readonly string[], removed: readonly string[]): void {
  if (added.length + removed.length === 0) {
    throw new UserError('ADJUSTMENT_EMPTY', 'add', { zh: '没有增减成员。', en: 'Nobody comes and nobody goes.' });
  }
  const all = [...added, ...removed];
  if (new Set(all).size < all.length) {
    throw new UserError('PERSON_TWICE', 'add', {
      zh: '同一人只能出现一次。',
      en: 'The same person is named twice.',
    });
  }
}

decided('teamMemberAdjust', {
  description:
    'Lets members come and go in one act, so that one can replace another where each alone would leave too few. Composition is decided as it will be, and each who comes by the rules of teamMemberAdd: a refusal is the decision at that point about the person in its fact member.person, and nobody comes or goes. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, ADJUSTMENT_EMPTY, PERSON_TWICE, ALREADY_MEMBER, CODE_INVALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    add: t.field({ type: [ComingInput], description: 'Who comes.' }),
    remove: t.idList({ description: 'The persons who go.' }),
    approvals: t.stringList({ description: 'Role codes of the bodies that approved it.' }),
    reason: t.string(),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const [add, remove] = [input.add ?? [], input.remove ?? []];
      checkPersons(
        add.map(({ person }) => person),
        remove,
      );
      const leaving: TeamMember[] = [];
      for (const personId of remove) {
        const rows = await tx.find(TeamMember, { teamId: team.id, personId, ...inForceOn(on) });
        if (rows.length === 0) throw notFound('remove');
        leaving.push(...rows);
      }
      const newcomers = [];
      for (const coming of add) {
        newcomers.push({ coming, person: await comingPerson(tx, team, coming, on, ['add', 'person']) });
      }
      const approvals = requireCodes(input.approvals, 'approvals');
      const reason = input.reason?.trim() || null;
      const roster = await rosterOf(tx, team.id, on);
      const after = afterChange(
        roster,
        remove,
        add.map(({ person, practicalExpert }) => ({ personId: person, practicalExpert: practicalExpert ?? null })),
      );
      const parts = [];
      for (const newcomer of newcomers) {
        const facts = await comingFacts(tx, team, newcomer, { roster, after }, approvals, on);
        parts.push({ point: 'teamMemberAdd', facts });
      }
      return {
        subject: await teamSubject(tx, team, on),
        parts,
        facts: {
          'team.kind': team.kind ?? undefined,
          'team.level': team.level,
          'team.status': team.status,
          'team.memberCount': roster.members.size,
          'team.memberCountAfter': after.members.size,
          'team.practicalExpertCount': practicalCount(roster),
          'team.practicalExpertCountAfter': practicalCount(after),
          'adjustment.addedCount': add.length,
          'adjustment.removedCount': remove.length,
          'adjustment.approvals': approvals,
          'adjustment.reasonStated': reason !== null,
        },
        current: team,
        change() {
          for (const membership of leaving) {
            membership.to = on;
            membership.endReason = reason;
          }
          for (const coming of add) join(tx, team, coming, on);
          const personIds = [...remove, ...add.map(({ person }) => person)];
          return changed(tx, team, on, { act: 'teamMemberAdjust', personIds, approvals, reason });
        },
      };
    },
  }),
});
