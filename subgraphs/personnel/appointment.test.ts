import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  agreed,
  bureau,
  type Cast,
  CITY,
  COUNTY,
  cast,
  codesOf,
  countyDept,
  decidedRound,
  decideList,
  filed,
  NOBODY,
  OTHER_COUNTY,
  openRound,
  otherCounty,
  person,
  publishedNeed,
  rulesOf,
  stranger,
  TERM,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;
let batch = 1;
let rejected: string;
const POOL = 13;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  players = await cast(graph);
  const { selection, people } = await decidedRound(graph, players, POOL + 1, POOL);
  poolRound = selection;
  rejected = people.at(-1)?.application as string;
  pool.push(...people.slice(0, POOL));
}, 60_000);
afterAll(() => graph.stop());

const THING = `appointment { id version status category year published from to activatedOn unitSupports
  person { id } organisation { id } receivingUnit { id } county { id path } contactPerson { id } selection { id }
  insurance { id kind } }`;

async function newcomer(item: string) {
  const who = await person(graph, '李老师', players.university);
  return { who, matching: await agreed(graph, item, who, players) };
}

/** Listed candidates of one round, one for each test that asks. */
const pool: { who: string; application: string }[] = [];
let poolRound: string;

function listed(): { who: string; application: string } {
  const one = pool.pop();
  if (!one) throw new Error('more tests than candidates: raise POOL');
  return one;
}

const create = (application: string, more: Record<string, unknown> = {}, viewer = bureau) =>
  act(
    graph,
    viewer,
    'appointmentCreate',
    { application, serviceType: 'public-service', sector: 'primary', ...TERM, on: '2022-03-29', ...more },
    THING,
  );

const insure = (appointment: string, more: Record<string, unknown> = {}, viewer = players.sender) =>
  act(
    graph,
    viewer,
    'insuranceRecord',
    { appointment, kind: 'personal-accident', ...TERM, payer: 'dispatching-unit', on: '2022-03-30', ...more },
    'insurance { id kind from to payer }',
  );

const activate = (appointment: string, more: Record<string, unknown> = {}, viewer = bureau) =>
  act(
    graph,
    viewer,
    'appointmentActivate',
    {
      appointment,
      version: 1,
      contactPerson: players.contact,
      unitSupports: ['time', 'logistics', 'technical'],
      on: '2022-04-01',
      ...more,
    },
    THING,
  );

