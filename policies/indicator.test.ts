import { describe, expect, it } from '@jest/globals';
import { meets, targetOf, verdictOf } from './indicator.ts';
import type { Indicator, Release } from './pack.ts';

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
    parameter('built', 'boolean', true),
    parameter('days.default', 'integer', null, {
      status: 'silent',
      values: [],
      platformDefault: { value: 5, note: { zh: '默认', en: 'default' } },
    }),
  ],
} as unknown as Release;
const indicator = (more: Partial<Indicator>): Indicator => ({
  id: 'one',
  title: { zh: '一', en: 'one' },
  citation,
  scope: 'region',
  comparator: 'at-least',
  unit: 'x',
  ...more,
});

describe('the target of an indicator', () => {
  it('is a parameter as of the day, or the length of a list', () => {
    const days = indicator({ value: { parameter: 'days.min' } });
    expect(targetOf(days, release, '2022-12-31')).toEqual({
      value: 30,
      valueMax: null,
      tolerancePercent: null,
      status: 'stated',
      platformDefault: false,
    });
    expect(targetOf(days, release, '2023-01-01').value).toBeNull();
    expect(targetOf(indicator({ value: { lengthOf: 'grades' } }), release, '2022-01-01').value).toBe(2);
    const range = indicator({ value: { parameter: 'days.min' }, valueMax: { parameter: 'days.min' } });
    expect(targetOf(range, release, '2022-01-01')).toMatchObject({ value: 30, valueMax: 30 });
  });

  it('is a tick of the years that have one', () => {
    const built = indicator({ comparator: 'yes', value: { parameter: 'built' } });
    expect(['2019-12-31', '2022-12-31', '2023-12-31'].map((day) => targetOf(built, release, day).value)).toEqual([
      null,
      1,
      null,
    ]);
    const verdicts = [true, false].map((figure) => verdictOf(built, release, '2022-12-31', [figure]));
    expect(verdicts).toEqual(['met', 'unmet']);
    expect(verdictOf(built, release, '2023-12-31', [true])).toBe('unknown');
  });

  it('is marked where it is the platform’s, and absent where the law gives none', () => {
    expect(targetOf(indicator({ value: { parameter: 'days.default' } }), release, '2022-01-01')).toEqual({
      value: 5,
      valueMax: null,
      tolerancePercent: null,
      status: 'silent',
      platformDefault: true,
    });
    expect(targetOf(indicator({}), release, '2022-01-01')).toMatchObject({ value: null, status: 'silent' });
  });

  it('is met inclusively, and never known without a target', () => {
    const at = (value: number | null, valueMax: number | null = null, tolerancePercent: number | null = null) => ({
      value,
      valueMax,
      tolerancePercent,
    });
    expect([29, 30].map((figure) => meets(figure, 'at-least', at(30)))).toEqual([false, true]);
    expect([15, 16].map((figure) => meets(figure, 'at-most', at(15)))).toEqual([true, false]);
    expect([4, 5, 10, 11].map((figure) => meets(figure, 'between', at(5, 10)))).toEqual([false, true, true, false]);
    expect([359, 360, 440, 441].map((figure) => meets(figure, 'about', at(400, null, 10)))).toEqual([
      false,
      true,
      true,
      false,
    ]);
    expect([99, 100].map((figure) => meets(figure, 'all', at(100)))).toEqual([false, true]);
    expect([0, 1].map((figure) => meets(figure, 'yes', at(1)))).toEqual([false, true]);
    expect(meets(4, 'equal', at(4))).toBe(true);
    expect(meets(4, 'at-least', at(null))).toBeNull();
    expect(meets(4, 'about', at(4))).toBeNull();
    expect(meets(4, 'between', at(4))).toBeNull();
  });
});

describe('the verdict of an indicator', () => {
  const days = indicator({ value: { parameter: 'days.min' } });
  const on = (figures: (number | boolean | null)[], one = days) => verdictOf(one, release, '2022-12-31', figures);

  it('wants every unit to meet the target', () => {
    expect(on([30, 31])).toBe('met');
    expect(on([30, 29])).toBe('unmet');
  });

  it('is unknown without figures, or with one that nobody knows unless another fails', () => {
    expect(on([])).toBe('unknown');
    expect(on([30, null])).toBe('unknown');
    expect(on([29, null])).toBe('unmet');
    expect(verdictOf(days, release, '2023-06-01', [30])).toBe('unknown');
  });

  it('is unknown while the opening stock is not known', () => {
    expect(on([30], { ...days, baseline: { parameter: 'days.default' } })).toBe('met');
    const open = { ...release, parameters: [...release.parameters, parameter('stock', 'integer', null)] } as Release;
    const stock = { ...days, baseline: { parameter: 'stock' } };
    expect(verdictOf(stock, open, '2022-12-31', [30])).toBe('unknown');
    expect(verdictOf(stock, open, '2022-12-31', [30], 7)).toBe('met');
    expect(verdictOf(stock, open, '2022-12-31', [29], 0)).toBe('unmet');
  });

  it('takes what is or is not so', () => {
    const built = indicator({ comparator: 'yes' });
    expect([on([true], built), on([false], built), on([null], built)]).toEqual(['met', 'unmet', 'unknown']);
  });
});
