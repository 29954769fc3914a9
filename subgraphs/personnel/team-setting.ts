import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { doneSteps } from './procedure-facts.ts';
import { Designation } from './tables/designation.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { RegionIndustry } from './tables/region-industry.ts';
import { Team, TeamLedgerEntry } from './tables/team.ts';
import { inForceOn } from './team-facts.ts';
import { holdersOf, type Roster } from './team-roster.ts';

/** What a team is, as it stands or as it is about to be formed. */
export type Formed = Pick<
  Team,
  | 'id'
  | 'kind'
  | 'industry'
  | 'industries'
  | 'regionId'
  | 'parentId'
  | 'expertLevels'
  | 'procedureId'
  | 'accountableId'
  | 'namedLeaderId'
>;

/** The role of the body that is designated as a team's service body on a day; undefined when none is. */
export async function serviceBodyOf(tx: SqlEntityManager, teamId: string, on: string): Promise<string | undefined> {
  const [latest] = await tx.find(
    Designation,
    { teamId, kind: 'service-body', ...inForceOn(on) },
    { orderBy: { from: 'desc', id: 'desc' }, limit: 1 },
  );
  return latest ? (latest.bodyRole ?? latest.bodyKind ?? undefined) : undefined;
}

/** The levels of the bodies that a team's experts come from: as stated when it was formed, and of its members' units. */
async function expertLevels(tx: SqlEntityManager, team: Formed, roster: Roster | null): Promise<string[] | undefined> {
  const persons = await tx.find(Person, { id: { $in: [...(roster?.members.keys() ?? [])] } });
  const units = await tx.find(Organisation, { id: { $in: persons.map(({ organisationId }) => organisationId) } });
  const levels = [...new Set([...team.expertLevels, ...units.map(({ level }) => level)])].sort();
  return levels;
}

/** The other teams beside which a team stands in its region. Who forms or activates one holds the region. */
async function besideFacts(tx: SqlEntityManager, team: Formed): Promise<Facts> {
  const alike = { regionId: team.regionId, kind: team.kind ?? null, id: { $ne: team.id } };
  const lasting = { ...alike, parentId: null, status: { $ne: 'ended' } };
  return {
    'team.otherActiveInRegion': await tx.count(Team, { ...alike, status: 'active' }),
    'team.sameIndustryTeams': team.industry ? await tx.count(Team, { ...lasting, industry: team.industry }) : undefined,
    'team.topLevelTeams': await tx.count(Team, lasting),
  };
}

/**
 * What is known of how a team is set up on a day: its kind, industries and procedure, the bodies around it and the teams
 * beside it. `roster` is null for a team that nobody belongs to yet.
 */
export async function settingFacts(
  tx: SqlEntityManager,
  team: Formed,
  roster: Roster | null,
  serviceBody: string | undefined,
  on: string,
): Promise<Facts> {
  const own = new Set([...team.industries, ...(team.industry ? [team.industry] : [])]);
  const leading = await tx.find(RegionIndustry, { regionId: team.regionId, ...inForceOn(on) });
  const leaders = roster ? holdersOf(roster, 'leader') : [];
  const accountable = team.accountableId;
  return {
    'team.kind': team.kind ?? undefined,
    'team.industry': team.industry ?? undefined,
    'team.isSubTeam': Boolean(team.parentId),
    ...(await besideFacts(tx, team)),
    'team.expertLevels': await expertLevels(tx, team, roster),
    'team.doneSteps': await doneSteps(tx, team.procedureId),
    'team.industryStated': own.size > 0,
    'team.leadingIndustryCount': leading.filter(({ industry }) => own.has(industry)).length,
    'team.accountableIsLeader': accountable
      ? (leaders.length > 0 ? leaders : [team.namedLeaderId]).includes(accountable)
      : undefined,
    'team.serviceBody': serviceBody,
    'team.serviceBodyStated': serviceBody !== undefined,
  };
}

/** Whether the ledger of a team tells its latest change; false when there is no entry. */
export async function isLedgerCurrent(tx: SqlEntityManager, team: Team, on: string): Promise<boolean> {
  const [latest] = await tx.find(
    TeamLedgerEntry,
    { teamId: team.id, on: { $lte: on } },
    { orderBy: { on: 'desc', id: 'desc' }, limit: 1 },
  );
  return latest ? latest.on >= (team.changedOn <= on ? team.changedOn : latest.on) : false;
}

/** How many persons are designated as in direct contact with a team, or with any team of a region. */
export async function directContactCount(
  tx: SqlEntityManager,
  of: { readonly teamId: string } | { readonly regionId: string },
  on: string,
): Promise<number> {
  const rows = await tx.find(
    Designation,
    { ...of, kind: 'direct-contact', personId: { $ne: null }, ...inForceOn(on) },
    { fields: ['personId'] },
  );
  return new Set(rows.map(({ personId }) => personId)).size;
}
