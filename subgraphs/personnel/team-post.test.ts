import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  BOAI,
  bureau,
  codes,
  failing,
  formTeam,
  organisation,
  person,
  signCounty,
  XIUWU,
} from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
});
afterAll(() => graph.stop());

const POST = '{ person { id } side post county { id } from to }';
const TEAM = `team { id version leaders ${POST} liaisons ${POST} }`;
type Team = { id: string; version: number };
const lead = (team: Team, input: object) =>
  act(graph, bureau, 'teamLeaderAppoint', { team: team.id, version: team.version, ...input }, TEAM);
const liaise = (team: Team, input: object) =>
  act(graph, bureau, 'teamLiaisonAppoint', { team: team.id, version: team.version, ...input }, TEAM);

describe('teamLeaderAppoint', () => {
  it('refuses a unit-side leader who is neither in charge nor an expert', async () => {
    const team = await formTeam(graph, 1);
    const clerk = await person(graph, team.unit, { post: 'clerk' });
    const payload = await lead(team, { person: clerk, side: 'unit' });
    expect(payload.decision?.outcome).toBe('DENY');
    expect(failing(payload)).toEqual(['jiaozuo.team.co-leaders.post']);
    expect(payload.team.leaders).toEqual([]);
  });

  it('cannot say anything of a leader whose post is not on record', async () => {
    const team = await formTeam(graph, 1);
    const payload = await lead(team, { person: team.members[0], side: 'unit' });
    expect(payload.decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['leader.post'] });
  });

  it('shows that the county of a leader has not signed, without refusing', async () => {
    const team = await formTeam(graph, 1);
    const leader = await person(graph, await organisation(graph, BOAI), { post: 'county-leader' });
    const payload = await lead(team, { person: leader, side: 'county', county: BOAI });
    expect(payload.decision?.outcome).toBe('ALLOW');
    expect(failing(payload)).toEqual(['jiaozuo.team.co-leaders.signed']);
  });

  it('replaces the leader of the same side and county only, and keeps who led before', async () => {
    const team = await formTeam(graph, 1);
    const first = await signCounty(graph, team, XIUWU);
    const head = await person(graph, team.unit, { post: 'industry-expert' });
    const both = await lead(team, { person: head, side: 'unit' });
    expect(both.team.leaders).toHaveLength(2);
    const next = await person(graph, await organisation(graph, XIUWU), { post: 'county-leader' });
    const change = { person: next, side: 'county', county: XIUWU, on: '2022-09-01' };
    const after = await lead(both.team, change);
    const expected = { side: 'county', post: 'county-leader', county: { id: XIUWU } };
    expect(after.team.leaders).toEqual([
      { person: { id: head }, side: 'unit', post: 'industry-expert', county: null, from: '2022-06-01', to: null },
      { ...expected, person: { id: next }, from: '2022-09-01', to: null },
    ]);
    const { team: then } = await graph.get(
      bureau,
      `query($id: ID!) { team(id: $id) { leaders(asOf: "2022-08-31") ${POST} } }`,
      { id: team.id },
    );
    expect(then.leaders[0]).toEqual({ ...expected, person: { id: first }, from: '2022-06-01', to: '2022-09-01' });
  });

  it('answers mistakes as data', async () => {
    const team = await formTeam(graph, 1);
    const [member] = team.members;
    expect(codes(await lead(team, { person: member, side: 'north' }))).toEqual(['SIDE_INVALID']);
    expect(codes(await lead(team, { person: member, side: 'county' }))).toEqual(['COUNTY_REQUIRED']);
    expect(codes(await lead(team, { person: member, side: 'county', county: 'cn-410800' }))).toEqual([
      'COUNTY_INVALID',
    ]);
    expect(codes(await lead(team, { person: member, side: 'county', county: 'cn-499999' }))).toEqual(['NOT_FOUND']);
    expect(codes(await lead(team, { person: team.unit, side: 'unit' }))).toEqual(['NOT_FOUND']);
    expect(codes(await lead(team, { person: member, side: 'unit', version: 0 }))).toEqual(['STALE_VERSION']);
  });

  it('does not take a county that no longer exists', async () => {
    const team = await formTeam(graph, 1);
    // Split into two districts; the answer depends on the day, not on today.
    const { regions } = await graph.get(
      bureau,
      '{ regions(filter: {level: COUNTY, within: "cn-41"}, first: 200) { edges { node { id validTo } } } }',
    );
    const gone = regions.edges.find(({ node }: { node: { validTo: string | null } }) => node.validTo !== null);
    const leader = await person(graph, team.unit, { post: 'county-leader' });
    const input = { person: leader, side: 'county', county: gone.node.id };
    expect(gone.node.validTo < '2022-06-01').toBe(true);
    expect(codes(await lead(team, input))).toEqual(['COUNTY_NOT_VALID']);
  });
});

describe('teamLiaisonAppoint', () => {
  it('shows that the liaison heads no department, and replaces the earlier one', async () => {
    const team = await formTeam(graph, 1);
    await signCounty(graph, team, XIUWU);
    const clerk = await person(graph, await organisation(graph, XIUWU), { post: 'clerk' });
    const payload = await liaise(team, { person: clerk, county: XIUWU });
    expect(payload.decision?.outcome).toBe('ALLOW');
    expect(failing(payload)).toEqual(['jiaozuo.team.liaison.post']);
    expect(payload.team.liaisons).toEqual([expect.objectContaining({ person: { id: clerk }, county: { id: XIUWU } })]);
    expect(codes(await liaise(payload.team, { person: clerk, county: 'cn-41' }))).toEqual(['COUNTY_INVALID']);
  });
});
