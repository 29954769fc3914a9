import { type SqlEntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { rolesOn, type Subject } from '../actor.ts';
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
import { RegionRef } from './region.ts';
import { regionFacts } from './region-status-facts.ts';
import { Nomination } from './tables/nomination.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { holdersOf, type Roster, rosterOf } from './team-roster.ts';
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
      nullable: true,
      description: 'Null for a leader who is sought before there is a team.',
      resolve: (row, _args, context) => (row.teamId ? loadById(context, Team, row.teamId) : null),
    }),
    region: t.field({
      type: RegionRef,
      resolve: async (row, _args, context) => (await loadById(context, Region, row.regionId)) as Region,
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
    withdrawnOn: t.expose('withdrawnOn', { type: 'Date', nullable: true, description: 'Null while it stands.' }),
    withdrawReason: t.exposeString('withdrawReason', { nullable: true }),
  }),
});

/** For what somebody is put forward: a team, or the leader's post of a region that has none yet. */
export interface Sought {
  readonly team: Team | null;
  readonly region: Region;
  readonly roster: Roster;
  readonly subject: Omit<Subject, 'type' | 'id'>;
}

/** @throws UserError TEAM_OR_REGION, NOT_FOUND, WRONG_STATE when the team has ended */
export async function soughtBy(
  tx: SqlEntityManager,
  input: { readonly team?: string | null | undefined; readonly region?: string | null | undefined },
  on: string,
): Promise<Sought> {
  if (Boolean(input.team) === Boolean(input.region)) {
    throw new UserError('TEAM_OR_REGION', 'team', {
      zh: '须填写团队；尚无团队的，填写地域。',
      en: 'Name the team, or the region where there is none yet: one of them.',
    });
  }
  if (input.team) {
    const team = await lockTeam(tx, input.team);
    if (team.status === 'ended') {
      throw new UserError('WRONG_STATE', 'team', { zh: '该团队已结束。', en: 'This team has ended.' });
    }
    const region = await tx.findOneOrFail(Region, { id: team.regionId });
    return { team, region, roster: await rosterOf(tx, team.id, on), subject: await teamSubject(tx, team, on) };
  }
  const region = await tx.findOne(Region, { id: input.region as string });
  if (!region) throw notFound('region');
  return { team: null, region, roster: { members: new Map(), posts: [] }, subject: { regions: region.path } };
}

/** The subject of a decision about a nomination: those who act for the team or region, the unit, and the person. */
export function nominationSubject(
  { subject }: Sought,
  nomination: Pick<Nomination, 'id' | 'organisationId' | 'personId'>,
): Subject {
  return {
    ...subject,
    type: 'Nomination',
    id: nomination.id,
    organisations: [...new Set([...(subject.organisations ?? []), nomination.organisationId])],
    persons: [nomination.personId],
  };
}

/** Whether the caller is the leader of the team, or enters this for the leader as a recorder. */
export function speaksAsLeader(
  { viewer }: Context,
  { roster }: Sought,
  about: Subject,
  onBehalfOf: string | null | undefined,
): boolean {
  if (onBehalfOf === 'team-leader' && rolesOn(viewer, about).includes('recorder')) return true;
  return viewer.person !== null && holdersOf(roster, 'leader').includes(viewer.person);
}

decided('nominationSubmit', {
  description:
    'Puts a person forward as leader or member of a team, or as leader for a region that has no team yet. Errors: NOT_FOUND (team, region, person), TEAM_OR_REGION, CODE_INVALID, WRONG_STATE (the team has ended), ALREADY_NOMINATED.',
  thing: 'nomination',
  isImported: true,
  type: NominationRef,
  input: (t) => ({
    team: t.id(),
    region: t.id({ description: 'Where there is no team yet.' }),
    teamKind: t.string({ description: 'The kind of team to be led, where there is none yet.' }),
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
      const sought = await soughtBy(tx, input, on);
      const { team, region, roster } = sought;
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      const optional = (text: string | null | undefined, field: string) => (text ? requireCode(text, field) : null);
      const nomination = {
        id: uuid(),
        version: 1,
        kind: input.kind,
        teamId: team?.id ?? null,
        teamKind: team ? null : optional(input.teamKind, 'teamKind'),
        personId: person.id,
        organisationId: person.organisationId,
        regionId: region.id,
        ...(await placeOf(tx, region)),
        channel: optional(input.channel, 'channel'),
        sourceCategory: optional(input.sourceCategory, 'sourceCategory'),
        plannedOn: input.plannedOn ?? null,
        organisingAttested: input.organisingAttested ?? false,
        actor: context.viewer.subject,
        submittedOn: on,
        withdrawnOn: null,
        withdrawReason: null,
      };
      const { 'unit.publicInstitution': _, ...unit } = await unitFacts(tx, person.organisationId);
      const about = nominationSubject(sought, nomination);
      return {
        subject: about,
        facts: {
          ...(await nominatedFacts(tx, nomination, person, on)),
          'nomination.channel': nomination.channel ?? undefined,
          'nomination.byLeader': speaksAsLeader(context, sought, about, input.onBehalfOf),
          'team.kind': team?.kind ?? nomination.teamKind ?? undefined,
          'team.level': team?.level,
          'team.status': team?.status,
          'team.leaderCount': holdersOf(roster, 'leader').length,
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
