import { expect } from '@jest/globals';
import { codes, commissionerOf, type Persona, pointedOut, type Teller } from './door.ts';
import {
  expectStopped,
  PLAN_COUNTY,
  type Plan,
  planBureau,
  planCounty,
  planNeighbour,
  planPerson,
} from './plan-scene.ts';

const APPOINTMENT = 'appointment { id version status kind }';

export interface Sent {
  readonly person: string;
  readonly account: Persona;
  readonly id: string;
  version: number;
}

/** Opens a round of the county and appoints people from it, by their names. */
async function appoint(teller: Teller, plan: Plan, kind: string, year: number, names: readonly string[]) {
  const round = { region: PLAN_COUNTY, level: 'county', year, category: kind };
  const { id: selection } = await teller.done(planCounty, 'selectionOpen', '2019-03-01', round, 'selection { id }');
  const sent: Sent[] = [];
  for (const name of names) {
    const person = await planPerson(teller, name, plan.university);
    const form = { selection, person, form: { speciality: '桑蚕' } };
    const filed = await teller.done(planCounty, 'applicationSubmit', '2019-03-02', form, 'application { id }');
    const term = { from: `${year}-01-01`, to: '2020-12-31', county: PLAN_COUNTY, kind };
    const input = { application: filed.id, serviceType: 'public-service', ...term };
    const { id } = await teller.done(planCounty, 'appointmentCreate', '2019-03-03', input, APPOINTMENT);
    sent.push({ person, account: commissionerOf(person), id, version: 1 });
  }
  return sent;
}

type Part = readonly [kind: string, more: object];

