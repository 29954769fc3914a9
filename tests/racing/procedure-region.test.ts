import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { LockMode } from '@mikro-orm/postgresql';
import { Posting } from '../../subgraphs/personnel/tables/posting.ts';
import { Region } from '../../subgraphs/personnel/tables/region.ts';
import { act, organisation } from '../../subgraphs/personnel/testdata/scene.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { newcomer, provinceOrg, readyToDispatch, UNPOSTED } from './expert-team-scene.ts';
import { tablesOf } from './race.ts';

describeOnPostgres('a step that records something of a region', (server) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31', url: await server().database() });
  }, 120_000);
  afterAll(() => graph.stop());
  const tables = () => tablesOf(graph, 'personnel');

  it('waits for whoever holds the region, and then sees what they did', async () => {
    const unit = await organisation(graph, 'cn-430100', { on: '2018-01-02' });
    const candidate = await newcomer(graph, unit);
    const held = await readyToDispatch(graph, UNPOSTED, candidate, unit);
    const input = { procedure: held.id, version: held.version, documentNumber: '湘组', on: '2018-04-02' };
    const dispatching = await tables().transactional(async (tx) => {
      await tx.findOneOrFail(Region, { id: UNPOSTED }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      const dispatch = act(graph, provinceOrg, 'procedureAdvance', input, 'procedure { status }');
      const first = await Promise.race([dispatch, pause(1_500, 'waiting')]);
      expect(first).toBe('waiting');
      // Meanwhile the holder posts the person by an order of its own.
      tx.create(Posting, {
        id: '019ab000-0000-7000-8000-000000000001',
        version: 1,
        personId: candidate,
        kind: 'st-deputy-head',
        post: 'st-deputy-head',
        organisationId: unit,
        regionId: UNPOSTED,
        countyId: UNPOSTED,
        prefectureId: 'cn-430200',
        provinceId: 'cn-43',
        from: '2018-04-01',
        recordedOn: '2018-04-01',
      });
      await tx.flush();
      return { dispatch };
    });
    expect((await dispatching.dispatch).procedure).toEqual({ status: 'completed' });
    expect(await tables().count(Posting, { personId: candidate })).toBe(1);
  });
});
