import { Procedure, ProcedureCandidate, ProcedureStep } from '../subgraphs/personnel/tables/procedure.ts';
import type { Batch } from './batch.ts';
import { idOf } from './id.ts';
import type { Place } from './region.ts';

/** A step that was done: by which bodies, and with whose consent where it asks for one. */
export interface Step {
  readonly key: string;
  readonly on: string;
  readonly bodies: readonly string[];
  readonly consents?: readonly string[];
  readonly document: string;
  /** Whether it says on whom the procedure settles. */
  readonly settles?: boolean;
}

export interface ProcedurePlan {
  readonly key: string;
  readonly pack: { readonly id: string; readonly version: string; readonly chain: string };
  readonly place: Place;
  readonly openedOn: string;
  readonly steps: readonly Step[];
  /** Whom a unit put forward, with its consent. */
  readonly candidate?: { readonly id: string; readonly unit: string; readonly on: string };
  /** Whom it settled on when its last step was done; absent while it is open or when it settles on nobody. */
  readonly final?: string;
  readonly completed: boolean;
  readonly declared?: { readonly voluntary: boolean; readonly hasTeam: boolean; readonly externalNeed: boolean };
}

/** The id of a step of a procedure: it is done once. */
export const stepIdOf = (procedureId: string, { key, on }: Pick<Step, 'key' | 'on'>): string =>
  idOf(`step ${procedureId} ${key}`, on);

/** A procedure of a region with its steps; answers its id. */
export function addProcedure(batch: Batch, plan: ProcedurePlan): string {
  const { key, pack, place, openedOn, steps, candidate } = plan;
  const id = idOf(`procedure ${key}`, openedOn);
  const last = steps.at(-1)?.on ?? openedOn;
  batch.add(Procedure, {
    id,
    ...place,
    packId: pack.id,
    packVersion: pack.version,
    chainId: pack.chain,
    subjectKind: 'region',
    subjectId: place.regionId,
    voluntary: plan.declared?.voluntary ?? null,
    hasTeam: plan.declared?.hasTeam ?? null,
    externalNeed: plan.declared?.externalNeed ?? null,
    note: null,
    status: plan.completed ? 'completed' : 'open',
    finalPersonId: plan.final ?? null,
    openedOn,
    completedOn: plan.completed ? last : null,
    endReason: null,
    changedOn: last,
    acts: steps.length,
  });
  batch.add(
    ProcedureStep,
    ...steps.map((step) => ({
      id: stepIdOf(id, step),
      procedureId: id,
      key: step.key,
      on: step.on,
      bodies: [...step.bodies],
      consents: [...(step.consents ?? [])],
      actor: 'demo:paper',
      documentNumber: step.document,
      documentDate: step.on,
      decision: null,
      finalPersonId: step.settles ? (plan.final ?? null) : null,
      done: true,
      returnedOn: null,
      returnReason: null,
      batchId: null,
    })),
  );
  const named = steps.find(({ on }) => on === candidate?.on);
  if (candidate && named) {
    batch.add(ProcedureCandidate, {
      id: idOf(`candidate ${id}`, candidate.on),
      procedureId: id,
      personId: candidate.id,
      organisationId: candidate.unit,
      unitConsented: true,
      stepId: stepIdOf(id, named),
      consentStepId: stepIdOf(id, named),
      on: candidate.on,
      withdrawnOn: null,
    });
  }
  return id;
}
