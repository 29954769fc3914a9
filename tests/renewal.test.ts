import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  act,
  bureau,
  type Cast,
  CITY,
  COUNTY,
  cast,
  countyDept,
  OTHER_COUNTY,
  serving,
  stranger,
} from '../subgraphs/personnel/testdata/round.ts';
import { type Graph, startGraph } from './harness.ts';

/** Grades are evaluation's, appointments are personnel's: who is renewed, and in which order, needs both. */
describe('grades decide who is renewed', () => {
  let graph: Graph;
  let players: Cast;
  const appointments: Record<string, { appointment: string; version: number }> = {};
  const GRADES = ['qualified', 'good', 'unqualified'];

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    players = await cast(graph);
    const engaged = await serving(graph, players, GRADES.length + 1);
    for (const [at, one] of engaged.entries()) appointments[GRADES[at] ?? 'none'] = one;
    const opened = await act(
      graph,
      countyDept,
      'evaluationBatchOpen',
      {
        subjectKind: 'APPOINTMENT',
        evaluatorLevel: 'county',
        evaluatorRegion: COUNTY,
        year: 2022,
        subjects: GRADES.map((code) => appointments[code]?.appointment),
        on: '2022-12-01',
      },
      'evaluationBatch { id version evaluations(first: 20) { edges { node { id version subjectId } } } }',
    );
    let { id, version } = opened.evaluationBatch;
    for (const { node } of opened.evaluationBatch.evaluations.edges) {
      const code = GRADES.find((one) => appointments[one]?.appointment === node.subjectId);
      const scores = [{ dimension: 'duty-performance', score: 70 }];
      const scored = await act(
        graph,
        countyDept,
        'evaluationScore',
        { evaluation: node.id, version: node.version, scores, on: '2022-12-02' },
        'evaluation { version }',
      );
      const graded = await act(
        graph,
        countyDept,
        'evaluationGrade',
        { evaluation: node.id, version: scored.evaluation.version, grade: code, on: '2022-12-03' },
        'evaluation { batch { version } }',
      );
      version = graded.evaluation.batch.version;
    }
    const published = await act(
      graph,
      countyDept,
      'evaluationPublish',
      { batch: id, version, sites: ['prefecture-st-network'], on: '2022-12-20' },
      'evaluationBatch { id }',
    );
    if (published.decision.outcome !== 'ALLOW') throw new Error(JSON.stringify(published));
  }, 120_000);
  afterAll(() => graph.stop());

  const renew = (code: string, on: string) =>
    act(
      graph,
      bureau,
      'appointmentRenew',
      {
        appointment: appointments[code]?.appointment,
        version: appointments[code]?.version,
        from: '2023-01-01',
        to: '2023-12-31',
        personConsents: true,
        receivingUnitConsents: true,
        on,
      },
      'appointment { id status }',
    );

  const ranking = async (region: string, viewer = bureau, more = '') => {
    const data = await graph.get(
      viewer,
      `query ($region: ID!) { renewalRanking(region: $region, year: 2022, asOf: "2022-12-25"${more}) { position
        appointment { id } decision { point rank facts findings { rule outcome } } } }`,
      { region },
    );
    return data.renewalRanking;
  };
  const codeOf = (row: { appointment: { id: string } }) =>
    Object.keys(appointments).find((code) => appointments[code]?.appointment === row.appointment.id);

  it('ranks good work first; equals share a place', async () => {
    const rows = await ranking(CITY);
    expect(rows.map((row: { position: number; appointment: { id: string } }) => [row.position, codeOf(row)])).toEqual([
      [1, 'good'],
      [2, 'qualified'],
      [2, 'unqualified'],
      [2, 'none'],
    ]);
    expect(rows[0].decision).toEqual({
      point: 'renewalRanking',
      rank: 1,
      facts: { 'appointment.category': 'prefecture', 'appointment.latestGrade': 'good' },
      findings: [{ rule: 'jiaozuo.eval.renewal-priority', outcome: 'PASS' }],
    });
    expect(await ranking(CITY, bureau, ', first: 1')).toHaveLength(1);
    expect(await ranking(COUNTY)).toHaveLength(4);
    expect(await ranking(OTHER_COUNTY)).toEqual([]);
    const tooMany = await graph.ask(stranger, '{ renewalRanking(region: "cn", year: 2022, first: 201) { position } }');
    expect(tooMany.errors[0]?.extensions?.code).toMatch(/^PAGE_/);
  });

  it('is refused to the unqualified once the grade is published, and not before', async () => {
    const refused = await renew('unqualified', '2022-12-20');
    expect(refused).toMatchObject({
      appointment: { status: 'active' },
      decision: {
        outcome: 'DENY',
        findings: [
          {
            rule: 'jiaozuo.eval.exit',
            citation: { article: '四（二）4' },
            facts: { 'appointment.latestGrade': 'unqualified' },
          },
        ],
      },
    });
    const before = await renew('unqualified', '2022-12-19');
    expect(before).toMatchObject({ appointment: { status: 'listed' }, decision: { outcome: 'ALLOW' } });
  });

  it('stays possible for the qualified and for those whom nobody graded', async () => {
    for (const code of ['qualified', 'none', 'good']) {
      expect(await renew(code, '2022-12-25')).toMatchObject({ decision: { outcome: 'ALLOW', findings: [] } });
    }
    expect(await ranking(CITY)).toEqual([]);
  });
});
