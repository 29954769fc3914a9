import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { RegionStatus } from './tables/region.ts';

const QUERY = `query ($kinds: [String!]!, $known: String) {
  regionStatusDirectory(kinds: $kinds, known: $known) { revision rows { path kind value from to } } }`;

describe('the directory of statuses', () => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ today: '2024-01-10' });
  });
  afterAll(() => graph.stop());

  const ask = async (known: string | null, ...kinds: string[]) =>
    (await graph.get(anonymous, QUERY, { kinds, known })).regionStatusDirectory;

  it('gives the kinds asked for with the ancestors, and its rows only to those who do not know them', async () => {
    const none = await ask(null, 'walled');
    expect(none.rows).toEqual([]);
    const em = graph.subgraphs.get('personnel')?.orm.em.fork();
    const status = em?.create(RegionStatus, {
      id: uuid(),
      regionId: 'cn-533323',
      kind: 'walled',
      value: true,
      from: '2021-01-01',
      to: null,
      source: 'a list',
    });
    await em?.flush();
    const one = await ask(none.revision, 'walled');
    const path = ['cn-533323', 'cn-533300', 'cn-53', 'cn'];
    expect(one.rows).toEqual([{ path, kind: 'walled', value: true, from: '2021-01-01', to: null }]);
    expect(await ask(one.revision, 'walled')).toEqual({ revision: one.revision, rows: null });
    if (status) status.to = '2022-01-01';
    await em?.flush();
    const ended = await ask(one.revision, 'walled');
    expect(ended.rows).toEqual([{ path, kind: 'walled', value: true, from: '2021-01-01', to: '2022-01-01' }]);
    expect((await ask(null, 'in-team-scope')).rows).toHaveLength(51);
    expect((await ask(null, 'walled', 'in-team-scope')).rows).toHaveLength(52);
  });
});
