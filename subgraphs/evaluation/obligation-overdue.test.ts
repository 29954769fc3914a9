import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { statementsOf } from '../../tests/statements.ts';
import { act } from './testdata/batch.ts';
import { PLAN_CITY, PLAN_COUNTY, planBureau, planUnit } from './testdata/plan.ts';

type Unit = Awaited<ReturnType<typeof planUnit>>;

describe('obligations of a task that are overdue', () => {
  let graph: Graph;
  let unit: Unit;
  let other: Unit;

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    unit = await planUnit(graph, '农村科');
    other = await planUnit(graph, '资源科');
  }, 120_000);
  afterAll(() => graph.stop());

  const task = async (on: string, more: Record<string, unknown> = {}): Promise<string> => {
    const made = await act(
      graph,
      planBureau,
      'taskCreate',
      {
        region: PLAN_CITY,
        title: '选聘科技特派员',
        responsible: [{ unit: unit.id, person: unit.person }],
        yearTargets: [{ year: Number(on.slice(0, 4)), measure: '选聘' }],
        on,
        ...more,
      },
      'task { id }',
    );
    return made.task.id;
  };
  const report = (id: string, from: string, to: string, on: string, by = unit) =>
    act(
      graph,
      by.staff,
      'reportSubmit',
      {
        region: PLAN_CITY,
        kind: 'quarterly-progress',
        task: id,
        organisation: by.id,
        periodFrom: from,
        periodTo: to,
        contents: ['progress'],
        recipients: ['leading-group-office'],
        submittedOn: on,
        on,
      },
      'report { id }',
    );
  const overdue = async (id: string, asOf: string, viewer = planBureau) => {
    const data = await graph.get(
      viewer,
      `query ($id: ID!, $asOf: Date) { task(id: $id) { standing(asOf: $asOf) { facts missing findings { rule outcome } } } }`,
      { id, asOf },
    );
    const { facts, missing, findings } = data.task.standing;
    expect(missing).not.toContain('task.overdueObligations');
    const { outcome } = findings.find(({ rule }: { rule: string }) => rule === 'baise.report.quarterly.missing');
    return [facts['task.overdueObligations'], outcome];
  };

  it('are those whose window has ended and that nobody has met by then', async () => {
    const id = await task('2019-03-01', {
      responsible: [unit, other].map(({ id: one, person }) => ({ unit: one, person })),
    });
    expect(await overdue(id, '2019-03-31')).toEqual([0, 'PASS']);
    expect(await overdue(id, '2019-04-01')).toEqual([2, 'FAIL']);
    expect((await report(id, '2019-01-01', '2019-03-31', '2019-03-25')).decision.outcome).toBe('ALLOW');
    expect(await overdue(id, '2019-04-01')).toEqual([1, 'FAIL']);
    await report(id, '2019-01-01', '2019-03-31', '2019-04-10', other);
    expect(await overdue(id, '2019-04-09')).toEqual([1, 'FAIL']);
    expect(await overdue(id, '2019-04-10')).toEqual([0, 'PASS']);
    // Nobody set targets for 2020: that is one more than the reports of two units for three quarters of 2019 and one of 2020.
    expect(await overdue(id, '2020-04-01')).toEqual([9, 'FAIL']);
  });

  it('are not those that were waived, nor of the time before the task was set or after it was done', async () => {
    const id = await task('2019-07-15');
    expect(await overdue(id, '2019-09-30')).toEqual([0, 'PASS']);
    expect(await overdue(id, '2019-10-01')).toEqual([1, 'FAIL']);
    const { obligations } = await graph.get(
      planBureau,
      `{ obligations(region: "${PLAN_CITY}", year: 2019) { id entry occurrence from to status } }`,
    );
    const own = obligations.filter((one: { occurrence: string | null }) => one.occurrence?.startsWith(id));
    expect(own.map(({ entry, from }: Record<string, string>) => `${entry} ${from}`)).toEqual([
      'quarterly-report 2019-09-21',
      'quarterly-report 2019-12-21',
    ]);
    const administrator = persona('administrator', [
      ['region-administrator', PLAN_CITY],
      ['prefecture-st-bureau', PLAN_CITY],
    ]);
    const waived = await act(
      graph,
      administrator,
      'obligationWaive',
      { obligation: own[0].id, reason: '机构改革', on: '2019-10-08' },
      'obligation { status }',
    );
    expect(waived.obligation.status).toBe('WAIVED');
    expect(await overdue(id, '2019-10-07')).toEqual([1, 'FAIL']);
    expect(await overdue(id, '2019-10-08')).toEqual([0, 'PASS']);
    await act(
      graph,
      unit.staff,
      'ledgerEntryRecord',
      { task: id, version: 1, status: 'done', content: '完成', on: '2019-11-20' },
      'ledgerEntry { id }',
    );
    expect(await overdue(id, '2020-12-31')).toEqual([0, 'PASS']);
  });

  it('are met by the targets that a plan sets for all its years at once', async () => {
    const targets = [2019, 2020].map((year) => ({ year, measure: '选聘' }));
    const id = await task('2019-03-01', { yearTargets: targets });
    const { obligations } = await graph.get(
      planBureau,
      `{ obligations(region: "${PLAN_CITY}", year: 2020) { entry occurrence status settledOn settledEarly } }`,
    );
    expect(obligations).toContainEqual({
      entry: 'annual-targets',
      occurrence: id,
      status: 'SATISFIED',
      settledOn: '2019-03-01',
      settledEarly: true,
    });
    // Four reports of 2019 and one of 2020.
    expect(await overdue(id, '2020-04-01')).toEqual([5, 'FAIL']);
  });

  it('of a task of a county are counted once, though its prefecture owes them too', async () => {
    const county = await planUnit(graph, '县农村局', PLAN_COUNTY);
    const made = await act(
      graph,
      planBureau,
      'taskCreate',
      {
        region: PLAN_COUNTY,
        title: '建示范基地',
        responsible: [{ unit: county.id, person: county.person }],
        yearTargets: [{ year: 2019, measure: '建基地' }],
        on: '2019-05-06',
      },
      'task { id }',
    );
    expect(made.decision.outcome).toBe('ALLOW');
    expect(await overdue(made.task.id, '2019-07-01')).toEqual([1, 'FAIL']);
  });

  it('cost fifty tasks no more statements than five', async () => {
    const filter = { unit: other.id };
    for (let number = 0; number < 50; number += 1) {
      const id = await task('2020-01-06', { responsible: [{ unit: other.id, person: other.person }] });
      await act(graph, other.staff, 'ledgerEntryRecord', { task: id, content: '进展', on: '2020-02-01' });
    }
    let read = 0;
    const ask = (first: number) => async () => {
      const { tasks } = await graph.get(
        planBureau,
        `query ($first: Int, $filter: TaskFilter) { tasks(first: $first, filter: $filter) { edges { node {
          standing { facts } targets { id } ledger(first: 2) { totalCount edges { node { id task { id } } } } } } } }`,
        { first, filter },
      );
      read = tasks.edges.length;
      const last = tasks.edges.at(-1).node;
      expect(last.ledger).toMatchObject({ totalCount: 1, edges: [{ node: {} }] });
      expect(last.standing.facts).toMatchObject({ 'task.overdueObligations': 3, 'task.ledgerEntryCount': 1 });
    };
    const statements = await statementsOf(graph, ask(5));
    expect(read).toBe(5);
    expect(await statementsOf(graph, ask(50))).toEqual(statements);
    expect(read).toBe(50);
  }, 60_000);
});
