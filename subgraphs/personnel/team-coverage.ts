import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { heldOn } from './agreement-facts.ts';
import { pairedExperts } from './expert-pool-entry.ts';
import { regionFacts, regionsWith, statusesOf } from './region-status-facts.ts';
import { Agreement } from './tables/agreement.ts';
import { Designation } from './tables/designation.ts';
import { GoverningBody } from './tables/governing-body.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { activeTeamOn, inForceOn, regionIdsWithin } from './team-facts.ts';
import { directContactCount } from './team-setting.ts';

const SCOPE = 'in-team-scope';
const MECHANISM = 'coordination-mechanism';

/** The teams at work on a day that serve a region or one within it. */
export function activeTeams(em: SqlEntityManager, region: Region, on: string): Promise<Team[]> {
  return em.find(Team, { regionId: { $in: regionIdsWithin(em, region.id) }, ...activeTeamOn(on) } as never);
}

/** The kinds of the teams at work that serve a county: as their own, or by an agreement that holds. */
export async function activeTeamKinds(em: SqlEntityManager, region: Region, on: string): Promise<string[]> {
  const agreements = await em.find(Agreement, { countyId: region.id, ...heldOn(on) }, { fields: ['teamId'] });
  const byAgreement = await em.find(Team, {
    $and: [{ id: { $in: agreements.map(({ teamId }) => teamId) } }, activeTeamOn(on)],
  });
  const kinds = [...(await activeTeams(em, region, on)), ...byAgreement].map(({ kind }) => kind);
  return [...new Set(kinds.filter((kind) => typeof kind === 'string'))].sort();
}

/** The counties of a region that are in the scope of teams on a day. */
export async function countiesInScope(em: SqlEntityManager, region: Region, on: string): Promise<Region[]> {
  return (await regionsWith(em, SCOPE, region.id, on)).filter(({ level }) => level === 'county');
}

/** How far the counties in the scope of teams have one, and their prefectures a governing body. */
async function scopeCoverage(em: SqlEntityManager, region: Region, on: string): Promise<Facts> {
  const counties = await countiesInScope(em, region, on);
  const teams = await activeTeams(em, region, on);
  const served = new Set(teams.map(({ regionId }) => regionId));
  const statuses = await statusesOf(
    em,
    counties.map(({ id }) => id),
    ['deputy-head-posted'],
    on,
  );
  const prefectures = await em.find(Region, { id: { $in: counties.flatMap(({ path }) => path) }, level: 'prefecture' });
  const bodies = await em.find(GoverningBody, {
    regionId: { $in: prefectures.map(({ id }) => id) },
    establishedOn: { $lte: on },
  });
  const governed = new Set(bodies.map(({ regionId }) => regionId));
  return {
    'region.activeTeamCount': teams.length,
    'region.teamScopeCountyCount': counties.length,
    'region.teamScopeCountiesWithoutTeam': counties.filter(({ id }) => !served.has(id)).length,
    'region.deputyHeadPostedCountyCount': counties.filter(({ id }) => statuses.get(id)?.get('deputy-head-posted'))
      .length,
    'region.teamScopePrefectureCount': prefectures.length,
    'region.teamScopePrefecturesWithoutBody': prefectures.filter(({ id }) => !governed.has(id)).length,
  };
}

/** The levels of a region and what it lies in, below the nation, at which no coordination mechanism stands. */
async function levelsWithoutMechanism(em: SqlEntityManager, region: Region, on: string): Promise<string[]> {
  const line = await em.find(Region, { id: { $in: region.path }, level: { $ne: 'country' } });
  const bodies = await em.find(GoverningBody, {
    regionId: { $in: line.map(({ id }) => id) },
    kind: MECHANISM,
    establishedOn: { $lte: on },
  });
  return line
    .filter(({ id }) => !bodies.some(({ regionId }) => regionId === id))
    .map(({ level }) => level)
    .sort();
}

/** Who is named for the work of a region on a day, and what its pairing has brought. */
async function namedCoverage(em: SqlEntityManager, region: Region, on: string): Promise<Facts> {
  const named = await em.find(Designation, {
    regionId: region.id,
    teamId: null,
    kind: { $in: ['liaison', 'convenor'] },
    ...inForceOn(on),
  });
  const isCounty = region.level === 'county';
  const convenors = named.filter(({ kind, personId }) => kind === 'convenor' && personId);
  const bodies = named.filter(({ kind, personId }) => kind === 'liaison' && personId).map(({ bodyKind }) => bodyKind);
  return {
    'region.liaisonBodies': [...new Set(bodies.filter((kind) => typeof kind === 'string'))].sort(),
    'region.convenorCount': isCounty ? new Set(convenors.map(({ personId }) => personId)).size : undefined,
    'region.eastWestExperts': isCounty ? await pairedExperts(em, region.id, on) : undefined,
    'region.directContactCount': await directContactCount(em, { regionId: region.id }, on),
  };
}

/** What is known of the teams of a region on a day, of the bodies around them and of the region itself. */
export async function teamCoverage(em: SqlEntityManager, region: Region, on: string): Promise<Facts> {
  const values = (await statusesOf(em, [region.id], ['poverty-lifted', 'east-west-paired'], on)).get(region.id);
  return {
    ...(await regionFacts(em, region, on)),
    'region.povertyLifted': values?.get('poverty-lifted'),
    'region.eastWestPaired': values?.get('east-west-paired'),
    'region.levelsWithoutMechanism': await levelsWithoutMechanism(em, region, on),
    ...(await namedCoverage(em, region, on)),
    ...(await scopeCoverage(em, region, on)),
  };
}
