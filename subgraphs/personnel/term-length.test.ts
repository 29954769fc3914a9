import { describe, expect, it } from '@jest/globals';
import { addMonths } from '../../policies/day.ts';
import { termLength } from './term-length.ts';

describe('the length of a term', () => {
  it.each([
    ['2018-05-01', '2020-04-30', 24, 0],
    ['2018-05-01', '2020-04-29', 23, 29],
    ['2018-05-01', '2020-05-01', 24, 1],
    ['2018-05-01', '2018-05-01', 0, 1],
    ['2020-02-29', '2021-02-27', 12, 0],
    ['2020-02-29', '2020-03-28', 1, 0],
    ['2019-12-15', '2020-01-14', 1, 0],
  ])('%s to %s is %i months and %i days', (from, to, months, days) => {
    expect(termLength(from, to)).toEqual({ months, days });
  });

  it('ends on the last day of a month that is too short', () => {
    expect(addMonths('2020-01-31', 1)).toBe('2020-02-29');
    expect(addMonths('2019-11-30', 3)).toBe('2020-02-29');
    expect(addMonths('2019-11-30', 13)).toBe('2020-12-30');
  });
});
