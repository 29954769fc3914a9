import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { countyDept } from './testdata/batch.ts';
import { type Commissioner, commissioner, serve } from './testdata/commissioner.ts';

describe('service progress', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
  });
  afterAll(() => graph.stop());

  const progress = async (who: Commissioner, args = 'year: 2022') => {
    const data = await graph.get(
      who.self,
      `query ($id: ID!) { appointment(id: $id) { serviceProgress(${args}) {
        onSiteDays services decision { outcome packs { id } findings(outcomes: [FAIL, PASS]) { rule outcome facts } } } } }`,
      { id: who.id },
    );
    return data.appointment.serviceProgress;
  };

  it('counts an on-site date once, each day of a long record, no remote day, and nothing of another year', async () => {
    const who = await commissioner(graph, '周');
    await serve(graph, who, '2022-03-01');
    await serve(graph, who, '2022-03-01', { summary: '同日第二次' });
    await serve(graph, who, '2022-02-27', { days: 4, on: '2022-03-10' });
    await serve(graph, who, '2022-03-05', { mode: 'remote', days: 5, on: '2022-03-10' });
    await serve(graph, who, '2022-12-30', { days: 4, on: '2023-01-10' });
    await serve(graph, who, '2023-01-02', { on: '2023-01-10' });
    // 27 and 28 February, 1 and 2 March, 30 and 31 December; five services begun in the year.
    expect(await progress(who)).toMatchObject({ onSiteDays: 6, services: 5 });
    expect(await progress(who, 'year: 2022, asOf: "2022-03-01"')).toMatchObject({ onSiteDays: 3, services: 3 });
    expect(await progress(who, 'year: 2023')).toMatchObject({ onSiteDays: 2, services: 1 });
    expect(await progress(who, 'year: 2021')).toMatchObject({ onSiteDays: 0, services: 0 });
  });

  it('asks for thirty days or twelve services of a prefecture commissioner when the year has ended', async () => {
    const few = await commissioner(graph, '吴');
    for (let day = 1; day <= 11; day += 1) {
      await serve(graph, few, `2022-04-${String(day).padStart(2, '0')}`, { mode: 'remote' });
    }
    const short = await progress(few, 'year: 2022, asOf: "2022-12-31"');
    expect(short).toMatchObject({ onSiteDays: 0, services: 11, decision: { outcome: 'NEEDS_OVERRIDE' } });
    expect(short.decision.findings).toContainEqual(
      expect.objectContaining({ rule: 'jiaozuo.service.floor', outcome: 'FAIL' }),
    );
    expect((await progress(few, 'year: 2022, asOf: "2022-12-30"')).decision.outcome).toBe('ALLOW');
    await serve(graph, few, '2022-04-12', { mode: 'remote' });
    expect(await progress(few, 'year: 2022, asOf: "2022-12-31"')).toMatchObject({
      services: 12,
      decision: { outcome: 'ALLOW' },
    });

    const long = await commissioner(graph, '郑');
    await serve(graph, long, '2022-05-01', { days: 30, on: '2022-06-01' });
    expect(await progress(long, 'year: 2022, asOf: "2022-12-31"')).toMatchObject({
      onSiteDays: 30,
      services: 1,
      decision: { outcome: 'ALLOW' },
    });
    const county = await commissioner(graph, '冯', { category: 'county' });
    expect((await progress(county, 'year: 2022, asOf: "2022-12-31"')).decision.outcome).toBe('ALLOW');
  });

  it('is decided under another pack when asked to', async () => {
    const who = await commissioner(graph, '陈');
    const named = await progress(who, 'year: 2022, asOf: "2022-12-31", pack: "platform"');
    expect(named.decision).toMatchObject({ outcome: 'ALLOW', packs: [{ id: 'platform' }] });
    const { errors } = await graph.ask(
      who.self,
      `query ($id: ID!) { appointment(id: $id) { serviceProgress(year: 2022, pack: "nowhere") { services } } }`,
      { id: who.id },
    );
    expect(errors[0]?.extensions?.code).toBe('PACK_UNKNOWN');
  });

  it('costs one query for a list of appointments', async () => {
    for (const name of ['甲', '乙', '丙', '丁']) await serve(graph, await commissioner(graph, name), '2022-09-01');
    const orm = graph.subgraphs.get('evaluation')?.orm;
    if (!orm) throw new Error('no evaluation subgraph');
    const execute = jest.spyOn(orm.em.getConnection(), 'execute');
    const data = await graph.get(
      countyDept,
      `{ appointments(filter: { region: "cn-410821" }, first: 50) { edges { node { serviceProgress(year: 2022) { services } } } } }`,
    );
    const statements = execute.mock.calls.map(([query]) => String(query));
    execute.mockRestore();
    const edges: { node: { serviceProgress: { services: number } } }[] = data.appointments.edges;
    expect(edges.filter(({ node }) => node.serviceProgress.services > 0).length).toBeGreaterThanOrEqual(4);
    expect(statements.filter((query) => query.includes('generate_series'))).toHaveLength(1);
  });
});