describe('an appointment', () => {
  it('is made of a listed candidate, for the county and unit of the need', async () => {
    const { who, application } = listed();
    const payload = await create(application);
    expect(payload.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    expect(payload.appointment).toEqual({
      id: expect.any(String),
      version: 1,
      status: 'listed',
      category: 'prefecture',
      year: 2022,
      published: true,
      ...TERM,
      activatedOn: null,
      unitSupports: [],
      person: { id: who },
      organisation: { id: players.university },
      receivingUnit: { id: players.coop },
      county: { id: COUNTY, path: [COUNTY, CITY, 'cn-41', 'cn'] },
      contactPerson: null,
      selection: { id: poolRound },
      insurance: [],
    });
    expect(codesOf(await create(application))).toEqual(['WRONG_STATE']);
    const data = await graph.get(
      bureau,
      'query ($id: ID!) { application(id: $id) { status matching { demandItem { status } } } }',
      {
        id: application,
      },
    );
    expect(data.application).toEqual({ status: 'appointed', matching: { demandItem: { status: 'served' } } });
  });

  it('is refused for a candidate who is not on the list, before the steps are done', async () => {
    const off = await create(rejected);
    expect(off.decision).toMatchObject({
      outcome: 'DENY',
      findings: [{ rule: 'jiaozuo.select.9-list', facts: { 'selection.listed': false, 'selection.missingSteps': 0 } }],
    });
    batch += 1;
    const selection = await openRound(graph, { batch });
    const { item } = await publishedNeed(graph, selection, players);
    const { who, matching } = await newcomer(item);
    const early = await create(await filed(graph, selection, who, matching, players));
    expect(rulesOf(early)).toEqual(['jiaozuo.select.8-notice', 'jiaozuo.select.9-list']);
    expect(early.appointment).toBeNull();
  });

  it('is made by the tier that selects, in its own category', async () => {
    const selection = await openRound(graph, { region: COUNTY, level: 'county', category: 'prefecture', batch: 7 });
    const who = await person(graph, '李老师', players.university);
    const form = { selection, person: who, form: { a: 1 }, sealed: true, on: '2022-03-01' };
    const { application } = await act(graph, players.sender, 'applicationSubmit', form, 'application { id }');
    expect(codesOf(await create(application.id))).toEqual(['COUNTY_REQUIRED']);
    expect(rulesOf(await create(application.id, { county: COUNTY }))).toContain('jiaozuo.select.tiered');
  });

  it('is made once for a person, category, year and county', async () => {
    const { who, application } = listed();
    await create(application);
    batch += 1;
    const selection = await openRound(graph, { batch });
    const { item } = await publishedNeed(graph, selection, players);
    const candidacy = await filed(graph, selection, who, await agreed(graph, item, who, players), players);
    await decideList(graph, selection, [candidacy], players);
    expect(codesOf(await create(candidacy))).toEqual(['DUPLICATE_APPOINTMENT']);
    // In another county the same person may serve too.
    expect((await create(candidacy, { county: OTHER_COUNTY })).appointment.county.id).toBe(OTHER_COUNTY);
  });

  it('needs a period, a county of the round, a role that covers it', async () => {
    const { application } = listed();
    expect(codesOf(await create(NOBODY))).toEqual(['NOT_FOUND']);
    expect(codesOf(await create(application, { to: '2022-03-31' }))).toEqual(['PERIOD_INVALID']);
    expect(codesOf(await create(application, { county: 'cn-410102' }))).toEqual(['COUNTY_OUTSIDE_ROUND']);
    expect(codesOf(await create(application, { county: CITY }))).toEqual(['COUNTY_INVALID']);
    expect(codesOf(await create(application, { receivingUnit: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await create(application, { on: '2022-03-27' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(rulesOf(await create(application, {}, otherCounty))).toContain('platform.access.permitted');
    const key = { idempotencyKey: 'appointment-1' };
    const [first, second] = [await create(application, key), await create(application, key)];
    expect(second.appointment.id).toBe(first.appointment.id);
  });

  it('without a service type is flagged', async () => {
    const payload = await create(listed().application, { serviceType: null });
    expect(payload.decision.outcome).toBe('ALLOW');
    expect(payload.decision.findings).toContainEqual(
      expect.objectContaining({ rule: 'jiaozuo.stp.classes', effect: 'flag' }),
    );
  });

  it('of a county round without a chain rests on the other rules', async () => {
    const selection = await openRound(graph, { region: COUNTY, level: 'county', category: 'county', batch: 8 });
    const { item } = await publishedNeed(graph, selection, players);
    const { who, matching } = await newcomer(item);
    const willing = await filed(graph, selection, who, matching, players);
    expect(await create(willing, {}, countyDept)).toMatchObject({
      decision: { outcome: 'ALLOW' },
      appointment: { category: 'county', published: false },
    });
    const loner = await person(graph, '张老师', players.university);
    const oneSided = await act(
      graph,
      players.sender,
      'matchingRecord',
      { demandItem: item, person: loner, personConsents: true, on: '2022-02-10' },
      'matching { id }',
    );
    const hopeful = await filed(graph, selection, loner, oneSided.matching.id, players);
    expect(rulesOf(await create(hopeful, {}, countyDept))).toEqual(['jiaozuo.two-way-choice']);
  });
});

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
      contactPerson: { id: players.contact },
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
      const data = await graph.get(
        viewer,
        `query ($id: ID!) { appointment(id: $id) { status person { name } contactPerson { name } insurance { kind } } }`,
        {
          id: appointment.id,
        },
      );
      return data.appointment;
    };
    const inside = { status: 'active', contactPerson: { name: '王社长' }, insurance: [{ kind: 'personal-accident' }] };
    for (const viewer of [bureau, countyDept, players.sender, players.receiver, persona('self', [], { person: who })])
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
    const selection = await openRound(graph, { region: COUNTY, level: 'county', category: 'county', batch: 11 });
    const { item } = await publishedNeed(graph, selection, players);
    const { who, matching } = await newcomer(item);
    const { appointment } = await create(await filed(graph, selection, who, matching, players), {}, countyDept);
    const sees = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        `query ($id: ID!, $selection: ID!) { appointment(id: $id) { id }
          appointments(filter: { selection: $selection }) { edges { node { id } } } }`,
        { id: appointment.id, selection },
      );
      expect(data.appointments.edges.length).toBe(data.appointment === null ? 0 : 1);
      return data.appointment !== null;
    };
    for (const viewer of [bureau, countyDept, players.sender, players.receiver, persona('self', [], { person: who })])
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
      const data = await graph.get(
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
    expect(await list({ ids: [ids[2]], selection: poolRound })).toEqual([2]);
    expect(await list({ ids, selection: NOBODY })).toEqual([]);
    expect(await list({ ids, region: CITY, category: 'prefecture', year: 2022, status: 'listed' })).toEqual([0, 1, 2]);
    expect(await list({ ids, region: OTHER_COUNTY })).toEqual([]);
    expect(await list({ ids, person: people[1]?.who })).toEqual([1]);
    expect(await list({ ids, organisation: players.university, receivingUnit: players.coop })).toEqual([0, 1, 2]);
    expect(await list({ ids, servingOn: '2022-04-15' })).toEqual([]);
    await insure(ids[1] as string);
    await activate(ids[1] as string);
    expect(await list({ ids, servingOn: '2022-04-15' })).toEqual([1]);
    expect(await list({ ids, servingOn: '2023-01-01' })).toEqual([]);
    expect(await list({ ids, servingOn: '2022-04-15', status: 'listed' })).toEqual([]);
  });
});
