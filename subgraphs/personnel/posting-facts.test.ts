import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { latestSettled, settledOn } from './posting-facts.ts';
import { Procedure } from './tables/procedure.ts';

const COUNTY = 'cn-430224';

describe('a selection that settled on a leader', () => {
  let graph: Graph;
  let em: SqlEntityManager;
  beforeAll(async () => {
    graph = await startGraph();
    em = graph.subgraphs.get('personnel')?.orm.em.fork() as SqlEntityManager;
  }, 120_000);
  afterAll(() => graph.stop());

  const completed = async (packId: string, chainId: string, completedOn: string): Promise<string> => {
    const finalPersonId = uuid();
    const { version: packVersion } = graph.registry.versions(packId)[0]?.pack ?? { version: '' };
    em.create(Procedure, {
      id: uuid(),
      version: 1,
      regionId: COUNTY,
      countyId: COUNTY,
      prefectureId: 'cn-430200',
      provinceId: 'cn-43',
      packId,
      packVersion,
      chainId,
      subjectKind: 'region',
      subjectId: COUNTY,
      voluntary: null,
      hasTeam: null,
      externalNeed: null,
      note: null,
      status: 'completed',
      finalPersonId,
      openedOn: completedOn,
      completedOn,
      endReason: null,
      changedOn: completedOn,
      acts: 1,
    });
    await em.flush();
    return finalPersonId;
  };

  it('is one of the chain of leaders, whatever other chain named a person since', async () => {
    const leader = await completed('hunan', 'leader-selection', '2018-06-15');
    const advisor = await completed('national', 'advisor-group', '2019-03-01');
    const settled = (on: string) => latestSettled(em, graph.registry, COUNTY, on);
    expect((await settled('2019-12-31'))?.finalPersonId).toBe(leader);
    expect(await settled('2018-06-14')).toBeNull();
    const is = (person: string, on: string) => settledOn(em, graph.registry, COUNTY, person, on);
    expect([await is(leader, '2018-06-15'), await is(leader, '2018-06-14')]).toEqual([true, false]);
    expect(await is(advisor, '2019-12-31')).toBe(false);
    const successor = await completed('hunan', 'leader-selection', '2019-06-15');
    expect((await settled('2019-12-31'))?.finalPersonId).toBe(successor);
  });
});
