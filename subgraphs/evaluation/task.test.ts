import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { stranger, undeclaredFacts } from './testdata/batch.ts';
import { PLAN_COUNTY, planBureau, planCounty } from './testdata/plan.ts';
import { mistake, NOBODY, plannedTasks, rules } from './testdata/planned-task.ts';

describe('tasks of a plan', () => {
  let graph: Graph;
  let plan: Awaited<ReturnType<typeof plannedTasks>>;

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    plan = await plannedTasks(graph);
  }, 120_000);
  afterAll(() => graph.stop());

  const standing = async (task: string, asOf: string) => {
    const data = await graph.get(
      planBureau,
      `query ($id: ID!, $asOf: Date) { task(id: $id) { standing(asOf: $asOf) { facts findings(outcomes: [FAIL]) { rule } } } }`,
      { id: task, asOf },
    );
    return data.task.standing;
  };

  it('name units and persons who answer for them, or are refused', async () => {
    const made = await plan.create();
    expect(made).toMatchObject({
      task: {
        status: 'open',
        responsible: [{ unit: { id: plan.unit.id }, person: { id: plan.unit.person } }],
        targets: [{ year: 2019, quantity: 420 }],
      },
      decision: { outcome: 'ALLOW' },
      userErrors: [],
    });
    const unnamed = await plan.create({ responsible: [{ unit: plan.unit.id }] });
    expect(unnamed).toMatchObject({ task: null, decision: { outcome: 'DENY' } });
    const owner = unnamed.decision.findings.find(({ rule }: { rule: string }) => rule === 'baise.org.task-owner');
    expect(owner.citation.article).toEqual(expect.any(String));
    const half = await plan.create({
      responsible: [{ unit: plan.unit.id, person: plan.unit.person }, { unit: plan.other.id }],
    });
    expect(half.decision.outcome).toBe('ALLOW');
    expect(rules(half)).toEqual(['baise.org.task-owner.units']);
    const late = await plan.create({ on: '2020-01-02' });
    expect(rules(late)).toEqual(['baise.task.annual-targets']);
  });

  it('are set by those who may, with what exists', async () => {
    for (const viewer of [stranger, plan.unit.staff, planCounty])
      expect(await plan.create({}, viewer)).toMatchObject({ task: null, decision: { outcome: 'DENY' } });
    expect(mistake(await plan.create({ region: 'cn-999999' }))).toBe('NOT_FOUND');
    expect(mistake(await plan.create({ responsible: [{ unit: NOBODY, person: plan.unit.person }] }))).toBe('NOT_FOUND');
    expect(mistake(await plan.create({ responsible: [{ unit: plan.unit.id, person: 'x' }] }))).toBe('NOT_FOUND');
    expect(mistake(await plan.create({ title: ' ' }))).toBe('TITLE_REQUIRED');
    expect(mistake(await plan.create({ yearTargets: [{ year: 2031, measure: 'x' }] }))).toBe('YEAR_INVALID');
    const first = await plan.create({ idempotencyKey: 'task' });
    expect((await plan.create({ idempotencyKey: 'task' })).task.id).toBe(first.task.id);
  });

  it('have a ledger that their units keep, and by which they end', async () => {
    const { task } = await plan.create();
    expect(await plan.entry({ task: task.id })).toMatchObject({
      ledgerEntry: { status: null, task: { status: 'open' } },
      decision: { outcome: 'ALLOW' },
    });
    expect((await plan.entry({ task: task.id }, plan.other.staff)).decision.outcome).toBe('DENY');
    expect(mistake(await plan.entry({ task: NOBODY }))).toBe('NOT_FOUND');
    expect(mistake(await plan.entry({ task: task.id, organisation: plan.other.id }))).toBe('NOT_FOUND');
    expect(mistake(await plan.entry({ task: task.id, status: 'done', version: 9 }))).toBe('STALE_VERSION');
    expect(mistake(await plan.entry({ task: task.id, status: 'gone', version: 1 }))).toBe('STATUS_INVALID');
    expect(mistake(await plan.entry({ task: task.id, status: 'open', version: 1 }))).toBe('WRONG_STATE');
    const done = await plan.entry({ task: task.id, status: 'done', version: 1, on: '2019-06-01' });
    expect(done.ledgerEntry.task).toMatchObject({ status: 'done', version: 2 });
    expect(mistake(await plan.entry({ task: task.id, status: 'open', version: 2, on: '2019-05-31' }))).toBe(
      'ON_BEFORE_LAST_ACT',
    );
    expect(await standing(task.id, '2019-12-31')).toMatchObject({
      facts: { 'task.status': 'done', 'task.yearTargetSet': true, 'task.ledgerEntryCount': 2 },
    });
    expect((await standing(task.id, '2020-06-01')).findings).toContainEqual({ rule: 'baise.task.annual-targets' });
  });

  it('are listed for those signed in, by unit, status and deadline', async () => {
    const { task } = await plan.create({
      responsible: [{ unit: plan.other.id, person: plan.other.person }],
      deadline: '2020-06-30',
    });
    const list = async (filter: Record<string, unknown>) => {
      const data = await graph.get(
        stranger,
        `query ($filter: TaskFilter) { tasks(first: 100, filter: $filter) { edges { node { id } } } }`,
        { filter },
      );
      return data.tasks.edges.map((edge: { node: { id: string } }) => edge.node.id);
    };
    const filter = { unit: plan.other.id, status: 'open', dueFrom: '2020-06-30', dueTo: '2020-06-30', within: 'cn-45' };
    expect(await list(filter)).toEqual([task.id]);
    expect(await list({ ...filter, within: PLAN_COUNTY })).toEqual([]);
    const { errors } = await graph.ask(anonymous, '{ tasks { edges { node { id } } } }');
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
