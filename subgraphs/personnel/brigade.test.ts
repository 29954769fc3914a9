import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import type { Viewer } from '../viewer.ts';
import { appointment } from './testdata/rows.ts';
import {
  act,
  BOAI,
  bureau,
  codes,
  countyDept,
  done,
  failing,
  formTeam,
  onTeam,
  organisation,
  person,
  signCounty,
  XIUWU,
  ZONE,
} from './testdata/scene.ts';

let graph: Graph;
let government: (county: string, more?: object) => Promise<string>;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  government = async (county, more = { post: 'county-leader' }) =>
    person(graph, await organisation(graph, county, { type: 'government', level: 'county' }), { ...more });
});
afterAll(() => graph.stop());

const POST = '{ person { id } post from to }';
const BRIGADE = `brigade { id version createdOn county { id } leader ${POST} deputies ${POST} liaisons ${POST} }`;
const create = (county: string, input: object, viewer = countyDept(county)) =>
  act(graph, viewer, 'brigadeCreate', { county, ...input }, BRIGADE);

/** Counties of the prefecture that no other test of this file uses. */
const [WUZHI, WENXIAN, QINYANG, MENGZHOU, JIEFANG, ZHONGZHAN, MACUN] = [
  'cn-410823',
  'cn-410825',
  'cn-410882',
  'cn-410883',
  'cn-410802',
  'cn-410803',
  'cn-410804',
] as const;

describe('brigadeCreate', () => {
  it('takes any leader of a county that has not signed', async () => {
    const leader = await government(WUZHI);
    const deputy = await government(WUZHI, { post: 'clerk' });
    const liaison = await government(WUZHI, {});
    const payload = await create(WUZHI, { leader, deputies: [deputy, deputy], liaisons: [liaison] });
    expect(payload.decision?.outcome).toBe('ALLOW');
    expect(payload.decision?.facts).toMatchObject({
      'brigade.countySigned': false,
      'brigade.leaderIsCountyLeader': true,
      'brigade.leaderIsTeamCountyLeader': false,
      'brigade.deputyCount': 1,
      'brigade.countyHasBrigade': false,
    });
    const inOffice = { from: '2022-06-01', to: null };
    expect(payload.brigade).toMatchObject({
      version: 1,
      county: { id: WUZHI },
      leader: { person: { id: leader }, post: 'county-leader', ...inOffice },
      deputies: [{ person: { id: deputy }, post: 'clerk', ...inOffice }],
      liaisons: [{ person: { id: liaison }, post: null, ...inOffice }],
    });
    const { region } = await graph.get(bureau, `{ region(id: "${WUZHI}") { brigade { id } } }`);
    expect(region.brigade.id).toBe(payload.brigade.id);
  });

  it('refuses another leader than that of the team where the county has signed', async () => {
    const team = await formTeam(graph, 1);
    const teamLeader = await signCounty(graph, team, XIUWU);
    const others = { deputies: [await government(XIUWU)], liaisons: [await government(XIUWU)] };
    const refused = await create(XIUWU, { leader: await government(XIUWU), ...others });
    expect(refused.decision?.outcome).toBe('DENY');
    expect(failing(refused)).toEqual(['jiaozuo.brigade.leader']);
    const finding = refused.decision?.findings.find(({ rule }) => rule === 'jiaozuo.brigade.leader');
    expect(finding?.citation.phrase).toBe('由担任服务团团长的领导任队长');
    expect(refused.brigade).toBeNull();
    expect((await create(XIUWU, { leader: teamLeader, ...others })).brigade.leader.person.id).toBe(teamLeader);
  });

  it('lets any of several team leaders lead, and says that it is open which', async () => {
    const first = await formTeam(graph, 1, { field: 'peony' });
    await signCounty(graph, first, BOAI);
    const second = await formTeam(graph, 1, { field: 'sheep' });
    const leader = await signCounty(graph, second, BOAI);
    const others = { deputies: [await government(BOAI)], liaisons: [await government(BOAI)] };
    const payload = await create(BOAI, { leader, ...others });
    expect(payload.decision?.outcome).toBe('ALLOW');
    expect(payload.decision?.facts['brigade.countyTeamLeaderCount']).toBe(2);
    expect(failing(payload)).toEqual(['jiaozuo.brigade.leader.several']);
  });

  it('does not ask for a team leader once the agreement is over', async () => {
    const team = await formTeam(graph, 1);
    const input = { county: MENGZHOU, commitments: [], until: '2022-07-31' };
    await onTeam(graph, team, 'agreementSign', input);
    const posts = {
      leader: await government(MENGZHOU),
      deputies: [await government(MENGZHOU)],
      liaisons: [await government(MENGZHOU)],
    };
    const during = await create(MENGZHOU, { ...posts, on: '2022-07-31' });
    expect(failing(during)).toEqual(['jiaozuo.brigade.leader']);
    const after = await create(MENGZHOU, { ...posts, on: '2022-08-01' });
    expect(after.decision?.outcome).toBe('ALLOW');
  });

  it('refuses no deputy, no liaison, and a leader of no county or of another', async () => {
    const leader = await government(WENXIAN);
    const deputies = [await government(WENXIAN)];
    expect(failing(await create(WENXIAN, { leader, deputies: [], liaisons: deputies }))).toEqual([
      'jiaozuo.brigade.deputies',
    ]);
    expect(failing(await create(WENXIAN, { leader, deputies, liaisons: [] }))).toEqual(['jiaozuo.brigade.deputies']);
    const elsewhere = await government(QINYANG);
    expect(failing(await create(WENXIAN, { leader: elsewhere, deputies, liaisons: deputies }))).toEqual([
      'jiaozuo.brigade.leader.post',
    ]);
    const unknown = await create(WENXIAN, { leader: await government(WENXIAN, {}), deputies, liaisons: deputies });
    expect(unknown.decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['brigade.leaderIsCountyLeader'] });
  });

  it('makes no second brigade of a county even where no rule refuses it', async () => {
    const leader = await government(QINYANG);
    const posts = { leader, deputies: [await government(QINYANG)], liaisons: [await government(QINYANG)] };
    expect((await create(QINYANG, posts)).decision?.outcome).toBe('ALLOW');
    const second = await create(QINYANG, posts);
    expect(second.brigade).toBeNull();
    expect(codes(second)).toEqual(['COUNTY_HAS_BRIGADE']);
    const { brigades } = await graph.get(bureau, `{ brigades(filter: {county: "${QINYANG}"}) { totalCount } }`);
    expect(brigades.totalCount).toBe(1);
  });

  it('is for the county, also for one without a national code, and answers mistakes as data', async () => {
    const leader = await government(ZONE);
    const posts = { leader, deputies: [await government(ZONE)], liaisons: [await government(ZONE)] };
    expect(failing(await create(ZONE, posts, countyDept(XIUWU)))).toContain('platform.access.permitted');
    expect(codes(await create(ZONE, { ...posts, deputies: [leader] }))).toEqual(['PERSON_TWICE']);
    expect(codes(await create(ZONE, { ...posts, liaisons: [ZONE] }))).toEqual(['NOT_FOUND']);
    expect(codes(await act(graph, bureau, 'brigadeCreate', { ...posts, county: 'cn-410800' }, BRIGADE))).toEqual([
      'COUNTY_INVALID',
    ]);
    expect((await create(ZONE, posts)).brigade.county.id).toBe(ZONE);
  });
});

