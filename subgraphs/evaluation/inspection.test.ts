import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { act, stranger, undeclaredFacts } from './testdata/batch.ts';
import { PLAN_CITY, planBureau } from './testdata/plan.ts';
import { mistake, NOBODY, plannedTasks, rules } from './testdata/planned-task.ts';

describe('inspections of tasks', () => {
  let graph: Graph;
  let plan: Awaited<ReturnType<typeof plannedTasks>>;
  let task: string;

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    plan = await plannedTasks(graph);
    task = (await plan.create({ title: '报送' })).task.id;
  }, 120_000);
  afterAll(() => graph.stop());

  it('inspections close with problems and advice, and what they find is put right by the unit and verified by another', async () => {
    const open = await act(
      graph,
      planBureau,
      'inspectionOpen',
      { region: PLAN_CITY, kind: 'midyear', year: 2019, tasks: [task], on: '2019-07-05' },
      'inspection { id version tasks { id } }',
    );
    expect(open.inspection.tasks).toEqual([{ id: task }]);
    expect(open.decision.facts).toMatchObject({ 'inspection.tasksWithoutTarget': 0, 'inspection.taskCount': 1 });
    const inspection = open.inspection.id as string;
    const close = (input: Record<string, unknown>) =>
      act(
        graph,
        planBureau,
        'inspectionClose',
        { inspection, version: 1, problems: ['台账不全'], report: '督查报告', on: '2019-07-20', ...input },
        'inspection { status problems advice }',
      );
    const find = (input: Record<string, unknown> = {}) =>
      act(
        graph,
        planBureau,
        'findingRecord',
        {
          region: PLAN_CITY,
          kind: 'inspection',
          inspection,
          organisation: plan.unit.id,
          description: '台账不全',
          dueOn: '2019-08-01',
          on: '2019-07-10',
          ...input,
        },
        'finding { id version status inspection { id } }',
      );
    expect(mistake(await find({ dueOn: '2019-07-09' }))).toBe('DUE_INVALID');
    expect(mistake(await find({ inspection: NOBODY }))).toBe('NOT_FOUND');
    const { finding } = await find();
    expect(finding).toMatchObject({ status: 'ordered', inspection: { id: inspection } });
    const refused = await close({ advice: [' '] });
    expect(refused).toMatchObject({ inspection: { status: 'open' }, decision: { outcome: 'DENY' } });
    expect(rules(refused)).toContain('baise.inspect.midyear');
    expect(mistake(await close({ noProblems: true }))).toBe('PROBLEMS_CONTRADICT');
    expect(mistake(await close({ version: 2 }))).toBe('STALE_VERSION');
    const closed = await close({ advice: ['补齐'] });
    expect(closed).toMatchObject({
      inspection: { status: 'closed', problems: ['台账不全'], advice: ['补齐'] },
      decision: { outcome: 'ALLOW', facts: { 'inspection.findingCount': 1 } },
    });
    expect(mistake(await close({ version: 2 }))).toBe('WRONG_STATE');

    const stands = async (asOf: string) => {
      const data = await graph.get(
        plan.unit.staff,
        `query ($id: ID!, $asOf: Date) { finding(id: $id) { status standing(asOf: $asOf) { facts findings(outcomes: [FAIL]) { rule } } } }`,
        { id: finding.id, asOf },
      );
      return data.finding.standing;
    };
    expect((await stands('2019-08-01')).findings).toEqual([]);
    expect((await stands('2019-08-02')).findings).toEqual([{ rule: 'baise.inspect.rectification' }]);
    const verify = (version: number, viewer = planBureau) =>
      act(graph, viewer, 'findingVerify', { finding: finding.id, version, on: '2019-08-10' }, 'finding { status }');
    expect(mistake(await verify(1))).toBe('WRONG_STATE');
    const rectify = (viewer: Parameters<Graph['ask']>[0]) =>
      act(
        graph,
        viewer,
        'findingRectify',
        { finding: finding.id, version: 1, action: '已补齐', on: '2019-08-05' },
        'finding { version status }',
      );
    expect((await rectify(plan.other.staff)).decision.outcome).toBe('DENY');
    expect(await rectify(plan.unit.staff)).toMatchObject({
      finding: { status: 'rectified', version: 2 },
      decision: { facts: { 'finding.daysPastDue': 4 } },
    });
    expect((await verify(2, plan.unit.staff)).decision.outcome).toBe('DENY');
    expect((await verify(2)).finding.status).toBe('verified');
    expect(await stands('2019-08-06')).toMatchObject({ facts: { 'finding.status': 'rectified' } });
    const data = await graph.get(
      stranger,
      `query ($id: ID!) { finding(id: $id) { id } findings { edges { node { id } } } inspection(id: "${inspection}") { id } }`,
      { id: finding.id },
    );
    expect(data).toEqual({ finding: null, findings: { edges: [] }, inspection: null });
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
