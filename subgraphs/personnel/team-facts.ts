import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { Agreement, Commitment } from './tables/agreement.ts';
import { type Team, TeamMember, TeamPost } from './tables/team.ts';

/** In force on a day: begun, and not yet ended. */
export function inForceOn(on: string) {
  return { from: { $lte: on }, $or: [{ to: null }, { to: { $gt: on } }] };
}

/** The counties whose agreement with the team is signed and has not ended. */
export async function signedCounties(tx: SqlEntityManager, teamId: string, on: string): Promise<string[]> {
  const agreements = await tx.find(Agreement, {
    teamId,
    signedOn: { $lte: on },
    $or: [{ until: null }, { until: { $gte: on } }],
  });
  return [...new Set(agreements.map((agreement) => agreement.countyId))].sort();
}

/** How many distinct persons are members on a day. Leaders and liaisons count only if they are members too. */
export async function memberCount(tx: SqlEntityManager, teamId: string, on: string): Promise<number> {
  const members = await tx.find(TeamMember, { teamId, ...inForceOn(on) }, { fields: ['personId'] });
  return new Set(members.map((member) => member.personId)).size;
}

/** What this subgraph knows of a team on a day. The caller holds the team's lock when a change depends on it. */
export async function teamFacts(tx: SqlEntityManager, team: Team, on: string): Promise<Facts> {
  const [members, counties, posts] = [
    await memberCount(tx, team.id, on),
    await signedCounties(tx, team.id, on),
    await tx.find(TeamPost, { teamId: team.id, ...inForceOn(on) }),
  ];
  const without = (role: string, side: string | null) =>
    counties.filter(
      (county) => !posts.some((post) => post.role === role && post.side === side && post.countyId === county),
    ).length;
  const openCommitments = await tx.count(Commitment, {
    agreementId: { $in: (await tx.find(Agreement, { teamId: team.id }, { fields: ['id'] })).map(({ id }) => id) },
    settledOn: null,
    due: { $lte: on },
  });
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
    'team.openCommitments': openCommitments,
  };
}
