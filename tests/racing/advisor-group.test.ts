import { afterAll, beforeAll, expect } from '@jest/globals';
import { Designation } from '../../subgraphs/personnel/tables/designation.ts';
import { ExpertPoolEntry } from '../../subgraphs/personnel/tables/expert-pool-entry.ts';
import { ProcedureStep } from '../../subgraphs/personnel/tables/procedure.ts';
import { act, codes, done, organisation, person } from '../../subgraphs/personnel/testdata/scene.ts';
import { Project, ProjectNotice } from '../../subgraphs/projects-funding/tables/project.ts';
import { activeTeam, status } from '../../subgraphs/projects-funding/testdata/county.ts';
import { type Graph, persona, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, losers, racing, together } from './race.ts';

const AT_ONCE = 12;

const [PREFECTURE, COUNTY] = ['cn-533300', 'cn-533323'] as const;
const KIND = 'industry-advisor-group';
const county = persona('account:county', [['county-revitalisation-dept', COUNTY]]);
const nation = persona('account:nation', [['national-science-association', 'cn']]);
const prefecture = (body: string) => persona(`account:${body}`, [[`prefecture-${body}`, PREFECTURE]]);

describeOnPostgres('a county and its advisory group, by many at once', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  let association: string;
  let officials: string[];

  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-31', url: await server().database() });
    await status(graph, COUNTY, 'poverty-lifted');
    await status(graph, COUNTY, 'east-west-paired');
    association = await organisation(graph, COUNTY, { type: 'science-association', level: 'county' });
    officials = await together(AT_ONCE, () => person(graph, association, { post: 'county-leader' }));
  }, 120_000);
  afterAll(() => graph.stop());
  const tables = (name: string) => {
    const subgraph = graph.subgraphs.get(name);
    if (!subgraph) throw new Error(`no ${name} subgraph`);
    return subgraph.orm.em.fork();
  };
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
    const step = async (viewer: typeof county, key: string, more: object = {}) => {
      for (;;) {
        const { procedure } = await graph.get(viewer, 'query ($id: ID!) { procedure(id: $id) { version } }', { id });
        const input = { procedure: id, version: procedure.version, step: key, documentNumber: '函 1', ...more };
        const payload = await act(graph, viewer, 'procedureAdvance', input, 'procedure { version }');
        if (!codes(payload).includes('STALE_VERSION')) return payload;
      }
    };
    for (const key of ['need', 'application']) {
      const payloads = await together(AT_ONCE, () => step(county, key));
      expect(allowed(payloads)).toHaveLength(1);
      expect(losers(payloads)).toEqual(['STEP_DONE']);
    }
    const both = ['revitalisation-dept', 'science-association'] as const;
    const joint = await together(AT_ONCE, (at) =>
      step(prefecture(both[at % 2] as string), 'prefecture-receipt', { bodies: [`prefecture-${both[(at + 1) % 2]}`] }),
    );
    expect(allowed(joint)).toHaveLength(1);
    expect(losers(joint)).toEqual(['STEP_DONE']);
    const steps = await tables('personnel').find(ProcedureStep, { procedureId: id, done: true });
    expect(steps.map(({ key }) => key).sort()).toEqual(['application', 'need', 'prefecture-receipt']);
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
    /** Insists: whoever finds the project changed reads it again. */
    const own = async (mutation: string, on: string, input: object, thing = 'project { version }') => {
      for (;;) {
        const { project: now } = await graph.get(county, 'query ($id: ID!) { project(id: $id) { version } }', {
          id: project.id,
        });
        const all = { project: project.id, version: now.version, on, ...input };
        const payload = await act(graph, county, mutation, all, thing);
        if (!codes(payload).includes('STALE_VERSION')) return payload;
      }
    };
    for (const [level, postedOn, closedOn] of [
      ['village', '2022-04-02', '2022-04-13'],
      ['township', '2022-04-13', '2022-04-24'],
    ] as const) {
      const board = { level, place: 'fixed-board' };
      const posted = await together(AT_ONCE, () => own('projectNoticeOpen', postedOn, board, 'notice { id version }'));
      expect(allowed(posted)).toHaveLength(1);
      expect(losers(posted)).toEqual(['NOTICE_RUNNING']);
      const { id } = allowed(posted)[0]?.notice ?? {};
      const closed = await together(AT_ONCE, async (at) => {
        const input = { notice: id, version: 1 + (at % 2), completed: true, on: closedOn };
        return act(graph, county, 'projectNoticeClose', input, 'notice { id }');
      });
      expect(allowed(closed)).toHaveLength(1);
      expect(losers(closed).sort()).toEqual(['STALE_VERSION', 'WRONG_STATE']);
    }
    const approval = { approvedBy: '县政府', argument: '论证意见' };
    const approved = await together(AT_ONCE, () => own('projectApprove', '2022-04-25', approval));
    expect(allowed(approved)).toHaveLength(1);
    expect(losers(approved)).toEqual(['WRONG_STATE']);
    const entered = await together(AT_ONCE, (at) => own('projectLibraryEnter', '2022-04-26', { number: `库${at}` }));
    expect(allowed(entered)).toHaveLength(1);
    expect(losers(entered)).toEqual(['WRONG_STATE']);
    const em = tables('projects-funding');
    expect(await em.count(ProjectNotice, { projectId: project.id })).toBe(2);
    // Two notices posted, two closed, one approval, one entry.
    expect((await em.findOneOrFail(Project, { id: project.id })).version).toBe(project.version + 6);
  });
});