async function send(teller: Teller, one: Sent, rule: string, parts: readonly Part[]): Promise<void> {
  const activate = () =>
    teller.act(
      planCounty,
      'appointmentActivate',
      '2019-03-05',
      { appointment: one.id, version: one.version },
      APPOINTMENT,
    );
  for (const [kind, more] of parts) {
    // As long as a part is missing nobody is sent.
    const early = await activate();
    expectStopped(early, 'DENY', rule);
    expect(early.appointment).toMatchObject({ status: 'listed', version: one.version });
    const input = { appointment: one.id, kind, ...more };
    await teller.done(planCounty, 'assignmentRecord', '2019-03-04', input, 'assignment { id }');
  }
  const sent = await activate();
  expect(sent.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  expect(sent.appointment.status).toBe('active');
  one.version = sent.appointment.version;
}

/** Commissioners of poor villages who began in 2018: each part of a clear assignment is wanted. */
export async function sendCommissioners(teller: Teller, plan: Plan): Promise<readonly [Sent, Sent]> {
  const [first, second] = (await appoint(teller, plan, 'poor-village-commissioner', 2018, ['韦特派', '黄特派'])) as [
    Sent,
    Sent,
  ];
  const unnamed = { appointment: first.id, kind: 'PROJECT' };
  expectStopped(
    await teller.act(planCounty, 'assignmentRecord', '2019-03-04', unnamed, 'assignment { id }'),
    'DENY',
    'baise.stp.clarity.named',
  );
  const foreign = await teller.act(planNeighbour, 'assignmentRecord', '2019-03-04', { ...unnamed, name: '桑园' });
  expect(foreign.decision?.findings.map(({ rule }) => rule)).toContain('platform.access.permitted');
  for (const one of [first, second])
    await send(teller, one, 'baise.stp.clarity', [
      ['SERVICE_OBJECT', { name: '桑蚕合作社' }],
      ['PROJECT', { name: '桑园提质' }],
      ['YEAR_TARGET', { year: 2019, name: '指导 12 次' }],
    ]);
  return [first, second];
}

/** A talent of the three regions is sent with the four ones, of which two lie in a poor village. */
export async function sendTalent(teller: Teller, plan: Plan): Promise<Sent> {
  const [talent] = (await appoint(teller, plan, 'three-regions-talent', 2019, ['农专家'])) as [Sent];
  const [village] = plan.villages;
  const nowhere = { appointment: talent.id, kind: 'OPERATOR', name: '家庭农场' };
  const flagged = await teller.act(planCounty, 'assignmentRecord', '2019-03-04', nowhere, 'assignment { id }');
  expect(flagged.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(flagged)).toEqual(['baise.sanqu.four-ones.village']);
  // What lies in no poor village is none of the four: the operator is still missing.
  await send(teller, talent, 'baise.sanqu.four-ones', [
    ['PROJECT', { name: '芒果品改' }],
    ['BASE', { name: '芒果基地' }],
    ['HOUSEHOLD', { quantity: 3, village }],
    ['OPERATOR', { name: '芒果合作社', village }],
  ]);
  return talent;
}

/** Three posts held by three persons; a fourth is refused, whatever the post. */
export async function postTheWorkTeam(teller: Teller, plan: Plan): Promise<void> {
  const [village] = plan.villages;
  const persons: string[] = [];
  for (const name of ['陆队长', '莫书记', '罗队员', '覃队员'])
    persons.push(await planPerson(teller, name, plan.units[0].id));
  const post = (at: number, code: string, more: object = { orderDocument: '百科字 7 号' }) => {
    const input = { person: persons[at], region: village, kind: 'work-team', post: code, from: '2019-03-10', ...more };
    return teller.act(planBureau, 'postingRecord', '2019-03-10', input, 'posting { id post }');
  };
  expect((await post(0, 'team-leader')).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const unordered = await post(1, 'first-secretary', {});
  expect(unordered.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(unordered)).toEqual(['baise.workteam.selection']);
  expectStopped(await post(0, 'team-member'), 'DENY', 'baise.workteam.three-posts');
  expectStopped(await post(2, 'accountant'), 'DENY', 'baise.workteam.three-posts');
  expect((await post(2, 'team-member')).decision?.outcome).toBe('ALLOW');
  for (const code of ['team-member', 'team-leader'])
    expectStopped(await post(3, code), 'DENY', 'baise.workteam.three-posts');
  expect(codes(await post(2, 'team-member'))).toEqual(['ALREADY_POSTED']);
}

/** Who began in 2018 goes on to the end of the plan, unless something special happened or somebody answers for it. */
export async function leaveBeforeTheEnd(teller: Teller, [first, second]: readonly [Sent, Sent]): Promise<void> {
  const exit = (one: Sent, more: object) => {
    const input = { appointment: one.id, version: one.version, reason: '本人申请', ...more };
    return teller.act(planCounty, 'appointmentExit', '2019-12-31', input, APPOINTMENT);
  };
  const rule = 'baise.stp.continuity';
  const plain = await exit(first, {});
  expectStopped(plain, 'NEEDS_OVERRIDE', rule);
  expect(plain.appointment).toMatchObject({ status: 'active', version: first.version });
  const overrides = [{ rule, role: 'county-st-dept', reason: '所在村整村搬迁' }];
  const answered = await exit(first, { overrides });
  expect(answered).toMatchObject({ decision: { outcome: 'ALLOW' }, appointment: { status: 'exited' } });
  const ill = await exit(second, { specialCircumstance: '因病' });
  expect(ill).toMatchObject({ decision: { outcome: 'ALLOW', findings: [] }, appointment: { status: 'exited' } });
  // Who left without anything special goes on to show; who fell ill does not.
  const standing = async ({ id }: Sent) => {
    const query = `query ($id: ID!) { appointment(id: $id) { endReason standing(asOf: "2020-01-15") { findings(outcomes: [FAIL]) { rule } } } }`;
    const { appointment } = await teller.get(planBureau, query, { id });
    return appointment.standing.findings;
  };
  expect(await standing(first)).toEqual([{ rule: 'baise.stp.continuity.standing' }]);
  expect(await standing(second)).toEqual([]);
}
