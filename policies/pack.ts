import type { Case, IndicatorCase, ObligationCase, PackCase, RankingCase } from './case.ts';
import type { Condition, ParameterReference } from './condition.ts';
import type { FactDeclaration, Facts, FactType, FactValue } from './facts.ts';

export interface Text {
  readonly zh: string;
  readonly en: string;
}
/** How a date is known: the text states it, it follows from the text, or nobody knows. */
export type Basis = 'stated' | 'inferred' | 'unknown';
/** Civil dates, both ends included; no `to` means still in force. */
export interface Period {
  readonly from: string;
  readonly to?: string;
}
export interface Citation {
  readonly document: string;
  readonly article: string;
  readonly phrase: string;
}
export interface Source {
  readonly id: string;
  readonly title: Text;
  readonly number?: string;
  readonly issued: { readonly date?: string; readonly basis: Basis };
  readonly digest: string;
}
/** Which subjects a pack is law for: named regions, regions of a status, or all. */
export type Governs =
  | { readonly regions: readonly string[] }
  | { readonly status: string }
  | { readonly everywhere: true };

export interface PackHeader {
  readonly id: string;
  readonly version: string;
  readonly title: Text;
  readonly governs: Governs;
  readonly effective: Period & { readonly basis: Basis; readonly note?: Text };
  readonly stewards: readonly string[];
  readonly vocabulary: Readonly<Record<string, Text>>;
}
/** stated: a number is given; unspecified: spoken of without one; silent: not spoken of; unknown: the text is incomplete. */
export type ParameterStatus = 'stated' | 'unspecified' | 'silent' | 'unknown';

export interface Parameter {
  readonly id: string;
  readonly title: Text;
  readonly type: FactType;
  readonly unit?: string;
  readonly status: ParameterStatus;
  /** Ascending; a null value says that from then on nothing is stated. */
  readonly values: readonly { readonly from: string; readonly value: FactValue | null; readonly citation: Citation }[];
  /** What the platform takes where the law gives no value: never law, always shown as a default. */
  readonly platformDefault?: { readonly value: FactValue; readonly note: Text };
  readonly concept?: string;
}
export type Force = 'hard' | 'in-principle' | 'priority' | 'target' | 'guidance';
export type Effect = 'deny' | 'override' | 'flag' | 'inform' | 'rank';

export interface Rule {
  readonly id: string;
  readonly norm?: string;
  readonly title: Text;
  readonly concept?: string;
  readonly force: Force;
  readonly on: readonly string[];
  readonly appliesWhen?: Condition;
  readonly requires: Condition;
  readonly effect: Effect;
  readonly override?: { readonly roles: readonly string[] };
  readonly message: Text;
  readonly remedy: Text;
  readonly citation: Citation;
  readonly effective: Period;
  readonly reading?: Text;
}
export interface Role {
  readonly role: string;
  readonly title: Text;
  readonly level: string;
  readonly may: readonly string[];
  readonly citation?: Citation;
}
export interface ChainStep {
  readonly key: string;
  readonly no: number;
  readonly title: Text;
  readonly bodies: readonly string[];
  readonly level: string;
  readonly documents: readonly (string | Text)[];
  readonly opinions?: readonly string[];
  /** Every one of the bodies must take part, as where two act jointly. */
  readonly all?: boolean;
  /** Roles whose consent the step needs. */
  readonly consents?: readonly string[];
  readonly documentRequired?: boolean;
  /** The step may take up several subjects in one act. */
  readonly batch?: boolean;
  /** The status of the subject's region that doing the step records, and the posting that the person settled on takes up. */
  readonly records?: { readonly status: string; readonly value: boolean; readonly posting?: string };
  readonly citation: Citation;
}
export interface Chain {
  readonly id: string;
  readonly title: Text;
  readonly concept?: string;
  readonly norm?: string;
  readonly openList: boolean;
  /** The steps may be taken in any order. */
  readonly anyOrder?: boolean;
  readonly steps: readonly ChainStep[];
}
/** What a target and a calendar entry have in common. The engine keeps them with the release and decides nothing by them. */
export interface Entry {
  readonly id: string;
  readonly code?: string;
  readonly title: Text;
  readonly norm?: string;
  readonly concept?: string;
  readonly citation: Citation;
  readonly reading?: Text;
  readonly note?: Text;
  readonly platformDefault?: boolean;
}
/** What a figure is made of: records of one kind, which of them, and how they are put together. */
export interface Measure {
  /** A kind of record of the graph, such as `meeting`. */
  readonly of: string;
  /** Dimensions of the record, and the codes of which one must be met. */
  readonly where?: Readonly<Record<string, readonly string[]>>;
  readonly aggregation: 'count' | 'sum' | 'distinct' | 'last' | 'ratio' | 'any';
  /** The dimension that is added up, or told apart. */
  readonly field?: string;
  /** For records that last: in force at some time of the period, begun in it, or in force on its last day. */
  readonly when?: 'during' | 'started' | 'at-end';
  /** The units of which each has its own figure; for a ratio those that are covered or not. */
  readonly per?: string;
}
export interface Indicator extends Entry {
  readonly scope: string;
  /** Only units with this status of a region, and without another if one is named. */
  readonly among?: { readonly status: string; readonly without?: string };
  /** `about`: within a tolerance; `all`: every unit, in percent; `yes`: it is so. */
  readonly comparator: 'equal' | 'at-least' | 'at-most' | 'between' | 'about' | 'all' | 'yes';
  readonly tolerancePercent?: ParameterReference;
  readonly measure?: Measure;
  /** The span of a period that is not a year. */
  readonly window?: Period;
  /** The day by which a stock must be there. */
  readonly due?: string;
  /** False: shown beside the one that is assessed. */
  readonly assessed?: boolean;
  /** Indicators of the same thing for which the text gives other figures. */
  readonly beside?: readonly string[];
  /** A stock at the beginning without which there is no figure. */
  readonly baseline?: ParameterReference;
  readonly value?: ParameterReference | { readonly lengthOf: string };
  readonly valueMax?: ParameterReference;
  /** Targets by period, where the law gives a row of them. */
  readonly values?: readonly {
    readonly period: string;
    readonly value: number | null;
    readonly valueMax?: number;
    readonly citation?: Citation;
  }[];
  readonly unit: string;
  readonly period?: string;
  readonly aggregation?: string;
  readonly fact?: string;
  readonly responsible?: readonly string[];
  readonly hedge?: string;
  readonly readings?: readonly Text[];
}
export type Recurrence =
  | 'once'
  | 'monthly'
  | 'quarterly'
  | 'half-yearly'
  | 'yearly'
  | 'per-selection'
  | 'per-engagement'
  | 'per-project'
  | 'per-assessment'
  | 'irregular'
  | 'unspecified';
