import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, stranger, undeclaredFacts } from './testdata/batch.ts';
import { PLAN_CITY, PLAN_COUNTY, planBureau, planCounty, planOffice, planUnit } from './testdata/plan.ts';

const NOBODY = '01890000-0000-7000-8000-000000000000';
const rules = (payload: { decision: { findings: { rule: string }[] } }) =>
  payload.decision.findings.map(({ rule }) => rule);
const mistake = (payload: { userErrors: { code: string }[] }) => payload.userErrors[0]?.code;

describe('tasks of a plan', () => {
  let graph: Graph;
  let unit: Awaited<ReturnType<typeof planUnit>>;
  let other: Awaited<ReturnType<typeof planUnit>>;

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    unit = await planUnit(graph, '农村科');
    other = await planUnit(graph, '资源科');
  }, 120_000);
  afterAll(() => graph.stop());

  const create = (input: Record<string, unknown> = {}, viewer = planBureau) =>
    act(
      graph,
      viewer,
      'taskCreate',
      {
        region: PLAN_CITY,
        title: '选聘科技特派员',
        responsible: [{ unit: unit.id, person: unit.person }],
        deadline: '2020-12-31',
        yearTargets: [{ year: 2019, measure: '选聘', quantity: 420, unit: 'person' }],
        on: '2019-03-01',
        ...input,
      },
      'task { id version status responsible { unit { id } person { id } } targets { year quantity } }',
    );
  const entry = (input: Record<string, unknown>, viewer = unit.staff) =>
    act(
      graph,
      viewer,
      'ledgerEntryRecord',
      { content: '进展', on: '2019-04-01', ...input },
      'ledgerEntry { id status task { id version status } }',
    );
  const standing = async (task: string, asOf: string) => {
    const data = await graph.get(
      planBureau,
      `query ($id: ID!, $asOf: Date) { task(id: $id) { standing(asOf: $asOf) { facts findings(outcomes: [FAIL]) { rule } } } }`,
      { id: task, asOf },
    );
    return data.task.standing;
  };

  it('name units and persons who answer for them, or are refused', async () => {
    const made = await create();
    expect(made).toMatchObject({
      task: {
        status: 'open',
        responsible: [{ unit: { id: unit.id }, person: { id: unit.person } }],
        targets: [{ year: 2019, quantity: 420 }],
      },
      decision: { outcome: 'ALLOW' },
      userErrors: [],
    });
    const unnamed = await create({ responsible: [{ unit: unit.id }] });
    expect(unnamed).toMatchObject({ task: null, decision: { outcome: 'DENY' } });
    const owner = unnamed.decision.findings.find(({ rule }: { rule: string }) => rule === 'baise.org.task-owner');
    expect(owner.citation.article).toEqual(expect.any(String));
    const half = await create({ responsible: [{ unit: unit.id, person: unit.person }, { unit: other.id }] });
    expect(half.decision.outcome).toBe('ALLOW');
    expect(rules(half)).toEqual(['baise.org.task-owner.units']);
    const late = await create({ on: '2020-01-02' });
    expect(rules(late)).toEqual(['baise.task.annual-targets']);
  });

  it('are set by those who may, with what exists', async () => {
    for (const viewer of [stranger, unit.staff, planCounty])
      expect(await create({}, viewer)).toMatchObject({ task: null, decision: { outcome: 'DENY' } });
    expect(mistake(await create({ region: 'cn-999999' }))).toBe('NOT_FOUND');
    expect(mistake(await create({ responsible: [{ unit: NOBODY, person: unit.person }] }))).toBe('NOT_FOUND');
    expect(mistake(await create({ responsible: [{ unit: unit.id, person: 'x' }] }))).toBe('NOT_FOUND');
    expect(mistake(await create({ title: ' ' }))).toBe('TITLE_REQUIRED');
    expect(mistake(await create({ yearTargets: [{ year: 2031, measure: 'x' }] }))).toBe('YEAR_INVALID');
    const first = await create({ idempotencyKey: 'task' });
    expect((await create({ idempotencyKey: 'task' })).task.id).toBe(first.task.id);
  });

  it('have a ledger that their units keep, and by which they end', async () => {
    const { task } = await create();
    expect(await entry({ task: task.id })).toMatchObject({
      ledgerEntry: { status: null, task: { status: 'open' } },
      decision: { outcome: 'ALLOW' },
    });
    expect((await entry({ task: task.id }, other.staff)).decision.outcome).toBe('DENY');
    expect(mistake(await entry({ task: NOBODY }))).toBe('NOT_FOUND');
    expect(mistake(await entry({ task: task.id, organisation: other.id }))).toBe('NOT_FOUND');
    expect(mistake(await entry({ task: task.id, status: 'done', version: 9 }))).toBe('STALE_VERSION');
    expect(mistake(await entry({ task: task.id, status: 'gone', version: 1 }))).toBe('STATUS_INVALID');
    expect(mistake(await entry({ task: task.id, status: 'open', version: 1 }))).toBe('WRONG_STATE');
    const done = await entry({ task: task.id, status: 'done', version: 1, on: '2019-06-01' });
    expect(done.ledgerEntry.task).toMatchObject({ status: 'done', version: 2 });
    expect(mistake(await entry({ task: task.id, status: 'open', version: 2, on: '2019-05-31' }))).toBe(
      'ON_BEFORE_LAST_ACT',
    );
    expect(await standing(task.id, '2019-12-31')).toMatchObject({
      facts: { 'task.status': 'done', 'task.yearTargetSet': true, 'task.ledgerEntryCount': 2 },
    });
    expect((await standing(task.id, '2020-06-01')).findings).toContainEqual({ rule: 'baise.task.annual-targets' });
  });

  it('are listed for those signed in, by unit, status and deadline', async () => {
    const { task } = await create({ responsible: [{ unit: other.id, person: other.person }], deadline: '2020-06-30' });
    const list = async (filter: Record<string, unknown>) => {
      const data = await graph.get(
        stranger,
        `query ($filter: TaskFilter) { tasks(first: 100, filter: $filter) { edges { node { id } } } }`,
        { filter },
      );
      return data.tasks.edges.map((edge: { node: { id: string } }) => edge.node.id);
    };
    const filter = { unit: other.id, status: 'open', dueFrom: '2020-06-30', dueTo: '2020-06-30', within: 'cn-45' };
    expect(await list(filter)).toEqual([task.id]);
    expect(await list({ ...filter, within: PLAN_COUNTY })).toEqual([]);
    const { errors } = await graph.ask(anonymous, '{ tasks { edges { node { id } } } }');
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  describe('and what is told and found of them', () => {
    let task: string;
    beforeAll(async () => {
      task = (await create({ title: '报送' })).task.id;
    });

    const submit = (input: Record<string, unknown> = {}, viewer = unit.staff) =>
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
          organisation: unit.id,
          on: '2019-06-25',
          ...input,
        },
        'report { id version records { kind id } feedback { on feedback } standing(asOf: "2019-12-31") { facts } }',
      );

    it('reports are submitted in their window, by the unit that answers, on records they refer to', async () => {
      const { ledgerEntry } = await entry({ task });
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
      expect(rules(await submit({ organisation: other.id }, other.staff))).toContain('baise.report.quarterly.unit');
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
      expect((await answer({}, unit.staff)).decision.outcome).toBe('DENY');
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
      for (const viewer of [unit.staff, planBureau]) expect(await reads(viewer)).toBe(true);
      for (const viewer of [stranger, other.staff, persona('far', [['prefecture-st-bureau', 'cn-450100']])])
        expect(await reads(viewer)).toBe(false);
    });

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
            organisation: unit.id,
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
          unit.staff,
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
      expect((await rectify(other.staff)).decision.outcome).toBe('DENY');
      expect(await rectify(unit.staff)).toMatchObject({
        finding: { status: 'rectified', version: 2 },
        decision: { facts: { 'finding.daysPastDue': 4 } },
      });
      expect((await verify(2, unit.staff)).decision.outcome).toBe('DENY');
      expect((await verify(2)).finding.status).toBe('verified');
      expect(await stands('2019-08-06')).toMatchObject({ facts: { 'finding.status': 'rectified' } });
      const data = await graph.get(
        stranger,
        `query ($id: ID!) { finding(id: $id) { id } findings { edges { node { id } } } inspection(id: "${inspection}") { id } }`,
        { id: finding.id },
      );
      expect(data).toEqual({ finding: null, findings: { edges: [] }, inspection: null });
    });
  });

  it('meetings and events are recorded with their kinds, and not before they are held', async () => {
    const meet = (input: Record<string, unknown>) =>
      act(
        graph,
        planBureau,
        'meetingRecord',
        {
          region: PLAN_CITY,
          kind: 'party-group-meeting',
          date: '2019-05-06',
          topic: '扶贫',
          on: '2019-05-07',
          ...input,
        },
        'meeting { id kind onProgramme }',
      );
    expect(await meet({ onProgramme: true })).toMatchObject({
      meeting: { kind: 'party-group-meeting', onProgramme: true },
      decision: { outcome: 'ALLOW', findings: [] },
    });
    expect(rules(await meet({ onProgramme: false }))).toEqual(['baise.meeting.party-4.topic']);
    expect((await meet({ date: '2019-05-08' })).decision.facts).toMatchObject({ 'meeting.future': true });
    expect(mistake(await meet({ team: NOBODY }))).toBe('NOT_FOUND');
    const hold = (input: Record<string, unknown>, viewer = planCounty) =>
      act(
        graph,
        viewer,
        'eventRecord',
        {
          region: PLAN_COUNTY,
          kind: 'st-to-countryside',
          date: '2019-05-06',
          topic: '送科技',
          on: '2019-05-07',
          ...input,
        },
        'event { id attendees region { id } }',
      );
    expect(await hold({ attendees: 120 })).toMatchObject({
      event: { attendees: 120, region: { id: PLAN_COUNTY } },
      decision: { outcome: 'ALLOW', facts: { 'event.countyStated': true } },
    });
    expect(rules(await hold({ region: PLAN_CITY }, planBureau))).toContain('baise.goal.events-2-per-county.place');
    expect(mistake(await hold({ attendees: -1 }))).toBe('COUNT_INVALID');
    const data = await graph.get(
      anonymous,
      `{ events(filter: { within: "${PLAN_CITY}", kinds: ["st-to-countryside"], from: "2019-05-06", to: "2019-05-06" }) { edges { node { region { id } } } } }`,
    );
    expect(data.events.edges).toHaveLength(2);
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
