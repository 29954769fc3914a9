import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import type { Team } from './tables/team.ts';
import { compositionFacts, openCommitments } from './team-facts.ts';
import { oldestAge, rosterFacts, rosterOf } from './team-roster.ts';
import { directContactCount, isLedgerCurrent, serviceBodyOf, settingFacts } from './team-setting.ts';

/** What is known of a team that is to be put to work, or that works. The caller holds its lock when a change depends on it. */
export async function readinessFacts(tx: SqlEntityManager, team: Team, on: string): Promise<Facts> {
  const roster = await rosterOf(tx, team.id, on);
  const { 'team.topLevelTeams': _, ...setting } = await settingFacts(
    tx,
    team,
    roster,
    await serviceBodyOf(tx, team.id, on),
    on,
  );
  return {
    ...(await compositionFacts(tx, team, on)),
    ...setting,
    ...(await rosterFacts(tx, team, roster, on)),
    'team.receivingUnitStated': Boolean(team.receivingUnitId),
  };
}

/** What this subgraph knows of a team on a day. */
export async function teamFacts(tx: SqlEntityManager, team: Team, on: string): Promise<Facts> {
  return {
    ...(await readinessFacts(tx, team, on)),
    'team.openCommitments': await openCommitments(tx, team.id, on),
    'team.oldestMemberAge': await oldestAge(tx, await rosterOf(tx, team.id, on), on),
    'team.directContactCount': await directContactCount(tx, { teamId: team.id }, on),
    'team.ledgerCurrent': await isLedgerCurrent(tx, team, on),
  };
}
