import type { FactType, FactValue } from './facts.ts';

export interface FactReference {
  readonly fact: string;
}
export interface ParameterReference {
  readonly parameter: string;
}
export interface PercentValue {
  readonly percent: number | ParameterReference;
  readonly of: FactReference;
}
export type LeafValue = FactValue | readonly number[] | FactReference | ParameterReference | PercentValue;

export interface Leaf {
  readonly fact: string;
  readonly operator: OperatorName;
  readonly value: LeafValue;
}
/** A condition with its named conditions inlined. */
export type Condition =
  | { readonly all: readonly Condition[] }
  | { readonly any: readonly Condition[] }
  | { readonly not: Condition }
  | Leaf;

/** What the right side of a comparison is once every fact in it is known. */
export type RightValue = FactValue | readonly number[] | { readonly percent: number; readonly of: number };

/** same: a value of the fact's type; list: several of them; element: one code; percent: `{percent, of}`. */
export type RightKind = 'same' | 'list' | 'element' | 'percent';

export interface Operator {
  /** Types of fact it compares. */
  readonly types: readonly FactType[];
  readonly takes: RightKind;
  /** The operator that is true exactly where this one is false, when both sides are known. */
  readonly negation: OperatorName;
  /** Operators that exist only as the negation of another are not offered to authors. */
  readonly authored: boolean;
  /** Both sides known and of their types. */
  test(left: FactValue, right: RightValue): boolean;
}

const scalar: readonly FactType[] = ['boolean', 'integer', 'decimal', 'fen', 'date', 'code', 'text'];
const listed: readonly FactType[] = ['integer', 'decimal', 'fen', 'date', 'code', 'text'];
const numeric: readonly FactType[] = ['integer', 'decimal', 'fen'];
const counted: readonly FactType[] = ['integer', 'fen'];
const dated: readonly FactType[] = ['date'];
const several: readonly FactType[] = ['codes'];

type Items = readonly unknown[];
const has = (list: RightValue, item: unknown) => (list as Items).includes(item);
const hasAll = (left: FactValue, right: RightValue) => (right as Items).every((item) => has(left, item));
const hasAny = (left: FactValue, right: RightValue) => (right as Items).some((item) => has(left, item));

/**
 * The sign of 100 * part - percent * whole, exact for every safe integer: a sum of money
 * times a hundred can leave the range in which doubles are exact.
 */
export const percentSign = (part: number, percent: number, whole: number): number => {
  const left = 100 * part;
  const right = percent * whole;
  if (Number.isSafeInteger(left) && Number.isSafeInteger(right)) return left - right;
  const exact = 100n * BigInt(part) - BigInt(percent) * BigInt(whole);
  return exact > 0n ? 1 : exact < 0n ? -1 : 0;
};
const sign = (left: FactValue, right: RightValue) => {
  const { percent, of } = right as { percent: number; of: number };
  return percentSign(left as number, percent, of);
};

const define = <Name extends string>(table: Record<Name, Operator>) => table;

type Test = Operator['test'];
const operator = (types: readonly FactType[], takes: RightKind, negation: string, test: Test): Operator => ({
  types,
  takes,
  negation: negation as OperatorName,
  authored: true,
  test,
});
const unauthored = (operator: Operator): Operator => ({ ...operator, authored: false });

