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
  stranger,
  team,
  teamBatch,
} from './testdata/batch.ts';

describe('an evaluation batch', () => {
  let graph: Graph;
  let unit: string;
  const teams: string[] = [];

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    unit = await organisation(graph, '河南理工大学');
    for (let at = 0; at < 20; at += 1) teams.push(await team(graph, unit, `服务团${at}`));
  });
  afterAll(() => graph.stop());

  it('opens', async () => {
    const batch = await teamBatch(graph, teams);
    const all = await seats(graph, batch.id);
    expect(all).toHaveLength(20);
    const first = all[0] as Seat;
    const scored = await score(graph, first);
    expect(scored).toMatchObject({ decision: { outcome: 'ALLOW' }, userErrors: [] });
    console.log(JSON.stringify(await grade(graph, scored.evaluation, 'excellent'), null, 1));
  });
});