/** MM-DD, YYYY-MM-DD, or an event such as engagement-start, perhaps +30d, +10wd, +1m, +1y; `length` in days. */
export interface WindowText {
  readonly from: string;
  readonly to?: string;
  readonly length?: ParameterReference;
}
export interface Obligation extends Entry {
  readonly owner: readonly string[];
  readonly recipient?: readonly string[];
  readonly recurrence: Recurrence;
  readonly window?: WindowText;
  /** Several windows a year. */
  readonly windows?: readonly WindowText[];
  /** The event after which the first window that has not ended is meant, such as engagement-end. */
  readonly after?: string;
  /** What there is one of it for, such as each task; absent: one for the region. */
  readonly per?: string;
  /** The decision points whose act satisfies it. */
  readonly satisfiedBy: readonly string[];
  /** Which of those acts count, by what they say of themselves. */
  readonly satisfiedWhen?: Readonly<Record<string, readonly string[]>>;
  /** How many of them it takes; one if absent. */
  readonly count?: ParameterReference;
  readonly lateEffect: 'flag' | 'schedule' | 'deny-early' | 'deny-next' | 'none';
  /** First and last year. */
  readonly years?: readonly [number, number];
}
/** The facts under which a point is allowed; cases change one thing of it. */
export interface Baseline {
  readonly asOf: string;
  readonly facts: Facts;
}
export interface Override {
  readonly rule: string;
  readonly reason: string;
  readonly role: string;
  readonly actor: string;
}
export type Outcome = 'pass' | 'fail' | 'not-applicable' | 'undetermined';
export type DecisionOutcome = 'allow' | 'deny' | 'needs-override' | 'needs-fact';

/** The file that carries a clause of the text; null where none does. */
export interface Coverage {
  readonly as:
    | 'rule'
    | 'chain'
    | 'indicator'
    | 'obligation'
    | 'vocabulary'
    | 'parameter'
    | 'role'
    | 'shown-only'
    | 'none';
  readonly at: string | null;
}
/** A clause that a reading of the documents found. */
export interface Clause {
  readonly id: string;
  /** A document of sources.json. */
  readonly document: string;
  readonly article: string;
  readonly lines?: string;
  readonly force: 'hard' | 'in-principle' | 'priority' | 'guidance' | 'none';
}
/** What of a pack is law and therefore frozen in a release. */
export interface PackContent {
  readonly pack: PackHeader;
  readonly sources: readonly Source[];
  readonly parameters: readonly Parameter[];
  readonly rules: readonly Rule[];
  readonly roles: readonly Role[];
  readonly chains: readonly Chain[];
  readonly indicators: readonly Indicator[];
  readonly obligations: readonly Obligation[];
  /** Declarations of the facts its rules read, so that a release can be evaluated without the catalogue. */
  readonly facts: Readonly<Record<string, FactDeclaration>>;
}
/** A validated working tree: the law, and what its authors test it with. */
export interface Pack extends PackContent {
  readonly baselines: Readonly<Record<string, Baseline>>;
  readonly cases: readonly Case[];
  readonly rankingCases: readonly RankingCase[];
  readonly entryCases: readonly (ObligationCase | IndicatorCase | PackCase)[];
  /** By clause of the text; empty where the pack keeps no account of it. */
  readonly coverage: Readonly<Record<string, Coverage>>;
  /** All clauses of its documents, in their order; empty where the pack keeps no account of them. */
  readonly clauses: readonly Clause[];
}
/** A frozen version. `digest` is the sha256 of the canonical form of everything else. */
export interface Release extends PackContent {
  readonly format: 1;
  readonly digest: string;
}

export type PointKind = 'mutation' | 'standing' | 'ranking' | 'visibility' | 'mask';
export interface Point {
  readonly kind: PointKind;
  readonly subject: string;
  readonly owner: string;
  readonly title: Text;
  readonly facts: readonly string[];
}
export interface FactEntry extends FactDeclaration {
  readonly owner: NonNullable<FactDeclaration['owner']>;
  readonly path: string;
  /** Whether it is derived from rows that other acts add, change or end; stated for what a blocking rule asks. */
  readonly contended?: boolean;
  readonly title: Text;
  readonly description?: Text;
  /** It tells of a person, of what a body thinks, or of a result before its publication. */
  readonly restricted?: true;
}
/** The only words a rule may use. */
export interface Catalogue {
  readonly facts: Readonly<Record<string, FactEntry>>;
  readonly points: Readonly<Record<string, Point>>;
}

/** Whether the date lies in the period, both ends included. */
export const isInForce = (period: Period, asOf: string): boolean =>
  period.from <= asOf && (period.to === undefined || asOf <= period.to);
