import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  codes,
  countyDept,
  DAY,
  done,
  failing,
  formTeam,
  onTeam,
  person,
  XIUWU,
} from '../personnel/testdata/scene.ts';
import { accountOf, allocate, type Engaged, engaged, graded, prefecturePayer } from './testdata/scene.ts';

let graph: Graph;
let opener: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  opener = await prefecturePayer(graph);
});
afterAll(() => graph.stop());

const CALL = { title: '2022年度市级科技计划项目', level: 'prefecture', opensOn: '2022-05-01', closesOn: '2022-06-30' };

const open = (more: Record<string, unknown> = {}): Promise<{ id: string }> =>
  done(
    graph,
    bureau,
    'projectCallOpen',
    { ...CALL, organisation: opener, ...more },
    'projectCall { id level quotaPerUnit region { id } }',
  );

const APPLICATION = 'projectApplication { id takesPlace leadGrade leadTeamGrade unit { id } submittedOn }';

const apply = (call: { id: string }, who: Engaged, more: Record<string, unknown> = {}) =>
  act(
    graph,
    who.unitAccount,
    'projectApplicationSubmit',
    { call: call.id, title: '山药连作障碍防控', lead: who.person, leadAppointment: who.id, ...more },
    APPLICATION,
  );

describe('projectCallOpen', () => {
  it('opens a call where its organisation lies, for all to see', async () => {
    const call = await open({ quotaPerUnit: 3 });
    expect(call).toMatchObject({ level: 'prefecture', quotaPerUnit: 3, region: { id: 'cn-410800' } });
    const query = `{ projectCall(id: "${call.id}") { title closesOn } projectCalls(filter: { region: "cn-410800", openOn: "2022-06-30" }, first: 200) { edges { node { id } } } }`;
    const seen = await graph.get(anonymous, query);
    expect(seen.projectCall).toEqual({ title: CALL.title, closesOn: '2022-06-30' });
    expect(seen.projectCalls.edges).toContainEqual({ node: { id: call.id } });
    const later = await graph.get(anonymous, query.replace('2022-06-30', '2022-07-01'));
    expect(later.projectCalls.edges).not.toContainEqual({ node: { id: call.id } });
  });

  it('names mistakes and refuses who may not', async () => {
    const tried = async (more: Record<string, unknown>, viewer = bureau) =>
      act(graph, viewer, 'projectCallOpen', { ...CALL, organisation: opener, ...more }, 'projectCall { id }');
    expect(codes(await tried({ quotaPerUnit: 0 }))).toEqual(['QUOTA_INVALID']);
    expect(codes(await tried({ closesOn: '2022-04-30' }))).toEqual(['DATES_REVERSED']);
    expect(codes(await tried({ level: 'province' }))).toEqual(['LEVEL_MISMATCH']);
    expect(codes(await tried({ organisation: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await tried({ title: '' }))).toEqual(['TEXT_REQUIRED']);
    expect(failing(await tried({}, countyDept(XIUWU)))).toEqual(['platform.access.permitted']);
  });
});

describe('projectApplicationSubmit', () => {
  it('takes places of the unit until its quota is used up', async () => {
    const call = await open({ quotaPerUnit: 2 });
    const first = await engaged(graph);
    const [second, third] = [await engaged(graph, { unit: first.unit }), await engaged(graph, { unit: first.unit })];
    for (const who of [first, second]) {
      const { decision, projectApplication } = await apply(call, who);
      expect(decision?.facts).toMatchObject({ 'projectCall.limited': true, 'projectCall.quotaFull': false });
      expect(projectApplication).toMatchObject({ takesPlace: true, unit: { id: first.unit }, submittedOn: DAY });
    }
    const refused = await apply(call, third);
    expect(refused.decision?.outcome).toBe('DENY');
    expect(refused.decision?.facts['projectCall.quotaFull']).toBe(true);
    expect(failing(refused)).toEqual(['jiaozuo.incentive.green-channel']);
    expect((await apply(call, await engaged(graph))).decision?.outcome).toBe('ALLOW');
    const { projectCall } = await graph.get(
      bureau,
      `{ projectCall(id: "${call.id}") { placesTaken(unit: "${first.unit}") } }`,
    );
    expect(projectCall.placesTaken).toBe(2);
  });

  it('lets the excellent in beside the quota, and costs nobody else a place', async () => {
    const call = await open({ quotaPerUnit: 1 });
    const excellent = await engaged(graph);
    await graded(graph, 'appointment', excellent.id, 'excellent');
    const early = await apply(call, excellent);
    expect(early.projectApplication).toMatchObject({ takesPlace: false, leadGrade: 'excellent' });
    expect((await apply(call, await engaged(graph, { unit: excellent.unit }))).projectApplication.takesPlace).toBe(
      true,
    );
    const late = await engaged(graph, { unit: excellent.unit });
    await graded(graph, 'appointment', late.id, 'excellent');
    expect((await apply(call, late)).decision?.outcome).toBe('ALLOW');
    const good = await engaged(graph, { unit: excellent.unit });
    await graded(graph, 'appointment', good.id, 'good');
    expect((await apply(call, good)).decision?.outcome).toBe('DENY');
  });

  it('knows no green channel for calls of another level', async () => {
    const input = { ...CALL, organisation: opener, level: 'unit', quotaPerUnit: 1 };
    const call = await done(graph, bureau, 'projectCallOpen', input, 'projectCall { id }');
    const who = await engaged(graph);
    const excellent = await engaged(graph, { unit: who.unit });
    await graded(graph, 'appointment', excellent.id, 'excellent');
    expect((await apply(call, who)).decision?.outcome).toBe('ALLOW');
    expect((await apply(call, excellent)).decision?.outcome).toBe('DENY');
  });

  it('needs no place where there is no quota', async () => {
    const { decision, projectApplication } = await apply(await open(), await engaged(graph));
    expect(decision?.facts).toMatchObject({ 'projectCall.limited': false, 'projectCall.quotaFull': false });
    expect(projectApplication.takesPlace).toBe(false);
  });

  it('names mistakes', async () => {
    const call = await open();
    const who = await engaged(graph);
    const tried = async (more: Record<string, unknown>) => codes(await apply(call, who, more));
    expect(await tried({ call: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ lead: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ leadAppointment: uuid() })).toEqual(['NOT_FOUND']);
    expect(await tried({ leadAppointment: (await engaged(graph)).id })).toEqual(['NOT_OF_LEAD']);
    expect(await tried({ leadTeam: (await formTeam(graph, 0)).id })).toEqual(['NOT_OF_LEAD']);
    expect(await tried({ title: ' ' })).toEqual(['TEXT_REQUIRED']);
    expect(await tried({ on: '2022-04-30' })).toEqual(['CALL_CLOSED']);
    expect((await apply(call, who)).decision?.outcome).toBe('ALLOW');
    expect(await tried({})).toEqual(['ALREADY_APPLIED']);
  });

  it('may be sent by the lead, or by the leader of the lead’s team', async () => {
    const team = await formTeam(graph, 1);
    const head = await person(graph, team.unit, { post: 'unit-leader-in-charge' });
    await onTeam(graph, team, 'teamLeaderAppoint', { person: head, side: 'unit' });
    const lead = team.members[0] as string;
    const input = { title: '项目', lead, leadTeam: team.id };
    for (const who of [lead, head]) {
      const viewer = persona(`account:${who}`, [], { person: who });
      const call = await open();
      const { decision } = await act(
        graph,
        viewer,
        'projectApplicationSubmit',
        { ...input, call: call.id },
        APPLICATION,
      );
      expect(decision?.outcome).toBe('ALLOW');
    }
    const nobody = persona('account:nobody', [], { person: uuid() });
    const call = await open();
    const refused = await act(graph, nobody, 'projectApplicationSubmit', { ...input, call: call.id }, APPLICATION);
    expect(failing(refused)).toEqual(['platform.access.permitted']);
  });
});

describe('projectApplicationRanking', () => {
  it('puts excellent teams first, the others as they came', async () => {
    const call = await open();
    const ids: string[] = [];
    for (const grade of ['good', null, 'excellent']) {
      const team = await formTeam(graph, 1);
      if (grade) await graded(graph, 'team', team.id, grade);
      const lead = team.members[0] as string;
      const input = { call: call.id, title: '项目', lead, leadTeam: team.id };
      const { projectApplication } = await act(
        graph,
        accountOf(team.unit),
        'projectApplicationSubmit',
        input,
        APPLICATION,
      );
      expect(projectApplication.leadTeamGrade).toBe(grade ?? 'none');
      ids.push(projectApplication.id);
    }
    const query = `{ projectApplicationRanking(call: "${call.id}", asOf: "2022-06-01") { position application { id } decision { rank findings { rule outcome } } } }`;
    const { projectApplicationRanking: ranked } = await graph.get(bureau, query);
    expect(
      ranked.map(({ position, application }: { position: number; application: { id: string } }) => [
        position,
        application.id,
      ]),
    ).toEqual([
      [1, ids[2]],
      [2, ids[0]],
      [2, ids[1]],
    ]);
    expect(ranked[0].decision.findings).toContainEqual({ rule: 'jiaozuo.incentive.team-projects', outcome: 'PASS' });
    const { projectApplicationRanking: nothing } = await graph.get(countyDept(XIUWU), query);
    expect(nothing).toEqual([]);
    const unknown = await graph.get(bureau, query.replace(call.id, uuid()));
    expect(unknown.projectApplicationRanking).toBeNull();
  });
});

describe('money for a project', () => {
  it('goes to an application', async () => {
    const { projectApplication } = await apply(await open(), await engaged(graph));
    const { decision, fundingLine } = await allocate(graph, bureau, { project: projectApplication.id, payer: opener });
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts).toMatchObject({
      'fundingLine.beneficiaryKind': 'project',
      'fundingLine.beneficiaryLevel': 'prefecture',
    });
    const query = `{ fundingLine(id: "${fundingLine.id}") { project { id call { title } } team { id } } }`;
    expect((await graph.get(bureau, query)).fundingLine).toEqual({
      project: { id: projectApplication.id, call: { title: CALL.title } },
      team: null,
    });
  });
});
