import { describe, expect, it } from '@jest/globals';
import { changedFields, differences } from './difference.ts';

describe('differences', () => {
  it('finds the smallest places by JSON pointer, whatever the order of keys', () => {
    const from = { a: { b: [1, { c: 2 }] }, 'd/e': 1, f: 1 };
    const to = { f: 1, 'd/e': 2, a: { b: [1, { c: 3 }, 4] } };
    expect(differences(from, to, 10)).toEqual([
      { path: '/a/b/1/c', from: 2, to: 3 },
      { path: '/a/b/2', from: undefined, to: 4 },
      { path: '/d~1e', from: 1, to: 2 },
    ]);
    expect(differences(from, { f: 1, a: from.a, 'd/e': 1 }, 10)).toEqual([]);
  });

  it('tells an object from a list, null from nothing, and a member from what every object inherits', () => {
    expect(differences({}, [], 10)).toEqual([{ path: '', from: {}, to: [] }]);
    expect(differences({ a: null }, {}, 10)).toEqual([{ path: '/a', from: null, to: undefined }]);
    expect(differences({ toString: 1 }, {}, 10)).toEqual([{ path: '/toString', from: 1, to: undefined }]);
  });

  it('stops after as many as are wanted', () => {
    expect(differences([1, 2, 3], [4, 5, 6], 2).map(({ path }) => path)).toEqual(['/0', '/1']);
  });
});

describe('changedFields', () => {
  it('answers members whole, with both values', () => {
    expect(changedFields({ a: { x: 1, y: 2 }, b: 1, c: 1 }, { a: { y: 2, x: 9 }, b: 1, d: 1 })).toEqual([
      { path: 'a', from: { x: 1, y: 2 }, to: { y: 2, x: 9 } },
      { path: 'c', from: 1, to: undefined },
      { path: 'd', from: undefined, to: 1 },
    ]);
  });
});
