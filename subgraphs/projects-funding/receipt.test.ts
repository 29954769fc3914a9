import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  BOAI,
  bureau,
  codes,
  countyDept,
  DAY,
  done,
  failing,
  organisation,
  XIUWU,
} from '../personnel/testdata/scene.ts';
import type { Viewer } from '../viewer.ts';
import { type Engaged, engaged } from './testdata/scene.ts';

let graph: Graph;
let receiver: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  receiver = await organisation(graph, XIUWU, { type: 'cooperative', nature: 'enterprise', level: 'unit' });
});
afterAll(() => graph.stop());

const FEE = 'feeRecord { id payerDesignated duringService payerName person { id } }';

const charge = (who: Engaged, input: Record<string, unknown>, viewer: Viewer = who.commissioner) =>
  act(
    graph,
    viewer,
    'feeRecord',
    { appointment: who.id, kind: 'course-fee', capacity: 'appointee', amountFen: 30_000, ...input },
    FEE,
  );

const register = (who: Engaged, name: string, more: Record<string, unknown> = {}): Promise<{ id: string }> =>
  done(
    graph,
    countyDept(who.county),
    'serviceObjectRegister',
    {
      appointment: who.id,
      name,
      kind: 'cooperative',
      commissionerRole: 'assist',
      contributionMode: 'tech-service',
      ...more,
    },
    'serviceObject { id }',
  );

describe('feeRecord', () => {
  it('refuses a commissioner’s fee from a designated receiver, whatever it is called', async () => {
    const who = await engaged(graph, { receivingUnit: receiver });
    for (const kind of ['course-fee', 'meal-fee']) {
      const payload = await charge(who, { kind, payerOrganisation: receiver });
      expect(payload.decision?.outcome).toBe('DENY');
      expect(failing(payload)).toEqual(['jiaozuo.fee.no-charge']);
      expect(payload.decision?.facts).toMatchObject({ 'receipt.payerDesignated': true, 'receipt.duringService': true });
    }
  });

  it('leaves alone who is paid as something else, or by somebody else', async () => {
    const who = await engaged(graph, { receivingUnit: receiver });
    expect((await charge(who, { payerOrganisation: receiver, capacity: 'private' })).decision?.outcome).toBe('ALLOW');
    const other = await organisation(graph, XIUWU, { type: 'enterprise' });
    const { decision, feeRecord } = await charge(who, { payerOrganisation: other });
    expect(decision?.outcome).toBe('ALLOW');
    expect(feeRecord).toMatchObject({ payerDesignated: false, duringService: true, person: { id: who.person } });
  });

  it('knows designated receivers by registration: as such, as an organisation and by name', async () => {
    const who = await engaged(graph);
    const household = await register(who, '张家沟养殖户', { kind: 'large-grower' });
    const firm = await organisation(graph, XIUWU, { type: 'enterprise' });
    await register(who, '山药合作社', { organisation: firm });
    for (const payer of [
      { payerServiceObject: household.id },
      { payerOrganisation: firm },
      { payerName: '张家沟养殖户' },
    ]) {
      expect(failing(await charge(who, payer))).toEqual(['jiaozuo.fee.no-charge']);
    }
    expect((await charge(who, { payerName: '李家庄养殖户' })).decision?.outcome).toBe('ALLOW');
  });

  it('looks at every engagement of the person, not only at the one that is named', async () => {
    const first = await engaged(graph, { receivingUnit: receiver });
    const second = await engaged(graph, { person: first.person, unit: first.unit, county: BOAI });
    expect(failing(await charge(second, { payerOrganisation: receiver }))).toEqual(['jiaozuo.fee.no-charge']);
    const named = await done(
      graph,
      countyDept(XIUWU),
      'serviceObjectRegister',
      { region: XIUWU, name: '点名的农场', kind: 'family-farm' },
      'serviceObject { id appointment { id } }',
    );
    expect(named.appointment).toBeNull();
    const naming = await engaged(graph, { serviceObjects: [named.id] });
    expect(failing(await charge(naming, { payerServiceObject: named.id }))).toEqual(['jiaozuo.fee.no-charge']);
    expect((await charge(await engaged(graph), { payerServiceObject: named.id })).decision?.outcome).toBe('ALLOW');
  });

  it('speaks of the time of service only: both ends belong to it', async () => {
    const who = await engaged(graph, { receivingUnit: receiver });
    const on = async (receivedOn: string) => {
      const payload = await charge(who, { payerOrganisation: receiver, receivedOn });
      return [payload.decision?.outcome, payload.decision?.facts['receipt.duringService']];
    };
    expect(await on('2021-12-31')).toEqual(['ALLOW', false]);
    expect(await on('2022-01-01')).toEqual(['DENY', true]);
    const listed = await engaged(graph, { receivingUnit: receiver, status: 'listed' });
    expect((await charge(listed, { payerOrganisation: receiver })).decision?.outcome).toBe('ALLOW');
  });

  it('is for the person to record, and names mistakes', async () => {
    const who = await engaged(graph);
    expect(failing(await charge(who, { payerName: '某公司' }, who.unitAccount))).toEqual(['platform.access.permitted']);
    const tried = async (input: Record<string, unknown>) => codes(await charge(who, { payerName: '某公司', ...input }));
    expect(await tried({ appointment: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ payerName: null })).toEqual(['ONE_PAYER']);
    expect(await tried({ payerOrganisation: receiver })).toEqual(['ONE_PAYER']);
    expect(await tried({ payerName: null, payerOrganisation: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ payerName: null, payerServiceObject: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ payerName: ' ' })).toEqual(['TEXT_REQUIRED']);
    expect(await tried({ capacity: 'boss' })).toEqual(['CAPACITY_INVALID']);
    expect(await tried({ amountFen: 0 })).toEqual(['AMOUNT_ZERO']);
    expect(await tried({ receivedOn: '2022-06-02' })).toEqual(['DATE_AFTER_ACT']);
  });

  it('is seen by the person and those above, and by nobody else', async () => {
    const who = await engaged(graph);
    const { feeRecord } = await charge(who, { payerName: '某公司' });
    const query = `{ feeRecords(filter: { person: "${who.person}", from: "2022-01-01", to: "2022-12-31" }) { edges { node { id payerName } } } }`;
    for (const viewer of [who.commissioner, who.unitAccount, bureau, countyDept(XIUWU)]) {
      expect((await graph.get(viewer, query)).feeRecords.edges).toEqual([
        { node: { id: feeRecord.id, payerName: '某公司' } },
      ]);
    }
    expect((await graph.get(countyDept(BOAI), query)).feeRecords.edges).toEqual([]);
    expect((await graph.get((await engaged(graph)).commissioner, query)).feeRecords.edges).toEqual([]);
  });
});

