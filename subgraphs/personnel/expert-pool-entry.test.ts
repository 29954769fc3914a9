import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { advised, COUNTY, county, DAY, nation, PREFECTURE, record } from './testdata/advisors.ts';
import { act, codes, failing } from './testdata/scene.ts';

let graph: Graph;
let expert: string;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-31' });
  ({ expert } = await advised(graph));
}, 120_000);
afterAll(() => graph.stop());

describe('the expert pool', () => {
  const pool = (input: object, viewer = nation) =>
    act(
      graph,
      viewer,
      'expertPoolAdd',
      { person: expert, field: 'tea', recommenderName: '中国茶叶学会', on: DAY, ...input },
      'expertPoolEntry { id }',
    );

  it('takes known sources, pairings only of paired counties, and nobody twice', async () => {
    expect(failing(await pool({ source: 'friends' }))).toContain('national.match.pool');
    const unpaired = { source: 'east-west', pairedCounty: COUNTY };
    expect(failing(await pool(unpaired))).toContain('national.match.east-west.paired');
    await record(graph, COUNTY, 'east-west-paired', true, DAY);
    expect((await pool(unpaired)).decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'expertPool.pairedCountyPaired': true,
        'expertPool.pairedCountyCountAfter': 1,
        'unit.kind': 'science-association',
      },
    });
    expect(codes(await pool(unpaired))).toEqual(['ALREADY_POOLED']);
    expect(codes(await pool({ source: 'east-west', pairedCounty: PREFECTURE }))).toEqual(['COUNTY_INVALID']);
    expect((await pool({ source: 'national-society' }, county)).decision?.outcome).toBe('DENY');
    expect((await pool({ source: 'national-society' })).decision?.outcome).toBe('ALLOW');
    const { expertPool } = await graph.get(
      nation,
      '{ expertPool(source: "east-west", asOf: "2022-06-15") { edges { node { person { id } pairedCounty { id } } } } }',
    );
    expect(expertPool.edges).toEqual([{ node: { person: { id: expert }, pairedCounty: { id: COUNTY } } }]);
  });
});
