import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Chain, ChainStep } from '../../policies/pack.ts';
import { placeColumnsOf } from '../place.ts';
import { postedOn } from './posting-facts.ts';
import { actsOf, doneKeys, type StepAct } from './procedure-facts.ts';
import { recordStatus } from './region-status.ts';
import { Person } from './tables/person.ts';
import { Posting } from './tables/posting.ts';
import { type Procedure, ProcedureCandidate } from './tables/procedure.ts';

/** Records those whom an act puts forward; who stands already gets the consent that came now. */
export async function putForward(
  tx: SqlEntityManager,
  procedure: Procedure,
  act: StepAct & { readonly stepId: string },
  persons: Map<string, Person>,
  on: string,
): Promise<void> {
  for (const { personId, unitConsented } of act.candidates) {
    const known = await tx.findOne(ProcedureCandidate, { procedureId: procedure.id, personId, withdrawnOn: null });
    if (known) {
      if (unitConsented && !known.unitConsented) known.consentStepId = act.stepId;
      known.unitConsented ||= unitConsented;
      continue;
    }
    const { organisationId } = persons.get(personId) as Person;
    const row = { id: uuid(), procedureId: procedure.id, personId, organisationId, unitConsented, on };
    const consentStepId = unitConsented ? act.stepId : null;
    tx.create(ProcedureCandidate, { ...row, stepId: act.stepId, consentStepId, withdrawnOn: null });
  }
}

/** The document of an act on a step, and the act itself. */
interface StepDocument {
  readonly number: string | null;
  readonly date: string | null;
  /** Role code of the body that issued it. */
  readonly body: string | null;
  readonly stepId: string;
}

/** A step that says which posting is taken up by it posts the person on whom the procedure settled. */
async function post(
  tx: SqlEntityManager,
  procedure: Procedure,
  kind: string,
  document: StepDocument,
  on: string,
): Promise<void> {
  const personId = procedure.finalPersonId;
  if (!personId) return;
  const same = { personId, kind, regionId: procedure.regionId };
  if ((await tx.count(Posting, { ...same, ...postedOn(on) })) > 0) return;
  const { organisationId } = await tx.findOneOrFail(Person, { id: personId });
  tx.create(Posting, {
    id: uuid(),
    version: 1,
    ...same,
    ...placeColumnsOf(procedure),
    post: kind,
    organisationId,
    teamId: null,
    from: on,
    to: null,
    orderDocument: document.number,
    issuerBody: document.body,
    recordedOn: on,
    endedOn: null,
    endReason: null,
    stepId: document.stepId,
  });
}

/**
 * Settles what doing a step settles: the status that it records, and with the last step the procedure itself. The caller
 * holds the region of a step that records something.
 */
export async function settle(
  tx: SqlEntityManager,
  procedure: Procedure,
  chain: Chain | null,
  step: ChainStep | null,
  document: StepDocument,
  on: string,
): Promise<void> {
  if (step?.records) {
    const { status: kind, value, posting } = step.records;
    const source = document.number ?? step.title.zh;
    const { stepId } = document;
    await recordStatus(tx, { regionId: procedure.regionId, kind, value, source, stepId }, on);
    if (posting) await post(tx, procedure, posting, document, on);
  }
  await tx.flush();
  const done = doneKeys(await actsOf(tx, procedure.id));
  procedure.status = 'open';
  if (chain?.steps.every(({ key }) => done.includes(key))) {
    procedure.status = 'completed';
    procedure.completedOn = document.date ?? on;
  }
}
