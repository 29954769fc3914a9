import { afterAll, beforeAll, expect } from '@jest/globals';
import { Designation } from '../../subgraphs/personnel/tables/designation.ts';
import { ExpertPoolEntry } from '../../subgraphs/personnel/tables/expert-pool-entry.ts';
import { Letter } from '../../subgraphs/personnel/tables/letter.ts';
import { ProcedureStep } from '../../subgraphs/personnel/tables/procedure.ts';
import { act, done, organisation, person } from '../../subgraphs/personnel/testdata/scene.ts';
import { Project, ProjectNotice } from '../../subgraphs/projects-funding/tables/project.ts';
import { activeTeam, status } from '../../subgraphs/projects-funding/testdata/county.ts';
import { type Graph, persona, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, insisting, losers, racing, tablesOf, together } from './race.ts';

const AT_ONCE = 12;

const [PROVINCE, PREFECTURE, COUNTY] = ['cn-53', 'cn-533300', 'cn-533323'] as const;
const KIND = 'industry-advisor-group';
const county = persona('account:county', [['county-revitalisation-dept', COUNTY]]);
const nation = persona('account:nation', [['national-science-association', 'cn']]);
/** The two bodies of each level that act together. */
const BODIES = {
  prefecture: ['prefecture-revitalisation-dept', 'prefecture-science-association'],
  province: ['province-revitalisation-dept', 'province-science-association'],
  national: ['national-revitalisation-administration', 'national-science-association'],
} as const;
const official = (role: string) => {
  const [level] = role.split('-');
  return persona(`account:${role}`, [
    [role, level === 'prefecture' ? PREFECTURE : level === 'province' ? PROVINCE : 'cn'],
  ]);
};

