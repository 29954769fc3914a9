import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, codes, failing, organisation, person } from './testdata/scene.ts';

/** A county without a posted deputy head; one with; and the bodies that find a leader for the first. */
const [PROVINCE, PREFECTURE, COUNTY, POSTED] = ['cn-43', 'cn-430200', 'cn-430224', 'cn-430426'];
const role = (name: string, region: string, unit?: string) =>
  persona(name, [unit ? [name, region, unit] : [name, region]]);
const cityOrg = role('prefecture-org-dept', PREFECTURE);
const provinceOrg = role('province-org-dept', PROVINCE);
const provinceSt = role('province-st-dept', PROVINCE);
const DAY = '2018-06-15';

let graph: Graph;
let unit: string;
let candidate: string;
let committee: ReturnType<typeof persona>;
beforeAll(async () => {
  graph = await startGraph({ today: '2018-12-31' });
  unit = await organisation(graph, 'cn-430100', { on: DAY });
  candidate = await person(graph, unit, { birthDate: '1980-01-01', education: 'doctor', on: DAY });
  committee = role('dispatching-unit-party-committee', 'cn-430100', unit);
}, 120_000);
afterAll(() => graph.stop());

const THING = `procedure { id version status chainId finalPerson { id } steps { key bodies done returnedOn }
  chain { key jointly done { on } } }`;
const open = (viewer = cityOrg, more: object = {}) =>
  act(graph, viewer, 'procedureOpen', { chain: 'leader-selection', region: COUNTY, on: DAY, ...more }, THING);
type Held = { id: string; version: number };

/** Takes a step at the version in hand, and keeps the version. */
async function advance(held: Held, viewer: typeof cityOrg, more: object = {}) {
  const input = { procedure: held.id, version: held.version, on: DAY, ...more };
  const payload = await act(graph, viewer, 'procedureAdvance', input, THING);
  if (payload.procedure) held.version = payload.procedure.version;
  return payload;
}
const doc = { documentNumber: '湘组 1 号' };