/** Every comparison there is. Order operators differ for numbers and dates so that an author says which is meant. */
export const operators = define({
  equal: operator(scalar, 'same', 'notEqual', (left, right) => left === right),
  notEqual: operator(scalar, 'same', 'equal', (left, right) => left !== right),
  in: operator(listed, 'list', 'notIn', (left, right) => has(right, left)),
  notIn: operator(listed, 'list', 'in', (left, right) => !has(right, left)),
  lessThan: operator(numeric, 'same', 'greaterThanInclusive', (left, right) => left < right),
  lessThanInclusive: operator(numeric, 'same', 'greaterThan', (left, right) => left <= right),
  greaterThan: operator(numeric, 'same', 'lessThanInclusive', (left, right) => left > right),
  greaterThanInclusive: operator(numeric, 'same', 'lessThan', (left, right) => left >= right),
  before: operator(dated, 'same', 'onOrAfter', (left, right) => left < right),
  onOrBefore: operator(dated, 'same', 'after', (left, right) => left <= right),
  after: operator(dated, 'same', 'onOrBefore', (left, right) => left > right),
  onOrAfter: operator(dated, 'same', 'before', (left, right) => left >= right),
  contains: operator(several, 'element', 'doesNotContain', (left, right) => has(left, right)),
  doesNotContain: operator(several, 'element', 'contains', (left, right) => !has(left, right)),
  containsAll: operator(several, 'list', 'lacksAny', hasAll),
  lacksAny: unauthored(operator(several, 'list', 'containsAll', (left, right) => !hasAll(left, right))),
  containsAny: operator(several, 'list', 'containsNone', hasAny),
  containsNone: operator(several, 'list', 'containsAny', (left, right) => !hasAny(left, right)),
  atMostPercentOf: operator(counted, 'percent', 'abovePercentOf', (left, right) => sign(left, right) <= 0),
  abovePercentOf: unauthored(operator(counted, 'percent', 'atMostPercentOf', (left, right) => sign(left, right) > 0)),
  atLeastPercentOf: operator(counted, 'percent', 'belowPercentOf', (left, right) => sign(left, right) >= 0),
  belowPercentOf: unauthored(operator(counted, 'percent', 'atLeastPercentOf', (left, right) => sign(left, right) < 0)),
});

export type OperatorName =
  | 'equal'
  | 'notEqual'
  | 'in'
  | 'notIn'
  | 'lessThan'
  | 'lessThanInclusive'
  | 'greaterThan'
  | 'greaterThanInclusive'
  | 'before'
  | 'onOrBefore'
  | 'after'
  | 'onOrAfter'
  | 'contains'
  | 'doesNotContain'
  | 'containsAll'
  | 'lacksAny'
  | 'containsAny'
  | 'containsNone'
  | 'atMostPercentOf'
  | 'abovePercentOf'
  | 'atLeastPercentOf'
  | 'belowPercentOf';

/** A Kleene truth value: undefined is "not known". */
export type Truth = boolean | undefined;

/** Compares in three values: an absent side makes the answer unknown, whatever the operator. */
export const compare = (name: OperatorName, left: FactValue | undefined, right: RightValue | undefined): Truth =>
  left === undefined || right === undefined ? undefined : operators[name].test(left, right);

/** Kleene conjunction. */
export const allOf = (truths: readonly Truth[]): Truth =>
  truths.includes(false) ? false : truths.includes(undefined) ? undefined : true;

/** Kleene disjunction. */
export const anyOf = (truths: readonly Truth[]): Truth =>
  truths.includes(true) ? true : truths.includes(undefined) ? undefined : false;

/** Kleene negation. */
export const negationOf = (truth: Truth): Truth => (truth === undefined ? undefined : !truth);

/** Every leaf of a condition, in the order it is written. */
export function* leavesOf(condition: Condition): Generator<Leaf> {
  if ('all' in condition) for (const part of condition.all) yield* leavesOf(part);
  else if ('any' in condition) for (const part of condition.any) yield* leavesOf(part);
  else if ('not' in condition) yield* leavesOf(condition.not);
  else yield condition;
}

export const isFactReference = (value: unknown): value is FactReference =>
  typeof value === 'object' && value !== null && 'fact' in value;
export const isParameterReference = (value: unknown): value is ParameterReference =>
  typeof value === 'object' && value !== null && 'parameter' in value;
export const isPercent = (value: unknown): value is PercentValue =>
  typeof value === 'object' && value !== null && 'percent' in value;

/** The facts a leaf reads: its own, and those of its value. */
export const factsOf = (leaf: Leaf): string[] => {
  if (isFactReference(leaf.value)) return [leaf.fact, leaf.value.fact];
  if (isPercent(leaf.value)) return [leaf.fact, leaf.value.of.fact];
  return [leaf.fact];
};

/** The parameter a leaf reads, if any. */
export const parameterOf = (leaf: Leaf): string | undefined => {
  const value = isPercent(leaf.value) ? leaf.value.percent : leaf.value;
  return isParameterReference(value) ? value.parameter : undefined;
};
