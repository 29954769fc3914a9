import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, administrator, codes, done, failing, organisation, person } from './testdata/scene.ts';

/** Two counties that a status puts under the law of advisory teams, and the pairs of bodies that act jointly. */
const [PROVINCE, PREFECTURE, COUNTY, OTHER] = ['cn-53', 'cn-533300', 'cn-533323', 'cn-533324'];
const county = persona('county', [['county-revitalisation-dept', COUNTY]]);
const otherCounty = persona('other county', [['county-revitalisation-dept', OTHER]]);
const prefecture = persona('prefecture', [['prefecture-revitalisation-dept', PREFECTURE]]);
const province = persona('province', [['province-revitalisation-dept', PROVINCE]]);
const nation = persona('nation', [['national-science-association', 'cn']]);
const DAY = '2022-06-01';
const KIND = 'industry-advisor-group';
const ISSUERS = ['national-revitalisation-administration', 'national-science-association'];

let graph: Graph;
let association: string;
let official: string;
let expert: string;

const record = (region: string, kind: string, value: boolean, on: string, more: object = {}) =>
  act(
    graph,
    administrator,
    'regionStatusRecord',
    { region, kind, value, source: '名单', on, ...more },
    'regionStatus { id kind value from to }',
  );

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-31' });
  for (const region of [COUNTY, OTHER]) await record(region, 'poverty-lifted', true, '2021-03-01');
  association = await organisation(graph, COUNTY, { type: 'science-association', level: 'county', on: DAY });
  official = await person(graph, association, { post: 'county-leader', on: DAY });
  expert = await person(graph, association, { post: 'section-chief', birthDate: '1980-05-05', on: DAY });
}, 120_000);
afterAll(() => graph.stop());

describe('a status of a region', () => {
  it('stands from a day until another value does, and puts a region under a law', async () => {
    const before = await act(
      graph,
      county,
      'designationRecord',
      { kind: 'liaison', region: COUNTY, person: official, on: '2021-02-26' },
      'designation { id }',
    );
    expect(failing(before)).toContain('platform.regime.in-force');
    const same = await record(COUNTY, 'poverty-lifted', true, '2021-04-01');
    expect(same.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'regionStatus.changes': false, 'regionStatus.sourceStated': true },
    });
    expect(codes(await record(COUNTY, 'poverty-lifted', false, '2021-03-31'))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codes(await record('cn-1', 'poverty-lifted', false, DAY))).toEqual(['NOT_FOUND']);
    expect(codes(await record(COUNTY, '脱贫县', false, DAY))).toEqual(['CODE_INVALID']);
    expect(
      (
        await act(
          graph,
          otherCounty,
          'regionStatusRecord',
          { region: COUNTY, kind: 'poor', value: true, on: DAY },
          'regionStatus { id }',
        )
      ).decision?.outcome,
    ).toBe('DENY');
    const { regions, region } = await graph.get(
      anonymous,
      `query ($id: ID!) { regions(filter: { status: "poverty-lifted", within: "cn-53", asOf: "2022-01-01" }) { edges { node { id } } }
        region(id: $id) { povertyLifted(asOf: "2021-02-01") statuses { kind from to } } }`,
      { id: COUNTY },
    );
    expect(regions.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual([COUNTY, OTHER]);
    expect(region).toEqual({
      povertyLifted: null,
      statuses: [
        { kind: 'poverty-lifted', from: '2021-03-01', to: '2021-04-01' },
        { kind: 'poverty-lifted', from: '2021-04-01', to: null },
      ],
    });
  });
});

