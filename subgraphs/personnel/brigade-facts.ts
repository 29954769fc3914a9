import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { teamsOfCounty } from './agreement-facts.ts';
import type { Person } from './tables/person.ts';
import type { Region } from './tables/region.ts';
import { TeamPost } from './tables/team.ts';
import { inForceOn } from './team-facts.ts';

/** The post of a county's leaders: a code of the catalogue (`leader.post`). */
const COUNTY_LEADER = 'county-leader';

/** The persons who lead a team for a county on a day: each once. */
async function countySideLeaders(tx: SqlEntityManager, countyId: string, teamIds: string[], on: string) {
  const posts = await tx.find(TeamPost, {
    teamId: { $in: teamIds },
    role: 'leader',
    side: 'county',
    countyId,
    ...inForceOn(on),
  });
  return new Set(posts.map(({ personId }) => personId));
}

/**
 * What is known of a brigade to be formed. The caller holds the county's row, for whether it has a brigade, has signed
 * and who leads its teams must not change meanwhile. A leader whose post is not on record may or may not be one.
 */
export async function brigadeFacts(
  tx: SqlEntityManager,
  county: Region,
  leader: Person,
  on: string,
  forming: { deputies: readonly string[]; liaisons: readonly string[]; exists: boolean },
): Promise<Facts> {
  const teams = await teamsOfCounty(tx, county.id, on);
  const leaders = await countySideLeaders(
    tx,
    county.id,
    teams.map(({ id }) => id),
    on,
  );
  return {
    'brigade.countySigned': teams.length > 0,
    'brigade.leaderIsCountyLeader': leader.post
      ? leader.post === COUNTY_LEADER && leader.countyId === county.id
      : undefined,
    'brigade.leaderIsTeamCountyLeader': leaders.has(leader.id),
    'brigade.countyTeamLeaderCount': leaders.size,
    'brigade.deputyCount': new Set(forming.deputies).size,
    'brigade.liaisonCount': new Set(forming.liaisons).size,
    'brigade.countyHasBrigade': forming.exists,
  };
}