describeOnPostgres('a county and its advisory group, by many at once', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  let association: string;
  let officials: string[];
  let procedure: string;

  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-31', url: await server().database() });
    await status(graph, COUNTY, 'poverty-lifted');
    await status(graph, COUNTY, 'east-west-paired');
    association = await organisation(graph, COUNTY, { type: 'science-association', level: 'county' });
    officials = await together(AT_ONCE, () => person(graph, association, { post: 'county-leader' }));
  }, 120_000);
  afterAll(() => graph.stop());
  const tables = (name: string) => tablesOf(graph, name);
  const designate = (input: object) =>
    act(graph, county, 'designationRecord', { region: COUNTY, ...input }, 'designation { id version }');

  race('has one convenor, whoever of twelve is named first', async () => {
    const payloads = await together(AT_ONCE, (at) => designate({ kind: 'convenor', person: officials[at] }));
    expect(allowed(payloads)).toHaveLength(1);
    expect(losers(payloads)).toEqual(['national.org.convenor']);
    expect(await tables('personnel').count(Designation, { kind: 'convenor', to: null })).toBe(1);
  });

  race('has one liaison of a body, and the same person once', async () => {
    const liaison = { kind: 'liaison', organisation: association };
    const payloads = await together(AT_ONCE, (at) => designate({ ...liaison, person: officials[at % 6] }));
    expect(allowed(payloads)).toHaveLength(1);
    expect(losers(payloads).sort()).toEqual(['ALREADY_DESIGNATED', 'national.org.liaison']);
    expect(await tables('personnel').count(Designation, { kind: 'liaison', to: null })).toBe(1);
    const [first] = allowed(payloads);
    const { id, version } = first?.designation ?? {};
    const ends = await together(AT_ONCE, () =>
      act(graph, county, 'designationEnd', { designation: id, version }, 'designation { to }'),
    );
    expect(allowed(ends)).toHaveLength(1);
    expect(losers(ends)).toEqual(['STALE_VERSION']);
  });

  race('gets two experts by its pairing, and a third only when somebody answers for it', async () => {
    const pool = (at: number, more: object = {}) =>
      act(
        graph,
        nation,
        'expertPoolAdd',
        {
          person: officials[at],
          source: 'east-west',
          pairedCounty: COUNTY,
          field: 'tea',
          recommenderName: '科协',
          ...more,
        },
        'expertPoolEntry { id }',
      );
    const payloads = await together(AT_ONCE, (at) => pool(at));
    expect(allowed(payloads)).toHaveLength(2);
    for (const { decision } of payloads.filter(({ expertPoolEntry }) => !expertPoolEntry))
      expect(decision?.outcome).toBe('NEEDS_OVERRIDE');
    expect(losers(payloads)).toEqual(['national.match.east-west.more']);
    const third = payloads.findIndex(({ expertPoolEntry }) => !expertPoolEntry);
    const reason = '对口协作新增产业';
    const overrides = [{ rule: 'national.match.east-west.more', role: 'national-science-association', reason }];
    // Of twelve who answer for the same third, one brings him.
    const answered = await together(AT_ONCE, () => pool(third, { overrides }));
    expect(allowed(answered)).toHaveLength(1);
    expect(losers(answered)).toEqual(['ALREADY_POOLED']);
    const stored = await tables('personnel').find(ExpertPoolEntry, { pairedCountyId: COUNTY });
    expect(new Set(stored.map(({ personId }) => personId)).size).toBe(3);
    expect(stored).toHaveLength(3);
  });

  race('takes each step of its procedure once, and a step of two bodies from both', async () => {
    const open = { chain: 'advisor-group', region: COUNTY, voluntary: true, hasTeam: false, externalNeed: true };
    const { id } = await done(graph, county, 'procedureOpen', open, 'procedure { id }');
    const step = (viewer: typeof county, key: string, more: object = {}) => {
      const version = async () =>
        (await graph.get(viewer, 'query ($id: ID!) { procedure(id: $id) { version } }', { id })).procedure.version;
      return insisting(version, (now) => {
        const input = { procedure: id, version: now, step: key, documentNumber: '函 1', ...more };
        return act(graph, viewer, 'procedureAdvance', input, 'procedure { version }');
      });
    };
    for (const key of ['need', 'application']) {
      const payloads = await together(AT_ONCE, () => step(county, key));
      expect(allowed(payloads)).toHaveLength(1);
      expect(losers(payloads)).toEqual(['STEP_DONE']);
    }
    const joint = [
      ['prefecture', 'prefecture-receipt'],
      ['province', 'province-review'],
      ['national', 'national-received'],
      ['national', 'county-list'],
      ['national', 'member-list'],
      ['national', 'recognition'],
      ['national', 'certificate'],
    ] as const;
    for (const [level, key] of joint) {
      const both = BODIES[level];
      if (key === 'member-list') expect(allowed([await step(nation, 'pool')])).toHaveLength(1);
      // Half of them alone, who are told that the other is missing, and each of the two with the other.
      const payloads = await together(AT_ONCE, (at) => {
        const [own, other] = at % 2 === 0 ? both : [both[1], both[0]];
        return step(official(own), key, at < AT_ONCE / 2 ? {} : { bodies: [other] });
      });
      expect(allowed(payloads)).toHaveLength(1);
      expect(losers(payloads)).toContain('STEP_DONE');
    }
    const docking = await together(AT_ONCE, (at) => {
      const [own, other] = BODIES.province;
      const consents = ['county-government', 'advisor-group'].slice(0, at % 3);
      return step(official(own), 'docking', { bodies: [other], consents });
    });
    expect(allowed(docking)).toHaveLength(1);
    const steps = await tables('personnel').find(ProcedureStep, { procedureId: id, done: true });
    expect(steps).toHaveLength(11);
    expect(new Set(steps.map(({ key }) => key)).size).toBe(11);
    procedure = id;
  });

  race('gives a number to one letter, and a letter to each member once', async () => {
    const forming = {
      name: '茶叶组',
      kind: KIND,
      level: 'national',
      region: COUNTY,
      organisation: association,
      procedure,
    };
    const { id } = await done(graph, nation, 'teamCreate', forming, 'team { id }');
    const onTeam = (mutation: string, input: object, thing: string) => {
      const query = 'query ($id: ID!) { team(id: $id) { version } }';
      const version = async () => (await graph.get(nation, query, { id })).team.version;
      return insisting(version, (now) => act(graph, nation, mutation, { team: id, version: now, ...input }, thing));
    };
    const members = officials.slice(0, 4);
    for (const member of members) {
      const payload = await onTeam('teamMemberAdd', { person: member }, 'team { id }');
      expect(allowed([payload])).toHaveLength(1);
    }
    const issuers = BODIES.national;
    // Four members want one number, then each member one of twelve numbers, three at once for each.
    const numbered = await together(AT_ONCE, (at) =>
      onTeam('letterIssue', { person: members[at % 4], number: '聘 1', issuers }, 'letter { id }'),
    );
    expect(allowed(numbered)).toHaveLength(1);
    expect(losers(numbered)).toEqual(['ALREADY_ISSUED', 'NUMBER_TAKEN']);
    const others = await together(AT_ONCE, (at) =>
      onTeam('letterIssue', { person: members[at % 4], number: `聘 ${at + 2}`, issuers }, 'letter { id }'),
    );
    expect(allowed(others)).toHaveLength(3);
    expect(losers(others)).toEqual(['ALREADY_ISSUED']);
    const letters = await tables('personnel').find(Letter, { teamId: id });
    expect(letters.map(({ personId }) => personId).sort()).toEqual([...members].sort());
    expect(letters.filter(({ number }) => number === '聘 1')).toHaveLength(1);
  });

  race('has a project whose notice is posted and closed once, and which enters the library once', async () => {
    const team = await activeTeam(graph, COUNTY, KIND, 'national');
    const project = await done(
      graph,
      county,
      'projectRegister',
      { title: '茶叶深加工', region: COUNTY, programme: KIND, team, on: '2022-04-01' },
      'project { id version }',
    );
    const document = 'query ($id: ID!) { project(id: $id) { version } }';
    const version = async () => (await graph.get(county, document, { id: project.id })).project.version;
    const own = (mutation: string, on: string, input: object, thing = 'project { version }') =>
      insisting(version, (now) => {
        const all = { project: project.id, version: now, on, ...input };
        return act(graph, county, mutation, all, thing);
      });
    const approval = { approvedBy: '县政府', argument: '论证意见' };
    const approvals: Awaited<ReturnType<typeof own>>[] = [];
    for (const [level, postedOn, closedOn] of [
      ['village', '2022-04-02', '2022-04-13'],
      ['township', '2022-04-13', '2022-04-24'],
    ] as const) {
      const board = { level, place: 'fixed-board' };
      const posted = await together(AT_ONCE, () => own('projectNoticeOpen', postedOn, board, 'notice { id version }'));
      expect(allowed(posted)).toHaveLength(1);
      expect(losers(posted)).toEqual(['NOTICE_RUNNING']);
      const { id } = allowed(posted)[0]?.notice ?? {};
      const closed = together(AT_ONCE, async (at) => {
        const input = { notice: id, version: 1 + (at % 2), completed: true, on: closedOn };
        return act(graph, county, 'projectNoticeClose', input, 'notice { id }');
      });
      // Whoever approves meanwhile comes too early, unless both notices are closed by then.
      approvals.push(...(await together(4, () => own('projectApprove', closedOn, approval))));
      expect(allowed(await closed)).toHaveLength(1);
      expect(losers(await closed)).toEqual(['STALE_VERSION', 'WRONG_STATE']);
      if (level === 'village') expect(allowed(approvals)).toEqual([]);
    }
    const entries = together(AT_ONCE, (at) => own('projectLibraryEnter', '2022-04-25', { number: `库${at}` }));
    approvals.push(...(await together(AT_ONCE, () => own('projectApprove', '2022-04-25', approval))));
    expect(allowed(approvals)).toHaveLength(1);
    expect(losers(approvals)).toContain('WRONG_STATE');
    const entered = [...(await entries), await own('projectLibraryEnter', '2022-04-25', { number: '库' })];
    expect(allowed(entered)).toHaveLength(1);
    expect(losers(entered)).toContain('WRONG_STATE');
    const em = tables('projects-funding');
    expect(await em.count(ProjectNotice, { projectId: project.id })).toBe(2);
    // Two notices posted, two closed, one approval, one entry.
    expect((await em.findOneOrFail(Project, { id: project.id })).version).toBe(project.version + 6);
  });
});
