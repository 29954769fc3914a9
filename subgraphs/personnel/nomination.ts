import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { rolesOn } from '../actor.ts';
import { requireCode } from '../code.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { nominatedFacts } from './nomination-facts.ts';
import { employedFacts } from './off-post-facts.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { unitFacts } from './person-facts.ts';
import { placeOf } from './place.ts';
import { regionFacts } from './region-status-facts.ts';
import { Nomination } from './tables/nomination.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { holdersOf, rosterOf } from './team-roster.ts';
import { lockTeam, teamSubject } from './team-row.ts';

export const TeamPart = builder.enumType('TeamPart', {
  description: 'For which part in a team somebody is put forward or engaged.',
  values: { LEADER: { value: 'leader' }, MEMBER: { value: 'member' } } as const,
});

export const NominationRef = builder.objectRef<Nomination>('Nomination');
NominationRef.implement({
  description:
    'A person put forward as leader or member of a team. Shown to those who act for the team and to the person.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.field({ type: TeamPart, resolve: ({ kind }) => kind as 'leader' }),
    team: t.field({
      type: TeamRef,
      resolve: async (row, _args, context) => (await loadById(context, Team, row.teamId)) as Team,
    }),
    person: t.field({
      type: PersonRef,
      resolve: async (row, _args, context) => (await loadById(context, Person, row.personId)) as Person,
    }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'The unit that employed the person then.',
      resolve: async (row, _args, context) =>
        (await loadById(context, Organisation, row.organisationId)) as Organisation,
    }),
    channel: t.exposeString('channel', { nullable: true, description: 'Code, such as unit-recommendation.' }),
    sourceCategory: t.exposeString('sourceCategory', { nullable: true, description: 'Code of the pool.' }),
    plannedOn: t.expose('plannedOn', { type: 'Date', nullable: true }),
    organisingAttested: t.exposeBoolean('organisingAttested'),
    submittedOn: t.expose('submittedOn', { type: 'Date' }),
  }),
});

/** Whether the viewer acts for a team, in whatever role. */
export async function actsForTeam(context: Context, team: Team): Promise<boolean> {
  if (context.viewer.kind === 'service') return true;
  return rolesOn(context.viewer, await teamSubject(context.em, team, context.today)).length > 0;
}

builder.objectField(TeamRef, 'nominations', (t) =>
  t.field({
    type: [NominationRef],
    authenticated: true,
    description: 'Those that you may see: all of them for who acts for the team, your own otherwise. The oldest first.',
    args: { kind: t.arg({ type: TeamPart }) },
    async resolve(team, { kind }, context) {
      const own = (await actsForTeam(context, team)) ? {} : { personId: context.viewer.person ?? null };
      if ('personId' in own && own.personId === null) return [];
      return context.em.find(Nomination, { teamId: team.id, ...own, ...(kind ? { kind } : {}) } as never, {
        orderBy: { id: 'asc' },
      });
    },
  }),
);

decided('nominationSubmit', {
  description:
    'Puts a person forward as leader or member of a team. Errors: NOT_FOUND (team, person), CODE_INVALID, WRONG_STATE (the team has ended), ALREADY_NOMINATED.',
  thing: 'nomination',
  type: NominationRef,
  input: (t) => ({
    team: t.id({ required: true }),
    person: t.id({ required: true }),
    kind: t.field({ type: TeamPart, required: true }),
    channel: t.string({ description: 'Code, such as unit-recommendation, targeted-invitation, self-nomination.' }),
    sourceCategory: t.string({ description: 'Code of the pool that the person comes from.' }),
    plannedOn: t.field({ type: 'Date', description: 'The day planned for the dispatch or engagement.' }),
    organisingAttested: t.boolean({ description: 'Organising ability is attested in writing. Absent: it is not.' }),
  }),
  plan: (input, context) => ({
    entity: Nomination,
    async prepare(tx, on) {
      const team = await lockTeam(tx, input.team);
      if (team.status === 'ended') {
        throw new UserError('WRONG_STATE', 'team', { zh: '该团队已结束。', en: 'This team has ended.' });
      }
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      const region = await tx.findOneOrFail(Region, { id: team.regionId });
      const roster = await rosterOf(tx, team.id, on);
      const leaders = holdersOf(roster, 'leader');
      const nomination = {
        id: uuid(),
        version: 1,
        kind: input.kind,
        teamId: team.id,
        personId: person.id,
        organisationId: person.organisationId,
        regionId: region.id,
        ...(await placeOf(tx, region)),
        channel: input.channel ? requireCode(input.channel, 'channel') : null,
        sourceCategory: input.sourceCategory ? requireCode(input.sourceCategory, 'sourceCategory') : null,
        plannedOn: input.plannedOn ?? null,
        organisingAttested: input.organisingAttested ?? false,
        actor: context.viewer.subject,
        submittedOn: on,
      };
      const subject = await teamSubject(tx, team, on);
      const { 'unit.publicInstitution': _, ...unit } = await unitFacts(tx, person.organisationId);
      const { viewer } = context;
      const standsIn = input.onBehalfOf === 'team-leader' && rolesOn(viewer, subject).includes('recorder');
      return {
        subject: {
          ...subject,
          type: 'Nomination',
          id: nomination.id,
          organisations: [...new Set([...(subject.organisations ?? []), person.organisationId])],
          persons: [person.id],
        },
        facts: {
          ...(await nominatedFacts(tx, nomination, person, on)),
          'nomination.channel': nomination.channel ?? undefined,
          'nomination.byLeader': standsIn || (viewer.person !== null && leaders.includes(viewer.person)),
          'team.kind': team.kind ?? undefined,
          'team.level': team.level,
          'team.status': team.status,
          'team.leaderCount': leaders.length,
          'member.alreadyMember': roster.members.has(person.id),
          ...unit,
          ...(await employedFacts(tx, person, on)),
          ...(await regionFacts(tx, region, on)),
        },
        current: null,
        async change() {
          const row = tx.create(Nomination, nomination);
          await tx.flush().catch((error) => {
            if (!(error instanceof UniqueConstraintViolationException)) throw error;
            throw new UserError('ALREADY_NOMINATED', 'person', {
              zh: '该人员当日已被提名。',
              en: 'This person was put forward that day already.',
            });
          });
          return row;
        },
      };
    },
  }),
});
