import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  activeTeam,
  bureau,
  codes,
  failing,
  formTeam,
  onTeam,
  person,
  signCounty,
  ZONE,
} from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
});
afterAll(() => graph.stop());

const TEAM = 'team { id version memberCount members { totalCount edges { node { person { id } from to } } } }';
const remove = (team: { id: string; version: number }, member: string | undefined, more: object = {}) =>
  act(
    graph,
    bureau,
    'teamMemberRemove',
    { team: team.id, version: team.version, person: member, reason: '调离', ...more },
    TEAM,
  );
const add = (team: { id: string; version: number }, member: string | undefined, more: object = {}) =>
  act(graph, bureau, 'teamMemberAdd', { team: team.id, version: team.version, person: member, ...more }, TEAM);

describe('teamMemberRemove', () => {
  it('refuses to take an active team of five below its floor, and changes nothing', async () => {
    const team = await activeTeam(graph, 5);
    const payload = await remove(team, team.members[0]);
    expect(payload.decision?.outcome).toBe('DENY');
    expect(failing(payload)).toEqual(['jiaozuo.team.size.change']);
    const [finding] = payload.decision?.findings.filter(({ rule }) => rule === 'jiaozuo.team.size.change') ?? [];
    expect(finding?.message.zh).toContain('变更后成员为 4 人');
    expect(finding?.citation).toMatchObject({ article: '三（一）', phrase: '每团5—10人' });
    expect(payload.decision?.facts).toMatchObject({ 'team.memberCount': 5, 'team.memberCountAfter': 4 });
    expect(payload.team).toMatchObject({ version: team.version, memberCount: 5, members: { totalCount: 5 } });
  });

  it('allows it while the team is forming, and when there are six', async () => {
    const forming = await formTeam(graph, 1);
    expect((await remove(forming, forming.members[0])).team).toMatchObject({ memberCount: 0 });
    const six = await activeTeam(graph, 6);
    const payload = await remove(six, six.members[0]);
    expect(payload.team).toMatchObject({ memberCount: 5, version: six.version + 1 });
    expect(failing(await remove(payload.team, six.members[1]))).toEqual(['jiaozuo.team.size.change']);
  });

  it('cannot be dated back to when there were more members', async () => {
    const team = await activeTeam(graph, 6);
    const first = await remove(team, team.members[0], { on: '2022-07-01' });
    expect(first.team.memberCount).toBe(5);
    const second = await remove(first.team, team.members[1], { on: '2022-06-15' });
    expect(codes(second)).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(failing(await remove(first.team, team.members[1], { on: '2022-07-01' }))).toEqual([
      'jiaozuo.team.size.change',
    ]);
  });

  it('wants a reason, a member and the version that is current', async () => {
    const team = await formTeam(graph, 1);
    expect(codes(await remove(team, team.members[0], { reason: ' ' }))).toEqual(['REASON_REQUIRED']);
    expect(codes(await remove(team, await person(graph, team.unit)))).toEqual(['NOT_FOUND']);
    expect(codes(await remove({ ...team, version: team.version + 1 }, team.members[0]))).toEqual(['STALE_VERSION']);
    expect(codes(await remove({ ...team, id: team.unit }, team.members[0]))).toEqual(['NOT_FOUND']);
  });
});

describe('teamMemberAdd', () => {
  it('refuses the eleventh member of an active team', async () => {
    const team = await activeTeam(graph, 10);
    const payload = await add(team, await person(graph, team.unit));
    expect(payload.decision?.outcome).toBe('DENY');
    expect(failing(payload)).toEqual(['jiaozuo.team.size.change']);
    expect(payload.team.memberCount).toBe(10);
  });

  it('refuses who is a member, takes back who left, and counts each person once', async () => {
    const team = await formTeam(graph, 2);
    const [member] = team.members;
    expect(codes(await add(team, member))).toEqual(['ALREADY_MEMBER']);
    const left = await remove(team, member);
    const back = await add(left.team, member, { on: '2022-06-02' });
    expect(back.team.memberCount).toBe(2);
    expect(back.team.members.edges.at(-1).node).toEqual({ person: { id: member }, from: '2022-06-02', to: null });
  });

  it('lets the leader of the team add, and nobody without a role', async () => {
    const team = await formTeam(graph, 1);
    const leader = await signCounty(graph, team, ZONE);
    const input = { team: team.id, version: team.version, person: await person(graph, team.unit) };
    const stranger = persona('account:stranger', [], { person: team.members[0] as string });
    expect(failing(await act(graph, stranger, 'teamMemberAdd', input, TEAM))).toContain('platform.access.permitted');
    const own = persona('account:leader', [], { person: leader });
    expect((await act(graph, own, 'teamMemberAdd', input, TEAM)).team.memberCount).toBe(2);
  });

  it('keeps what the decision knew of the person and the unit', async () => {
    const team = await formTeam(graph, 0);
    const member = await person(graph, team.unit, {
      birthDate: '1980-02-29',
      degree: 'master',
      titleLevel: 'intermediate',
    });
    const payload = await add(team, member, { on: '2022-03-01' });
    expect(codes(payload)).toEqual(['ON_BEFORE_LAST_ACT']);
    const later = await add(team, member);
    expect(later.decision?.facts).toMatchObject({
      'person.age': 42,
      'person.degree': 'master',
      'person.titleLevel': 'intermediate',
      'unit.kind': 'university',
      'unit.province': 'cn-41',
      'unit.prefecture': 'cn-410100',
      'member.alreadyMember': false,
    });
    await onTeam(graph, { ...team, version: later.team.version }, 'teamMemberRemove', {
      person: member,
      reason: '调离',
    });
  });
});

describe('two mutations of one request', () => {
  it('answer each what it left', async () => {
    const team = await formTeam(graph, 2);
    const part = (alias: string, version: number, member: string | undefined) =>
      `${alias}: teamMemberRemove(input: {team: "${team.id}", version: ${version}, person: "${member}", reason: "调离", on: "2022-06-01"}) {
         team { version members { edges { node { person { id } } } } } userErrors { code } }`;
    const { a, b } = await graph.get(
      bureau,
      `mutation { ${part('a', team.version, team.members[0])} ${part('b', team.version + 1, team.members[1])} }`,
    );
    expect(a.team.members.edges).toHaveLength(1);
    expect(b).toEqual({ team: { version: team.version + 2, members: { edges: [] } }, userErrors: [] });
  });
});
