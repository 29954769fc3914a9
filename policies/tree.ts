import {
  type Condition,
  isFactReference,
  isParameterReference,
  isPercent,
  type Leaf,
  type OperatorName,
  operators,
  type RightValue,
} from './condition.ts';
import type { FactValue } from './facts.ts';

/** The right side of a comparison once parameters are resolved; `absent` is a parameter without a value. */
export type Right =
  | { readonly kind: 'literal'; readonly value: RightValue }
  | { readonly kind: 'fact'; readonly fact: string }
  | { readonly kind: 'percent'; readonly percent: number; readonly of: string }
  | { readonly kind: 'absent'; readonly parameter: string };

export interface Test {
  readonly fact: string;
  readonly operator: OperatorName;
  readonly right: Right;
}
/** A condition on one date: nothing left in it but facts and values. */
export type Tree =
  | { readonly all: readonly Tree[] }
  | { readonly any: readonly Tree[] }
  | { readonly not: Tree }
  | Test;
/** The same without negation: it stands in the operators. */
export type NormalTree = { readonly all: readonly NormalTree[] } | { readonly any: readonly NormalTree[] } | Test;

/** The value of a parameter, null where it has none. */
export type Values = (parameter: string) => FactValue | null;

const rightOf = ({ value }: Leaf, valueIn: Values): Right => {
  if (isFactReference(value)) return { kind: 'fact', fact: value.fact };
  if (isPercent(value)) {
    if (typeof value.percent === 'number') return { kind: 'percent', percent: value.percent, of: value.of.fact };
    const percent = valueIn(value.percent.parameter);
    if (percent === null) return { kind: 'absent', parameter: value.percent.parameter };
    return { kind: 'percent', percent: Number(percent), of: value.of.fact };
  }
  if (!isParameterReference(value)) return { kind: 'literal', value };
  const resolved = valueIn(value.parameter);
  return resolved === null ? { kind: 'absent', parameter: value.parameter } : { kind: 'literal', value: resolved };
};

/** Puts the parameters' values into a condition. */
export const resolve = (condition: Condition, valueIn: Values): Tree => {
  if ('all' in condition) return { all: condition.all.map((part) => resolve(part, valueIn)) };
  if ('any' in condition) return { any: condition.any.map((part) => resolve(part, valueIn)) };
  if ('not' in condition) return { not: resolve(condition.not, valueIn) };
  return { fact: condition.fact, operator: condition.operator, right: rightOf(condition, valueIn) };
};

/**
 * Pushes negation down to the comparisons. "Certainly true" is then a matter of and and or alone,
 * and "certainly false" is "certainly true" of the negation: a comparison with an absent side is neither.
 */
export const normal = (tree: Tree, negated = false): NormalTree => {
  if ('not' in tree) return normal(tree.not, !negated);
  if ('all' in tree || 'any' in tree) {
    const parts = ('all' in tree ? tree.all : tree.any).map((part) => normal(part, negated));
    return 'all' in tree === negated ? { any: parts } : { all: parts };
  }
  return negated ? { ...tree, operator: operators[tree.operator].negation } : tree;
};

/** Every comparison of a tree, in the order it is written. */
export function* testsOf(tree: Tree): Generator<Test> {
  if ('not' in tree) yield* testsOf(tree.not);
  else if ('all' in tree) for (const part of tree.all) yield* testsOf(part);
  else if ('any' in tree) for (const part of tree.any) yield* testsOf(part);
  else yield tree;
}

/** The facts a comparison reads. */
export const factsIn = ({ fact, right }: Test): string[] => {
  if (right.kind === 'fact') return [fact, right.fact];
  return right.kind === 'percent' ? [fact, right.of] : [fact];
};
