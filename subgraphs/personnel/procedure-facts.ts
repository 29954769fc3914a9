import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import type { Chain } from '../../policies/pack.ts';
import { type Procedure, ProcedureCandidate, ProcedureStep } from './tables/procedure.ts';

/** The acts of a procedure that stand: not undone by a return. In the order in which they were recorded. */
export function actsOf(tx: SqlEntityManager, procedureId: string): Promise<ProcedureStep[]> {
  return tx.find(ProcedureStep, { procedureId, returnedOn: null }, { orderBy: { id: 'asc' } });
}

/** The keys of the steps that are done, each once, in the order in which they were done. */
export const doneKeys = (acts: readonly ProcedureStep[]): string[] => [
  ...new Set(acts.filter(({ done }) => done).map(({ key }) => key)),
];

/** The keys of the steps done and not sent back of a procedure; none when there is no procedure. */
export async function doneSteps(tx: SqlEntityManager, procedureId: string | null | undefined): Promise<string[]> {
  return procedureId ? doneKeys(await actsOf(tx, procedureId)) : [];
}

/** Those who are put forward and have not withdrawn. */
export function candidatesOf(tx: SqlEntityManager, procedureId: string): Promise<ProcedureCandidate[]> {
  return tx.find(ProcedureCandidate, { procedureId, withdrawnOn: null }, { orderBy: { id: 'asc' } });
}

/** What comes with an act on a step. */
export interface StepAct {
  readonly key: string;
  readonly bodies: readonly string[];
  readonly consents: readonly string[];
  readonly documented: boolean;
  readonly candidates: readonly { readonly personId: string; readonly unitConsented: boolean }[];
  readonly finalPersonId: string | null;
}

/** What every act on a procedure is told of it, as it stood before the act. */
export function stateFacts(procedure: Procedure, chain: Chain | null): Facts {
  return {
    'procedure.pack': procedure.packId,
    'procedure.chain': chain?.id ?? procedure.chainId,
    'procedure.status': procedure.status,
    'procedure.subjectKind': procedure.subjectKind,
  };
}

/** The bodies that have to take part in a step and have not, with those of an act that is about to be recorded. */
export function missingBodies(
  chain: Chain | null,
  acts: readonly ProcedureStep[],
  act: Pick<StepAct, 'key' | 'bodies'>,
): string[] {
  const step = chain?.steps.find(({ key }) => key === act.key);
  if (!step?.all) return [];
  const took = acts.filter(({ key }) => key === act.key).flatMap(({ bodies }) => bodies);
  return step.bodies.filter((body) => !took.includes(body) && !act.bodies.includes(body));
}

/** What is known of a procedure when an act on one of its steps is recorded. */
export async function stepFacts(
  tx: SqlEntityManager,
  procedure: Procedure,
  chain: Chain | null,
  act: StepAct,
): Promise<Facts> {
  const acts = await actsOf(tx, procedure.id);
  const done = doneKeys(acts);
  const step = chain?.steps.find(({ key }) => key === act.key);
  const before = chain && !chain.anyOrder ? chain.steps.filter(({ no }) => step && no < step.no) : [];
  const consents = [
    ...new Set([...acts.filter(({ key }) => key === act.key).flatMap((one) => one.consents), ...act.consents]),
  ].sort();
  const candidates = new Map(
    (await candidatesOf(tx, procedure.id)).map(({ personId, unitConsented }) => [personId, unitConsented]),
  );
  for (const { personId, unitConsented } of act.candidates) {
    candidates.set(personId, unitConsented || candidates.get(personId) === true);
  }
  const finalPersonId = act.finalPersonId ?? procedure.finalPersonId ?? null;
  return {
    ...stateFacts(procedure, chain),
    'procedure.step': act.key,
    'procedure.stepBodies': step ? step.bodies : undefined,
    'procedure.doneSteps': done,
    'procedure.missingSteps': chain ? before.filter(({ key }) => !done.includes(key)).length : undefined,
    'procedure.missingBodies': chain ? missingBodies(chain, acts, act).length : undefined,
    'procedure.consents': consents,
    'procedure.missingConsents': chain
      ? (step?.consents ?? []).filter((body) => !consents.includes(body)).length
      : undefined,
    'procedure.documentStated': act.documented,
    'procedure.candidateCount': candidates.size,
    'procedure.candidatesWithoutConsent': [...candidates.values()].filter((consented) => !consented).length,
    'procedure.finalNamed': finalPersonId !== null,
    'procedure.finalRecommended': finalPersonId ? candidates.has(finalPersonId) : undefined,
  };
}

/** The worst of several: what is missing in one is missing in the act that takes them all. */
export function worstOf(all: readonly Facts[]): Facts {
  const [first = {}, ...others] = all;
  const worst: Record<string, Facts[string]> = { ...first };
  for (const facts of others) {
    for (const [fact, value] of Object.entries(facts)) {
      const sofar = worst[fact];
      if (typeof value === 'number' && typeof sofar === 'number') {
        worst[fact] = fact === 'procedure.candidateCount' ? Math.min(value, sofar) : Math.max(value, sofar);
      } else if (typeof value === 'boolean' && typeof sofar === 'boolean') worst[fact] = value && sofar;
      else if (Array.isArray(value) && Array.isArray(sofar)) worst[fact] = sofar.filter((one) => value.includes(one));
    }
  }
  return { ...worst, 'procedure.subjectCount': all.length };
}
