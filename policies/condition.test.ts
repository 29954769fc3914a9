import { describe, expect, it } from '@jest/globals';
import {
  allOf,
  anyOf,
  compare,
  negationOf,
  type OperatorName,
  operators,
  percentSign,
  type Truth,
} from './condition.ts';
import type { FactValue } from './facts.ts';

const truths: Truth[] = [true, false, undefined];
/** Kleene's tables by arithmetic: false 0, unknown 1/2, true 1; and is the minimum, or the maximum. */
const number = (truth: Truth) => (truth === undefined ? 0.5 : Number(truth));

describe('Kleene logic', () => {
  it('joins three truths as minimum and maximum', () => {
    for (const a of truths)
      for (const b of truths)
        for (const c of truths) {
          expect(number(allOf([a, b, c]))).toBe(Math.min(number(a), number(b), number(c)));
          expect(number(anyOf([a, b, c]))).toBe(Math.max(number(a), number(b), number(c)));
        }
  });

  it('negates what is known and leaves unknown unknown', () => {
    expect(truths.map(negationOf)).toEqual([false, true, undefined]);
  });
});

describe('operators', () => {
  const names = Object.keys(operators) as OperatorName[];
  const samples: Record<string, [FactValue, never][]> = {
    same: [
      [3, 3],
      [3, 4],
      [4, 3],
    ] as never,
    list: [
      ['a', ['a', 'b']],
      ['c', ['a']],
    ] as never,
    element: [
      [['a'], 'a'],
      [[], 'a'],
    ] as never,
    percent: [
      [3, { percent: 15, of: 20 }],
      [4, { percent: 15, of: 20 }],
      [2, { percent: 15, of: 20 }],
    ] as never,
  };

  it.each(names)('%s is false exactly where its negation is true', (name) => {
    const { takes, negation, types } = operators[name];
    expect(operators[negation].negation).toBe(name);
    expect(operators[negation].types).toEqual(types);
    const pairs =
      takes === 'list' && types.includes('codes')
        ? ([
            [['a', 'b'], ['a']],
            [['b'], ['a', 'b']],
            [[], ['a']],
          ] as never)
        : samples[takes];
    for (const [left, right] of pairs ?? [])
      expect(operators[name].test(left, right)).toBe(!operators[negation].test(left, right));
  });

  it.each(names)('%s is unknown when either side is absent', (name) => {
    expect(compare(name, undefined, 1)).toBeUndefined();
    expect(compare(name, 1, undefined)).toBeUndefined();
  });

  it.each<[OperatorName, FactValue, never, boolean]>([
    ['lessThan', 45, 45 as never, false],
    ['lessThanInclusive', 45, 45 as never, true],
    ['greaterThan', 45, 45 as never, false],
    ['greaterThanInclusive', 45, 45 as never, true],
    ['before', '2020-02-29', '2020-03-01' as never, true],
    ['onOrBefore', '2020-03-01', '2020-03-01' as never, true],
    ['after', '2020-03-01', '2020-03-01' as never, false],
    ['onOrAfter', '2020-03-01', '2020-03-01' as never, true],
    ['in', 'a', ['a', 'b'] as never, true],
    ['notIn', 'a', ['b'] as never, true],
    ['contains', ['a', 'b'], 'b' as never, true],
    ['doesNotContain', [], 'b' as never, true],
    ['containsAll', ['a', 'b', 'c'], ['a', 'c'] as never, true],
    ['containsAll', ['a'], ['a', 'c'] as never, false],
    ['containsAny', ['a'], ['a', 'c'] as never, true],
    ['containsAny', [], ['a'] as never, false],
    ['containsNone', ['b'], ['a', 'c'] as never, true],
    ['atMostPercentOf', 3, { percent: 15, of: 20 } as never, true],
    ['atMostPercentOf', 4, { percent: 15, of: 20 } as never, false],
    ['atLeastPercentOf', 3, { percent: 15, of: 20 } as never, true],
    ['atLeastPercentOf', 2, { percent: 15, of: 20 } as never, false],
  ])('%s of %p and %p is %p', (name, left, right, answer) => {
    expect(compare(name, left, right)).toBe(answer);
  });

  it('compares percentages exactly where doubles no longer do', () => {
    const whole = 9_007_199_254_740_991;
    expect(percentSign(whole, 100, whole)).toBe(0);
    expect(percentSign(whole - 1, 100, whole)).toBe(-1);
    expect(percentSign(whole, 100, whole - 1)).toBe(1);
  });
});