describe('a designation', () => {
  const designate = (input: object, viewer = county) =>
    act(
      graph,
      viewer,
      'designationRecord',
      { region: COUNTY, on: DAY, ...input },
      'designation { id version from to }',
    );

  it('is one for each body, and ends once', async () => {
    const liaison = { kind: 'liaison', organisation: association, person: expert };
    const first = await designate(liaison);
    expect(first.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'designation.bodyKind': 'science-association',
        'designation.activeSameBody': 0,
        'designation.level': 'county',
      },
    });
    expect(codes(await designate(liaison))).toEqual(['ALREADY_DESIGNATED']);
    const second = await designate({ ...liaison, person: official });
    expect(second.decision).toMatchObject({ outcome: 'DENY', facts: { 'designation.activeSameBody': 1 } });
    expect(failing(second)).toContain('national.org.liaison');
    expect(codes(await designate({ kind: 'liaison' }))).toEqual(['NOBODY_NAMED']);
    expect(codes(await designate({ ...liaison, region: 'cn-1' }))).toEqual(['NOT_FOUND']);
    const end = (version: number, on = DAY) =>
      act(
        graph,
        county,
        'designationEnd',
        { designation: first.designation.id, version, on },
        'designation { to version }',
      );
    expect(codes(await end(4))).toEqual(['STALE_VERSION']);
    expect(codes(await end(1, '2022-05-31'))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect((await end(1, '2022-07-01')).designation).toEqual({ to: '2022-07-01', version: 2 });
    expect(codes(await end(2, '2022-08-01'))).toEqual(['WRONG_STATE']);
  });

  it('as convenor is for a leader of the county, and shows in its coverage', async () => {
    expect(failing(await designate({ kind: 'convenor', person: expert }))).toContain('national.org.convenor.post');
    expect((await designate({ kind: 'convenor', person: official })).decision?.outcome).toBe('ALLOW');
    const { region, designations } = await graph.get(
      county,
      `query ($id: ID!) { region(id: $id) { coverage(asOf: "2022-06-15") { decision { facts } } }
        designations(filter: { of: $id, inForceOn: "2022-06-15" }) { totalCount } }`,
      { id: COUNTY },
    );
    expect(designations.totalCount).toBe(2);
    expect(region.coverage.decision.facts).toMatchObject({
      'region.povertyLifted': true,
      'region.liaisonBodies': ['science-association'],
      'region.convenorCount': 1,
      'region.levelsWithoutMechanism': ['county', 'prefecture', 'province'],
      'region.eastWestExperts': 0,
      'region.activeTeamCount': 0,
    });
  });
});

describe('the expert pool', () => {
  const pool = (input: object, viewer = nation) =>
    act(
      graph,
      viewer,
      'expertPoolAdd',
      { person: expert, field: 'tea', recommenderName: '中国茶叶学会', on: DAY, ...input },
      'expertPoolEntry { id }',
    );

  it('takes known sources, pairings only of paired counties, and nobody twice', async () => {
    expect(failing(await pool({ source: 'friends' }))).toContain('national.match.pool');
    const unpaired = { source: 'east-west', pairedCounty: COUNTY };
    expect(failing(await pool(unpaired))).toContain('national.match.east-west.paired');
    await record(COUNTY, 'east-west-paired', true, DAY);
    expect((await pool(unpaired)).decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'expertPool.pairedCountyPaired': true,
        'expertPool.pairedCountyCountAfter': 1,
        'unit.kind': 'science-association',
      },
    });
    expect(codes(await pool(unpaired))).toEqual(['ALREADY_POOLED']);
    expect(codes(await pool({ source: 'east-west', pairedCounty: PREFECTURE }))).toEqual(['COUNTY_INVALID']);
    expect((await pool({ source: 'national-society' }, county)).decision?.outcome).toBe('DENY');
    expect((await pool({ source: 'national-society' })).decision?.outcome).toBe('ALLOW');
    const { expertPool } = await graph.get(
      nation,
      '{ expertPool(source: "east-west", asOf: "2022-06-15") { edges { node { person { id } pairedCounty { id } } } } }',
    );
    expect(expertPool.edges).toEqual([{ node: { person: { id: expert }, pairedCounty: { id: COUNTY } } }]);
  });
});

