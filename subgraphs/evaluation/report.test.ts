import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, stranger, undeclaredFacts } from './testdata/batch.ts';
import { PLAN_CITY, planBureau, planOffice } from './testdata/plan.ts';
import { mistake, NOBODY, plannedTasks, rules } from './testdata/planned-task.ts';

describe('reports on a task', () => {
  let graph: Graph;
  let plan: Awaited<ReturnType<typeof plannedTasks>>;
  let task: string;

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    plan = await plannedTasks(graph);
    task = (await plan.create({ title: '报送' })).task.id;
  }, 120_000);
  afterAll(() => graph.stop());

  const submit = (input: Record<string, unknown> = {}, viewer = plan.unit.staff) =>
    act(
      graph,
      viewer,
      'reportSubmit',
      {
        region: PLAN_CITY,
        kind: 'quarterly-progress',
        periodFrom: '2019-04-01',
        periodTo: '2019-06-30',
        task,
        organisation: plan.unit.id,
        on: '2019-06-25',
        ...input,
      },
      'report { id version records { kind id } feedback { on feedback } standing(asOf: "2019-12-31") { facts } }',
    );

  it('reports are submitted in their window, by the unit that answers, on records they refer to', async () => {
    const { ledgerEntry } = await plan.entry({ task });
    const records = [{ kind: 'LEDGER_ENTRY', id: ledgerEntry.id }];
    const made = await submit({ records: [...records, ...records] });
    expect(made).toMatchObject({
      report: { records },
      decision: {
        outcome: 'ALLOW',
        facts: {
          'report.windowFrom': '2019-06-21',
          'report.windowTo': '2019-06-30',
          'report.unitResponsible': true,
          'report.alreadySubmitted': false,
        },
      },
    });
    expect(rules(made)).toEqual([]);
    const again = await submit();
    expect(again.decision).toMatchObject({ outcome: 'ALLOW', facts: { 'report.alreadySubmitted': true } });
    const third = { periodFrom: '2019-07-01', periodTo: '2019-09-30' };
    expect(rules(await submit({ ...third, on: '2019-09-20' }))).toContain('baise.report.quarterly.early');
    expect(rules(await submit({ ...third, on: '2019-10-01' }))).toContain('baise.report.quarterly');
    expect(rules(await submit({ ...third, on: '2019-10-09', submittedOn: '2019-09-30' }))).not.toContain(
      'baise.report.quarterly',
    );
    expect(rules(await submit({ organisation: plan.other.id }, plan.other.staff))).toContain(
      'baise.report.quarterly.unit',
    );
    expect(mistake(await submit({ task: NOBODY }))).toBe('NOT_FOUND');
    expect(mistake(await submit({ records: [{ kind: 'MEETING', id: ledgerEntry.id }] }))).toBe('NOT_FOUND');
    expect(mistake(await submit({ periodTo: '2019-01-01' }))).toBe('PERIOD_INVALID');
    expect(mistake(await submit({ submittedOn: '2019-06-26' }))).toBe('DATE_IN_FUTURE');
  });

  it('reports get feedback from above, and are read by their unit and those who manage the place', async () => {
    const { report } = await submit({ periodFrom: '2019-10-01', periodTo: '2019-12-31', on: '2019-12-21' });
    const answer = (input: Record<string, unknown>, viewer = planOffice) =>
      act(
        graph,
        viewer,
        'reportFeedbackRecord',
        { report: report.id, version: 1, feedback: '已阅', on: '2019-12-25', ...input },
        'report { version feedback { on feedback } standing(asOf: "2019-12-31") { facts } }',
      );
    expect((await answer({}, plan.unit.staff)).decision.outcome).toBe('DENY');
    expect(await answer({})).toMatchObject({
      report: {
        version: 2,
        feedback: [{ on: '2019-12-25', feedback: '已阅' }],
        standing: { facts: { 'report.feedbackGiven': true } },
      },
    });
    expect(mistake(await answer({}))).toBe('STALE_VERSION');
    expect(mistake(await answer({ version: 2, on: '2019-12-01' }))).toBe('ON_BEFORE_LAST_ACT');
    expect(mistake(await answer({ report: NOBODY }))).toBe('NOT_FOUND');
    const reads = async (viewer: Parameters<Graph['ask']>[0]) => {
      const data = await graph.get(
        viewer,
        `query ($id: ID!, $filter: ReportFilter) { report(id: $id) { id } reports(filter: $filter) { edges { node { id } } } }`,
        { id: report.id, filter: { kinds: ['quarterly-progress'], answered: true, within: PLAN_CITY } },
      );
      expect(data.reports.edges.length).toBe(data.report ? 1 : 0);
      return data.report !== null;
    };
    for (const viewer of [plan.unit.staff, planBureau]) expect(await reads(viewer)).toBe(true);
    for (const viewer of [stranger, plan.other.staff, persona('far', [['prefecture-st-bureau', 'cn-450100']])])
      expect(await reads(viewer)).toBe(false);
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