describe('a procedure', () => {
  it('runs a chain of the pack step by step, and its last step posts the person on whom it settled', async () => {
    const { procedure: held } = await open();
    expect(held).toMatchObject({ status: 'open', chainId: 'leader-selection', version: 1 });

    // The wrong body; the right one without its document; then with it.
    const wrong = await advance(held, provinceSt, doc);
    expect(wrong.decision?.outcome).toBe('DENY');
    expect(failing(wrong)[0]).toMatch(/^hunan\.team\.leader-chain/);
    const finding = wrong.decision?.findings.find(({ rule }) => rule === failing(wrong)[0]);
    expect(finding?.citation.phrase).not.toBe('');
    expect((await advance(held, cityOrg)).decision?.facts).toMatchObject({ 'procedure.documentStated': false });
    expect((await advance(held, cityOrg, doc)).procedure.steps).toMatchObject([{ key: 'demand', done: true }]);

    // Nothing may be skipped, and nothing is done twice.
    expect((await advance(held, provinceOrg, { step: 'approve' })).decision?.outcome).toBe('DENY');
    expect(codes(await advance(held, cityOrg, { step: 'demand', ...doc }))).toEqual(['STEP_DONE']);
    expect(codes(await advance(held, cityOrg, { step: 'no-such' }))).toEqual(['STEP_UNKNOWN']);
    expect(codes(await advance({ ...held, version: 9 }, cityOrg))).toEqual(['STALE_VERSION']);
    expect(codes(await advance(held, cityOrg, { on: '2018-06-14' }))).toEqual(['ON_BEFORE_LAST_ACT']);

    const consented = await advance(held, committee, {
      ...doc,
      candidates: [{ person: candidate, unitConsents: true }],
      consents: ['dispatching-unit-party-committee'],
    });
    expect(consented.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'procedure.candidateCount': 1, 'procedure.candidatesWithoutConsent': 0 },
    });
    expect((await advance(held, provinceSt, doc)).decision?.outcome).toBe('ALLOW');
    expect((await advance(held, provinceOrg, doc)).decision?.outcome).toBe('ALLOW');

    const oneSided = await advance(held, cityOrg, { finalPerson: candidate, consents: ['prefecture-org-dept'] });
    expect(oneSided.decision).toMatchObject({ outcome: 'DENY', facts: { 'procedure.missingConsents': 1 } });
    const both = { finalPerson: candidate, consents: ['prefecture-org-dept', 'dispatching-unit'] };
    expect((await advance(held, cityOrg, both)).decision?.outcome).toBe('ALLOW');
    // The account that filed the need may not issue the order as another body.
    const twoHats = persona('prefecture-org-dept', [['province-org-dept', PROVINCE]]);
    expect(failing(await advance(held, twoHats, doc)).length).toBeGreaterThan(0);
    const last = await advance(held, provinceOrg, doc);
    expect(last.procedure).toMatchObject({ status: 'completed', finalPerson: { id: candidate } });
    expect(codes(await advance(held, provinceOrg, doc))).toEqual(['WRONG_STATE']);

    const { region, postings } = await graph.get(
      anonymous,
      `query ($id: ID!) { region(id: $id) { statuses(asOf: "2018-06-15") { kind value } }
        postings(filter: { to: $id }) { edges { node { kind person { id } orderDocument issuerBody } } } }`,
      { id: COUNTY },
    );
    expect(region.statuses).toContainEqual({ kind: 'deputy-head-posted', value: true });
    expect(postings.edges).toEqual([
      {
        node: {
          kind: 'st-deputy-head',
          person: { id: candidate },
          orderDocument: '湘组 1 号',
          issuerBody: 'province-org-dept',
        },
      },
    ]);
  });

  it('goes back to a step, and is withdrawn', async () => {
    const { procedure: held } = await open();
    await advance(held, cityOrg, doc);
    await advance(held, committee, {
      ...doc,
      candidates: [{ person: candidate, unitConsents: true }],
      consents: ['dispatching-unit-party-committee'],
    });
    const back = (viewer: typeof cityOrg, more: object = {}) =>
      act(graph, viewer, 'procedureReturn', { procedure: held.id, version: held.version, on: DAY, ...more }, THING);
    expect((await back(cityOrg, { reason: '缺材料' })).decision?.outcome).toBe('DENY');
    expect(codes(await back(provinceSt, { step: 'dispatch' }))).toEqual(['STEP_UNKNOWN']);
    const returned = await back(provinceSt, { step: 'demand', reason: '缺材料' });
    expect(returned.procedure).toMatchObject({ status: 'returned', steps: [{ returnedOn: DAY }, { returnedOn: DAY }] });
    held.version = returned.procedure.version;
    expect((await advance(held, cityOrg, doc)).procedure).toMatchObject({ status: 'open' });
    const withdrawn = await act(
      graph,
      cityOrg,
      'procedureWithdraw',
      { procedure: held.id, version: held.version, reason: '不再需要', on: DAY },
      THING,
    );
    expect(withdrawn.procedure).toMatchObject({ status: 'withdrawn' });
    held.version = withdrawn.procedure.version;
    expect(codes(await advance(held, committee, doc))).toEqual(['WRONG_STATE']);
  });

  it('is opened under the law of its region, once for a subject', async () => {
    expect(codes(await open(cityOrg, { chain: 'no-such' }))).toEqual(['CHAIN_UNKNOWN']);
    expect(codes(await open(cityOrg, { region: 'cn-999999' }))).toEqual(['NOT_FOUND']);
    expect(codes(await open(cityOrg, { person: candidate, organisation: unit }))).toEqual(['ONE_SUBJECT']);
    expect(codes(await open(cityOrg, { team: '019ab000-0000-7000-8000-000000000000' }))).toEqual(['NOT_FOUND']);
    expect((await open(provinceSt)).decision?.outcome).toBe('DENY');
    const key = { idempotencyKey: 'once', region: 'cn-430225' };
    const [first, again] = [await open(cityOrg, key), await open(cityOrg, key)];
    expect(again.procedure.id).toBe(first.procedure.id);
    const second = await open(cityOrg, { region: 'cn-430225' });
    expect(second.decision?.facts).toMatchObject({ 'procedure.otherOpen': 1 });
  });

  it('shows that it runs to everybody, and who said what to its bodies', async () => {
    const { procedure: held } = await open(cityOrg, { region: 'cn-430281', note: '急需茶叶专家' });
    const note = async (viewer: typeof cityOrg) => {
      const query = `query ($id: ID!) { procedure(id: $id) { status note candidates { id } }
        procedures(filter: { region: "cn-430281" }) { totalCount } }`;
      return graph.get(viewer, query, { id: held.id });
    };
    expect(await note(provinceOrg)).toEqual({
      procedure: { status: 'open', note: '急需茶叶专家', candidates: [] },
      procedures: { totalCount: 1 },
    });
    expect(await note(anonymous)).toEqual({
      procedure: { status: 'open', note: null, candidates: null },
      procedures: { totalCount: 1 },
    });
  });
});

