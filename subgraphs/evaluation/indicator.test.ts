import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  grade,
  organisation,
  type Seat,
  score,
  seats,
  team,
  teamBatch,
} from './testdata/batch.ts';
import { commissioner, OTHER_COUNTY, serve } from './testdata/commissioner.ts';

interface Row {
  readonly id: string;
  readonly [field: string]: unknown;
}

describe('indicators', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    const many = await commissioner(graph, '甲');
    await serve(graph, many, '2022-05-01', { days: 31, on: '2022-06-01' });
    const few = await commissioner(graph, '乙');
    await serve(graph, few, '2022-05-01', { days: 9, on: '2022-06-01' });
    await commissioner(graph, '丙');
    await serve(graph, await commissioner(graph, '丁', { county: OTHER_COUNTY }), '2022-05-01');
    await serve(graph, await commissioner(graph, '戊', { category: 'county' }), '2022-05-01');
  }, 120_000);
  afterAll(() => graph.stop());

  const progress = async (region: string, args = 'year: 2022, asOf: "2022-12-31"') => {
    const data = await graph.get(
      bureau,
      `query ($region: ID!) { indicatorProgress(region: $region, ${args}) {
        id code pack scope fact comparator unit target targetMax targetStatus platformDefault value measured meeting expected notComputed { zh en } } }`,
      { region },
    );
    const rows: Row[] = data.indicatorProgress;
    return { rows, of: (id: string) => rows.find((row) => row.id === id) };
  };

  it('of service are measured over every commissioner of the region whom they are about', async () => {
    const { of } = await progress(COUNTY);
    expect(of('on-site-days')).toMatchObject({
      code: 'J-3',
      pack: 'jiaozuo',
      scope: 'prefecture-appointment',
      comparator: 'at-least',
      unit: 'day',
      target: 30,
      // 31, 9 and none: who did not serve counts too.
      value: 13.33,
      measured: 3,
      meeting: 1,
      expected: 3,
      notComputed: null,
    });
    expect(of('services')).toMatchObject({ target: 12, value: 0.67, measured: 3, meeting: 0 });
    expect((await progress(CITY)).of('on-site-days')).toMatchObject({ measured: 4, value: 10.25 });
    expect((await progress(COUNTY, 'year: 2022, asOf: "2022-05-05"')).of('on-site-days')).toMatchObject({
      value: 3.33,
      meeting: 0,
    });
    expect((await progress(COUNTY, 'year: 2021, asOf: "2022-12-31"')).of('on-site-days')).toMatchObject({
      value: null,
      measured: 0,
      meeting: 0,
    });
  });

  it('owned elsewhere are asked of their owners, and what nobody can count is never 0', async () => {
    const { of } = await progress(CITY);
    expect(of('commissioner-money')).toMatchObject({
      target: 2_000_000,
      value: 0,
      measured: 4,
      meeting: 0,
      notComputed: null,
    });
    expect(of('income-share')).toMatchObject({
      value: null,
      measured: null,
      meeting: null,
      notComputed: { en: expect.stringContaining('incomeDistribution.teamShareFen') },
    });
    expect(of('grades')).toMatchObject({
      target: 4,
      value: null,
      measured: null,
      notComputed: { en: expect.stringContaining('definition') },
    });
    expect(of('industry-coverage')).toMatchObject({ value: null, notComputed: expect.anything() });
  });

  it('of the top grade count what is published, and say what is not', async () => {
    const unit = await organisation(graph, '农业大学');
    const open = async (size: number, tops: number) => {
      const teams: string[] = [];
      for (let at = 0; at < size; at += 1) teams.push(await team(graph, unit, `${size}-${at}`));
      const batch = await teamBatch(graph, teams);
      let { version } = batch;
      const scored: Seat[] = [];
      for (const seat of await seats(graph, batch.id)) scored.push((await score(graph, seat)).evaluation);
      for (const [at, seat] of scored.entries()) {
        version = (await grade(graph, seat, at < tops ? 'excellent' : 'good')).evaluation.batch.version;
      }
      return { batch: batch.id, version };
    };
    const first = await open(7, 1);
    await open(2, 0);
    expect((await progress(CITY)).of('excellent-share')).toMatchObject({ value: null, measured: 0, expected: 2 });
    const sites = ['prefecture-st-network'];
    await act(graph, bureau, 'evaluationPublish', { ...first, sites, on: '2022-12-15' });
    expect((await progress(CITY)).of('excellent-share')).toMatchObject({
      target: 15,
      comparator: 'at-most',
      value: 14.29,
      measured: 1,
      meeting: 1,
      expected: 2,
    });
    expect((await progress(CITY)).of('team-size')).toMatchObject({
      target: 5,
      targetMax: 10,
      measured: 9,
      meeting: 0,
      value: 0,
    });
  });

  it('are those of the packs that govern the place in the year, and for those signed in', async () => {
    expect((await progress('cn-31')).rows).toEqual([]);
    expect((await progress(CITY, 'year: 2019')).rows).toEqual([]);
    expect((await progress('cn-31', 'year: 2022, pack: "jiaozuo"')).rows.length).toBeGreaterThan(5);
    const { indicatorProgress } = await graph.get(
      countyDept,
      `{ indicatorProgress(region: "cn-nowhere", year: 2022) { id } }`,
    );
    expect(indicatorProgress).toBeNull();
    const { errors } = await graph.ask(anonymous, `{ indicatorProgress(region: "${CITY}", year: 2022) { id } }`);
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});
