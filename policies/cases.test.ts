import { describe, expect, it } from '@jest/globals';
import type { Case } from './case.ts';
import { runBaselines, runCases } from './cases.ts';
import type { Obligation, Pack } from './pack.ts';
import { pack } from './testdata/arden.ts';

const citation = { document: 'arden-2020', article: '5', phrase: '每年' };
const text = { zh: '年报', en: 'yearly report' };
const duty: Obligation = {
  id: 'report',
  title: text,
  owner: ['county-office'],
  recurrence: 'yearly',
  satisfiedBy: ['teamActivate'],
  lateEffect: 'flag',
  platformDefault: false,
  citation,
  years: [2021, 2023],
};
const empty: Pack = {
  ...pack,
  cases: [],
  obligations: [duty, { ...duty, id: 'audit', recurrence: 'irregular', lateEffect: 'none' }],
};
const failing = async (changed: Pack) => (await runCases(changed)).filter(({ passed }) => !passed);

describe('cases', () => {
  it('of the pack all come out as they say, by both engines', async () => {
    const results = await runCases(pack);
    expect(results).toHaveLength(25);
    expect(results.filter(({ passed }) => !passed)).toEqual([]);
  });

  it.each<[string, Partial<Case>]>([
    ['decision', { decision: 'deny' }],
    ['outcome', { outcome: { 'arden.team.size': 'fail' } }],
    ['flags', { flags: ['arden.team.fields'] }],
    ['rank', { rank: 1 }],
  ])('differ by %s, and both sides are told', async (part, change) => {
    const [one] = pack.cases.filter(({ id }) => id === 'size-5') as [Case];
    const [result] = await failing({ ...pack, cases: [{ ...one, ...change }] });
    expect(result?.id).toBe('size-5');
    expect(result?.expected[part]).not.toEqual(result?.actual[part]);
  });

  it('read a rule that is not in force as not applicable', async () => {
    const one: Case = {
      id: 'late',
      on: 'expenseRecord',
      asOf: '2025-01-01',
      facts: {},
      outcome: { 'arden.expense.cap': 'not-applicable' },
      decision: 'allow',
    };
    expect(await failing({ ...pack, cases: [one] })).toEqual([]);
  });

  it('put candidates in the order of their ranks, equals as given', async () => {
    const candidates = ['a', 'b', 'c'].map((id) => ({ id, facts: { 'team.remote': id === 'c' } }));
    const ranking = (expectOrder: string[]) => ({
      ...empty,
      rankingCases: [{ id: 'order', on: 'teamRanking', candidates, expectOrder }],
    });
    expect(await failing(ranking(['c', 'a', 'b']))).toEqual([]);
    expect(await failing(ranking(['a', 'b', 'c']))).toMatchObject([{ actual: { order: ['c', 'a', 'b'] } }]);
  });

  it('look up duties in the calendar', async () => {
    const asked = async (obligation: string, year: number, expected: 'scheduled' | 'not-scheduled' | 'never-overdue') =>
      (
        await failing({
          ...empty,
          entryCases: [{ id: 'x', kind: 'obligation', obligation, year, expect: expected }],
        })
      ).length === 0;
    expect(await asked('report', 2021, 'scheduled')).toBe(true);
    expect(await asked('report', 2023, 'scheduled')).toBe(true);
    expect(await asked('report', 2024, 'scheduled')).toBe(false);
    expect(await asked('report', 2019, 'not-scheduled')).toBe(true);
    expect(await asked('audit', 2021, 'not-scheduled')).toBe(true);
    expect(await asked('audit', 2021, 'never-overdue')).toBe(true);
    expect(await asked('report', 2021, 'never-overdue')).toBe(false);
  });

  it('know the days on which the pack is law', async () => {
    const asked = async (asOf: string, expected: 'in-force' | 'not-in-force') =>
      (await failing({ ...empty, entryCases: [{ id: 'x', kind: 'pack', asOf, expect: expected }] })).length === 0;
    expect(await asked('2020-01-01', 'in-force')).toBe(true);
    expect(await asked('2019-12-31', 'not-in-force')).toBe(true);
    expect(await asked('2019-12-31', 'in-force')).toBe(false);
  });
});

describe('baselines', () => {
  it('are allowed', async () => {
    expect((await runBaselines(pack)).map(({ passed }) => passed)).toEqual([true, true, true, true]);
  });

  it('are told when they are not', async () => {
    const baselines = { ...pack.baselines, team: { asOf: '2021-06-01', facts: {} } };
    const [wrong] = (await runBaselines({ ...pack, baselines })).filter(({ passed }) => !passed);
    expect(wrong).toMatchObject({ id: 'baselines/team', actual: { decision: 'needs-fact' } });
  });
});