describe('incomeRecord', () => {
  it('records lawful income of a shareholder from a designated receiver', async () => {
    const who = await engaged(graph, { receivingUnit: receiver });
    const input = {
      appointment: who.id,
      kind: 'equity-dividend',
      capacity: 'shareholder',
      amountFen: 9_900_000,
      payerOrganisation: receiver,
    };
    const { decision, incomeRecord } = await act(
      graph,
      who.unitAccount,
      'incomeRecord',
      input,
      'incomeRecord { id kind capacity payerDesignated }',
    );
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.findings.find(({ rule }) => rule === 'jiaozuo.income.startup.lawful')?.outcome).toBe('PASS');
    expect(incomeRecord).toMatchObject({ kind: 'equity-dividend', capacity: 'shareholder', payerDesignated: true });
    const { incomeRecords, feeRecords } = await graph.get(
      who.commissioner,
      `{ incomeRecords(filter: { appointment: "${who.id}" }) { edges { node { id } } } feeRecords(filter: { appointment: "${who.id}" }) { edges { node { id } } } }`,
    );
    expect([incomeRecords.edges.length, feeRecords.edges.length]).toEqual([1, 0]);
  });
});

describe('serviceObjectRegister', () => {
  it('knows an object once for each engagement, and shows it to those whom the engagement concerns', async () => {
    const who = await engaged(graph);
    const { id } = await register(who, '修武小寨合作社');
    const again = { appointment: who.id, name: '修武小寨合作社', kind: 'cooperative' };
    expect(codes(await act(graph, countyDept(XIUWU), 'serviceObjectRegister', again, 'serviceObject { id }'))).toEqual([
      'ALREADY_REGISTERED',
    ]);
    const query = `{ appointment(id: "${who.id}") { serviceObjects { edges { node { id name commissionerRole } } } } serviceObject(id: "${id}") { kind } }`;
    const seen = await graph.get(who.commissioner, query);
    expect(seen.appointment.serviceObjects.edges).toEqual([
      { node: { id, name: '修武小寨合作社', commissionerRole: 'assist' } },
    ]);
    expect(seen.serviceObject).toEqual({ kind: 'cooperative' });
    const unseen = await graph.get(countyDept(BOAI), query);
    expect([unseen.appointment.serviceObjects.edges, unseen.serviceObject]).toEqual([[], null]);
  });

  it('names mistakes and refuses who may not', async () => {
    const who = await engaged(graph);
    const tried = async (input: Record<string, unknown>, viewer = countyDept(XIUWU)) => {
      const usual = { appointment: who.id, name: '对象', kind: 'cooperative' };
      return act(graph, viewer, 'serviceObjectRegister', { ...usual, ...input }, 'serviceObject { id }');
    };
    expect(codes(await tried({ appointment: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await tried({ appointment: null }))).toEqual(['REGION_REQUIRED']);
    expect(codes(await tried({ appointment: null, region: 'cn-999999' }))).toEqual(['NOT_FOUND']);
    expect(codes(await tried({ organisation: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await tried({ commissionerRole: 'own' }))).toEqual(['ROLE_INVALID']);
    expect(codes(await tried({ kind: '合作社' }))).toEqual(['CODE_INVALID']);
    expect(failing(await tried({}, countyDept(BOAI)))).toContain('platform.access.permitted');
  });
});
