import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { advised, COUNTY, county, DAY, nation, OTHER, otherCounty, prefecture, province } from './testdata/advisors.ts';
import { act, codes, done, failing } from './testdata/scene.ts';

let graph: Graph;
let association: string;
let official: string;
let expert: string;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-31' });
  ({ association, official, expert } = await advised(graph));
}, 120_000);
afterAll(() => graph.stop());

const KIND = 'industry-advisor-group';
const ISSUERS = ['national-revitalisation-administration', 'national-science-association'];

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
    const pooled = {
      person: expert,
      source: 'national-society',
      field: 'tea',
      recommenderName: '中国茶叶学会',
      on: DAY,
    };
    await done(graph, nation, 'expertPoolAdd', pooled, 'expertPoolEntry { id }');
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
