import { describe, expect, it } from '@jest/globals';
import { countOf, isAsked, isRecurring, standingOn, windowsOf } from './duty.ts';
import type { Obligation, PackContent } from './pack.ts';

const duty = (more: Partial<Obligation>): Obligation => ({
  id: 'report',
  title: { zh: '报告', en: 'Report' },
  citation: { document: 'plan', article: '1', phrase: 'report' },
  owner: ['bureau'],
  recurrence: 'yearly',
  satisfiedBy: ['reportSubmit'],
  lateEffect: 'flag',
  ...more,
});
const yearly = (from: string, to: string) => duty({ window: { from, to } });
const pack = (from: string, to?: string, parameters: unknown[] = []) =>
  ({ pack: { effective: { from, ...(to ? { to } : {}) } }, parameters }) as unknown as PackContent;
const always = pack('2000-01-01');
const stated = (id: string, value: number | null) => ({
  id,
  status: 'stated',
  values: [{ from: '2000-01-01', value, citation: {} }],
});
const sure = (from: string, to: string) => ({ from, to, provisional: false });

describe('the windows of a duty', () => {
  it('lie in the year, may be several, and may reach over New Year', () => {
    expect(windowsOf(yearly('03-21', '03-31'), 2022, always)).toEqual([sure('2022-03-21', '2022-03-31')]);
    expect(windowsOf(yearly('12-21', '01-10'), 2022, always)).toEqual([sure('2022-12-21', '2023-01-10')]);
    const halves = duty({
      windows: [
        { from: '01-01', to: '06-30' },
        { from: '07-01', to: '12-31' },
      ],
    });
    expect(windowsOf(halves, 2022, always)).toEqual([
      sure('2022-01-01', '2022-06-30'),
      sure('2022-07-01', '2022-12-31'),
    ]);
  });

  it('are none where no date says, or the event has not happened', () => {
    expect(windowsOf(duty({ recurrence: 'irregular' }), 2022, always)).toEqual([]);
    const term = duty({ recurrence: 'per-engagement', window: { from: 'engagement-start', to: 'engagement-end' } });
    expect(windowsOf(term, 2022, always)).toEqual([]);
    expect(windowsOf(term, 2022, always, { 'engagement-start': '2022-05-01' })).toEqual([]);
  });

  it('are counted from an event in calendar days, working days, months and years', () => {
    const until = (to: string) =>
      windowsOf(duty({ window: { from: 'assessed', to } }), 2023, always, { assessed: '2023-09-28' })[0]?.to;
    expect(until('assessed+30d')).toBe('2023-10-28');
    expect(until('assessed+3wd')).toBe('2023-10-09');
    expect(until('assessed+1m')).toBe('2023-10-28');
    expect(until('assessed+1y')).toBe('2024-09-28');
  });

  it('are provisional when counted in working days beyond the holidays that are known', () => {
    const beyond = duty({ window: { from: 'assessed', to: 'assessed+5wd' } });
    expect(windowsOf(beyond, 2040, always, { assessed: '2040-01-02' })[0]?.provisional).toBe(true);
  });

  it('take their length from a parameter, and are none while it has no value', () => {
    const notice = duty({ window: { from: 'posted', length: { parameter: 'notice.days' } } });
    const events = { posted: '2022-03-01' };
    expect(windowsOf(notice, 2022, pack('2000-01-01', undefined, [stated('notice.days', 10)]), events)).toEqual([
      sure('2022-03-01', '2022-03-11'),
    ]);
    expect(windowsOf(notice, 2022, pack('2000-01-01', undefined, [stated('notice.days', null)]), events)).toEqual([]);
  });

  it('after an event are the first that has not ended by then, be it a later year’s', () => {
    const termEnd = duty({
      windows: [
        { from: '07-21', to: '07-31' },
        { from: '12-21', to: '12-31' },
      ],
      after: 'term-end',
    });
    const first = (day: string) => windowsOf(termEnd, 2020, always, { 'term-end': day })[0]?.from;
    expect(first('2020-04-30')).toBe('2020-07-21');
    expect(first('2020-07-31')).toBe('2020-07-21');
    expect(first('2020-08-01')).toBe('2020-12-21');
    expect(windowsOf(termEnd, 2020, always)).toEqual([]);
  });
});