describe('brigadeMemberAdd', () => {
  async function brigadeOf(county: string) {
    const leader = await government(county);
    const input = { county, leader, deputies: [await government(county)], liaisons: [await government(county)] };
    return { ...(await done(graph, countyDept(county), 'brigadeCreate', input, BRIGADE)), leaderId: leader };
  }
  async function commissioner() {
    const unit = await organisation(graph, 'cn-410100');
    return { person: await person(graph, unit), organisation: unit };
  }
  const add = (brigade: { id: string; version: number }, id: string, viewer = countyDept(JIEFANG), more: object = {}) =>
    act(
      graph,
      viewer,
      'brigadeMemberAdd',
      { brigade: brigade.id, version: brigade.version, appointment: id, ...more },
      BRIGADE,
    );

  it('takes who is sent to the county, and nobody sent elsewhere or no longer serving', async () => {
    const brigade = await brigadeOf(JIEFANG);
    const here = await appointment(graph, JIEFANG, await commissioner());
    const there = await appointment(graph, ZONE, await commissioner());
    const ended = await appointment(graph, JIEFANG, await commissioner(), { status: 'exited', endedOn: '2022-05-01' });
    for (const id of [there, ended]) {
      const refused = await add(brigade, id);
      expect(refused.decision?.outcome).toBe('DENY');
      expect(failing(refused)).toEqual(['jiaozuo.brigade.formation.local']);
    }
    const payload = await add(brigade, here);
    expect(payload.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'brigade.memberServesCounty': true,
        'appointment.category': 'prefecture-stp',
        'appointment.status': 'active',
      },
    });
    expect(payload.brigade.version).toBe(brigade.version + 1);
    expect(codes(await add(payload.brigade, here))).toEqual(['ALREADY_MEMBER']);
    expect(codes(await add(brigade, here))).toEqual(['STALE_VERSION']);
    expect(codes(await add(payload.brigade, brigade.id))).toEqual(['NOT_FOUND']);
    expect(codes(await add(payload.brigade, there, undefined, { on: '2022-05-31' }))).toEqual(['ON_BEFORE_LAST_ACT']);
  });

  it('shows who is in it on a day, and to strangers only whom a list has named', async () => {
    const brigade = await brigadeOf(MACUN);
    const named = await appointment(graph, MACUN, await commissioner());
    const unnamed = await appointment(graph, MACUN, await commissioner(), { published: false, endedOn: '2022-09-01' });
    const first = await add(brigade, named, countyDept(MACUN));
    await add(first.brigade, unnamed, countyDept(MACUN), { on: '2022-07-01' });
    const members = async (viewer: Viewer, asOf: string) => {
      const query =
        'query($id: ID!, $asOf: Date) { brigade(id: $id) { members(asOf: $asOf) { edges { node { id } } } } }';
      const { brigade: read } = await graph.get(viewer, query, { id: brigade.id, asOf });
      return read.members.edges.map(({ node }: { node: { id: string } }) => node.id);
    };
    expect(await members(bureau, '2022-05-31')).toEqual([]);
    expect(await members(bureau, '2022-06-30')).toEqual([named]);
    expect(await members(bureau, '2022-07-01')).toEqual([named, unnamed]);
    expect(await members(bureau, '2022-09-01')).toEqual([named]);
    expect(await members(anonymous, '2022-07-01')).toEqual([named]);
    expect(await members(countyDept(XIUWU), '2022-07-01')).toEqual([named]);
    expect(await members(bureau, '2023-01-01')).toEqual([]);
  });

  it('lets the leader of the brigade add, and no stranger', async () => {
    const brigade = await brigadeOf(ZHONGZHAN);
    const id = await appointment(graph, ZHONGZHAN, await commissioner());
    expect(failing(await add(brigade, id, persona('account:x')))).toContain('platform.access.permitted');
    const leader = persona('account:leader', [], { person: brigade.leaderId });
    expect((await add(brigade, id, leader)).decision?.outcome).toBe('ALLOW');
  });
});
