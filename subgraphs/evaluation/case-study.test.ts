import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { act, bureau, CITY, COUNTY, countyDept, organisation, stranger, team } from './testdata/batch.ts';
import { commissioner } from './testdata/commissioner.ts';

describe('case studies and awards', () => {
  let graph: Graph;
  let unit: string;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    unit = await organisation(graph, '农业大学');
  });
  afterAll(() => graph.stop());

  const record = (input: Record<string, unknown>, viewer = bureau) =>
    act(
      graph,
      viewer,
      'caseStudyRecord',
      {
        year: 2022,
        title: '山药新品种',
        text: '带动百户',
        outstanding: true,
        personConsented: true,
        on: '2022-10-01',
        ...input,
      },
      'caseStudy { id region { id } organisation { id } outstanding }',
    );
  const list = async (viewer: Parameters<Graph['ask']>[0], filter: Record<string, unknown>) => {
    const data = await graph.get(
      viewer,
      `query ($filter: CaseStudyFilter) { caseStudies(filter: $filter) { edges { node { id } } } }`,
      { filter },
    );
    return data.caseStudies.edges.map((edge: { node: { id: string } }) => edge.node.id);
  };

  it('are told of those whom the graph knows, in their own region', async () => {
    const id = await team(graph, unit, '山药团');
    const { caseStudy, decision } = await record({ candidateKind: 'TEAM', candidate: id });
    expect(decision.outcome).toBe('ALLOW');
    expect(caseStudy).toMatchObject({ region: { id: CITY }, organisation: { id: unit } });
    expect((await record({ candidateKind: 'TEAM', candidate: id }, stranger)).decision.outcome).toBe('DENY');
    const code = async (input: Record<string, unknown>) =>
      (await record({ candidateKind: 'TEAM', candidate: id, ...input })).userErrors[0]?.code;
    expect(await code({ title: ' ' })).toBe('TITLE_REQUIRED');
    expect(await code({ text: '' })).toBe('TEXT_REQUIRED');
    expect(await code({ year: 2023 })).toBe('YEAR_INVALID');
    expect(await code({ candidate: '01890000-0000-7000-8000-000000000000' })).toBe('NOT_FOUND');
    expect(await code({ candidateKind: 'OTHER' })).toBe('REGION_REQUIRED');
    expect(await code({ candidateKind: 'OTHER', region: 'cn-nowhere' })).toBe('NOT_FOUND');
  });

  it('are public only when the person agrees', async () => {
    const who = await commissioner(graph, '李');
    const told = await record({ candidateKind: 'APPOINTMENT', candidate: who.id, personConsented: false }, countyDept);
    expect(told.decision).toMatchObject({
      outcome: 'ALLOW',
      findings: [{ rule: 'jiaozuo.publicity', outcome: 'FAIL' }],
    });
    const { id } = told.caseStudy;
    const filter = { candidate: who.id };
    for (const viewer of [countyDept, who.self, who.unitStaff]) expect(await list(viewer, filter)).toEqual([id]);
    for (const viewer of [anonymous, stranger]) {
      expect(await list(viewer, filter)).toEqual([]);
      const { caseStudy } = await graph.get(viewer, `query ($id: ID!) { caseStudy(id: $id) { title } }`, { id });
      expect(caseStudy).toBeNull();
    }
    const open = await record({ candidateKind: 'APPOINTMENT', candidate: who.id }, countyDept);
    expect(await list(anonymous, filter)).toEqual([open.caseStudy.id]);
  });

  it('put those with outstanding deeds first', async () => {
    const plain = await commissioner(graph, '平', { year: 2021 });
    const good = await commissioner(graph, '优', { year: 2021 });
    await record({ candidateKind: 'APPOINTMENT', candidate: plain.id, year: 2021, outstanding: false });
    await record({ candidateKind: 'APPOINTMENT', candidate: good.id, year: 2021 });
    await record({ candidateKind: 'APPOINTMENT', candidate: good.id, year: 2021, outstanding: false });
    await record({ candidateKind: 'OTHER', candidate: 'press', year: 2021, region: COUNTY });
    const ranking = async (region: string, viewer = bureau) => {
      const data = await graph.get(
        viewer,
        `query ($region: ID!) { awardRanking(region: $region, year: 2021, asOf: "2022-01-31") {
          kind candidateId outstanding rank decision { findings { rule outcome } } } }`,
        { region },
      );
      return data.awardRanking;
    };
    const ranked = await ranking(COUNTY);
    expect(
      ranked.map((row: Record<string, unknown>) => [row.kind, row.candidateId, row.outstanding, row.rank]),
    ).toEqual([
      ['APPOINTMENT', good.id, true, 1],
      ['APPOINTMENT', plain.id, false, 0],
      // The pack does not name others among those it recommends.
      ['OTHER', 'press', true, 0],
    ]);
    expect(ranked[0].decision.findings).toContainEqual({ rule: 'jiaozuo.award.priority', outcome: 'PASS' });
    expect(await ranking('cn-410822')).toEqual([]);
    const { errors } = await graph.ask(anonymous, `{ awardRanking(region: "${COUNTY}", year: 2021) { rank } }`);
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });
});

describe('trainings', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
  });
  afterAll(() => graph.stop());

  it('are recorded with their form, and another form is shown and not refused', async () => {
    const train = (input: Record<string, unknown>, viewer = countyDept) =>
      act(
        graph,
        viewer,
        'trainingRecord',
        {
          region: COUNTY,
          form: 'skills',
          date: '2022-05-01',
          topic: '果树修剪',
          traineeCount: 40,
          on: '2022-05-02',
          ...input,
        },
        'training { id form traineeCount region { id } }',
      );
    expect(await train({})).toMatchObject({
      training: { form: 'skills', traineeCount: 40, region: { id: COUNTY } },
      decision: { outcome: 'ALLOW', findings: [] },
    });
    expect((await train({ form: 'theatre' })).decision).toMatchObject({
      outcome: 'ALLOW',
      findings: [{ rule: 'jiaozuo.stp.training', outcome: 'FAIL' }],
    });
    expect((await train({}, stranger)).decision.outcome).toBe('DENY');
    const code = async (input: Record<string, unknown>) => (await train(input)).userErrors[0]?.code;
    expect(await code({ date: '2022-05-03' })).toBe('DATE_IN_FUTURE');
    expect(await code({ topic: '' })).toBe('TOPIC_REQUIRED');
    expect(await code({ traineeCount: -1 })).toBe('TRAINEE_COUNT_INVALID');
    expect(await code({ region: 'cn-nowhere' })).toBe('NOT_FOUND');
    expect(await code({ organisation: '01890000-0000-7000-8000-000000000000' })).toBe('NOT_FOUND');
    const { trainings } = await graph.get(
      anonymous,
      `{ trainings(filter: { region: "${COUNTY}", form: "skills", from: "2022-01-01", to: "2022-12-31" }) { edges { node { topic date } } } }`,
    );
    expect(trainings.edges).toEqual([{ node: { topic: '果树修剪', date: '2022-05-01' } }]);
  });
});
