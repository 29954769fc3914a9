import { describe, expect, it } from '@jest/globals';
import type { Release } from '../../policies/pack.ts';
import { type Indicator, meets, targetOf } from './indicator-target.ts';

const citation = { document: 'plan', article: '1', phrase: 'x' };
const parameter = (id: string, type: string, value: unknown, more: Record<string, unknown> = {}) => ({
  id,
  title: { zh: id, en: id },
  type,
  status: 'stated',
  values: [
    { from: '2020-01-01', value, citation },
    { from: '2023-01-01', value: null, citation },
  ],
  ...more,
});
const release = {
  pack: { id: 'made-up' },
  parameters: [
    parameter('days.min', 'integer', 30),
    parameter('grades', 'codes', ['good', 'bad']),
    parameter('days.default', 'integer', null, {
      status: 'silent',
      values: [],
      platformDefault: { value: 5, note: { zh: '默认', en: 'default' } },
    }),
  ],
} as unknown as Release;
const indicator = (more: Partial<Indicator>): Indicator =>
  ({ id: 'one', title: { zh: '一', en: 'one' }, citation, ...more }) as Indicator;

describe('the target of an indicator', () => {
  it('is a parameter as of the day, the length of a list, or a number', () => {
    const days = indicator({ value: { parameter: 'days.min' } });
    expect(targetOf(days, release, '2022-12-31')).toEqual({
      value: 30,
      valueMax: null,
      status: 'stated',
      platformDefault: false,
    });
    expect(targetOf(days, release, '2023-01-01').value).toBeNull();
    expect(targetOf(indicator({ value: { lengthOf: 'grades' } }), release, '2022-01-01').value).toBe(2);
    expect(targetOf(indicator({ value: 3, valueMax: 4 }), release, '2022-01-01')).toMatchObject({
      value: 3,
      valueMax: 4,
    });
  });

  it('is marked where it is the platform’s, and absent where the law gives none', () => {
    expect(targetOf(indicator({ value: { parameter: 'days.default' } }), release, '2022-01-01')).toEqual({
      value: 5,
      valueMax: null,
      status: 'silent',
      platformDefault: true,
    });
    expect(targetOf(indicator({}), release, '2022-01-01')).toMatchObject({ value: null, status: 'silent' });
  });

  it('is met inclusively, and never known without a target', () => {
    const at = (value: number | null, valueMax: number | null = null) => ({
      value,
      valueMax,
      status: 'stated',
      platformDefault: false,
    });
    expect([29, 30].map((figure) => meets(figure, 'at-least', at(30)))).toEqual([false, true]);
    expect([15, 16].map((figure) => meets(figure, 'at-most', at(15)))).toEqual([true, false]);
    expect([4, 5, 10, 11].map((figure) => meets(figure, 'between', at(5, 10)))).toEqual([false, true, true, false]);
    expect(meets(4, 'equal', at(4))).toBe(true);
    expect(meets(4, 'at-least', at(null))).toBeNull();
    expect(meets(4, 'about', at(4))).toBeNull();
    expect(meets(4, 'between', at(4))).toBeNull();
  });
});