describe('a posting', () => {
  const record = (viewer: typeof cityOrg, more: object = {}) =>
    act(
      graph,
      viewer,
      'postingRecord',
      {
        person: candidate,
        region: POSTED,
        kind: 'st-deputy-head',
        post: 'st-deputy-head',
        from: DAY,
        orderDocument: '湘组 2 号',
        issuerBody: 'province-org-dept',
        on: DAY,
        ...more,
      },
      'posting { id version from to endedOn }',
    );

  it('is recorded with its order, counted, ended once', async () => {
    expect((await record(cityOrg)).decision?.outcome).toBe('DENY');
    expect(codes(await record(provinceOrg, { to: '2018-01-01' }))).toEqual(['PERIOD_INVALID']);
    expect(codes(await record(provinceOrg, { kind: '挂职' }))).toEqual(['CODE_INVALID']);
    const recorded = await record(provinceOrg);
    expect(recorded.decision?.facts).toMatchObject({
      'posting.orderStated': true,
      'posting.samePostInForce': 0,
      'posting.bySelection': false,
      'posting.teamSizeAfter': 1,
      'region.deputyHeadPosted': true,
      'region.inTeamScope': true,
    });
    expect(recorded.posting).toMatchObject({ from: DAY, to: null });
    expect(codes(await record(provinceOrg))).toEqual(['ALREADY_POSTED']);
    const end = (version: number, on: string) =>
      act(
        graph,
        provinceOrg,
        'postingEnd',
        { posting: recorded.posting.id, version, reason: '调任', on },
        'posting { endedOn version }',
      );
    expect(codes(await end(7, '2018-09-01'))).toEqual(['STALE_VERSION']);
    expect((await end(1, '2018-09-01')).posting).toMatchObject({ endedOn: '2018-09-01', version: 2 });
    expect(codes(await end(2, '2018-10-01'))).toEqual(['WRONG_STATE']);
    const inForce = async (on: string) =>
      (
        await graph.get(
          anonymous,
          'query ($on: Date) { postings(filter: { region: "cn-43", inForceOn: $on, kind: "st-deputy-head", to: "cn-430426" }) { totalCount } }',
          { on },
        )
      ).postings.totalCount;
    expect([await inForce('2018-08-31'), await inForce('2018-09-01')]).toEqual([1, 0]);
  });

  it('takes with it what the step that made it said of the county, from its last day on', async () => {
    const { postings } = await graph.get(
      anonymous,
      'query ($id: ID!) { postings(filter: { to: $id }) { edges { node { id version } } } }',
      { id: COUNTY },
    );
    const [{ node: made }] = postings.edges;
    const input = { posting: made.id, version: made.version, reason: '任期届满', on: '2018-12-01' };
    expect((await act(graph, provinceOrg, 'postingEnd', input, 'posting { endedOn }')).posting.endedOn).toBe(
      '2018-12-01',
    );
    const { before, after } = await graph.get(
      anonymous,
      `query ($id: ID!) {
        before: region(id: $id) { statuses(asOf: "2018-11-30") { kind value } }
        after: region(id: $id) { statuses(asOf: "2018-12-01") { kind value } } }`,
      { id: COUNTY },
    );
    expect(before.statuses).toContainEqual({ kind: 'deputy-head-posted', value: true });
    expect(after.statuses).toContainEqual({ kind: 'deputy-head-posted', value: false });
  });
});
