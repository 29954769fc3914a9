import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { recordStatus } from './region-status.ts';
import { Posting } from './tables/posting.ts';
import { type Procedure, ProcedureCandidate, type ProcedureStep } from './tables/procedure.ts';
import { RegionStatus } from './tables/region.ts';

/** The status that stood before one that undone acts recorded, whichever of them came in between. */
async function standingBefore(tx: SqlEntityManager, status: RegionStatus, undone: ReadonlySet<string>) {
  const { regionId, kind } = status;
  let at: RegionStatus | null = status;
  while (at?.stepId && undone.has(at.stepId)) {
    const ended: Partial<RegionStatus> = { regionId, kind, to: at.from ?? null };
    [at = null] = await tx.find(RegionStatus, { ...ended, id: { $lt: at.id } }, { orderBy: { id: 'desc' }, limit: 1 });
  }
  return at;
}

/** Ends a status that undone acts recorded and nobody has changed since: what stood before stands again. */
async function endStatus(
  tx: SqlEntityManager,
  status: RegionStatus,
  undone: ReadonlySet<string>,
  on: string,
): Promise<void> {
  const before = await standingBefore(tx, status, undone);
  const { regionId, kind } = status;
  if (before) await recordStatus(tx, { regionId, kind, value: before.value, source: before.source }, on);
  else status.to = on;
}

/**
 * Ends what acts of a procedure recorded, from the day on which they were made undone: the status and the posting hold no
 * longer, who was put forward or consented to by them is not, and the person on whom they settled is open again. What
 * stood from the act to that day stays on record; what somebody changed since by an act of its own stays as it is. The
 * caller holds the procedure and its region.
 */
export async function undo(
  tx: SqlEntityManager,
  procedure: Procedure,
  { acts, standing }: { readonly acts: readonly ProcedureStep[]; readonly standing: readonly ProcedureStep[] },
  how: string,
  on: string,
): Promise<void> {
  const undone = new Set(acts.map(({ id }) => id));
  const by = { stepId: { $in: [...undone] } };
  for (const status of await tx.find(RegionStatus, { ...by, to: null })) {
    await endStatus(tx, status, undone, on);
  }
  const held = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
  for (const posting of await tx.find(Posting, { ...by, endedOn: null }, held)) {
    posting.endedOn = on;
    // Why is for the bodies of the procedure alone; a posting is seen by others.
    posting.endReason = how;
  }
  for (const candidate of await tx.find(ProcedureCandidate, { procedureId: procedure.id, withdrawnOn: null })) {
    if (candidate.stepId && undone.has(candidate.stepId)) candidate.withdrawnOn = on;
    if (candidate.consentStepId && undone.has(candidate.consentStepId)) {
      candidate.unitConsented = false;
      candidate.consentStepId = null;
    }
  }
  if (acts.some(({ finalPersonId }) => finalPersonId)) {
    procedure.finalPersonId = standing.findLast(({ finalPersonId }) => finalPersonId)?.finalPersonId ?? null;
  }
}
