import { describe, expect, it } from '@jest/globals';
import { simplify } from './simplify.ts';
import type { Where } from './where.ts';

const column = (name: string) => ({ mapping: { column: name, type: 'code', nullable: true } }) as const;
const is = (name: string, value: string): Where => ({ left: column(name), operator: 'equal', right: { value } });
const a = is('a', '1');
const b = is('b', '1');
const c = is('c', '1');
const d = is('d', '1');

describe('simplify', () => {
  it('folds booleans', () => {
    expect(simplify({ all: [true, { any: [false, a] }] })).toEqual(a);
    expect(simplify({ all: [a, false] })).toBe(false);
    expect(simplify({ any: [a, true] })).toBe(true);
    expect(simplify({ all: [] })).toBe(true);
  });

  it('says the same thing once, in whatever order it was said', () => {
    expect(simplify({ all: [{ any: [a, b] }, { any: [b, a] }] })).toEqual({ any: [a, b] });
  });

  it('leaves out what a stricter part implies', () => {
    expect(simplify({ all: [{ any: [a, b, c] }, { any: [a, b] }] })).toEqual({ any: [a, b] });
    expect(simplify({ all: [{ any: [a, b] }, a] })).toEqual(a);
    expect(simplify({ any: [{ all: [a, b] }, c, { all: [b, a, d] }, a] })).toEqual({ any: [c, a] });
  });

  it('says once what every part of a conjunction says, so that an index can be used for it', () => {
    expect(simplify({ all: [{ any: [a, b] }, { any: [c, a] }] })).toEqual({ any: [a, { all: [b, c] }] });
    const three: Where = { all: [{ any: [a, b, c] }, { any: [b, d, a] }, { any: [a, { all: [c, d] }, b] }] };
    expect(simplify(three)).toEqual({ any: [a, b, { all: [c, d] }] });
  });

  it('takes a list for the set of its values', () => {
    const within = (value: string[]): Where => ({ left: column('a'), operator: 'in', right: { value } });
    const first = within(['1', '2', '1']);
    expect(simplify({ any: [first, within(['2', '1'])] })).toEqual(first);
    const both: Where = { any: [first, within(['1'])] };
    expect(simplify(both)).toEqual(both);
  });

  it('keeps parts that differ in value, column, operator or code', () => {
    const both: Where = { all: [{ any: [a, b] }, { any: [c, is('b', '2')] }] };
    expect(simplify(both)).toEqual(both);
    const expression = () => ({ mapping: { expression: () => 'x', type: 'code', nullable: false } }) as const;
    const two: Where = {
      all: [
        { left: expression(), operator: 'equal', right: { value: '1' } },
        { left: expression(), operator: 'equal', right: { value: '1' } },
      ],
    };
    expect(simplify(two)).toEqual(two);
  });

  it('flattens', () => {
    expect(simplify({ any: [{ any: [a, { any: [b] }] }, c] })).toEqual({ any: [a, b, c] });
  });

  it('answers every assignment as before', () => {
    const names = ['a', 'b', 'c', 'd'];
    const holds = (where: Where, truth: Record<string, boolean>): boolean => {
      if (typeof where === 'boolean') return where;
      if ('all' in where) return where.all.every((part) => holds(part, truth));
      if ('any' in where) return where.any.some((part) => holds(part, truth));
      return truth[(where.left as { mapping: { column: string } }).mapping.column] as boolean;
    };
    let seed = 7;
    const next = (n: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return Math.floor(seed / 65_536) % n;
    };
    const make = (depth: number): Where => {
      const kind = next(depth > 0 ? 5 : 3);
      if (kind < 2) return is(names[next(4)] as string, '1');
      if (kind === 2) return next(6) > 0 ? is(names[next(4)] as string, '1') : next(2) === 0;
      const parts = Array.from({ length: next(4) }, () => make(depth - 1));
      return kind === 3 ? { all: parts } : { any: parts };
    };
    const wrong: Where[] = [];
    for (let run = 0; run < 3_000; run += 1) {
      const where = make(4);
      const simple = simplify(where);
      for (let bits = 0; bits < 16; bits += 1) {
        const truth = { a: (bits & 1) > 0, b: (bits & 2) > 0, c: (bits & 4) > 0, d: (bits & 8) > 0 };
        if (holds(simple, truth) !== holds(where, truth)) wrong.push(where);
      }
    }
    expect(wrong).toEqual([]);
  });
});
