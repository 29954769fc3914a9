import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, codes, failing } from './testdata/scene.ts';

/** A prefecture of nine counties, districts included, and two of them. */
const PREFECTURE = 'cn-430200';
const [ONE, OTHER] = ['cn-430224', 'cn-430225'];
const officer = persona('account:county', [['county-st-dept', ONE]]);
const prefecture = persona('account:prefecture', [['prefecture-st-bureau', PREFECTURE]]);

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2020-12-31' });
});
afterAll(() => graph.stop());

const record = (who: typeof officer, region: string, kind: string, value: number, on: string) =>
  act(
    graph,
    who,
    'regionFigureRecord',
    { region, kind, value, on, source: '统计年鉴（演示）' },
    'regionFigure { id on }',
  );

describe('figures of a region', () => {
  it('are recorded by its bodies, in the order of their days', async () => {
    expect((await record(officer, ONE, 'poor-population', 41_000, '2018-12-31')).decision?.outcome).toBe('ALLOW');
    expect((await record(officer, ONE, 'poor-population', 12_500, '2019-12-31')).decision?.outcome).toBe('ALLOW');
    expect((await record(officer, ONE, 'land-area', 2_500, '2018-12-31')).decision?.outcome).toBe('ALLOW');
    expect(codes(await record(officer, ONE, 'poor-population', 1, '2019-12-30'))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codes(await record(officer, ONE, 'poor-population', -1, '2020-01-01'))).toEqual(['VALUE_INVALID']);
    expect(codes(await record(officer, ONE, '贫困人口', 1, '2020-01-01'))).toEqual(['CODE_INVALID']);
    expect(codes(await record(officer, 'cn-1', 'population', 1, '2020-01-01'))).toEqual(['NOT_FOUND']);
    expect(failing(await record(officer, OTHER, 'poor-population', 1, '2019-12-31'))).toEqual([
      'platform.access.permitted',
    ]);
  });

  it('stand as of a day, and are summed over counties with what is missing', async () => {
    const picture = `query ($id: ID!, $county: ID!) {
      region(id: $id) {
        before: figureTotal(kind: "poor-population", asOf: "2018-12-30") { value reporting expected }
        first: figureTotal(kind: "poor-population", asOf: "2019-12-30") { value reporting expected }
        last: figureTotal(kind: "poor-population") { value reporting expected }
      }
      county: region(id: $county) { figures(asOf: "2019-06-01") { kind value on source } now: figures { kind value } }
    }`;
    const read = async () => (await graph.get(anonymous, picture, { id: PREFECTURE, county: ONE })) as never;
    const { region, county }: { region: Record<string, Record<string, number | null>>; county: object } = await read();
    const expected = region.before?.expected as number;
    expect(expected).toBeGreaterThan(5);
    expect(region.before).toEqual({ value: null, reporting: 0, expected });
    expect(region.first).toEqual({ value: 41_000, reporting: 1, expected });
    expect(region.last).toEqual({ value: 12_500, reporting: 1, expected });
    expect(county).toEqual({
      figures: [
        { kind: 'land-area', value: 2_500, on: '2018-12-31', source: '统计年鉴（演示）' },
        { kind: 'poor-population', value: 41_000, on: '2018-12-31', source: '统计年鉴（演示）' },
      ],
      now: [
        { kind: 'land-area', value: 2_500 },
        { kind: 'poor-population', value: 12_500 },
      ],
    });
    await record(prefecture, OTHER, 'poor-population', 7_500, '2019-12-31');
    const { region: both }: { region: Record<string, object> } = await read();
    expect(both.last).toEqual({ value: 20_000, reporting: 2, expected });
  });
});