describe('an application for an advisory team', () => {
  const THING = 'procedure { id version status steps { key bodies done batch } }';
  const open = (viewer: typeof county, region: string, more: object = {}) =>
    act(
      graph,
      viewer,
      'procedureOpen',
      { chain: 'advisor-group', region, voluntary: true, hasTeam: false, externalNeed: true, on: DAY, ...more },
      THING,
    );
  type Held = { id: string; version: number };
  async function advance(held: Held, viewer: typeof county, more: object = {}) {
    const payload = await act(
      graph,
      viewer,
      'procedureAdvance',
      { procedure: held.id, version: held.version, documentNumber: '函 1', on: DAY, ...more },
      THING,
    );
    if (payload.procedure) held.version = payload.procedure.version;
    return payload;
  }

  it('goes up by pairs of bodies, several counties together, down to letters and an agreement', async () => {
    expect(failing(await open(county, COUNTY, { voluntary: null }))).toContain('national.apply.voluntary');
    const [own, other] = [(await open(county, COUNTY)).procedure, (await open(otherCounty, OTHER)).procedure] as [
      Held,
      Held,
    ];
    for (const [held, viewer] of [
      [own, county],
      [other, otherCounty],
    ] as const) {
      for (const step of ['need', 'application']) {
        const taken = await advance(held, viewer);
        expect({ step, outcome: taken.decision?.outcome }).toEqual({ step, outcome: 'ALLOW' });
      }
    }
    const alone = await advance(own, prefecture);
    expect(alone.decision).toMatchObject({ outcome: 'DENY', facts: { 'procedure.missingBodies': 1 } });
    expect(codes(await advance(own, prefecture, { bodies: ['province-science-association'] }))).toEqual([
      'BODY_INVALID',
    ]);
    for (const held of [own, other]) {
      const joint = await advance(held, prefecture, { bodies: ['prefecture-science-association'] });
      expect(joint.procedure.steps.at(-1)).toMatchObject({
        bodies: ['prefecture-revitalisation-dept', 'prefecture-science-association'],
        done: true,
      });
      await advance(held, province, { bodies: ['province-science-association'] });
    }
    // Two counties in one act: only where the chain lets them be collated.
    const both = (held: Held) => ({ collated: [{ procedure: held.id, version: held.version }] });
    const collated = await advance(own, nation, { bodies: ['national-revitalisation-administration'], ...both(other) });
    expect(collated.decision).toMatchObject({ outcome: 'ALLOW', facts: { 'procedure.subjectCount': 2 } });
    expect(collated.procedure.steps.at(-1).batch).not.toBeNull();
    other.version += 1;
    expect(codes(await advance(own, nation, both({ ...other, version: 1 })))).toEqual(['STALE_VERSION']);
    expect(codes(await advance(own, nation, both(own)))).toEqual(['COLLATION_INVALID']);

    const joint = { bodies: ['national-revitalisation-administration'] };
    for (const step of ['county-list', 'pool', 'member-list', 'recognition']) {
      const taken = await advance(own, nation, step === 'pool' ? {} : joint);
      expect({ step, outcome: taken.decision?.outcome }).toEqual({ step, outcome: 'ALLOW' });
    }
    const forming = {
      name: '产业顾问组',
      level: 'national',
      kind: KIND,
      region: COUNTY,
      organisation: association,
      on: DAY,
    };
    const team: Held = await done(
      graph,
      nation,
      'teamCreate',
      { ...forming, procedure: own.id },
      'team { id version }',
    );
    const added = await act(
      graph,
      nation,
      'teamMemberAdd',
      { team: team.id, version: team.version, person: expert, on: DAY },
      'team { version }',
    );
    expect(added.decision?.facts).toMatchObject({
      'member.inPool': true,
      'team.doneSteps': expect.arrayContaining(['recognition']),
    });
    team.version = added.team.version;

    const issue = async (input: object) => {
      const payload = await act(
        graph,
        nation,
        'letterIssue',
        { team: team.id, version: team.version, issuers: ISSUERS, on: DAY, ...input },
        'letter { id team { version } }',
      );
      if (payload.letter) team.version = payload.letter.team.version;
      return payload;
    };
    expect(failing(await issue({ number: '聘 1', issuers: [ISSUERS[0]] }))).toContain(
      'national.appoint.recognition.issuers',
    );
    expect((await issue({ number: '聘 1' })).decision?.outcome).toBe('ALLOW');
    expect(codes(await issue({ number: '聘 1', person: expert }))).toEqual(['NUMBER_TAKEN']);
    expect((await issue({ number: '聘 2', person: expert })).decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'letter.memberInForce': true },
    });
    expect(failing(await issue({ number: '聘 3', person: official }))).toContain('national.appoint.recognition.member');

    await advance(own, nation, joint);
    const sign = (more: object) =>
      act(
        graph,
        county,
        'agreementSign',
        {
          team: team.id,
          version: team.version,
          county: COUNTY,
          commitments: [],
          kind: 'cooperation',
          keyMatters: ['加工'],
          teamConsents: true,
          countyConsents: true,
          on: DAY,
          ...more,
        },
        'agreement { kind deep keyMatters }',
      );
    expect(failing(await sign({ countyConsents: null }))).toContain('national.dock.negotiate');
    expect(failing(await sign({ deep: true }))).toContain('national.dock.agreement');
    const signed = await sign({ deep: true, document: '协议 1', teamSignatory: expert, countySignatory: official });
    expect(signed.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'agreement.documentSigned': true, 'agreement.keyMatterCount': 1 },
    });
    expect(signed.agreement).toEqual({ kind: 'cooperation', deep: true, keyMatters: ['加工'] });
    const { team: read } = await graph.get(
      nation,
      'query ($id: ID!) { team(id: $id) { letters { number person { id } } standing(asOf: "2022-06-15") { facts } } }',
      { id: team.id },
    );
    expect(read.letters).toEqual([
      { number: '聘 1', person: null },
      { number: '聘 2', person: { id: expert } },
    ]);
    expect(read.standing.facts).toMatchObject({
      'team.letterIssued': true,
      'team.membersWithoutLetter': 0,
      'team.membersOutsidePool': 0,
    });
  });
});
