import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { Region } from './tables/region.ts';
import { Team, TeamLedgerEntry, TeamPost } from './tables/team.ts';
import { inForceOn } from './team-facts.ts';

/** Loads a team and holds its row: composition is counted again on every change, one change at a time. */
export async function lockTeam(tx: SqlEntityManager, id: string, field = 'team'): Promise<Team> {
  const team = await tx.findOne(Team, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!team) throw notFound(field);
  return team;
}

/**
 * Opens every act that changes who or what belongs to a team: its row held, at the version that the caller read, not
 * ended, and no later act recorded.
 *
 * @throws UserError NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT
 */
export async function teamForChange(
  tx: SqlEntityManager,
  input: { readonly team: string; readonly version: number },
  on: string,
): Promise<Team> {
  const team = await lockTeam(tx, input.team);
  expectVersion(team.version, input.version);
  notEnded(team);
  requireOrder(team.changedOn, on);
  return team;
}

/** The subject of a decision about a team. */
export async function teamSubject(tx: SqlEntityManager, team: Team, on: string): Promise<Subject> {
  const region = await tx.findOneOrFail(Region, { id: team.regionId });
  const leaders = await tx.find(TeamPost, { teamId: team.id, role: 'leader', ...inForceOn(on) });
  return {
    type: 'Team',
    id: team.id,
    regions: region.path,
    process: `team:${team.id}`,
    organisations: [team.organisationId, team.receivingUnitId].filter((id) => typeof id === 'string'),
    posts: leaders.map((leader) => ({ person: leader.personId, role: 'team-leader' })),
  };
}

function notEnded(team: Team): void {
  if (team.status === 'ended') {
    throw new UserError('WRONG_STATE', 'team', { zh: '该团队已结束。', en: 'This team has ended.' });
  }
}

/** An act on a team, as its ledger tells it. */
export interface TeamAct {
  /** The name of the mutation. */
  readonly act: string;
  readonly personIds?: readonly string[];
  readonly approvals?: readonly string[];
  readonly reason?: string | null;
}

/** Enters an act in the ledger of a team, which tells who came and went, when, and with whose approval. */
export function enter(tx: SqlEntityManager, teamId: string, on: string, act: TeamAct): void {
  tx.create(TeamLedgerEntry, {
    id: uuid(),
    teamId,
    on,
    act: act.act,
    personIds: [...(act.personIds ?? [])],
    approvals: [...(act.approvals ?? [])],
    reason: act.reason ?? null,
  });
}

/** Marks a team as changed by an act of a day, also when only what belongs to it was, and enters the act in its ledger. */
export function changed(tx: SqlEntityManager, team: Team, on: string, act: TeamAct): Team {
  team.changedOn = on;
  team.changedAt = new Date();
  enter(tx, team.id, on, act);
  return team;
}
