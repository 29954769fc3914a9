import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireCodes } from '../code.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { PersonRef } from './person.ts';
import { doneSteps } from './procedure-facts.ts';
import { Letter } from './tables/letter.ts';
import { Person } from './tables/person.ts';
import { Team, TeamMember } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { inForceOn } from './team-facts.ts';
import { changed, teamForChange, teamSubject } from './team-row.ts';

export const LetterRef = builder.objectRef<Letter>('Letter');
LetterRef.implement({
  description: 'A letter of appointment (聘书) for a team or for one of its members.',
  fields: (t) => ({
    id: t.exposeID('id'),
    team: t.field({
      type: TeamRef,
      resolve: async (letter, _args, context) => (await loadById(context, Team, letter.teamId)) as Team,
    }),
    person: t.field({
      type: PersonRef,
      nullable: true,
      description: 'The member; null for the letter of the team.',
      resolve: (letter, _args, context) => (letter.personId ? loadById(context, Person, letter.personId) : null),
    }),
    number: t.exposeString('number', { nullable: true }),
    issuers: t.exposeStringList('issuers', { description: 'Role codes of the bodies that sign it.' }),
    issuedOn: t.expose('issuedOn', { type: 'Date' }),
  }),
});

builder.objectField(TeamRef, 'letters', (t) =>
  t.field({
    type: [LetterRef],
    description: 'Those issued to it and to its members, the oldest first.',
    resolve: (team, _args, context) => context.em.find(Letter, { teamId: team.id }, { orderBy: { id: 'asc' } }),
  }),
);

decided('letterIssue', {
  description:
    'Issues a letter of appointment to a team or to a member of it. Its version is that of the team. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, CODE_INVALID, NUMBER_TAKEN, ALREADY_ISSUED.',
  thing: 'letter',
  type: LetterRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true, description: "The team's: the letter is entered in its ledger." }),
    person: t.id({ description: 'The member; absent for the letter of the team.' }),
    number: t.string(),
    issuers: t.stringList({ required: true, description: 'Role codes of the bodies that sign it.' }),
  }),
  plan: (input) => ({
    entity: Letter,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const personId = input.person ?? null;
      if (personId && !(await tx.findOne(Person, { id: personId }))) throw notFound('person');
      const number = input.number?.trim() || null;
      const issuers = requireCodes(input.issuers, 'issuers');
      const already = (await tx.count(Letter, { teamId: team.id, personId, issuedOn: { $lte: on } })) > 0;
      const member = personId
        ? (await tx.count(TeamMember, { teamId: team.id, personId, ...inForceOn(on) })) > 0
        : undefined;
      const id = uuid();
      return {
        subject: { ...(await teamSubject(tx, team, on)), type: 'Letter', id },
        facts: {
          'team.kind': team.kind ?? undefined,
          'team.level': team.level,
          'team.doneSteps': await doneSteps(tx, team.procedureId),
          'letter.subjectKind': personId ? 'member' : 'team',
          'letter.numberStated': number !== null,
          'letter.issuers': issuers,
          'letter.memberInForce': member,
          'letter.alreadyIssued': already,
        },
        current: null,
        async change() {
          if (already) {
            throw new UserError('ALREADY_ISSUED', 'person', {
              zh: '已发过聘书。',
              en: 'A letter has been issued already.',
            });
          }
          changed(tx, team, on, { act: 'letterIssue', personIds: personId ? [personId] : [], approvals: issuers });
          const letter = tx.create(Letter, {
            id,
            version: 1,
            teamId: team.id,
            personId,
            number,
            issuers,
            issuedOn: on,
          });
          await tx.flush().catch((error) => {
            if (!(error instanceof UniqueConstraintViolationException)) throw error;
            throw new UserError('NUMBER_TAKEN', 'number', {
              zh: '该聘书编号已使用。',
              en: 'Another letter has this number.',
            });
          });
          return letter;
        },
      };
    },
  }),
});
