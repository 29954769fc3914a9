import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { canonical, digestOf } from '../policies/canonical.ts';
import type { IndicatorCase } from '../policies/case.ts';
import { compile } from '../policies/compile.ts';
import { decide } from '../policies/decide.ts';
import { loadPack, packsFolder } from '../policies/load.ts';
import { bundle } from '../policies/release.ts';
import { replay } from '../policies/replay.ts';
import { act } from '../subgraphs/evaluation/testdata/batch.ts';
import { PLAN_CITY, planBureau, planUnit } from '../subgraphs/evaluation/testdata/plan.ts';
import { anonymous, type Graph, persona, startGraph } from './harness.ts';

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

  it('X-4: a county under its province’s regime is under the national one too from the day its status says so', async () => {
    const county = 'cn-430626';
    const administrator = persona('administrator', [['region-administrator', 'cn']]);
    const input = { region: county, kind: 'poverty-lifted', value: true, source: '脱贫县名单', on: '2021-03-01' };
    await act(graph, administrator, 'regionStatusRecord', input, 'regionStatus { id }');
    const on = async (asOf: string) => {
      const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { packs(asOf: $asOf) { id }
        coverage(asOf: $asOf) { decision { findings { pack } } } } }`;
      const { region } = await graph.get(anonymous, query, { id: county, asOf });
      const found: { pack: string }[] = region.coverage.decision.findings;
      const packs: { id: string }[] = region.packs;
      return { packs: packs.map(({ id }) => id), shown: [...new Set(found.map(({ pack }) => pack))].sort() };
    };
    expect(await on('2022-06-01')).toEqual({
      packs: ['hunan', 'national', 'platform'],
      shown: ['hunan', 'national'],
    });
    expect(await on('2021-02-28')).toEqual({ packs: ['hunan', 'platform'], shown: ['hunan'] });
  });

  it('B-QR-8: three tasks of two units each owe twenty-four quarterly reports of a year', async () => {
    const units = [await planUnit(graph, '农村科'), await planUnit(graph, '资源科')];
    const responsible = units.map(({ id, person }) => ({ unit: id, person }));
    const yearTargets = [{ year: 2019, measure: '完成', quantity: 1, unit: 'item' }];
    for (const title of ['选聘', '平台', '培训']) {
      const task = { region: PLAN_CITY, title, responsible, deadline: '2020-12-31', yearTargets, on: '2019-03-01' };
      await act(graph, planBureau, 'taskCreate', task, 'task { id }');
    }
    const query = `{ obligations(region: "${PLAN_CITY}", year: 2019, asOf: "2019-03-21") { entry from occurrence } }`;
    const { obligations } = await graph.get(planBureau, query);
    const owed = obligations.filter(({ entry }: { entry: string }) => entry === 'quarterly-report');
    expect(owed).toHaveLength(24);
    expect(new Set(owed.map(({ from }: { from: string }) => from))).toEqual(
      new Set(['2019-03-21', '2019-06-21', '2019-09-21', '2019-12-21']),
    );
    expect(new Set(owed.map(({ occurrence }: { occurrence: string }) => occurrence)).size).toBe(6);
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
    expect(years).toHaveLength(34);
  });

  it('X-5: a decision stays what it was when the pack is published anew, and says otherwise only when asked anew', async () => {
    const pack = packs.find((one) => one.pack.id === 'jiaozuo');
    const baseline = pack?.baselines.teamActivate;
    if (!pack || !baseline) throw new Error('the pack has no team to activate');
    const first = bundle(pack);
    const parameters = first.parameters.map((one) =>
      one.id === 'team.size-min' ? { ...one, values: one.values.map((entry) => ({ ...entry, value: 6 })) } : one,
    );
    const { digest: _, ...content } = { ...first, pack: { ...first.pack, version: '99.0.0' }, parameters };
    const second = { ...content, digest: digestOf(content) };
    const facts = { ...baseline.facts, 'team.memberCount': 5 };
    const question = { point: 'teamActivate', asOf: '2022-01-01', facts };
    const stored = canonical(await decide({ ...question, packs: [compile(first)] }));
    expect(JSON.parse(stored)).toMatchObject({ outcome: 'allow', packs: [{ digest: first.digest }] });
    const published = { withDigest: (digest: string) => [second, first].find((one) => one.digest === digest) };
    expect(await replay(stored, published)).toBe(stored);
    expect(await decide({ ...question, packs: [compile(second)] })).toMatchObject({
      outcome: 'deny',
      packs: [{ version: '99.0.0' }],
    });
  });

  it.each([
    ['team.leadership', 'silent', 'stated'],
    ['team.liaison', 'silent', 'stated'],
    ['leader.qualification', 'silent', 'unknown'],
    ['leader.age', 'silent', 'unknown'],
    ['member.age', 'silent', 'unknown'],
    ['member.qualification', 'silent', 'unknown'],
    ['member.employment', 'silent', 'unknown'],
    ['member.source', 'stated', 'stated'],
    ['candidate.priority', null, 'unknown'],
    ['appointment.authority', 'stated', 'stated'],
    ['selection.notice', 'silent', 'silent'],
    ['project.notice', 'silent', 'stated'],
    ['appointment.term', 'stated', 'unknown'],
    ['appointment.exit', 'unspecified', 'silent'],
    ['service.floor', 'silent', 'unspecified'],
    ['meeting.number', 'stated', 'stated'],
    ['fund.per-team', 'unspecified', 'silent'],
    ['fund.per-person', 'unspecified', 'silent'],
    ['fund.form', 'silent', 'silent'],
    ['fund.matching', 'silent', 'silent'],
    ['fund.double-support', 'silent', 'silent'],
    ['expense.scope', 'silent', 'silent'],
    ['evaluation.dimensions', 'stated', 'silent'],
    ['evaluation.grades', 'silent', 'silent'],
    ['evaluation.excellent-share', 'silent', 'silent'],
    ['evaluation.evaluator', 'stated', 'stated'],
    ['evaluation.window', 'unspecified', 'silent'],
    ['income.team-share', 'silent', 'silent'],
    ['off-post', 'silent', 'silent'],
    ['insurance.cover', 'silent', 'silent'],
    ['team.logistics', 'silent', 'stated'],
    ['project.library', 'silent', null],
    ['target.table', 'stated', 'silent'],
  ])('say of %s: baise %s, national %s', (concept, baise, national) => {
    const said = (id: string) => {
      const parameters = packs.find(({ pack }) => pack.id === id)?.parameters ?? [];
      return parameters.find((one) => one.concept === concept)?.status ?? null;
    };
    expect([said('baise'), said('national')]).toEqual([baise, national]);
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
