import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { IndicatorCase } from '../policies/case.ts';
import { loadPack, packsFolder } from '../policies/load.ts';
import { anonymous, type Graph, startGraph } from './harness.ts';

interface Cell {
  readonly pack: string;
  readonly id: string;
  readonly status: string;
  readonly value: unknown;
  readonly platformDefault: boolean;
}

/** What no pack can say of itself: how the regimes stand beside each other, read by anybody, without a token. */
describe('regimes beside each other', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ today: '2022-06-01' });
  });
  afterAll(() => graph.stop());

  const compared = async (concept: string): Promise<Cell[]> => {
    const { parameters } = await graph.get(
      anonymous,
      `query ($concept: String!) {
        parameters(filter: { concept: $concept }) { id pack { id } status on(date: "2022-06-01") { value platformDefault } }
      }`,
      { concept },
    );
    return parameters.map(
      (one: {
        id: string;
        pack: { id: string };
        status: string;
        on: { value: unknown; platformDefault: boolean };
      }) => ({
        pack: one.pack.id,
        id: one.id,
        status: one.status,
        value: one.on.value,
        platformDefault: one.on.platformDefault,
      }),
    );
  };
  const of = (cells: readonly Cell[], pack: string) => cells.filter((cell) => cell.pack === pack);

  it('X-1: state a team’s size, are silent on it, or cannot be known to speak of it', async () => {
    const cells = await compared('team.size');
    const shown = (pack: string) => of(cells, pack).map(({ status, value }) => [status, value]);
    expect(shown('hunan')).toEqual(expect.arrayContaining([['stated', 10]]));
    expect(shown('jiaozuo')).toEqual(
      expect.arrayContaining([
        ['stated', 5],
        ['stated', 10],
      ]),
    );
    expect(shown('baise')).toEqual([['silent', null]]);
    expect(new Set(of(cells, 'national').map(({ status }) => status))).toEqual(new Set(['unknown']));
    expect(of(cells, 'national').every(({ value }) => value === null)).toBe(true);
  });

  it('X-9: a leader’s age is 45 in one, and unknown, not silent, in another', async () => {
    const cells = await compared('leader.age');
    expect(of(cells, 'hunan')).toMatchObject([{ status: 'stated', value: 45 }]);
    expect(of(cells, 'national')).toMatchObject([{ status: 'unknown', value: null }]);
  });

  it('X-3: only one states a share of the top grade', async () => {
    const cells = await compared('evaluation.excellent-share');
    expect(cells.filter(({ status }) => status === 'stated').map(({ pack, value }) => [pack, value])).toEqual([
      ['jiaozuo', 15],
    ]);
    expect(cells.length).toBeGreaterThanOrEqual(4);
  });

  it('X-2: lists of activities and of cost items are not one another', async () => {
    const cells = await compared('expense.scope');
    const [activities] = of(cells, 'hunan') as [Cell];
    const [items] = of(cells, 'jiaozuo') as [Cell];
    expect(Array.isArray(activities.value) && Array.isArray(items.value)).toBe(true);
    expect(activities.value).not.toEqual(items.value);
  });

  it('H-MO-12, H-Y7: an amount and a method that are spoken of without a figure have none, and never 0', async () => {
    expect(of(await compared('fund.per-team'), 'hunan')).toMatchObject([{ status: 'unspecified', value: null }]);
    expect(of(await compared('evaluation.dimensions'), 'hunan')).toMatchObject([
      { status: 'unspecified', value: null },
    ]);
  });

  it('B-PB-1: a plan that is public is read without signing in, with its rules and their words', async () => {
    const { pack } = await graph.get(anonymous, '{ pack(id: "baise") { id sources { title { zh } } rules { id } } }');
    expect(pack.sources.length).toBeGreaterThan(0);
    expect(pack.rules.length).toBeGreaterThan(40);
  });
});

describe('the scenarios of the inventory', () => {
  const packs = readdirSync(packsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => loadPack(join(packsFolder, name)));

  it('B-Y3: a table of seventeen rows has a target of each of two years', () => {
    const baise = packs.find(({ pack }) => pack.id === 'baise');
    const rows = baise?.indicators.filter(({ norm }) => /^baise\.indicator\.\d\d$/.test(norm ?? '')) ?? [];
    expect(new Set(rows.map(({ norm }) => norm)).size).toBe(17);
    const years = rows.flatMap(({ value, comparator }) => {
      if (comparator === 'yes') return [2019, 2020];
      const id = value && 'parameter' in value ? value.parameter : '';
      const history = baise?.parameters.find((one) => one.id === id)?.values ?? [];
      return history.flatMap(({ from, value: target }) => (target === null ? [] : [Number(from.slice(0, 4))]));
    });
    expect([...new Set(years)].sort()).toEqual([2019, 2020]);
  });

  it('are cases once each, by their own id', () => {
    const ids = packs.flatMap(({ cases, rankingCases, entryCases }) =>
      [...cases, ...rankingCases, ...(entryCases as readonly IndicatorCase[])].flatMap(({ id, scenario }) =>
        scenario === undefined ? [] : [{ id, scenario }],
      ),
    );
    expect(ids.filter(({ id, scenario }) => id !== scenario && !id.startsWith(scenario))).toEqual([]);
    expect(new Set(ids.map(({ scenario }) => scenario)).size).toBeGreaterThan(480);
  });
});
