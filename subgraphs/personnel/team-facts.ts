import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { heldOn } from './agreement-facts.ts';
import { Agreement, Commitment } from './tables/agreement.ts';
import { Region } from './tables/region.ts';
import { type Team, TeamMember, TeamPost } from './tables/team.ts';

/** In force on a day: begun, and not yet ended. */
export function inForceOn(on: string) {
  return { from: { $lte: on }, $or: [{ to: null }, { to: { $gt: on } }] };
}

/** The counties whose agreement with the team is signed and has not ended. */
export async function signedCounties(tx: SqlEntityManager, teamId: string, on: string): Promise<string[]> {
  const agreements = await tx.find(Agreement, { teamId, ...heldOn(on) });
  return [...new Set(agreements.map((agreement) => agreement.countyId))].sort();
}

/** How many distinct persons are members on a day. Leaders and liaisons count only if they are members too. */
export async function memberCount(tx: SqlEntityManager, teamId: string, on: string): Promise<number> {
  const members = await tx.find(TeamMember, { teamId, ...inForceOn(on) }, { fields: ['personId'] });
  return new Set(members.map((member) => member.personId)).size;
}

/** Commitments of a team's agreements that are due on a day and not settled by then. */
export async function openCommitments(tx: SqlEntityManager, teamId: string, on: string): Promise<number> {
  const agreements = await tx.find(Agreement, { teamId }, { fields: ['id'] });
  return tx.count(Commitment, {
    agreementId: { $in: agreements.map(({ id }) => id) },
    due: { $lte: on },
    $or: [{ settledOn: null }, { settledOn: { $gt: on } }],
  });
}

/** How a team is composed on a day. The caller holds the team's lock when a change depends on it. */
export async function compositionFacts(tx: SqlEntityManager, team: Team, on: string): Promise<Facts> {
  const members = await memberCount(tx, team.id, on);
  const counties = await signedCounties(tx, team.id, on);
  const posts = await tx.find(TeamPost, { teamId: team.id, ...inForceOn(on) });
  const without = (role: string, side: string | null) =>
    counties.filter(
      (county) => !posts.some((post) => post.role === role && post.side === side && post.countyId === county),
    ).length;
  return {
    'team.level': team.level,
    'team.status': team.status,
    'team.memberCount': members,
    'team.fieldStated': Boolean(team.field),
    'team.chainStagesStated': team.chainStages.length > 0,
    'team.signedAgreementCount': counties.length,
    'team.unitLeaderCount': posts.filter((post) => post.role === 'leader' && post.side === 'unit').length,
    'team.signedCountiesWithoutLeader': without('leader', 'county'),
    'team.signedCountiesWithoutLiaison': without('liaison', null),
  };
}

/** Teams that work on a day: activated by then, and not ended. */
export function activeTeamOn(on: string) {
  return { activatedOn: { $lte: on }, $or: [{ endedOn: null }, { endedOn: { $gt: on } }] };
}

/** The ids of a region and of those within it, as a part of a query. */
export function regionIdsWithin(em: SqlEntityManager, regionId: string) {
  const within = em
    .createQueryBuilder(Region, 'region')
    .select('id')
    .where({ path: { $contains: [regionId] } });
  return within.getNativeQuery() as never;
}
