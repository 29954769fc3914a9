import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { advised, COUNTY, county, DAY, OTHER, otherCounty, record } from './testdata/advisors.ts';
import { act, codes, failing } from './testdata/scene.ts';

let graph: Graph;
let official: string;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-31' });
  ({ official } = await advised(graph));
}, 120_000);
afterAll(() => graph.stop());

describe('a status of a region', () => {
  it('stands from a day until another value does, and puts a region under a law', async () => {
    const before = await act(
      graph,
      county,
      'designationRecord',
      { kind: 'liaison', region: COUNTY, person: official, on: '2021-02-26' },
      'designation { id }',
    );
    expect(failing(before)).toContain('platform.regime.in-force');
    const same = await record(graph, COUNTY, 'poverty-lifted', true, '2021-04-01');
    expect(same.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'regionStatus.changes': false, 'regionStatus.sourceStated': true },
    });
    expect(codes(await record(graph, COUNTY, 'poverty-lifted', false, '2021-03-31'))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codes(await record(graph, 'cn-1', 'poverty-lifted', false, DAY))).toEqual(['NOT_FOUND']);
    expect(codes(await record(graph, COUNTY, '脱贫县', false, DAY))).toEqual(['CODE_INVALID']);
    expect(
      (
        await act(
          graph,
          otherCounty,
          'regionStatusRecord',
          { region: COUNTY, kind: 'poor', value: true, on: DAY },
          'regionStatus { id }',
        )
      ).decision?.outcome,
    ).toBe('DENY');
    const { regions, region } = await graph.get(
      anonymous,
      `query ($id: ID!) { regions(filter: { status: "poverty-lifted", within: "cn-53", asOf: "2022-01-01" }) { edges { node { id } } }
        region(id: $id) { povertyLifted(asOf: "2021-02-01") statuses { kind from to } } }`,
      { id: COUNTY },
    );
    expect(regions.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual([COUNTY, OTHER]);
    expect(region).toEqual({
      povertyLifted: null,
      statuses: [
        { kind: 'poverty-lifted', from: '2021-03-01', to: '2021-04-01' },
        { kind: 'poverty-lifted', from: '2021-04-01', to: null },
      ],
    });
  });
});
