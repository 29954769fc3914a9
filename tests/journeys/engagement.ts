import { expect } from '@jest/globals';
import {
  bureau,
  COUNTY,
  codes,
  commissionerOf,
  countyDept,
  OTHER_COUNTY,
  otherCounty,
  type Persona,
  pointedOut,
  stopping,
  type Teller,
} from './door.ts';
import { type Listed, twoHats } from './selection.ts';

const TERM = { from: '2022-04-01', to: '2022-12-31' };
const APPOINTMENT = 'appointment { id version status contactPerson { name } unitSupports }';

export interface Engaged {
  readonly person: string;
  readonly account: Persona;
  readonly id: string;
  readonly version: number;
}

/** Appoints everybody on the list. Who reviewed as an expert may not appoint as the bureau. */
export async function appointAll(teller: Teller, { candidates }: Listed): Promise<Omit<Engaged, 'version'>[]> {
  const engaged: Omit<Engaged, 'version'>[] = [];
  for (const { person, application } of candidates) {
    const input = { application, serviceType: 'public-service', sector: 'primary', ...TERM };
    if (engaged.length === 0) {
      const bySame = await teller.act(twoHats, 'appointmentCreate', '2022-03-29', input, 'appointment { id }');
      expect(bySame).toMatchObject({ appointment: null, decision: { outcome: 'DENY' } });
      expect(stopping(bySame)).toEqual(['platform.access.separation']);
    }
    const { id } = await teller.done(bureau, 'appointmentCreate', '2022-03-29', input, APPOINTMENT);
    engaged.push({ person, account: commissionerOf(person), id });
  }
  return engaged;
}

/** Nobody is sent without cover; with it everybody is, and everything asked of the two units is said. */
export async function insureAndSend(
  teller: Teller,
  { sender, contact }: Listed,
  appointed: readonly Omit<Engaged, 'version'>[],
): Promise<Engaged[]> {
  const engaged: Engaged[] = [];
  for (const one of appointed) {
    const unitSupports = ['logistics', 'technical', 'time'];
    const send = { appointment: one.id, version: 1, contactPerson: contact, unitSupports };
    if (engaged.length === 0) {
      const bare = await teller.act(bureau, 'appointmentActivate', '2022-04-01', send, APPOINTMENT);
      expect(stopping(bare)).toEqual(['jiaozuo.insurance.required']);
      expect(bare.appointment).toMatchObject({ status: 'listed', version: 1 });
    }
    const cover = { appointment: one.id, kind: 'personal-accident', ...TERM, payer: 'dispatching-unit' };
    await teller.done(sender, 'insuranceRecord', '2022-03-30', cover, 'insurance { id }');
    const sent = await teller.act(bureau, 'appointmentActivate', '2022-04-01', send, APPOINTMENT);
    expect(sent.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    expect(sent.appointment).toMatchObject({ status: 'active', contactPerson: { name: '王社长' }, unitSupports });
    engaged.push({ ...one, version: sent.appointment.version });
  }
  return engaged;
}

/** The county's brigade, led by a leader of the county, with those who serve there. */
export async function brigadeOfTheCounty(teller: Teller, engaged: readonly Engaged[]): Promise<void> {
  const office = { type: 'government', nature: 'administrative', level: 'county' };
  const government = await teller.organisation('县政府', COUNTY, office);
  const [leader, deputy, liaison] = [
    await teller.person('县领导', government, { post: 'county-leader' }),
    await teller.person('副队长', government),
    await teller.person('联络员', government),
  ];
  const posts = { county: COUNTY, leader, liaisons: [liaison] };
  const without = await teller.act(countyDept, 'brigadeCreate', '2022-04-10', { ...posts, deputies: [] });
  expect(stopping(without)).toEqual(['jiaozuo.brigade.deputies']);
  const full = { ...posts, deputies: [deputy] };
  let brigade = await teller.done(countyDept, 'brigadeCreate', '2022-04-10', full, 'brigade { id version }');
  expect(codes(await teller.act(countyDept, 'brigadeCreate', '2022-04-10', full))).toEqual(['COUNTY_HAS_BRIGADE']);
  for (const { id } of engaged) {
    const member = { brigade: brigade.id, version: brigade.version, appointment: id };
    brigade = await teller.done(countyDept, 'brigadeMemberAdd', '2022-04-11', member, 'brigade { id version }');
  }
}

const log = (teller: Teller, one: Engaged, on: string, more: object = {}, who = one.account) => {
  const input = { appointment: one.id, date: on, mode: 'on-site', summary: '田间指导', objectAcknowledged: true };
  return teller.act(
    who,
    'serviceRecordLog',
    on,
    { ...input, taskType: 'whole-chain', ...more },
    'serviceRecord { id }',
  );
};

async function progress(teller: Teller, one: Engaged, asOf: string) {
  const document = `query ($id: ID!, $asOf: Date!) { appointment(id: $id) {
    serviceProgress(year: 2022, asOf: $asOf) { services onSiteDays decision { outcome findings(outcomes: [FAIL]) { rule } } }
    standing(asOf: $asOf) { outcome findings(outcomes: [FAIL]) { rule } } } }`;
  return (await teller.get(one.account, document, { id: one.id, asOf })).appointment;
}

/** Eleven services are too few for a year, the twelfth is enough. */
export async function serveTheYear(
  teller: Teller,
  [first, ...others]: readonly [Engaged, ...Engaged[]],
): Promise<void> {
  const intruder = await log(teller, first, '2022-04-20', {}, otherCounty);
  expect(stopping(intruder)).toContain('platform.access.permitted');
  const tomorrow = await log(teller, first, '2022-04-20', { date: '2022-04-21' });
  expect(stopping(tomorrow)).toEqual(['platform.service.not-future']);
  for (let at = 1; at <= 11; at += 1) {
    const logged = await log(teller, first, `2022-05-${String(at).padStart(2, '0')}`);
    expect(logged).toMatchObject({ decision: { outcome: 'ALLOW' }, userErrors: [] });
  }
  const short = await progress(teller, first, '2022-12-31');
  expect(short.serviceProgress).toMatchObject({
    services: 11,
    onSiteDays: 11,
    decision: { outcome: 'NEEDS_OVERRIDE' },
  });
  expect(short.serviceProgress.decision.findings).toContainEqual({ rule: 'jiaozuo.service.floor' });
  expect(short.standing.outcome).toBe('ALLOW');
  await log(teller, first, '2022-06-01', { mode: 'remote' });
  const enough = await progress(teller, first, '2022-12-31');
  expect(enough.serviceProgress).toMatchObject({ services: 12, onSiteDays: 11, decision: { outcome: 'ALLOW' } });
  for (const other of others) expect((await log(teller, other, '2022-06-02')).decision?.outcome).toBe('ALLOW');
  const unacknowledged = await log(teller, first, '2022-06-03', { objectAcknowledged: false });
  expect(pointedOut(unacknowledged)).toContain('jiaozuo.manage.object-cooperation');
  const elsewhere = await teller.get(
    otherCounty,
    '{ appointments(filter: {region: "REGION"}) { edges { node { id } } } }'.replace('REGION', OTHER_COUNTY),
  );
  expect(elsewhere.appointments.edges).toEqual([]);
}
