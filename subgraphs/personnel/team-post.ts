import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { PersonRef } from './person.ts';
import { personFacts, unitFacts } from './person-facts.ts';
import { lockCounty } from './place.ts';
import { RegionRef } from './region.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team, TeamPost } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { inForceOn, signedCounties } from './team-facts.ts';
import { teamForChange, teamSubject, touched } from './team-row.ts';

const TeamPostRef = builder.objectRef<TeamPost>('TeamPost').implement({
  description: 'A leader or liaison of a team.',
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({
      type: PersonRef,
      resolve: async (post, _args, context) => (await loadById(context, Person, post.personId)) as Person,
    }),
    side: t.exposeString('side', { nullable: true, description: 'For a leader: unit or county.' }),
    post: t.exposeString('post', {
      nullable: true,
      description: 'The post held outside the team at the appointment; null when not known.',
    }),
    county: t.field({
      type: RegionRef,
      nullable: true,
      resolve: (post, _args, context) => (post.countyId ? loadById(context, Region, post.countyId) : null),
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true }),
  }),
});

function postsOf(context: Context, team: Team, role: string, asOf: string | null | undefined) {
  return context.em.find(
    TeamPost,
    { teamId: team.id, role, ...inForceOn(asOf ?? context.today) },
    { orderBy: { from: 'asc', id: 'asc' } },
  );
}

builder.objectFields(TeamRef, (t) => {
  const args = { asOf: t.arg({ type: 'Date', description: 'Those in office on this day, today if absent.' }) };
  return {
    leaders: t.field({
      type: [TeamPostRef],
      description: 'One of the unit, and one of each signing county.',
      args,
      resolve: (team, { asOf }, context) => postsOf(context, team, 'leader', asOf),
    }),
    liaisons: t.field({
      type: [TeamPostRef],
      description: 'One of each signing county.',
      args,
      resolve: (team, { asOf }, context) => postsOf(context, team, 'liaison', asOf),
    }),
  };
});

decided('teamLeaderAppoint', {
  description:
    'Appoints a leader of one side, in place of the earlier one of that side and county. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, SIDE_INVALID, COUNTY_REQUIRED, COUNTY_INVALID, COUNTY_NOT_VALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
    side: t.string({ required: true, description: 'unit or county.' }),
    county: t.id({ description: 'The signing county, for the county side.' }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      if (input.side !== 'unit' && input.side !== 'county') {
        throw new UserError('SIDE_INVALID', 'side', {
          zh: '团长方须为 unit 或 county。',
          en: 'The side is unit or county.',
        });
      }
      if (input.side === 'county' && !input.county) {
        throw new UserError('COUNTY_REQUIRED', 'county', { zh: '请说明县（市、区）。', en: 'Say which county.' });
      }
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      // Held, for a brigade of the county is led by whom this appoints.
      const countyId = input.side === 'county' ? (await lockCounty(tx, input.county as string, on)).id : null;
      const counties = await signedCounties(tx, team.id, on);
      return {
        subject: await teamSubject(tx, team, on),
        facts: {
          'team.level': team.level,
          'team.status': team.status,
          'leader.side': input.side,
          'leader.post': person.post ?? undefined,
          'leader.countySigned': countyId ? counties.includes(countyId) : undefined,
          ...personFacts(person, on),
          'unit.kind': (await unitFacts(tx, person.organisationId))['unit.kind'],
        },
        current: team,
        async change() {
          await replacePost(tx, team, person, { role: 'leader', side: input.side, countyId }, on);
          return touched(team, on);
        },
      };
    },
  }),
});

decided('teamLiaisonAppoint', {
  description:
    'Appoints the liaison of a signing county in place of the earlier one. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, COUNTY_INVALID, COUNTY_NOT_VALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
    county: t.id({ required: true }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      await lockCounty(tx, input.county, on);
      return {
        subject: await teamSubject(tx, team, on),
        facts: { 'team.level': team.level, 'team.status': team.status, 'liaison.post': person.post ?? undefined },
        current: team,
        async change() {
          await replacePost(tx, team, person, { role: 'liaison', side: null, countyId: input.county }, on);
          return touched(team, on);
        },
      };
    },
  }),
});

async function replacePost(
  tx: SqlEntityManager,
  team: Team,
  person: Person,
  post: { role: string; side: string | null; countyId: string | null },
  on: string,
): Promise<void> {
  for (const earlier of await tx.find(TeamPost, { teamId: team.id, ...post, ...inForceOn(on) })) earlier.to = on;
  tx.create(TeamPost, {
    id: uuid(),
    teamId: team.id,
    personId: person.id,
    ...post,
    post: person.post,
    from: on,
    to: null,
  });
}
