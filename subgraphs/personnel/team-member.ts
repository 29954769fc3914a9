import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { PersonRef } from './person.ts';
import { personFacts, unitFacts } from './person-facts.ts';
import { Person } from './tables/person.ts';
import { Team, TeamMember } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { inForceOn, memberCount } from './team-facts.ts';
import { teamForChange, teamSubject, touched } from './team-row.ts';

const TeamMemberRef = builder.objectRef<TeamMember>('TeamMember').implement({
  description: 'A membership: who, from when to when.',
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({
      type: PersonRef,
      resolve: async (member, _args, context) => (await loadById(context, Person, member.personId)) as Person,
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    endReason: t.exposeString('endReason', { nullable: true }),
  }),
});

builder.objectFields(TeamRef, (t) => ({
  members: t.connection({
    type: TeamMemberRef,
    args: { asOf: t.arg({ type: 'Date', description: 'Members on this day, today if absent.' }) },
    resolve: (team, args, context) =>
      page(context.em, TeamMember, {
        where: { teamId: team.id, ...inForceOn(args.asOf ?? context.today) },
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

decided('teamMemberAdd', {
  description:
    'Adds a member. Composition is decided as it will be. Errors: NOT_FOUND, ALREADY_MEMBER, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      const already = await tx.count(TeamMember, { teamId: team.id, personId: person.id, ...inForceOn(on) });
      if (already > 0) {
        throw new UserError('ALREADY_MEMBER', 'person', {
          zh: '该人已是成员。',
          en: 'This person is a member already.',
        });
      }
      const members = await memberCount(tx, team.id, on);
      return {
        subject: await teamSubject(tx, team, on),
        facts: {
          'team.level': team.level,
          'team.status': team.status,
          'team.memberCount': members,
          'team.memberCountAfter': members + 1,
          'member.alreadyMember': false,
          ...personFacts(person, on),
          ...(await unitFacts(tx, person.organisationId)),
        },
        current: team,
        change() {
          tx.create(TeamMember, {
            id: uuid(),
            teamId: team.id,
            personId: person.id,
            from: on,
            to: null,
            endReason: null,
          });
          return touched(team, on);
        },
      };
    },
  }),
});

decided('teamMemberRemove', {
  description:
    'Ends a membership. Composition is decided as it will be. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, REASON_REQUIRED, ON_BEFORE_LAST_ACT.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
    reason: t.string({ required: true }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      if (!input.reason.trim()) {
        throw new UserError('REASON_REQUIRED', 'reason', { zh: '请说明理由。', en: 'Give a reason.' });
      }
      const membership = await tx.findOne(TeamMember, { teamId: team.id, personId: input.person, ...inForceOn(on) });
      if (!membership) throw notFound('person');
      const members = await memberCount(tx, team.id, on);
      return {
        subject: await teamSubject(tx, team, on),
        facts: {
          'team.level': team.level,
          'team.status': team.status,
          'team.memberCount': members,
          'team.memberCountAfter': members - 1,
        },
        current: team,
        change() {
          membership.to = on;
          membership.endReason = input.reason.trim();
          return touched(team, on);
        },
      };
    },
  }),
});
