import { describe, expect, it } from '@jest/globals';
import type { Decision } from '../policies/decision.ts';
import { ranking } from './ranking.ts';

const judged = (ranks: readonly number[]) =>
  ranks.map((rank, at) => ({ thing: String.fromCharCode(97 + at), decision: { rank } as Decision }));
const order = (ranks: readonly number[]) => ranking(judged(ranks)).map(({ thing, position }) => `${position}${thing}`);

describe('a ranking', () => {
  it('lets equals share a position, counts them all, and keeps who came first before who came later', () => {
    expect(order([1, 2, 0, 2, 1])).toEqual(['1b', '1d', '3a', '3e', '5c']);
    expect(order([0, 0, 0])).toEqual(['1a', '1b', '1c']);
    expect(order([])).toEqual([]);
  });

  it('leaves the list that it was given as it was', () => {
    const list = judged([0, 3]);
    ranking(list);
    expect(list.map(({ thing }) => thing)).toEqual(['a', 'b']);
  });
});
