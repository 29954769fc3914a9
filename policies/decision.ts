import type { Facts, FactValue } from './facts.ts';
import type { Citation, DecisionOutcome, Effect, Force, Outcome, Override, ParameterStatus, Text } from './pack.ts';

/** A parameter as it stood on the decision's date. `value` is null where the law gives none and the platform no default. */
export interface ParameterUse {
  readonly value: FactValue | null;
  readonly status: ParameterStatus;
  readonly from: string | null;
  /** True when the value is the platform's and not the law's; shown as such wherever it appears. */
  readonly platformDefault: boolean;
}
/** One comparison: what was asked, of what, and the answer; null is "not known". */
export interface LeafResult {
  readonly part: 'appliesWhen' | 'requires';
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
  readonly actual: FactValue | null;
  readonly result: boolean | null;
}
/** A comparison that would have to become true. */
export interface Change {
  readonly fact: string;
  readonly operator: string;
  readonly value: unknown;
  readonly actual: FactValue | null;
}
export interface Finding {
  readonly rule: string;
  readonly pack: string;
  readonly norm: string;
  readonly title: Text;
  readonly concept: string | null;
  readonly force: Force;
  readonly effect: Effect;
  readonly outcome: Outcome;
  readonly overridden: Omit<Override, 'rule'> | null;
  /** Why an override that was given for this rule does not count. */
  readonly note: Text | null;
  readonly message: Text;
  readonly citation: Citation;
  readonly reading: Text | null;
  readonly facts: Readonly<Record<string, FactValue>>;
  readonly parameters: Readonly<Record<string, ParameterUse>>;
  readonly leaves: readonly LeafResult[];
  /** For an undetermined rule: the facts that are absent and the parameters without a value that leave it open. */
  readonly missing: readonly string[];
  /** For a failing rule: the remedy in words, and the fewest comparisons that would have to become true (none if no fact can help). */
  readonly wouldPass: { readonly text: Text; readonly changes: readonly Change[] } | null;
}
export interface PackVersion {
  readonly id: string;
  readonly version: string;
  readonly digest: string;
}
export interface Decision {
  readonly point: string;
  readonly outcome: DecisionOutcome;
  readonly asOf: string;
  readonly packs: readonly PackVersion[];
  readonly facts: Facts;
  readonly overrides: readonly Override[];
  readonly findings: readonly Finding[];
  /** What the undetermined blocking rules are missing. */
  readonly missing: readonly string[];
  /** How many ranking rules passed. */
  readonly rank: number;
}

/** How strongly an outcome blocks; the strongest of all findings is the decision's. */
export const severities: readonly DecisionOutcome[] = ['allow', 'needs-override', 'needs-fact', 'deny'];

/** How strongly one rule blocks; flags, information and ranking never do. */
export const severityOf = (effect: Effect, outcome: Outcome, isOverridden: boolean): number => {
  if (effect !== 'deny' && effect !== 'override') return 0;
  if (outcome === 'undetermined') return 2;
  if (outcome !== 'fail') return 0;
  return effect === 'deny' ? 3 : isOverridden ? 0 : 1;
};
