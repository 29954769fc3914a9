import { expect } from '@jest/globals';
import { accountOf, pointedOut, stopping, type Teller } from './door.ts';
import type { Sent } from './plan-people.ts';
import { PLAN_CITY, PLAN_COUNTY, PLAN_NEIGHBOUR, type Plan, planBureau, planCounty } from './plan-scene.ts';

/** What commissioners and counties did in the year: services, trainings, events. */
export async function recordTheYear(teller: Teller, counties: readonly string[], [one]: readonly [Sent, Sent]) {
  const service = { appointment: one.id, mode: 'on-site', taskType: 'technical-problem', summary: '桑园病虫害' };
  const logged = await teller.act(one.account, 'serviceRecordLog', '2019-05-06', { ...service, date: '2019-05-06' });
  expect(logged.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const ahead = await teller.act(one.account, 'serviceRecordLog', '2019-05-06', { ...service, date: '2019-05-07' });
  expect(stopping(ahead)).toEqual(['platform.service.not-future']);
  const train = (more: object) => {
    const input = { region: PLAN_COUNTY, form: 'classroom', topic: '种桑养蚕', ...more };
    return teller.done(planCounty, 'trainingRecord', '2019-12-01', input, 'training { id }');
  };
  const farmers = { date: '2019-06-10', traineeCategory: 'farm-labourer', traineeCount: 300 };
  for (const attendanceCount of [6_000, 3_960]) await train({ ...farmers, attendanceCount });
  const trainees = Array.from({ length: 40 }, (_, at) => `学员${at}`);
  const staff = { traineeCategory: 'poor-county-st-staff', traineeCount: 40, trainees };
  // The same forty twice: persons count once, the class and their times count.
  await train({ ...staff, date: '2019-07-10' });
  const hold = (region: string, at: number) => {
    const date = `2019-12-${29 + at}`;
    const input = { region, kind: 'st-to-countryside', date, topic: '送科技下乡' };
    return teller.done(planBureau, 'eventRecord', date, input, 'event { id }');
  };
  for (const county of counties) {
    // Twice twelve in sum, but one county held three and another one only.
    const times = county === PLAN_COUNTY ? 3 : county === PLAN_NEIGHBOUR ? 1 : 2;
    for (let at = 0; at < times; at += 1) await hold(county, at);
  }
  const nowhere = { region: PLAN_CITY, kind: 'household-visit', date: '2019-05-01', topic: '走访' };
  await teller.done(planBureau, 'eventRecord', '2019-05-01', nowhere, 'event { id }');
}

type Result = { id: string; version: number };

/** Bases, columns, pairings, boards and facilities, and the platforms that carry the exchange. */
export async function bringAbout(teller: Teller, counties: readonly string[], plan: Plan): Promise<void> {
  const [village] = plan.villages;
  const record = (on: string, input: object) =>
    teller.act(planBureau, 'workResultRecord', on, { title: '成果', ...input }, 'workResult { id version }');
  const there = async (on: string, input: object): Promise<Result> => {
    const made = await record(on, input);
    expect(made.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    return made.workResult;
  };
  for (const reference of ['基地一', '基地二'])
    await there('2019-04-01', { kind: 'demo-base', region: village, reference, person: plan.units[0].person });
  const twice = await record('2019-04-02', { kind: 'demo-base', region: village, reference: '基地一' });
  expect(pointedOut(twice)).toEqual(['baise.indicator.table.counted-once']);
  for (const region of counties) await there('2019-12-30', { kind: 'tv-column', region });
  const pairing = { kind: 'pairing', region: PLAN_COUNTY, partner: plan.university };
  for (const reference of ['右江学院—德保', '右江学院—德保二']) await there('2019-04-04', { ...pairing, reference });
  const unfit = await record('2019-04-04', { ...pairing, region: PLAN_NEIGHBOUR, reference: '右江学院—右江' });
  expect(unfit.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(unfit)).toEqual(['baise.goal.pairing.who']);
  await teller.done(
    planBureau,
    'workResultEnd',
    '2019-04-04',
    { workResult: unfit.workResult.id, version: 1, reason: '误登' },
    'workResult { endedOn }',
  );
  for (const region of plan.villages.slice(0, 3)) await there('2019-05-01', { kind: 'service-board', region });
  for (const [year, villages] of [
    ['2019', plan.villages],
    ['2020', plan.villages],
  ] as const)
    for (const region of villages) await there(`${year}-06-01`, { kind: 'village-facility', region });
  const website = { name: '科技特派员专栏', kind: 'website-column', region: PLAN_CITY, organisation: plan.units[0].id };
  await teller.done(planBureau, 'platformRegister', '2019-03-20', website, 'platform { id }');
  const stranger = accountOf('county-st-dept', 'cn-410821');
  const elsewhere = await teller.ask(
    stranger,
    'mutation ($input: WorkResultRecordInput!) { workResultRecord(input: $input) { decision { outcome } } }',
    { input: { kind: 'demo-base', title: '基地', region: village, on: '2019-04-01' } },
  );
  expect(elsewhere.data?.workResultRecord?.decision?.outcome ?? 'NOT_IN_CONTRACT').not.toBe('ALLOW');
}

interface Line {
  readonly id: string;
  readonly rows: readonly { region: { id: string } | null; value: number | null; met: boolean | null }[];
  readonly [field: string]: unknown;
}

/** The table of the year: what counts, what stands beside it, and from how many counties anything is on record. */
export async function readTheTable(teller: Teller): Promise<void> {
  const document = `query ($year: Int!) { indicatorTable(year: $year, pack: "baise", asOf: "2020-12-31") {
    id code unit comparator value verdict target assessed beside opening measured meeting expected
    completeness { expected reporting } rows { region { id } value met } } }`;
  const table = async (year: number) => {
    const { indicatorTable } = await teller.get(planBureau, document, { year });
    return (id: string): Line => indicatorTable.find((line: Line) => line.id === id);
  };
  const [first, second] = [await table(2019), await table(2020)];
  // The sum is reached, the floor of each county is not.
  expect(first('events')).toMatchObject({ value: 24, target: 24, verdict: 'MET', assessed: true });
  const perCounty = first('events-per-county');
  expect(perCounty).toMatchObject({ target: 2, measured: 12, meeting: 11, expected: 12, verdict: 'UNMET' });
  expect(perCounty.rows.filter(({ met }) => !met)).toEqual([{ region: { id: PLAN_NEIGHBOUR }, value: 1, met: false }]);
  expect(perCounty.completeness).toEqual({ expected: 12, reporting: 12 });
  // 1 in the table's unit of ten thousand; the narrative's twenty thousand stands beside it and is not assessed.
  const training = { value: 10_000, unit: 'person-time' };
  expect(first('training')).toMatchObject({ ...training, target: 10_000, verdict: 'MET', assessed: true });
  expect(first('training').beside).toEqual(['training-yearly', 'training-total']);
  expect(first('training-yearly')).toMatchObject({ ...training, target: 20_000, verdict: 'UNMET', assessed: false });
  expect(first('training').completeness).toEqual({ expected: 12, reporting: 1 });
  expect(first('staff-trained')).toMatchObject({ value: 40, target: 40, verdict: 'MET' });
  // A target that falls: the same ten are too few in the first year and enough in the second.
  expect(first('village-facilities')).toMatchObject({ value: 10, target: 20, verdict: 'UNMET' });
  expect(second('village-facilities')).toMatchObject({ value: 10, target: 10, verdict: 'MET' });
  // One that rises.
  expect(first('pairings')).toMatchObject({ target: 2, verdict: 'MET' });
  expect(second('pairings')).toMatchObject({ target: 3, verdict: 'UNMET' });
  expect(first('exchange-platform')).toMatchObject({ comparator: 'yes', value: 1, verdict: 'MET' });
  expect(first('tv-counties')).toMatchObject({ value: 12, verdict: 'MET' });
  expect(first('commissioners')).toMatchObject({ value: 2, target: 420, verdict: 'UNMET', assessed: true });
  expect(first('commissioners-about')).toMatchObject({ value: 2, target: 400, assessed: false });
  expect(first('three-regions')).toMatchObject({ value: 1, target: 80, verdict: 'UNMET' });
  expect(first('work-team')).toMatchObject({ value: 3, target: 3, verdict: 'MET' });
  expect(first('party-meetings')).toMatchObject({ value: 4, verdict: 'MET' });
  expect(first('work-meetings')).toMatchObject({ value: 2, verdict: 'MET' });
  // Nobody knows how many parks there were at the beginning.
  expect(second('parks-stock')).toMatchObject({ value: null, opening: null, verdict: 'UNKNOWN' });
}
