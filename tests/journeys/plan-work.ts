import { expect } from '@jest/globals';
import { codes, pointedOut, stopping, type Teller } from './door.ts';
import {
  expectStopped,
  PLAN_CITY,
  PLAN_COUNTY,
  PLAN_NEIGHBOUR,
  type Plan,
  planBureau,
  planOffice,
  type Unit,
} from './plan-scene.ts';

export interface Tasks {
  readonly first: string;
  readonly second: string;
}

/** Tasks are set with who answers for them and what each year wants; without a person they are not. */
export async function setTasks(teller: Teller, { units: [one, other] }: Plan): Promise<Tasks> {
  const set = (title: string, responsible: object[], more: object = {}) => {
    const yearTargets = [2019, 2020].map((year) => ({ year, measure: title, quantity: 420, unit: 'person' }));
    const input = { region: PLAN_CITY, title, responsible, deadline: '2020-12-31', yearTargets, ...more };
    return teller.act(planBureau, 'taskCreate', '2019-02-27', input, 'task { id status }');
  };
  const nobody = await set('选聘贫困村科技特派员', [{ unit: one.id }]);
  expectStopped(nobody, 'DENY', 'baise.org.task-owner');
  expect(nobody.task).toBeNull();
  const both = [one, other].map(({ id, person }) => ({ unit: id, person }));
  const first = await set('选聘贫困村科技特派员', both);
  expect(first.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const bare = await set('建设科技示范基地', [both[0] as object], { yearTargets: [] });
  expect(bare.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(bare)).toEqual(['baise.task.annual-targets']);
  const target = {
    subjectKind: 'TASK',
    subject: bare.task.id,
    kind: 'annual',
    year: 2019,
    measure: '基地',
    quantity: 2,
  };
  await teller.done(one.staff, 'targetSet', '2019-03-15', { ...target, unit: 'base' }, 'target { id }');
  return { first: first.task.id, second: bare.task.id };
}

const QUARTERS = [
  ['2019-01-01', '2019-03-31', '2019-03-25'],
  ['2019-04-01', '2019-06-30', '2019-06-21'],
  ['2019-07-01', '2019-09-30', '2019-09-30'],
  ['2019-10-01', '2019-12-31', '2019-12-31'],
] as const;

function report(teller: Teller, task: string, unit: Unit, at: number, more: { on?: string } = {}) {
  const [periodFrom, periodTo, on] = QUARTERS[at] as (typeof QUARTERS)[number];
  const input = { region: PLAN_CITY, kind: 'quarterly-progress', task, organisation: unit.id, periodFrom, periodTo };
  const recipients = ['leading-group-office'];
  return teller.act(unit.staff, 'reportSubmit', more.on ?? on, { ...input, recipients }, 'report { id version }');
}

/** Every unit of every task reports each quarter in its window; one report comes late, one of another unit. */
export async function reportEachQuarter(teller: Teller, { units: [one, other] }: Plan, tasks: Tasks): Promise<void> {
  for (const at of QUARTERS.keys()) {
    for (const task of [tasks.first, tasks.second]) {
      const told = await report(teller, task, one, at);
      expect(told.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    }
  }
  const late = await report(teller, tasks.first, other, 0, { on: '2019-04-02' });
  expect(late.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(late)).toEqual(['baise.report.quarterly']);
  const early = await report(teller, tasks.first, other, 1, { on: '2019-06-20' });
  expect(pointedOut(early)).toEqual(['baise.report.quarterly.early']);
  const foreign = await report(teller, tasks.second, other, 0);
  expect(pointedOut(foreign)).toEqual(['baise.report.quarterly.unit']);
  const again = await report(teller, tasks.first, one, 3);
  expect(pointedOut(again)).toEqual(['baise.report.quarterly.once']);
  const { id, version } = late.report;
  const feedback = { report: id, version, feedback: '下次按时报送' };
  const own = await teller.act(other.staff, 'reportFeedbackRecord', '2019-04-10', feedback);
  expect(stopping(own)).toEqual(['platform.access.permitted']);
  await teller.done(planOffice, 'reportFeedbackRecord', '2019-04-10', feedback, 'report { id }');
}

/** Four meetings of the party group and two on the work; one off the programme is recorded, and does not count. */
export async function meet(teller: Teller): Promise<void> {
  const held = (kind: string, date: string, onProgramme = true) => {
    const input = { region: PLAN_CITY, kind, date, topic: '研究部署科技扶贫', onProgramme };
    return teller.act(planBureau, 'meetingRecord', date, input, 'meeting { id }');
  };
  expect(pointedOut(await held('party-group-meeting', '2019-03-20', false))).toEqual(['baise.meeting.party-4.topic']);
  for (const date of ['2019-04-02', '2019-06-03', '2019-09-04', '2019-11-05'])
    expect((await held('party-group-meeting', date)).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  for (const [kind, date] of [
    ['deployment', '2019-03-12'],
    ['on-site-meeting', '2019-10-16'],
  ] as const)
    expect((await held(kind, date)).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
}

async function open(teller: Teller, kind: string, on: string, tasks: string[]) {
  const input = { region: PLAN_CITY, kind, year: 2019, tasks };
  return teller.act(planBureau, 'inspectionOpen', on, input, 'inspection { id version }');
}

/** The mid-year inspection closes with problems and advice; what it finds is put right by the unit, verified by another. */
export async function inspectMidYear(teller: Teller, { units: [one] }: Plan, tasks: Tasks): Promise<void> {
  const partial = await open(teller, 'midyear', '2019-07-02', [tasks.first]);
  expect(pointedOut(partial)).toEqual(['baise.inspect.midyear.scope']);
  const { inspection } = await open(teller, 'midyear', '2019-07-03', [tasks.first, tasks.second]);
  const close = (more: object) => {
    const input = { inspection: inspection.id, version: inspection.version, report: '督查报告', ...more };
    return teller.act(planBureau, 'inspectionClose', '2019-07-20', input, 'inspection { status }');
  };
  const problems = ['台账不全'];
  for (const lacking of [{ problems }, { advice: ['补齐'] }, { problems, advice: [' '] }, { problems, report: '' }])
    expectStopped(await close(lacking), 'DENY', 'baise.inspect.midyear');
  const finding = await find(teller, inspection.id, one);
  expect((await close({ problems, advice: ['限期补齐'] })).inspection.status).toBe('closed');
  await putRight(teller, finding, one);
}

async function find(teller: Teller, inspection: string, unit: Unit): Promise<{ id: string; version: number }> {
  const about = { region: PLAN_CITY, kind: 'inspection', inspection, organisation: unit.id, description: '台账不全' };
  const thing = 'finding { id version status }';
  const open = await teller.act(planBureau, 'findingRecord', '2019-07-10', about, thing);
  expect(pointedOut(open)).toEqual(['baise.inspect.rectification.due']);
  const dated = { ...about, dueOn: '2019-08-01' };
  const found = await teller.act(planBureau, 'findingRecord', '2019-07-10', dated, thing);
  expect(found.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  return found.finding;
}

async function putRight(teller: Teller, finding: { id: string; version: number }, unit: Unit): Promise<void> {
  const standing = async (asOf: string) => {
    const document = `query ($id: ID!, $asOf: Date) { finding(id: $id) { standing(asOf: $asOf) { findings(outcomes: [FAIL]) { rule } } } }`;
    return (await teller.get(unit.staff, document, { id: finding.id, asOf })).finding.standing.findings;
  };
  expect(await standing('2019-08-01')).toEqual([]);
  expect(await standing('2019-08-02')).toEqual([{ rule: 'baise.inspect.rectification' }]);
  const verify = (who: Parameters<Teller['act']>[0], version: number) =>
    teller.act(who, 'findingVerify', '2019-08-10', { finding: finding.id, version }, 'finding { status }');
  expect(codes(await verify(planOffice, 1))).toEqual(['WRONG_STATE']);
  const action = { finding: finding.id, version: finding.version, action: '台账已补齐' };
  const mended = await teller.done(unit.staff, 'findingRectify', '2019-08-05', action, 'finding { version status }');
  expect(mended.status).toBe('rectified');
  expect(stopping(await verify(unit.staff, mended.version))).toEqual([
    'platform.access.permitted',
    'platform.access.verifier',
  ]);
  expect((await verify(planOffice, mended.version)).finding.status).toBe('verified');
  expect(await standing('2019-08-11')).toEqual([]);
}

/** The year-end inspection: no problems, which the report says. */
export async function inspectYearEnd(teller: Teller, tasks: Tasks): Promise<void> {
  const { inspection } = await open(teller, 'yearend', '2019-12-02', [tasks.first, tasks.second]);
  const input = { inspection: inspection.id, version: inspection.version, noProblems: true };
  const close = (more: object) =>
    teller.act(planBureau, 'inspectionClose', '2019-12-20', { ...input, ...more }, 'inspection { status }');
  expectStopped(await close({ noAdviceNeeded: true }), 'DENY', 'baise.inspect.yearend');
  const closed = await close({ report: '年终报告', noAdviceNeeded: true });
  expect(closed).toMatchObject({ decision: { outcome: 'ALLOW' }, inspection: { status: 'closed' } });
}

interface Due {
  readonly id: string;
  readonly entry: string;
  readonly occurrence: string | null;
  readonly from: string | null;
  readonly status: string;
  readonly settledLate: boolean;
  readonly settledEarly: boolean;
  readonly citation: { readonly document: string };
}

/** What the year asked for: done in time, late, early, waived with a reason, or still late at its end. */
export async function settleTheYear(teller: Teller, { units: [one, other] }: Plan, tasks: Tasks): Promise<void> {
  const due = async (region: string, asOf: string): Promise<Due[]> => {
    const document = `query ($region: ID!, $asOf: Date) { obligations(region: $region, year: 2019, asOf: $asOf) {
      id entry occurrence from status settledLate settledEarly citation { document } } }`;
    return (await teller.get(planBureau, document, { region, asOf })).obligations;
  };
  const all = await due(PLAN_CITY, '2020-01-15');
  expect(new Set(all.map(({ citation }) => citation.document))).toEqual(new Set(['baise-three-year-plan']));
  const of = (list: readonly Due[], entry: string) => list.filter((each) => each.entry === entry);
  for (const entry of ['midyear-inspection', 'yearend-inspection', 'party-meetings', 'work-meetings'])
    expect(of(all, entry)).toMatchObject([{ status: 'SATISFIED', settledLate: false }]);
  expect(of(all, 'annual-targets').map(({ status }) => status)).toContain('SATISFIED');
  const quarter = (list: readonly Due[], task: string, unit: Unit, from: string) =>
    of(list, 'quarterly-report').find(
      (each) => each.occurrence?.includes(task) && each.occurrence.includes(unit.id) && each.from === from,
    );
  expect(of(all, 'quarterly-report')).toHaveLength(12);
  for (const from of ['2019-03-21', '2019-06-21', '2019-09-21', '2019-12-21'])
    for (const task of [tasks.first, tasks.second])
      expect(quarter(all, task, one, from)).toMatchObject({ status: 'SATISFIED', settledLate: false });
  expect(quarter(all, tasks.first, other, '2019-03-21')).toMatchObject({ status: 'SATISFIED', settledLate: true });
  expect(quarter(await due(PLAN_CITY, '2019-04-01'), tasks.first, other, '2019-03-21')?.status).toBe('LATE');
  expect(quarter(all, tasks.first, other, '2019-06-21')).toMatchObject({ status: 'SATISFIED', settledEarly: true });
  const missed = quarter(all, tasks.first, other, '2019-09-21');
  expect(missed?.status).toBe('LATE');
  const waive = (reason: string | null) =>
    teller.act(
      planBureau,
      'obligationWaive',
      '2020-01-10',
      { obligation: missed?.id, reason },
      'obligation { status }',
    );
  expect(stopping(await waive(null))).toEqual(['platform.obligation.reason']);
  expect((await waive('机构改革，科室合并')).obligation.status).toBe('WAIVED');
  const after = await due(PLAN_CITY, '2020-01-15');
  expect(quarter(after, tasks.first, other, '2019-09-21')?.status).toBe('WAIVED');
  expect(quarter(after, tasks.first, other, '2019-12-21')?.status).toBe('LATE');
  // A county that held too few events owes the rest, whatever the others held.
  for (const [region, status] of [
    [PLAN_COUNTY, 'SATISFIED'],
    [PLAN_NEIGHBOUR, 'LATE'],
  ] as const)
    expect(of(await due(region, '2020-01-15'), 'county-events')).toMatchObject([{ status }]);
}
