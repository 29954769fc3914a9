import { compare, type RightValue } from './condition.ts';
import type { Change } from './decision.ts';
import type { Facts } from './facts.ts';
import type { NormalTree, Right } from './tree.ts';

/** The right side with its facts filled in; undefined when something of it is absent. */
export const rightValue = (right: Right, facts: Facts): RightValue | undefined => {
  if (right.kind === 'literal') return right.value;
  if (right.kind === 'fact') return facts[right.fact];
  if (right.kind === 'absent') return undefined;
  const of = facts[right.of];
  return typeof of === 'number' ? { percent: right.percent, of } : undefined;
};

/** The right side as a reader sees it: values where they are known, names where they are not. */
export const shownValue = (right: Right, facts: Facts): unknown => {
  const value = rightValue(right, facts);
  if (value !== undefined) return value;
  if (right.kind === 'fact') return { fact: right.fact };
  return right.kind === 'percent' ? { percent: right.percent, of: { fact: right.of } } : null;
};

const isSame = (a: Change, b: Change) => a.fact === b.fact && a.operator === b.operator && a.value === b.value;

/**
 * The fewest comparisons that have to become true for the tree to be true: none where it is, all of the failing
 * ones below `all`, the cheapest branch below `any` (the first of equals). Null if no fact can make it true.
 */
export const changesFor = (tree: NormalTree, facts: Facts): readonly Change[] | null => {
  if ('any' in tree) {
    let cheapest: readonly Change[] | null = null;
    for (const part of tree.any) {
      const changes = changesFor(part, facts);
      if (changes && (!cheapest || changes.length < cheapest.length)) cheapest = changes;
    }
    return cheapest;
  }
  if ('all' in tree) {
    const union: Change[] = [];
    for (const part of tree.all) {
      const changes = changesFor(part, facts);
      if (!changes) return null;
      union.push(...changes.filter((change) => !union.some((one) => isSame(one, change))));
    }
    return union;
  }
  const { fact, operator, right } = tree;
  if (right.kind === 'absent') return null;
  if (compare(operator, facts[fact], rightValue(right, facts)) === true) return [];
  return [{ fact, operator, value: shownValue(right, facts), actual: facts[fact] ?? null }];
};
