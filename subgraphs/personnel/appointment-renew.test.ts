import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  type Cast,
  cast,
  codesOf,
  countyDept,
  NOBODY,
  otherCounty,
  rulesOf,
  serving,
  stranger,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;
let pool: Awaited<ReturnType<typeof serving>>;

beforeAll(async () => {
  graph = await startGraph({ today: '2023-06-01' });
  players = await cast(graph);
  pool = await serving(graph, players, 6);
}, 120_000);
afterAll(() => graph.stop());

function engaged() {
  const one = pool.pop();
  if (!one) throw new Error('more tests than engagements');
  return one;
}

const NEXT = { from: '2023-01-01', to: '2023-12-31' };
const THING = `appointment { id version status year from to endedOn endReason annualTargets insurance { id }
  renewalOf { id status } renewal { id } person { id } }`;

const renew = (one: { appointment: string; version: number }, more: Record<string, unknown> = {}, viewer = bureau) =>
  act(
    graph,
    viewer,
    'appointmentRenew',
    {
      appointment: one.appointment,
      version: one.version,
      ...NEXT,
      personConsents: true,
      receivingUnitConsents: true,
      on: '2022-12-20',
      ...more,
    },
    THING,
  );

const exit = (one: { appointment: string; version: number }, more: Record<string, unknown> = {}, viewer = bureau) =>
  act(
    graph,
    viewer,
    'appointmentExit',
    { appointment: one.appointment, version: one.version, reason: '工作调动', on: '2022-09-01', ...more },
    THING,
  );

describe('renewing', () => {
  it('makes a new appointment after the present one, to be activated with cover of its own', async () => {
    const one = engaged();
    const { decision, appointment } = await renew(one, { annualTargets: ['推广两个品种'] });
    expect(decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    expect(appointment).toMatchObject({
      version: 1,
      status: 'listed',
      year: 2023,
      ...NEXT,
      annualTargets: ['推广两个品种'],
      insurance: [],
      renewalOf: { id: one.appointment, status: 'renewed' },
      renewal: null,
      person: { id: one.who },
    });
    const activate = { appointment: appointment.id, version: 1, on: '2023-01-01' };
    // The cover of last year does not contain the first day of this one.
    expect(rulesOf(await act(graph, bureau, 'appointmentActivate', activate))).toEqual(['jiaozuo.insurance.required']);
    const data = await graph.get(bureau, 'query ($id: ID!) { appointment(id: $id) { status renewal { id } } }', {
      id: one.appointment,
    });
    expect(data.appointment).toEqual({ status: 'renewed', renewal: { id: appointment.id } });
    expect(codesOf(await renew({ ...one, version: one.version + 1 }))).toEqual(['WRONG_STATE']);
  });

  it('shows that nobody asked the two sides', async () => {
    const { decision, appointment } = await renew(engaged(), { personConsents: null });
    expect(decision.outcome).toBe('ALLOW');
    expect(appointment.status).toBe('listed');
    expect(decision.findings).toEqual([
      expect.objectContaining({
        rule: 'jiaozuo.stp.annual-adjust',
        effect: 'inform',
        facts: expect.objectContaining({ 'matching.personConsented': false }),
      }),
    ]);
  });

  it('follows the present one in time, and its version', async () => {
    const one = engaged();
    expect(codesOf(await renew(one, { from: '2022-12-31' }))).toEqual(['PERIOD_OVERLAP']);
    expect(codesOf(await renew(one, { to: '2022-12-31' }))).toEqual(['PERIOD_INVALID']);
    expect(codesOf(await renew(one, { on: '2022-03-31' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codesOf(await renew({ ...one, version: 9 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await renew({ ...one, appointment: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(rulesOf(await renew(one, {}, otherCounty))).toContain('platform.access.permitted');
    const key = { idempotencyKey: 'renewal-1' };
    const [first, second] = [await renew(one, key, countyDept), await renew(one, key, countyDept)];
    expect(second.appointment.id).toBe(first.appointment.id);
  });
});

describe('ending', () => {
  it('before the last day is an exit, and needs a reason', async () => {
    const one = engaged();
    const silent = await exit(one, { reason: ' ' });
    expect(silent.decision).toMatchObject({
      outcome: 'DENY',
      findings: [{ rule: 'platform.appointment.exit-reason' }],
    });
    expect(silent.appointment.status).toBe('active');
    expect(codesOf(await exit({ ...one, version: 9 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await exit({ ...one, appointment: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await exit(one, { on: '2022-03-31' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(rulesOf(await exit(one, {}, stranger))).toEqual(['platform.access.permitted']);
    const payload = await exit(one);
    expect(payload.appointment).toMatchObject({ status: 'exited', endedOn: '2022-09-01', endReason: '工作调动' });
    expect(codesOf(await exit({ ...one, version: payload.appointment.version }))).toEqual(['WRONG_STATE']);
    const data = await graph.get(stranger, 'query ($id: ID!) { appointment(id: $id) { status endReason } }', {
      id: one.appointment,
    });
    expect(data.appointment).toEqual({ status: 'exited', endReason: null });
  });

  it('on the last day is an end, and renewal stays possible', async () => {
    const one = engaged();
    const { appointment } = await exit(one, { on: '2022-12-31' });
    expect(appointment.status).toBe('ended');
    const renewed = await renew({ ...one, version: appointment.version }, { on: '2023-01-05', from: '2023-02-01' });
    expect(renewed.appointment).toMatchObject({ status: 'listed', renewalOf: { status: 'renewed' } });
  });
});

describe('the standing of an appointment', () => {
  it('tells what the law wants of it on a day, and under which pack', async () => {
    const one = engaged();
    const standing = async (more = '') => {
      const data = await graph.get(
        bureau,
        `query ($id: ID!) { appointment(id: $id) { standing(asOf: "2022-06-01"${more}) { point outcome asOf packs { id }
          facts findings(outcomes: [FAIL, UNDETERMINED]) { rule } } } }`,
        { id: one.appointment },
      );
      return data.appointment.standing;
    };
    expect(await standing()).toMatchObject({
      point: 'appointmentStanding',
      outcome: 'ALLOW',
      asOf: '2022-06-01',
      packs: [{ id: 'jiaozuo' }, { id: 'platform' }],
      findings: [],
      facts: {
        'appointment.category': 'prefecture',
        'appointment.status': 'active',
        'appointment.insured': true,
        'appointment.contactPersonNamed': true,
        'appointment.serviceTypeStated': true,
        'appointment.latestGrade': 'none',
        'insurance.kind': 'personal-accident',
        'person.employmentStatus': 'in-service',
      },
    });
    expect((await standing(', pack: "platform"')).packs).toEqual([{ id: 'platform' }]);
  });
});
