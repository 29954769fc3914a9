import { describe, expect, it } from '@jest/globals';
import { compare } from './condition.ts';
import type { Change } from './decision.ts';
import type { FactValue } from './facts.ts';
import { changesFor } from './remedy.ts';
import type { NormalTree, Test } from './tree.ts';

/** A small seeded generator. */
const randomOf = (seed: number) => {
  let state = seed;
  return (count: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 4_294_967_296) * count);
  };
};
type Facts = Record<string, FactValue | undefined>;
type Below = (count: number) => number;

const operators = ['equal', 'notEqual', 'lessThan', 'greaterThanInclusive'] as const;

/** A tree in which every comparison has a fact of its own, so that changes cannot contradict each other. */
const treeOf = (below: Below, depth: number, next: { no: number }): NormalTree => {
  if (depth === 0 || below(3) === 0)
    return {
      fact: `f.f${next.no++}`,
      operator: operators[below(4)] ?? 'equal',
      right: { kind: 'literal', value: below(3) },
    };
  const parts = Array.from({ length: 1 + below(3) }, () => treeOf(below, depth - 1, next));
  return below(2) === 0 ? { all: parts } : { any: parts };
};

const holds = (tree: NormalTree, facts: Facts): boolean => {
  if ('all' in tree) return tree.all.every((part) => holds(part, facts));
  if ('any' in tree) return tree.any.some((part) => holds(part, facts));
  return (
    compare(tree.operator, facts[tree.fact], (tree as Test & { right: { value: FactValue } }).right.value) === true
  );
};

/** A value that makes the change come true. */
const satisfying = ({ operator, value }: Change): number => {
  const target = value as number;
  if (operator === 'lessThan') return target - 1;
  return operator === 'notEqual' ? target + 1 : target;
};
const apply = (facts: Facts, changes: readonly Change[]): Facts => ({
  ...facts,
  ...Object.fromEntries(changes.map((change) => [change.fact, satisfying(change)])),
});

const factsIn = (tree: NormalTree): string[] =>
  'all' in tree ? tree.all.flatMap(factsIn) : 'any' in tree ? tree.any.flatMap(factsIn) : [tree.fact];
const subsetsOf = (facts: readonly string[]) =>
  Array.from({ length: 2 ** facts.length }, (_, bits) => facts.filter((_fact, at) => bits & (1 << at)));

describe('what would pass', () => {
  it('makes the rule pass when done, and nothing smaller does, on 3,000 random trees', () => {
    let failing = 0;
    for (let seed = 0; seed < 3000; seed++) {
      const below = randomOf(seed);
      const tree = treeOf(below, 3, { no: 0 });
      const names = factsIn(tree);
      if (names.length > 8) continue;
      const facts: Facts = Object.fromEntries(names.map((name) => [name, below(4) === 0 ? undefined : below(3)]));
      const changes = changesFor(tree, facts) ?? [];
      expect(holds(tree, apply(facts, changes))).toBe(true);
      expect(changes.length === 0).toBe(holds(tree, facts));
      if (changes.length > 0) failing++;
      // No set of fewer facts, set to any of the values that matter, does it.
      const fewer = subsetsOf(names).filter((subset) => subset.length < changes.length);
      for (const subset of fewer) {
        const settings = subset.reduce<Facts[]>(
          (all, name) => all.flatMap((one) => [-1, 0, 1, 2, 3].map((value) => ({ ...one, [name]: value }))),
          [{}],
        );
        if (settings.length <= 625)
          expect(settings.some((setting) => holds(tree, { ...facts, ...setting }))).toBe(false);
      }
    }
    expect(failing).toBeGreaterThan(1000);
  });

  it('says what value a fact is compared with, or which fact gives it', () => {
    const than: NormalTree = { fact: 'a.a', operator: 'lessThan', right: { kind: 'fact', fact: 'b.b' } };
    expect(changesFor(than, { 'a.a': 5, 'b.b': 3 })).toEqual([
      { fact: 'a.a', operator: 'lessThan', value: 3, actual: 5 },
    ]);
    expect(changesFor(than, { 'a.a': 5 })).toEqual([
      { fact: 'a.a', operator: 'lessThan', value: { fact: 'b.b' }, actual: 5 },
    ]);
    const share: NormalTree = {
      fact: 'a.a',
      operator: 'atMostPercentOf',
      right: { kind: 'percent', percent: 15, of: 'b.b' },
    };
    expect(changesFor(share, { 'a.a': 5, 'b.b': 20 })).toEqual([
      { fact: 'a.a', operator: 'atMostPercentOf', value: { percent: 15, of: 20 }, actual: 5 },
    ]);
  });

  it('asks for the same comparison once', () => {
    const leaf: NormalTree = { fact: 'a.a', operator: 'equal', right: { kind: 'literal', value: 1 } };
    expect(changesFor({ all: [leaf, { any: [leaf] }] }, {})).toHaveLength(1);
  });

  it('is null where only a parameter without a value could help, unless another branch does', () => {
    const silent: NormalTree = { fact: 'a.a', operator: 'equal', right: { kind: 'absent', parameter: 'p' } };
    const leaf: NormalTree = { fact: 'b.b', operator: 'equal', right: { kind: 'literal', value: 1 } };
    expect(changesFor({ all: [leaf, silent] }, {})).toBeNull();
    expect(changesFor({ any: [silent, leaf] }, {})).toHaveLength(1);
  });
});
