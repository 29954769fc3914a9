import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, CITY, COUNTY, countyDept, stranger, undeclaredFacts } from './testdata/batch.ts';
import { type Commissioner, commissioner, OTHER_COUNTY, serve } from './testdata/commissioner.ts';

const rules = (payload: { decision: { findings: { rule: string }[] } }) =>
  payload.decision.findings.map(({ rule }) => rule);

describe('service records', () => {
  let graph: Graph;
  let li: Commissioner;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    li = await commissioner(graph, '李');
  });
  afterAll(() => graph.stop());

  it('are logged by the commissioner, with what the law says of them', async () => {
    const logged = await serve(graph, li, '2022-03-01', {
      taskType: 'whole-chain',
      objectAcknowledged: true,
      days: 3,
      on: '2022-03-05',
    });
    expect(logged).toMatchObject({
      serviceRecord: { date: '2022-03-01', endsOn: '2022-03-03', days: 3, mode: 'on-site', county: { id: COUNTY } },
      decision: { outcome: 'ALLOW' },
      userErrors: [],
    });
    const plain = await serve(graph, li, '2022-03-02', { taskType: 'haircut' });
    expect(plain.decision.outcome).toBe('ALLOW');
    expect(plain.decision.findings).toContainEqual(
      expect.objectContaining({
        rule: 'jiaozuo.whole-chain',
        citation: expect.objectContaining({ article: '二（三）' }),
      }),
    );
    expect(rules(plain)).toContain('jiaozuo.manage.object-cooperation');
  });

  it('say whom they served', async () => {
    const object = await act(
      graph,
      countyDept,
      'serviceObjectRegister',
      { appointment: li.id, name: '山药合作社', kind: 'cooperative', on: '2022-02-01' },
      'serviceObject { id }',
    );
    const logged = await act(
      graph,
      li.self,
      'serviceRecordLog',
      {
        appointment: li.id,
        date: '2022-03-08',
        mode: 'on-site',
        summary: '测土',
        object: object.serviceObject.id,
        on: '2022-03-08',
      },
      'serviceRecord { objectKind object { name } person { name } county { name } }',
    );
    expect(logged.serviceRecord).toMatchObject({
      objectKind: 'cooperative',
      object: { name: '山药合作社' },
      person: { name: '李' },
    });
    expect(rules(logged)).not.toContain('jiaozuo.service.points');
  });

  it('are not of days to come, and flagged outside the engagement', async () => {
    const future = await serve(graph, li, '2022-06-10', { on: '2022-06-01' });
    expect(future.decision.outcome).toBe('DENY');
    expect(rules(future)).toContain('platform.service.not-future');
    const reaching = await serve(graph, li, '2022-06-01', { days: 2 });
    expect(rules(reaching)).toContain('platform.service.not-future');
    const after = await serve(graph, li, '2023-01-05');
    expect(after.decision.outcome).toBe('ALLOW');
    expect(rules(after)).toContain('platform.service.in-engagement');
  });

  it('are flagged after the engagement was ended early', async () => {
    const gone = await commissioner(graph, '早退', { endedOn: '2022-05-31' });
    expect(rules(await serve(graph, gone, '2022-05-31'))).not.toContain('platform.service.in-engagement');
    expect(rules(await serve(graph, gone, '2022-05-31', { days: 2, on: '2022-06-05' }))).toContain(
      'platform.service.in-engagement',
    );
  });

  it('are logged by nobody whom the commissioner does not concern', async () => {
    for (const viewer of [stranger, li.receiver, persona('elsewhere', [['county-st-dept', OTHER_COUNTY]])]) {
      const refused = await serve(graph, li, '2022-03-10', {}, viewer);
      expect(refused).toMatchObject({ serviceRecord: null, decision: { outcome: 'DENY' } });
      expect(rules(refused)).toContain('platform.access.permitted');
    }
    expect((await serve(graph, li, '2022-03-10', {}, countyDept)).decision.outcome).toBe('ALLOW');
    const { errors } = await graph.ask(
      anonymous,
      `mutation { serviceRecordLog(input: { appointment: "x", date: "2022-01-01", mode: "on-site", summary: "x" }) { userErrors { code } } }`,
    );
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('answer mistakes as user errors, and a repetition alike', async () => {
    const code = async (more: Record<string, unknown>) =>
      (await serve(graph, li, '2022-04-01', more)).userErrors[0]?.code;
    expect(await code({ mode: 'onsite' })).toBe('MODE_INVALID');
    expect(await code({ days: 0 })).toBe('DAYS_INVALID');
    expect(await code({ days: 32, on: '2022-07-01' })).toBe('DAYS_INVALID');
    expect(await code({ summary: ' ' })).toBe('SUMMARY_REQUIRED');
    expect(await code({ attendance: -1 })).toBe('ATTENDANCE_INVALID');
    expect(await code({ county: CITY })).toBe('NOT_FOUND');
    for (const nowhere of ['01890000-0000-7000-8000-000000000000', 'x']) {
      expect(await code({ appointment: nowhere })).toBe('NOT_FOUND');
      expect(await code({ object: nowhere })).toBe('NOT_FOUND');
    }
    const first = await serve(graph, li, '2022-04-01', { idempotencyKey: 'a' });
    const again = await serve(graph, li, '2022-04-01', { idempotencyKey: 'a' });
    expect(again.serviceRecord.id).toBe(first.serviceRecord.id);
    expect(again.decision.id).toBe(first.decision.id);
  });

  it('are read by both who manage the commissioner, and by no others', async () => {
    const wang = await commissioner(graph, '王');
    const { serviceRecord } = await serve(graph, wang, '2022-05-01');
    const reads = async (viewer: Parameters<Graph['ask']>[0]) => {
      const data = await graph.get(
        viewer,
        `query ($id: ID!, $appointment: ID!) {
          serviceRecord(id: $id) { id }
          serviceRecords(filter: { appointment: $appointment }) { edges { node { id } } }
          appointment(id: $appointment) { serviceProgress(year: 2022) { services } serviceRecords { edges { node { summary } } } }
        }`,
        { id: serviceRecord.id, appointment: wang.id },
      );
      const ways = [
        data.serviceRecord !== null,
        data.serviceRecords.edges.length === 1,
        data.appointment?.serviceProgress?.services === 1,
        data.appointment?.serviceRecords.edges.length === 1,
      ];
      expect(new Set(ways).size).toBe(1);
      return ways[0];
    };
    for (const viewer of [wang.self, wang.unitStaff, wang.receiver, countyDept]) expect(await reads(viewer)).toBe(true);
    const others = [stranger, li.self, li.unitStaff, persona('elsewhere', [['county-st-dept', OTHER_COUNTY]])];
    for (const viewer of others) expect(await reads(viewer)).toBe(false);
    const { errors } = await graph.ask(anonymous, `{ serviceRecords { edges { node { id } } } }`);
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('are listed by county, dates and mode, in the order of their dates, page by page', async () => {
    const zhao = await commissioner(graph, '赵', { county: OTHER_COUNTY });
    for (const [date, mode] of [
      ['2022-07-01', 'on-site'],
      ['2022-05-01', 'remote'],
      ['2022-06-01', 'on-site'],
    ])
      await serve(graph, zhao, date as string, { mode });
    await serve(graph, zhao, '2022-08-01', { county: COUNTY });
    const dates = async (filter: Record<string, unknown>, sort = 'DATE_DESC') => {
      const data = await graph.get(
        zhao.unitStaff,
        `query ($filter: ServiceRecordFilter, $sort: ServiceRecordSort) { serviceRecords(filter: $filter, sort: $sort) { edges { node { date } } } }`,
        { filter, sort },
      );
      return data.serviceRecords.edges.map((edge: { node: { date: string } }) => edge.node.date);
    };
    expect(await dates({})).toEqual(['2022-08-01', '2022-07-01', '2022-06-01', '2022-05-01']);
    expect(await dates({ county: OTHER_COUNTY }, 'DATE_ASC')).toEqual(['2022-05-01', '2022-06-01', '2022-07-01']);
    expect(await dates({ prefecture: CITY, modes: ['remote'] })).toEqual(['2022-05-01']);
    expect(await dates({ from: '2022-06-01', to: '2022-07-01' })).toEqual(['2022-07-01', '2022-06-01']);
    const page = async (after: string | null) => {
      const data = await graph.get(
        zhao.unitStaff,
        `query ($after: String) { serviceRecords(first: 3, after: $after, sort: DATE_ASC) { edges { node { date } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      return data.serviceRecords;
    };
    const first = await page(null);
    expect(first.pageInfo.hasNextPage).toBe(true);
    expect((await page(first.pageInfo.endCursor)).edges).toEqual([{ node: { date: '2022-08-01' } }]);
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