describe('a duty is asked', () => {
  it('in the time of its pack and in its own years', () => {
    const early = yearly('01-01', '03-31');
    expect(isAsked(early, pack('2021-04-01'), 2021)).toBe(false);
    expect(isAsked(early, pack('2021-03-31'), 2021)).toBe(true);
    expect(isAsked(early, pack('2021-01-01', '2025-12-31'), 2026)).toBe(false);
    const limited = duty({ window: { from: '01-01', to: '12-31' }, years: [2021, 2022] });
    expect([2020, 2021, 2022, 2023].map((year) => isAsked(limited, always, year))).toEqual([false, true, true, false]);
  });

  it('once in its own year only', () => {
    const once = duty({ recurrence: 'once', window: { from: '2018-12-31', to: '2018-12-31' } });
    expect([2017, 2018, 2019].map((year) => isAsked(once, always, year))).toEqual([false, true, false]);
    expect([isRecurring(once), isRecurring(duty({ recurrence: 'irregular' }))]).toEqual([true, false]);
  });
});

describe('how a duty stands', () => {
  const window = sure('2022-11-01', '2022-12-31');
  const acts = (days: string[], count: number | null = 1) => ({ days, count });

  it('follows the days of its window, both included', () => {
    const on = (day: string) => standingOn(window, acts([]), day).status;
    expect(['2022-10-31', '2022-11-01', '2022-12-31', '2023-01-01'].map(on)).toEqual([
      'generated',
      'due',
      'due',
      'late',
    ]);
    expect(standingOn(null, acts([]), '2099-01-01').status).toBe('generated');
  });

  it('is satisfied from the day of the act on, and says so when that was early or late', () => {
    const by = (day: string) => standingOn(window, acts([day]), '2023-06-01');
    expect(by('2022-10-31')).toEqual({ status: 'early', on: '2022-10-31' });
    expect(by('2022-12-31')).toEqual({ status: 'satisfied', on: '2022-12-31' });
    expect(by('2023-01-01')).toEqual({ status: 'late', on: '2023-01-01' });
    expect(standingOn(window, acts(['2022-12-31']), '2022-12-30')).toEqual({ status: 'due', on: null });
  });

  it('takes as many acts within the window as the law says, and is open while the law says no number', () => {
    const days = ['2022-10-01', '2022-11-05', '2022-11-06'];
    expect(standingOn(window, acts(days, 2), '2022-12-01')).toEqual({ status: 'satisfied', on: '2022-11-06' });
    expect(standingOn(window, acts(days, 3), '2022-12-01')).toEqual({ status: 'due', on: null });
    expect(standingOn(window, acts(days, null), '2023-12-01')).toEqual({ status: 'late', on: null });
    const one = { ...acts(['2022-10-31']), isCounted: true };
    expect(standingOn(window, one, '2022-12-01')).toEqual({ status: 'due', on: null });
    const four = duty({ count: { parameter: 'meetings.min' } });
    expect(countOf(four, pack('2000-01-01', undefined, [stated('meetings.min', 4)]), '2022-01-01')).toBe(4);
    expect(countOf(four, pack('2000-01-01', undefined, [stated('meetings.min', null)]), '2022-01-01')).toBeNull();
    expect(countOf(duty({}), always, '2022-01-01')).toBe(1);
  });

  it('is waived from the day of the waiver on', () => {
    const waived = { days: [], count: 1, waivedOn: '2022-12-01' };
    expect(standingOn(window, waived, '2022-11-30').status).toBe('due');
    expect(standingOn(window, waived, '2023-06-01').status).toBe('waived');
  });
});
