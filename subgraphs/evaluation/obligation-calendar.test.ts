import { describe, expect, it } from '@jest/globals';
import type { Entry, Release } from '../../policies/pack.ts';
import type { Place } from '../place.ts';
import { isAsked, ownersIn, readDuty, statusOn, windowOf } from './obligation-calendar.ts';

const entry = (more: Record<string, unknown>): Entry => ({
  id: 'report',
  title: { zh: '报告', en: 'Report' },
  citation: { document: 'plan', article: '1', phrase: 'report' },
  ...more,
});
const yearly = (from: string, to: string) => readDuty(entry({ recurrence: 'yearly', window: { from, to } }));
const pack = (from: string, to?: string, more: Record<string, unknown> = {}) =>
  ({ pack: { effective: { from, to }, governs: { regions: ['cn-1'] } }, roles: [], ...more }) as unknown as Release;

describe('the window of an obligation', () => {
  it('lies in the year, and may reach over New Year', () => {
    expect(windowOf(yearly('03-21', '03-31'), 2022)).toEqual({ from: '2022-03-21', to: '2022-03-31' });
    expect(windowOf(yearly('12-21', '01-10'), 2022)).toEqual({ from: '2022-12-21', to: '2023-01-10' });
  });

  it('is absent where no date says', () => {
    expect(windowOf(readDuty(entry({ recurrence: 'irregular' })), 2022)).toBeNull();
    const engagement = { recurrence: 'per-engagement', window: { from: 'engagement-start', to: 'engagement-end' } };
    expect(windowOf(readDuty(entry(engagement)), 2022)).toBeNull();
  });

  it('of what is due once is that of its own year', () => {
    const once = readDuty(entry({ recurrence: 'once', window: { from: '2018-12-31', to: '2018-12-31' } }));
    expect(isAsked(once, pack('2016-01-01'), 2018)).toBe(true);
    expect(isAsked(once, pack('2016-01-01'), 2019)).toBe(false);
  });

  it('must touch the time of the pack, and its years', () => {
    const early = yearly('01-01', '03-31');
    expect(isAsked(early, pack('2021-04-01'), 2021)).toBe(false);
    expect(isAsked(early, pack('2021-03-31'), 2021)).toBe(true);
    expect(isAsked(early, pack('2021-01-01', '2025-12-31'), 2026)).toBe(false);
    const limited = readDuty(
      entry({ recurrence: 'yearly', window: { from: '01-01', to: '12-31' }, years: [2021, 2022] }),
    );
    expect([2020, 2021, 2022, 2023].map((year) => isAsked(limited, pack('2010-01-01'), year))).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });
});

describe('the owners of an obligation in a region', () => {
  const roles = [
    { role: 'bureau', level: 'prefecture' },
    { role: 'dept', level: 'county' },
    { role: 'unit', level: 'unit' },
    { role: 'ministry', level: 'national' },
  ];
  const release = pack('2021-01-01', undefined, { roles });
  const duty = readDuty(entry({ owner: ['bureau', 'dept', 'unit', 'ministry', 'group'] }));
  const place = (level: string, ...path: string[]) => ({ level, path }) as unknown as Place;

  it('are those of its tier; units with the county, bodies without a tier with the region that the pack names', () => {
    expect(ownersIn(duty, release, place('prefecture', 'cn-1', 'cn'))).toEqual(['bureau', 'group']);
    expect(ownersIn(duty, release, place('county', 'cn-11', 'cn-1', 'cn'))).toEqual(['dept', 'unit']);
    expect(ownersIn(duty, release, place('country', 'cn'))).toEqual(['ministry']);
  });
});

describe('the status of an obligation', () => {
  const window = { from: '2022-11-01', to: '2022-12-31' };

  it('follows the days of its window, both included', () => {
    const on = (day: string) => statusOn(window, null, day);
    expect(on('2022-10-31')).toBe('generated');
    expect(on('2022-11-01')).toBe('due');
    expect(on('2022-12-31')).toBe('due');
    expect(on('2023-01-01')).toBe('late');
  });

  it('is settled from the day of the settlement on, and never late without a date', () => {
    const settled = { outcome: 'waived', on: '2022-12-01' } as const;
    expect(statusOn(window, settled, '2022-11-30')).toBe('due');
    expect(statusOn(window, settled, '2023-06-01')).toBe('waived');
    expect(statusOn(null, null, '2099-01-01')).toBe('generated');
  });
});
