import { Engagement } from '../subgraphs/personnel/tables/engagement.ts';
import { Team, TeamLedgerEntry, TeamMember, TeamPost } from '../subgraphs/personnel/tables/team.ts';
import type { Batch, Row } from './batch.ts';
import { officeHour } from './day.ts';
import { idOf } from './id.ts';
import { plainMember, plainTeam } from './plain.ts';

/** Somebody in a team: of which pool, and whether a practical expert. */
export interface Member {
  readonly id: string;
  readonly source?: string;
  readonly practical?: boolean;
  /** The first day after the membership, and why it ended. */
  readonly left?: { readonly on: string; readonly reason: string };
}

/** Who holds a post of a team, and by which post outside it. */
export interface Post {
  readonly id: string;
  readonly post: string | null;
}

export interface TeamPlan {
  /** Names it for ever. */
  readonly key: string;
  readonly row: Partial<Row<Team>> & Pick<Row<Team>, 'name' | 'level' | 'kind' | 'regionId' | 'organisationId'>;
  readonly formedOn: string;
  /** Null for a team that is still forming. */
  readonly activatedOn: string | null;
  readonly members: readonly Member[];
  readonly leader: Post | null;
  readonly liaison: Post | null;
  /** Role codes of the bodies that approve what changes it. */
  readonly approvals: readonly string[];
}

export const teamIdOf = (key: string, formedOn: string): string => idOf(`team ${key}`, formedOn);

function ledger(
  batch: Batch,
  teamId: string,
  on: string,
  at: number,
  act: string,
  more: Partial<Row<TeamLedgerEntry>>,
) {
  const id = idOf(`ledger ${teamId} ${at}`, on, at);
  batch.add(TeamLedgerEntry, { id, teamId, on, act, personIds: [], approvals: [], reason: null, ...more });
}

/** A team with its members, posts and ledger; answers its id. */
export function addTeam(batch: Batch, plan: TeamPlan): string {
  const { key, row, formedOn, activatedOn, members, approvals } = plan;
  const id = teamIdOf(key, formedOn);
  const left = members.flatMap((member) => member.left ?? []).sort((a, b) => (a.on < b.on ? -1 : 1));
  const changedOn = left.at(-1)?.on ?? activatedOn ?? formedOn;
  batch.add(Team, {
    id,
    ...plainTeam,
    field: null,
    chainStages: [],
    industries: [],
    status: activatedOn ? 'active' : 'forming',
    formedOn,
    activatedOn,
    endedOn: null,
    changedOn,
    changedAt: officeHour(changedOn),
    ...row,
  });
  batch.add(
    TeamMember,
    ...members.map((member, at) => ({
      id: idOf(`member ${key} ${at}`, formedOn, at),
      teamId: id,
      personId: member.id,
      from: formedOn,
      ...plainMember,
      to: member.left?.on ?? null,
      endReason: member.left?.reason ?? null,
      sourceCategory: member.source ?? null,
      practicalExpert: member.practical ?? null,
      practicalCertifier: member.practical ? '县农业技术推广中心（演示）' : null,
    })),
  );
  for (const [role, held] of [['leader', plan.leader] as const, ['liaison', plan.liaison] as const]) {
    if (!held) continue;
    batch.add(TeamPost, {
      id: idOf(`${role} ${key}`, formedOn, role === 'leader' ? 200 : 201),
      teamId: id,
      personId: held.id,
      role,
      side: null,
      post: held.post,
      countyId: role === 'liaison' && row.level === 'county' ? row.regionId : null,
      from: formedOn,
      to: null,
    });
  }
  ledger(batch, id, formedOn, 0, 'teamCreate', {});
  ledger(batch, id, formedOn, 1, 'teamMemberAdd', {
    personIds: members.map((one) => one.id),
    approvals: [...approvals],
  });
  if (activatedOn) ledger(batch, id, activatedOn, 2, 'teamActivate', { approvals: [...approvals] });
  for (const [at, member] of members.entries()) {
    if (!member.left) continue;
    const { on, reason } = member.left;
    ledger(batch, id, on, 10 + at, 'teamMemberRemove', { personIds: [member.id], approvals: [...approvals], reason });
  }
  return id;
}

export interface Term {
  readonly from: string;
  readonly to: string;
  /** An extension: decided on a day, from its last day to another, for a reason. */
  readonly extended?: { readonly on: string; readonly to: string; readonly reason: string };
}

/** The engagement of each member for a term. */
export function addEngagements(
  batch: Batch,
  teamId: string,
  members: readonly Member[],
  { from, to, extended }: Term,
  approvals: readonly string[],
): void {
  const extensions = extended ? [{ ...extended, from: to, approvals }] : [];
  batch.add(
    Engagement,
    ...members.map((member, at) => ({
      id: idOf(`engagement ${teamId} ${member.id} ${from}`, from, at),
      kind: 'member',
      teamId,
      personId: member.id,
      from,
      to: extended?.to ?? to,
      approvals: [...approvals],
      document: `聘任文件（演示）${from.slice(0, 4)}`,
      reason: null,
      extensions,
      engagedOn: from,
      changedOn: extended?.on ?? from,
    })),
  );
}
