import type { Facts } from './facts.ts';
import type { DecisionOutcome, Outcome, Override, Text } from './pack.ts';

interface AnyCase {
  readonly id: string;
  readonly scenario?: string;
  readonly name?: Text;
}
/** Facts over the baseline of a point, and what must come of them. A rule not in force counts as not applicable. */
export interface Case extends AnyCase {
  readonly on: string;
  readonly asOf?: string;
  readonly facts: Facts;
  readonly without?: readonly string[];
  readonly overrides?: readonly Override[];
  readonly outcome: Readonly<Record<string, Outcome>>;
  readonly decision: DecisionOutcome;
  readonly flags?: readonly string[];
  readonly rank?: number;
}
/** Candidates, and the order in which their ranks put them; equals keep the order given. */
export interface RankingCase extends AnyCase {
  readonly on: string;
  readonly asOf?: string;
  readonly candidates: readonly { readonly id: string; readonly facts: Facts }[];
  readonly expectOrder: readonly string[];
}
/** How a duty stands on a day; `early`: done before its window opened. */
export type DutyStatus = 'generated' | 'due' | 'satisfied' | 'early' | 'late' | 'waived';
export type Verdict = 'met' | 'unmet' | 'unknown';
/** Whether a duty stands in the calendar of a year, and how it stands on a day. */
export interface ObligationCase extends AnyCase {
  readonly kind: 'obligation';
  readonly obligation: string;
  readonly year: number;
  /** Which of several windows, the first if absent. */
  readonly window?: number;
  readonly events?: Readonly<Record<string, string>>;
  /** Days of the acts that satisfy it. */
  readonly on?: readonly string[];
  readonly waivedOn?: string;
  readonly asOf?: string;
  readonly expect: 'scheduled' | 'not-scheduled' | 'never-overdue' | DutyStatus;
  readonly expectWindow?: { readonly from: string; readonly to: string };
}
/** What an indicator says to figures; those of units by name where each unit must meet the target. */
export interface IndicatorCase extends AnyCase {
  readonly kind: 'indicator';
  readonly indicator: string;
  readonly year: number;
  readonly asOf?: string;
  readonly figure?: number | boolean | null;
  readonly figures?: Readonly<Record<string, number | boolean | null>>;
  /** The opening stock on record, where the indicator needs one and the law gives none; the figure contains it. */
  readonly opening?: number;
  readonly expect: Verdict;
}
/** Whether the pack is law on a day. */
export interface PackCase extends AnyCase {
  readonly kind: 'pack';
  readonly asOf: string;
  readonly expect: 'in-force' | 'not-in-force';
}
