import { describe, expect, it } from '@jest/globals';
import { anonymous, persona } from '../../tests/harness.ts';
import { appointing } from './testdata/appointing.ts';
import {
  bureau,
  CITY,
  COUNTY,
  codesOf,
  countyDept,
  filed,
  NOBODY,
  OTHER_COUNTY,
  openRound,
  otherCounty,
  publishedNeed,
  rulesOf,
  stranger,
} from './testdata/round.ts';

const { graph, players, round, listed, newcomer, create, insure, activate } = appointing(9);

describe('sending somebody to serve', () => {
  const appointed = async () => (await create(listed().application)).appointment.id as string;

  it('wants cover from the first day', async () => {
    const id = await appointed();
    const bare = await activate(id);
    expect(bare.decision.outcome).toBe('DENY');
    expect(rulesOf(bare)).toEqual(['jiaozuo.insurance.required']);
    expect(bare.appointment).toMatchObject({ status: 'listed', version: 1 });
    await insure(id, { kind: 'health' });
    expect(rulesOf(await activate(id))).toEqual(['jiaozuo.insurance.required']);
    await insure(id);
    const { decision, appointment } = await activate(id);
    expect(decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    expect(appointment).toMatchObject({
      status: 'active',
      activatedOn: '2022-04-01',
      version: 2,
      unitSupports: ['logistics', 'technical', 'time'],
      contactPerson: { id: players().contact },
      insurance: [{ kind: 'health' }, { kind: 'personal-accident' }],
    });
    expect(codesOf(await activate(id, { version: 2 }))).toEqual(['WRONG_STATE']);
  });

  it('counts the cover that it names', async () => {
    const id = await appointed();
    const { insurance } = await insure(id);
    await insure(id, { kind: 'health', to: '2023-12-31' });
    expect(rulesOf(await activate(id))).toEqual(['jiaozuo.insurance.required']);
    expect((await activate(id, { insurance: insurance.id })).decision.outcome).toBe('ALLOW');
  });

  it('flags cover that ends early, a missing contact and support that is not promised', async () => {
    const id = await appointed();
    await insure(id, { to: '2022-06-30' });
    const payload = await activate(id, { contactPerson: null, unitSupports: ['logistics'] });
    expect(payload.decision.outcome).toBe('ALLOW');
    expect(payload.decision.findings.map(({ rule }: { rule: string }) => rule)).toEqual([
      'jiaozuo.insurance.required.gap',
      'jiaozuo.manage.contact-person',
      'jiaozuo.manage.unit-support',
    ]);
  });

  it('joins policies that follow each other', async () => {
    const id = await appointed();
    await insure(id, { to: '2022-06-30' });
    await insure(id, { from: '2022-07-01' });
    expect((await activate(id)).decision.findings).toEqual([]);
  });

  it('knows versions, people, policies and days', async () => {
    const id = await appointed();
    expect(codesOf(await activate(NOBODY))).toEqual(['NOT_FOUND']);
    expect(codesOf(await activate(id, { version: 9 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await activate(id, { contactPerson: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await activate(id, { insurance: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await activate(id, { on: '2022-03-28' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codesOf(await insure(NOBODY))).toEqual(['NOT_FOUND']);
    expect(codesOf(await insure(id, { to: '2022-03-01' }))).toEqual(['PERIOD_INVALID']);
    expect(codesOf(await insure(id, { kind: ' ' }))).toEqual(['TEXT_REQUIRED']);
    expect(rulesOf(await insure(id, {}, stranger))).toEqual(['platform.access.permitted']);
    const flagged = await insure(id, { payer: 'person' });
    expect(flagged.decision.findings).toContainEqual(
      expect.objectContaining({ rule: 'jiaozuo.insurance.required.payer', effect: 'flag' }),
    );
  });
});

describe('who sees an appointment', () => {
  it('named on a public list: everybody; how somebody works: those whom it concerns', async () => {
    const { who, application } = listed();
    const { appointment } = await create(application);
    await insure(appointment.id);
    await activate(appointment.id);
    const read = async (viewer: typeof bureau) => {
      const data = await graph().get(
        viewer,
        `query ($id: ID!) { appointment(id: $id) { status person { name } contactPerson { name } insurance { kind } } }`,
        {
          id: appointment.id,
        },
      );
      return data.appointment;
    };
    const inside = { status: 'active', contactPerson: { name: '王社长' }, insurance: [{ kind: 'personal-accident' }] };
    for (const viewer of [
      bureau,
      countyDept,
      players().sender,
      players().receiver,
      persona('self', [], { person: who }),
    ])
      expect(await read(viewer)).toMatchObject(inside);
    for (const viewer of [anonymous, stranger, otherCounty])
      expect(await read(viewer)).toEqual({
        status: 'active',
        person: { name: expect.stringMatching(/^李老师/) },
        contactPerson: null,
        insurance: null,
      });
  });

  it('of a round without a public list: those whom it concerns', async () => {
    const selection = await openRound(graph(), { region: COUNTY, level: 'county', category: 'county', batch: 11 });
    const { item } = await publishedNeed(graph(), selection, players());
    const { who, matching } = await newcomer(item);
    const { appointment } = await create(await filed(graph(), selection, who, matching, players()), {}, countyDept);
    const sees = async (viewer: typeof bureau) => {
      const data = await graph().get(
        viewer,
        `query ($id: ID!, $selection: ID!) { appointment(id: $id) { id }
          appointments(filter: { selection: $selection }) { edges { node { id } } } }`,
        { id: appointment.id, selection },
      );
      expect(data.appointments.edges.length).toBe(data.appointment === null ? 0 : 1);
      return data.appointment !== null;
    };
    for (const viewer of [
      bureau,
      countyDept,
      players().sender,
      players().receiver,
      persona('self', [], { person: who }),
    ])
      expect(await sees(viewer)).toBe(true);
    for (const viewer of [anonymous, stranger, otherCounty]) expect(await sees(viewer)).toBe(false);
  });
});

describe('a list of appointments', () => {
  it('is filtered and ordered', async () => {
    const people = [listed(), listed(), listed()];
    const terms = ['2022-06-01', '2022-04-01', '2022-05-01'];
    const ids: string[] = [];
    for (const [at, { application }] of people.entries()) {
      ids.push((await create(application, { from: terms[at] })).appointment.id);
    }
    const list = async (filter: Record<string, unknown>, sort: string | null = null, first = 20) => {
      const data = await graph().get(
        bureau,
        `query ($filter: AppointmentFilter, $sort: AppointmentSort, $first: Int) {
          appointments(filter: $filter, sort: $sort, first: $first) { edges { node { id } } pageInfo { hasNextPage } } }`,
        { filter, sort, first },
      );
      return data.appointments.edges.map((edge: { node: { id: string } }) => ids.indexOf(edge.node.id));
    };
    expect(await list({ ids })).toEqual([0, 1, 2]);
    expect(await list({ ids }, 'NEWEST')).toEqual([2, 1, 0]);
    expect(await list({ ids }, 'FROM')).toEqual([1, 2, 0]);
    expect(await list({ ids }, 'FROM', 2)).toEqual([1, 2]);
    expect(await list({ ids: [ids[2]], selection: round() })).toEqual([2]);
    expect(await list({ ids, selection: NOBODY })).toEqual([]);
    expect(await list({ ids, region: CITY, category: 'prefecture', year: 2022, status: 'listed' })).toEqual([0, 1, 2]);
    expect(await list({ ids, region: OTHER_COUNTY })).toEqual([]);
    expect(await list({ ids, person: people[1]?.who })).toEqual([1]);
    expect(await list({ ids, organisation: players().university, receivingUnit: players().coop })).toEqual([0, 1, 2]);
    expect(await list({ ids, servingOn: '2022-04-15' })).toEqual([]);
    await insure(ids[1] as string);
    await activate(ids[1] as string);
    expect(await list({ ids, servingOn: '2022-04-15' })).toEqual([1]);
    expect(await list({ ids, servingOn: '2023-01-01' })).toEqual([]);
    expect(await list({ ids, servingOn: '2022-04-15', status: 'listed' })).toEqual([]);
  });
});
