import type { Decision } from './decision.ts';
import { decides, evaluate, type Question } from './evaluate.ts';
import { consult } from './oracle.ts';
import type { Outcome } from './pack.ts';

export interface Difference {
  /** A rule's id, or '' for the decision as a whole. */
  readonly rule: string;
  readonly engine: string | undefined;
  readonly compiled: string | undefined;
}

/** Two evaluators of one law gave different answers: the decision is refused, and someone must look. */
export class EngineDisagreement extends Error {
  readonly code = 'ENGINE_DISAGREEMENT';
  readonly differences: readonly Difference[];
  constructor(point: string, asOf: string, differences: readonly Difference[]) {
    const said = differences.map(
      ({ rule, engine, compiled }) => `${rule || 'decision'}: ${engine} against ${compiled}`,
    );
    super(`ENGINE_DISAGREEMENT at ${point} on ${asOf}: ${said.join('; ')}`);
    this.differences = differences;
  }
}

const differencesOf = (decision: Decision, outcomes: ReadonlyMap<string, Outcome>): Difference[] => {
  const compiled = new Map(decision.findings.map(({ rule, outcome }) => [rule, outcome]));
  return [...new Set([...outcomes.keys(), ...compiled.keys()])]
    .map((rule) => ({ rule, engine: outcomes.get(rule), compiled: compiled.get(rule) }))
    .filter((one) => one.engine !== one.compiled);
};

/**
 * Decides a change. json-rules-engine judges every rule; the compiled evaluator, with and without trace, must agree, and
 * contributes the trace. Throws an EngineDisagreement when they differ, a FactError for a fact of the wrong type.
 */
export const decide = async (question: Question): Promise<Decision> => {
  const decision = evaluate(question);
  const differences = differencesOf(decision, await consult(question));
  const fast = decides(question);
  if (fast !== decision.outcome) differences.push({ rule: '', engine: decision.outcome, compiled: fast });
  if (differences.length > 0) throw new EngineDisagreement(question.point, question.asOf, differences);
  return decision;
};
