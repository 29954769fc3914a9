import { describe, expect, it } from '@jest/globals';
import { FactError, type FactType, isDate, isOfType, requireType } from './facts.ts';

describe('a civil date', () => {
  it.each(['2020-02-29', '2000-02-29', '2021-12-31', '0001-01-01', '2021-04-30'])('is %s', (date) => {
    expect(isDate(date)).toBe(true);
  });

  it.each([
    '2021-02-29',
    '1900-02-29',
    '2021-04-31',
    '2021-13-01',
    '2021-00-10',
    '2021-01-00',
    '0000-01-01',
    '2021-1-01',
    '2021-01-01T',
    '2o21-01-01',
    ':021-01-01',
    '',
    '2021/01/01',
  ])('is not %p', (date) => expect(isDate(date)).toBe(false));

  it('agrees with Date on every day of four centuries and on the days after month ends', () => {
    for (let year = 1800; year < 2200; year++)
      for (let month = 1; month <= 12; month++)
        for (let day = 28; day <= 32; day++) {
          const text = `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
          const date = new Date(Date.UTC(year, month - 1, day));
          expect(isDate(text)).toBe(date.getUTCMonth() === month - 1 && day <= 31);
        }
  });
});

describe('a fact of a type', () => {
  const right: Record<FactType, unknown[]> = {
    boolean: [true, false],
    integer: [0, -1, 2 ** 53 - 1],
    fen: [0, 5_000_000],
    decimal: [0.1, -3, 1e21],
    date: ['2021-01-01'],
    code: ['a', ''],
    text: ['甲'],
    codes: [[], ['a']],
  };
  const wrong: Record<FactType, unknown[]> = {
    boolean: [0, 'true', null],
    integer: [1.5, Number.NaN, 2 ** 53, '1', null],
    fen: [0.5, '100', null],
    decimal: [Number.NaN, Number.POSITIVE_INFINITY, '1', null],
    date: ['2021-02-30', 20210101, null],
    code: [1, ['a'], null],
    text: [true, null],
    codes: ['a', [1], [['a']], null],
  };

  it.each(Object.keys(right) as FactType[])('%s takes its own values and no others', (type) => {
    for (const value of right[type]) expect(isOfType[type](value)).toBe(true);
    for (const value of wrong[type]) expect(isOfType[type](value)).toBe(false);
  });

  it('may be absent, but null is refused: it is not a way to say "not known"', () => {
    expect(() => requireType('team.size', 'integer', undefined)).not.toThrow();
    expect(() => requireType('team.size', 'integer', null)).toThrow(FactError);
  });
});
