import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { MADE_UP_COUNTY as COUNTY, MADE_UP_PREFECTURE, madeUpLaw } from './testdata/made-up-law.ts';
import { appointment } from './testdata/rows.ts';
import { act, codes, done, failing, organisation, type Payload, person } from './testdata/scene.ts';

const BEGIN = ['villageRegister', 'villageExpertAssign', 'expertPoolAdd', 'assignmentRecord', 'nominationSubmit'];
const END = ['villageExpertEnd', 'expertPoolRemove', 'assignmentEnd', 'nominationWithdraw'];
const office = persona('office', [['squad-office', MADE_UP_PREFECTURE]]);
const reader = persona('reader', [['squad-reader', COUNTY]]);
const DAY = '2024-03-01';

describe('what is recorded from a day on ends before its time', () => {
  const law = madeUpLaw({ may: { 'squad-office': [...BEGIN, ...END], 'squad-reader': ['teamActivate'] } });
  let graph: Graph;
  let unit: string;
  let who: string;
  beforeAll(async () => {
    graph = await startGraph({ packs: law.packs, today: '2024-12-31' });
    unit = await organisation(graph, COUNTY, { on: DAY });
    who = await person(graph, unit, { on: DAY });
  }, 120_000);
  afterAll(async () => {
    await graph.stop();
    law.remove();
  });

  type Row = { id: string; version: number };
  /** Ends a thing as it must be ended: by who may, at its version, on a day it holds, with a reason, once. */
  async function endsOnce(mutation: string, thing: string, row: Row, read: string): Promise<Payload> {
    const end = (more: object = {}, viewer = office) =>
      act(
        graph,
        viewer,
        mutation,
        { [thing]: row.id, version: row.version, reason: '工作调整', on: '2024-06-01', ...more },
        `${thing} { version ${read} }`,
      );
    const refused = await end({}, reader);
    expect(failing(refused)).toEqual(['platform.access.permitted']);
    // Nor is the thing shown to who may not end it.
    expect(refused[thing]).toBeNull();
    expect(failing(await end({ reason: ' ' }))).toEqual(['platform.ending.reason']);
    expect(codes(await end({ version: 7 }))).toEqual(['STALE_VERSION']);
    expect(codes(await end({ on: '2024-02-29' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codes(await end({ [thing]: '019ab000-0000-7000-8000-000000000000' }))).toEqual(['NOT_FOUND']);
    const ended = await end();
    expect(ended.decision).toMatchObject({ outcome: 'ALLOW', facts: { 'ending.reasonStated': true } });
    expect(codes(await end({ version: row.version + 1, on: '2024-07-01' }))).toEqual(['WRONG_STATE']);
    return ended;
  }
  const LASTING = 'to endReason';

  it('the link of an expert to a village', async () => {
    const village = { parent: COUNTY, name: '三南村', poor: true, on: DAY };
    const { id } = await done(graph, office, 'villageRegister', village, 'village { id }');
    const link = { village: id, person: who, category: 'county-stp', on: DAY };
    const THING = 'villageExpert { id version }';
    const row = await done(graph, office, 'villageExpertAssign', link, THING);
    const ended = await endsOnce('villageExpertEnd', 'villageExpert', row, LASTING);
    expect(ended.villageExpert).toEqual({ version: 2, to: '2024-06-01', endReason: '工作调整' });
    expect(ended.decision?.facts).toMatchObject({ 'villageExpert.villageCountLeft': 0, 'village.poor': true });
    const linked = async (day: string) =>
      (
        await graph.get(
          office,
          'query ($id: ID!, $day: Date!) { villageExperts(filter: { village: $id, inForceOn: $day }) { totalCount } }',
          { id, day },
        )
      ).villageExperts.totalCount;
    expect([await linked('2024-05-31'), await linked('2024-06-01')]).toEqual([1, 0]);
    // The same expert may come again.
    expect(
      (await act(graph, office, 'villageExpertAssign', { ...link, on: '2024-08-01' }, THING)).villageExpert,
    ).not.toBeNull();
  });

  it('an entry of the expert pool, and no other of the same person', async () => {
    const add = (source: string) =>
      done(
        graph,
        office,
        'expertPoolAdd',
        { person: who, source, field: 'tea', region: COUNTY, on: DAY },
        'expertPoolEntry { id version }',
      );
    const row = await add('national-society');
    await add('local-province');
    const ended = await endsOnce('expertPoolRemove', 'expertPoolEntry', row, LASTING);
    expect(ended.expertPoolEntry).toEqual({ version: 2, to: '2024-06-01', endReason: '工作调整' });
    expect(ended.decision?.facts).toMatchObject({
      'expertPool.source': 'national-society',
      'expertPool.activeTeams': 0,
    });
    const sources = async (asOf: string) => {
      const query =
        'query ($who: ID!, $asOf: Date!) { expertPool(person: $who, asOf: $asOf) { edges { node { source } } } }';
      const { expertPool } = await graph.get(office, query, { who, asOf });
      return expertPool.edges.map(({ node }: { node: { source: string } }) => node.source);
    };
    expect(await sources('2024-05-31')).toEqual(['national-society', 'local-province']);
    expect(await sources('2024-06-01')).toEqual(['local-province']);
  });

  it('a part of what a commissioner is assigned to', async () => {
    const id = await appointment(
      graph,
      COUNTY,
      { person: who, organisation: unit },
      { year: 2024, prefectureId: MADE_UP_PREFECTURE },
    );
    const task = { appointment: id, kind: 'PROJECT', name: '茶园改造', on: DAY };
    const row = await done(graph, office, 'assignmentRecord', task, 'assignment { id version }');
    const ended = await endsOnce('assignmentEnd', 'assignment', row, LASTING);
    expect(ended.assignment).toEqual({ version: 2, to: '2024-06-01', endReason: '工作调整' });
    const assigned = async (asOf: string) =>
      (
        await graph.get(
          office,
          'query ($id: ID!, $asOf: Date!) { appointment(id: $id) { assignments(asOf: $asOf) { name } } }',
          { id, asOf },
        )
      ).appointment.assignments;
    expect([await assigned('2024-05-31'), await assigned('2024-06-01')]).toEqual([[{ name: '茶园改造' }], []]);
  });

  it('a nomination: it is ranked until then, stays on record, and the person can be put forward again', async () => {
    const proposal = { region: COUNTY, person: who, kind: 'LEADER', channel: 'unit-recommendation', on: DAY };
    const THING = 'nomination { id version }';
    const row = await done(graph, office, 'nominationSubmit', proposal, THING);
    const ended = await endsOnce('nominationWithdraw', 'nomination', row, 'withdrawnOn withdrawReason');
    expect(ended.nomination).toEqual({ version: 2, withdrawnOn: '2024-06-01', withdrawReason: '工作调整' });
    const ranked = async (asOf: string) => {
      const query = `query ($region: ID!, $asOf: Date!) {
        candidateRanking(region: $region, kind: LEADER, asOf: $asOf) { position nomination { id } }
        region(id: $region) { nominations { id withdrawnOn } } }`;
      return graph.get(office, query, { region: COUNTY, asOf });
    };
    expect((await ranked('2024-05-31')).candidateRanking).toEqual([{ position: 1, nomination: { id: row.id } }]);
    const after = await ranked('2024-06-01');
    expect(after.candidateRanking).toEqual([]);
    expect(after.region.nominations).toEqual([{ id: row.id, withdrawnOn: '2024-06-01' }]);
    const again = await act(graph, office, 'nominationSubmit', proposal, THING);
    expect(again.nomination).not.toBeNull();
    expect(codes(await act(graph, office, 'nominationSubmit', proposal, THING))).toEqual(['ALREADY_NOMINATED']);
  });
});
