import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, expect } from '@jest/globals';
import { Team, TeamMember } from '../../subgraphs/personnel/tables/team.ts';
import {
  act,
  BOAI,
  bureau,
  formTeam as cityTeamForming,
  onTeam,
  person,
  signCounty,
} from '../../subgraphs/personnel/testdata/scene.ts';
import type { Viewer } from '../../subgraphs/viewer.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { APPROVALS, committeeOf, departmentOf, formTeam, newcomer } from './expert-team-scene.ts';
import { allowed, insisting, losers, racing, tablesOf, together } from './race.ts';

const TEAM = 'team { version status memberCount }';
const SOURCE = { sourceCategory: 'university-staff' };
/** Counties in which teams are formed on the day of the scene: one for each round. */
const COUNTIES = ['cn-430426', 'cn-430581'] as const;

describeOnPostgres('teams put to work and changed at once', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-01', url: await server().database() });
  }, 120_000);
  afterAll(() => graph.stop());

  const insist = (viewer: Viewer, team: string, mutation: string, input: object) => {
    const query = 'query ($id: ID!) { team(id: $id) { version } }';
    const version = async () => (await graph.get(viewer, query, { id: team })).team.version;
    return insisting(version, (now) => act(graph, viewer, mutation, { team, version: now, ...input }, TEAM));
  };

  race('one of two teams of a county is put to work, and only while it is composed as it must be', async () => {
    for (const [round, county] of COUNTIES.entries()) {
      const teams = [await formTeam(graph, 10, 5, county), await formTeam(graph, 10, 5, county)] as const;
      const late = await newcomer(graph, teams[0].university);
      const on = '2018-05-02';
      // In the second county each of the teams loses a practical expert, and one gets another, in the same moment.
      const payloads = await together(round === 0 ? 8 : 12, (at) => {
        const team = teams[at % 2 === 0 ? 0 : 1];
        if (at < 8) return insist(departmentOf(county), team.id, 'teamActivate', { on });
        const going = { on, approvals: APPROVALS, reason: '调离', person: team.members[0] };
        if (at < 10) return insist(committeeOf(county), team.id, 'teamMemberRemove', going);
        const coming = { ...SOURCE, on, approvals: APPROVALS, practicalExpert: true, practicalCertifier: '所' };
        return insist(committeeOf(county), team.id, 'teamMemberAdd', { ...coming, person: late });
      });
      const em = tablesOf(graph, 'personnel');
      const found = await em.find(Team, { regionId: county, id: { $in: teams.map(({ id }) => id) } });
      const active = found.filter(({ status }) => status === 'active');
      expect(allowed(payloads.slice(0, 8))).toHaveLength(active.length);
      if (round === 0) {
        expect(active).toHaveLength(1);
        expect(losers(payloads)).toContain('hunan.team.coverage-county-2018.one');
      } else expect(active.length).toBeLessThanOrEqual(1);
      for (const { id } of active) {
        const members = await em.find(TeamMember, { teamId: id, to: null });
        expect(members.length).toBeGreaterThanOrEqual(10);
        expect(members.filter(({ practicalExpert }) => practicalExpert).length).toBeGreaterThanOrEqual(5);
      }
      // To a team at work nobody comes, and nobody goes, without the county's word.
      const [first] = active;
      if (!first) continue;
      const strangers = await together(2, () => newcomer(graph, teams[0].university));
      const members = teams.find(({ id }) => id === first.id)?.members ?? [];
      const direct = await together(4, (at) => {
        const act = at < 2 ? 'teamMemberRemove' : 'teamMemberAdd';
        const who = { person: at < 2 ? members[at + 1] : strangers[at - 2], approvals: [], on: '2018-05-03' };
        return insist(committeeOf(county), first.id, act, { ...who, ...(at < 2 ? { reason: '调离' } : SOURCE) });
      });
      expect(allowed(direct)).toEqual([]);
    }
  });

  race('a team of five is put to work, or loses one, and never both', async () => {
    for (let round = 0; round < 4; round += 1) {
      const team = await cityTeamForming(graph, 5);
      const head = await person(graph, team.unit, { post: 'unit-leader-in-charge' });
      await onTeam(graph, team, 'teamLeaderAppoint', { person: head, side: 'unit' });
      await signCounty(graph, team, BOAI);
      const newcomer = await person(graph, team.unit);
      const acts = ['teamActivate', 'teamMemberRemove', 'teamActivate', 'teamMemberRemove', 'teamMemberAdd'] as const;
      const payloads = await together(10, async (at) => {
        // To put a team to work takes longer: what it asks of others comes first. The others arrive at any moment of it.
        if (at % acts.length !== 0) await pause(at * 6);
        const mutation = acts[at % acts.length] as string;
        const leaving = { person: team.members[at % 5], reason: '调离' };
        const input = { teamActivate: {}, teamMemberRemove: leaving, teamMemberAdd: { person: newcomer } };
        return insist(bureau, team.id, mutation, input[mutation as keyof typeof input]);
      });
      const em = tablesOf(graph, 'personnel');
      const { status } = await em.findOneOrFail(Team, { id: team.id });
      const members = await em.count(TeamMember, { teamId: team.id, to: null });
      if (status === 'active') expect(members).toBeGreaterThanOrEqual(5);
      expect(losers(payloads).filter((code) => code.startsWith('jiaozuo.'))).not.toEqual([]);
    }
  });
});
