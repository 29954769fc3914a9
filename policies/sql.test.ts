import { describe, expect, it } from '@jest/globals';
import type { FactValue } from './facts.ts';
import { toSql } from './sql.ts';
import type { Comparison } from './where.ts';

const kind = { mapping: { column: 'kind', type: 'code', nullable: true } } as const;
const asked = (operator: Comparison['operator'], value: FactValue) =>
  toSql({ left: kind, operator, right: { value } }, 'r');
const holding = (operator: Comparison['operator'], value: FactValue) =>
  toSql({ left: { value }, operator, right: kind }, 'r');

describe('a comparison as SQL', () => {
  it('asks for one value by equality, from whichever side it is listed', () => {
    expect(asked('in', ['a'])).toEqual({ sql: 'r."kind" = ?', params: ['a'] });
    expect(holding('contains', ['a', 'a'])).toEqual({ sql: 'r."kind" = ?', params: ['a'] });
    expect(asked('notIn', ['a'])).toEqual({ sql: 'r."kind" <> ?', params: ['a'] });
  });

  it('binds a repeated value once', () => {
    expect(asked('in', ['a', 'b', 'a'])).toEqual({ sql: 'r."kind" in (?, ?)', params: ['a', 'b'] });
    expect(holding('doesNotContain', ['a', 'b', 'b'])).toEqual({ sql: 'r."kind" not in (?, ?)', params: ['a', 'b'] });
  });

  it('asks for a known value where a list without any would let every row pass', () => {
    expect(asked('in', [])).toEqual({ sql: 'false', params: [] });
    expect(asked('notIn', [])).toEqual({ sql: '(r."kind" is not null and true)', params: [] });
  });
});
