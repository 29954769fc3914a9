import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { DecisionRecord, Submission } from '../record.ts';
import { replayStored } from '../replay.ts';
import { ServiceRecord } from './tables/service-record.ts';
import { countyDept, stranger } from './testdata/batch.ts';
import { type Commissioner, commissioner, serve } from './testdata/commissioner.ts';

const IMPORT = `mutation ($input: ServiceRecordLogImportInput!) {
  serviceRecordLogImport(input: $input) {
    id written repeated
    decisions { rows decision { outcome findings(outcomes: [FAIL, UNDETERMINED]) { rule citation { document article phrase } facts } } }
    mistakes { row code field message { zh en } }
    userErrors { code }
  }
}`;

describe('an import of service records', () => {
  let graph: Graph;
  let li: Commissioner;
  let zhang: Commissioner;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    li = await commissioner(graph, '李');
    zhang = await commissioner(graph, '张');
  });
  afterAll(() => graph.stop());

  const send = async (
    rows: readonly Record<string, unknown>[],
    more: Record<string, unknown> = {},
    viewer = countyDept,
  ) => (await graph.get(viewer, IMPORT, { input: { rows, on: '2022-12-31', ...more } })).serviceRecordLogImport;
  const row = (who: Commissioner, date: string, more: Record<string, unknown> = {}) => ({
    appointment: who.id,
    date,
    mode: 'on-site',
    summary: `果树修剪 ${date}`,
    ...more,
  });
  const em = () => {
    const found = graph.subgraphs.get('evaluation')?.orm.em.fork();
    if (!found) throw new Error('no evaluation subgraph');
    return found;
  };

  it('writes all rows in one act; rows that the law judges alike share a decision that replays', async () => {
    const before = await em().count(DecisionRecord);
    const rows = [
      row(li, '2022-03-01', { taskType: 'whole-chain', days: 3 }),
      row(li, '2022-03-10', { taskType: 'whole-chain' }),
      row(zhang, '2022-03-10', { mode: 'remote' }),
    ];
    const done = await send(rows);
    expect(done).toMatchObject({ written: 3, repeated: [], mistakes: [], userErrors: [] });
    expect(done.decisions.map(({ rows: alike }: { rows: number[] }) => alike)).toEqual([[0, 1], [2]]);
    expect(done.decisions.every((one: { decision: { outcome: string } }) => one.decision.outcome === 'ALLOW')).toBe(
      true,
    );
    expect((await em().count(DecisionRecord)) - before).toBe(2);
    const submissions = await em().find(Submission, { point: 'serviceRecordLog', actor: 'county' });
    expect(submissions).toHaveLength(3);
    const [first] = await em().find(ServiceRecord, { appointmentId: li.id }, { orderBy: { date: 'asc' } });
    expect(first).toMatchObject({
      date: '2022-03-01',
      endsOn: '2022-03-03',
      personId: li.person,
      loggedOn: '2022-12-31',
    });
    const submission = submissions.find(({ subjectId }) => subjectId === first?.id);
    const record = await em().findOneOrFail(DecisionRecord, { id: submission?.decisionId as string });
    expect(record).toMatchObject({ subjectType: 'ServiceRecordImport', subjectId: done.id, outcome: 'allow' });
    const { id, at, record: text, digest } = record;
    const stored = { id, at, record: text, digest, decision: JSON.parse(text) };
    expect(await replayStored(stored, graph.registry)).toMatchObject({ same: true });
    await graph.settled();
  });

  it('says of every row what the single act would say of it', async () => {
    const more = { taskType: 'haircut', on: '2022-06-01' };
    const single = await serve(graph, li, '2022-06-01', more, countyDept);
    const many = await send([row(li, '2022-06-01', { taskType: 'haircut', summary: 'x' })], {
      on: '2022-06-01',
      dryRun: true,
    });
    const rules = (findings: { rule: string }[]) => findings.map(({ rule }) => rule);
    expect(rules(many.decisions[0].decision.findings)).toEqual(rules(single.decision.findings));
  });

  it('changes nothing when one row is refused or wrong, and names every such row', async () => {
    const before = await em().count(ServiceRecord);
    const refused = await send([
      row(li, '2022-04-01'),
      row(li, '2023-01-01'),
      row(zhang, '2022-04-02', { mode: 'onsite' }),
      row(zhang, '2022-04-03', { days: 99 }),
      { ...row(li, '2022-04-04'), appointment: '01890000-0000-7000-8000-000000000000' },
      row(li, '2022-04-01'),
    ]);
    expect(refused).toMatchObject({ id: null, written: 0 });
    expect(refused.mistakes).toEqual([
      expect.objectContaining({ row: 2, code: 'MODE_INVALID', field: ['mode'] }),
      expect.objectContaining({ row: 3, code: 'DAYS_INVALID' }),
      expect.objectContaining({ row: 4, code: 'NOT_FOUND', field: ['appointment'] }),
      expect.objectContaining({ row: 5, code: 'DUPLICATE_ROW' }),
    ]);
    const denied = refused.decisions.find((one: { decision: { outcome: string } }) => one.decision.outcome === 'DENY');
    expect(denied.rows).toEqual([1]);
    expect(denied.decision.findings.map(({ rule }: { rule: string }) => rule)).toContain('platform.service.not-future');
    expect(await em().count(ServiceRecord)).toBe(before);
  });

  it('is refused to whom the single act is refused, and the refusal is recorded', async () => {
    const before = await em().count(DecisionRecord, { actor: 'stranger' });
    const refused = await send([row(li, '2022-05-01')], {}, stranger);
    expect(refused).toMatchObject({ id: null, written: 0, mistakes: [] });
    expect(refused.decisions[0].decision.findings.map(({ rule }: { rule: string }) => rule)).toContain(
      'platform.access.permitted',
    );
    expect(await em().count(DecisionRecord, { actor: 'stranger' })).toBe(before + 1);
  });

  it('leaves rows as they are that were imported before', async () => {
    const rows = [row(zhang, '2022-07-01'), row(zhang, '2022-07-02')];
    expect((await send(rows)).written).toBe(2);
    const before = await em().count(ServiceRecord);
    expect(await send([...rows, row(zhang, '2022-07-03')])).toMatchObject({ written: 1, repeated: [0, 1] });
    expect(await em().count(ServiceRecord)).toBe(before + 1);
  });

  it('tries without a trace', async () => {
    const [records, decisions] = [await em().count(ServiceRecord), await em().count(DecisionRecord)];
    const tried = await send([row(li, '2022-08-01'), row(li, '2023-01-05')], { dryRun: true });
    expect(tried).toMatchObject({ id: null, written: 0 });
    expect(tried.decisions).toHaveLength(2);
    expect([await em().count(ServiceRecord), await em().count(DecisionRecord)]).toEqual([records, decisions]);
  });

  it('takes neither no rows nor a day to come', async () => {
    expect((await send([])).userErrors).toEqual([{ code: 'ROWS_INVALID' }]);
    expect((await send([row(li, '2022-09-01')], { on: '2023-02-02' })).userErrors).toEqual([{ code: 'ON_IN_FUTURE' }]);
  });
});
