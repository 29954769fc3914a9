import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { leaderFacts } from './leader-facts.ts';
import { PersonRef } from './person.ts';
import { personFacts, unitFacts } from './person-facts.ts';
import { lockCounty } from './place.ts';
import { RegionRef } from './region.ts';
import { regionFacts } from './region-status-facts.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team, TeamPost } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { inForceOn, signedCounties } from './team-facts.ts';
import { holdersAfter, rosterOf } from './team-roster.ts';
import { changed, teamForChange, teamSubject } from './team-row.ts';

const TeamPostRef = builder.objectRef<TeamPost>('TeamPost').implement({
  description: 'A leader or liaison of a team.',
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({
      type: PersonRef,
      resolve: async (post, _args, context) => (await loadById(context, Person, post.personId)) as Person,
    }),
    side: t.exposeString('side', {
      nullable: true,
      description: 'For a leader: unit or county; null for the one leader of a team.',
    }),
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
    'Appoints a leader of one side, or of the team as a whole, in place of the earlier one of that side and county. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, SIDE_INVALID, COUNTY_REQUIRED, COUNTY_INVALID, COUNTY_NOT_VALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
    side: t.string({ description: 'unit or county; absent for the one leader of a team without sides.' }),
    county: t.id({ description: 'The signing county, for the county side.' }),
  }),
  plan: (input, context) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const side = input.side ?? null;
      if (side !== null && side !== 'unit' && side !== 'county') {
        throw new UserError('SIDE_INVALID', 'side', {
          zh: '团长方须为 unit 或 county。',
          en: 'The side is unit or county.',
        });
      }
      if (side === 'county' && !input.county) {
        throw new UserError('COUNTY_REQUIRED', 'county', { zh: '请说明县（市、区）。', en: 'Say which county.' });
      }
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      // Held, for a brigade of the county is led by whom this appoints.
      const countyId = side === 'county' ? (await lockCounty(tx, input.county as string, on)).id : null;
      const counties = await signedCounties(tx, team.id, on);
      const region = await tx.findOneOrFail(Region, { id: team.regionId });
      const post = { role: 'leader', side, countyId };
      const leader = await leaderFacts(tx, context.registry, region, person, on);
      const held = leader['leader.post'] ?? null;
      return {
        subject: await teamSubject(tx, team, on),
        facts: {
          'team.level': team.level,
          'team.kind': team.kind ?? undefined,
          'team.status': team.status,
          'team.leaderCountAfter': holdersAfter(await rosterOf(tx, team.id, on), post, person.id),
          ...leader,
          ...(await regionFacts(tx, region, on)),
          'leader.side': side ?? undefined,
          'leader.countySigned': countyId ? counties.includes(countyId) : undefined,
          ...personFacts(person, on),
          'unit.kind': (await unitFacts(tx, person.organisationId))['unit.kind'],
        },
        current: team,
        async change() {
          await replacePost(tx, team, person, { ...post, post: held }, on);
          return changed(tx, team, on, { act: 'teamLeaderAppoint', personIds: [person.id] });
        },
      };
    },
  }),
});

decided('teamLiaisonAppoint', {
  description:
    'Appoints the liaison of a county in place of the earlier one. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, COUNTY_REQUIRED, COUNTY_INVALID, COUNTY_NOT_VALID.',
  thing: 'team',
  type: TeamRef,
  input: (t) => ({
    team: t.id({ required: true }),
    version: t.int({ required: true }),
    person: t.id({ required: true }),
    county: t.id({ description: 'The county that the team serves if absent.' }),
  }),
  plan: (input) => ({
    entity: Team,
    async prepare(tx, on) {
      const team = await teamForChange(tx, input, on);
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      const region = await tx.findOneOrFail(Region, { id: team.regionId });
      const county = input.county ?? (region.level === 'county' ? region.id : null);
      if (!county) {
        throw new UserError('COUNTY_REQUIRED', 'county', { zh: '请说明县（市、区）。', en: 'Say which county.' });
      }
      await lockCounty(tx, county, on);
      const unit = await tx.findOneOrFail(Organisation, { id: person.organisationId });
      const post = { role: 'liaison', side: null, countyId: county };
      return {
        subject: await teamSubject(tx, team, on),
        facts: {
          'team.level': team.level,
          'team.kind': team.kind ?? undefined,
          'team.status': team.status,
          'team.liaisonCountAfter': holdersAfter(await rosterOf(tx, team.id, on), post, person.id),
          'liaison.post': person.post ?? undefined,
          'liaison.ofTeamRegion': unit.regionId === team.regionId,
        },
        current: team,
        async change() {
          await replacePost(tx, team, person, { ...post, post: person.post }, on);
          return changed(tx, team, on, { act: 'teamLiaisonAppoint', personIds: [person.id] });
        },
      };
    },
  }),
});

async function replacePost(
  tx: SqlEntityManager,
  team: Team,
  person: Person,
  { post, ...place }: Pick<TeamPost, 'role' | 'side' | 'countyId' | 'post'>,
  on: string,
): Promise<void> {
  for (const earlier of await tx.find(TeamPost, { teamId: team.id, ...place, ...inForceOn(on) })) earlier.to = on;
  tx.create(TeamPost, {
    id: uuid(),
    teamId: team.id,
    personId: person.id,
    ...place,
    post: post ?? null,
    from: on,
    to: null,
  });
}
