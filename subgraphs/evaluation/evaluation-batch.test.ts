import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  grade,
  organisation,
  PROVINCE,
  type Seat,
  score,
  seats,
  stranger,
  team,
  teamBatch,
  undeclaredFacts,
} from './testdata/batch.ts';

const COUNTS = 'evaluationBatch { id version status subjectCount scoredCount gradedCount }';

describe('an evaluation batch, from opening to closing', () => {
  let graph: Graph;
  let unit: string;
  let teams: string[];

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    unit = await organisation(graph, '农业大学');
    teams = [];
    for (let at = 0; at < 3; at += 1) teams.push(await team(graph, unit, `服务团${at}`));
  });
  afterAll(() => graph.stop());

  const open = (input: Record<string, unknown>, viewer = bureau) =>
    act(
      graph,
      viewer,
      'evaluationBatchOpen',
      {
        subjectKind: 'TEAM',
        evaluatorLevel: 'prefecture',
        evaluatorRegion: CITY,
        year: 2022,
        subjects: teams,
        on: '2022-11-01',
        ...input,
      },
      COUNTS,
    );

  it('goes through scores, grades, feedback, publication and closing', async () => {
    const batch = await teamBatch(graph, teams);
    let at = batch.version;
    for (const seat of await seats(graph, batch.id)) {
      const { evaluation } = await score(graph, seat);
      const graded = await grade(graph, evaluation, 'good');
      expect(graded).toMatchObject({ evaluation: { grade: 'good' }, decision: { outcome: 'ALLOW' }, userErrors: [] });
      at = graded.evaluation.batch.version;
    }
    expect(at).toBeGreaterThan(batch.version);
    const step = async (mutation: string, input: Record<string, unknown> = {}) => {
      const payload = await act(
        graph,
        bureau,
        mutation,
        { batch: batch.id, version: at, on: '2022-12-01', ...input },
        COUNTS,
      );
      at = payload.evaluationBatch?.version ?? at;
      return payload;
    };

    const early = await step('evaluationBatchClose');
    expect(early.decision.outcome).toBe('DENY');
    expect(early.decision.findings).toContainEqual(
      expect.objectContaining({
        rule: 'jiaozuo.eval.publish',
        outcome: 'FAIL',
        citation: expect.objectContaining({ article: '四（二）4' }),
      }),
    );
    const elsewhere = await step('evaluationPublish', { sites: ['some-newspaper'] });
    expect(elsewhere.decision.outcome).toBe('DENY');
    expect(elsewhere.decision.findings.map(({ rule }: { rule: string }) => rule)).toContain(
      'jiaozuo.eval.publish.site',
    );
    expect(elsewhere.evaluationBatch.status).toBe('open');

    const published = await step('evaluationPublish', { sites: ['prefecture-st-network'] });
    expect(published).toMatchObject({
      evaluationBatch: { status: 'published', subjectCount: 3, scoredCount: 3, gradedCount: 3 },
      decision: { outcome: 'ALLOW' },
    });
    // Publication goes on without feedback, and says so.
    expect(published.decision.findings).toContainEqual(
      expect.objectContaining({ rule: 'jiaozuo.eval.feedback', outcome: 'FAIL' }),
    );
    expect(await step('evaluationFeedbackRecord', { organisation: unit })).toMatchObject({
      decision: { outcome: 'ALLOW' },
      userErrors: [],
    });
    expect((await step('evaluationFeedbackRecord', { organisation: unit })).userErrors).toEqual([
      { code: 'ALREADY_RECORDED', field: ['organisation'] },
    ]);
    const closed = await step('evaluationBatchClose');
    expect(closed).toMatchObject({ evaluationBatch: { status: 'closed' }, decision: { outcome: 'ALLOW' } });
    expect(closed.decision.findings).toEqual([]);
    expect((await step('evaluationBatchClose')).userErrors).toEqual([{ code: 'WRONG_STATE', field: ['batch'] }]);

    const { evaluationBatch } = await graph.get(
      anonymous,
      `query ($id: ID!) { evaluationBatch(id: $id) { steps(first: 50) { edges { node { point actedAs on } } } gradeCounts { grade subjects scored } } }`,
      { id: batch.id },
    );
    const steps = evaluationBatch.steps.edges.map((edge: { node: { point: string } }) => edge.node);
    expect(steps.map(({ point }: { point: string }) => point)).toEqual([
      'evaluationBatchOpen',
      ...Array(3).fill(['evaluationScore', 'evaluationGrade']).flat(),
      'evaluationPublish',
      'evaluationFeedbackRecord',
      'evaluationBatchClose',
    ]);
    expect(steps[0]).toEqual({ point: 'evaluationBatchOpen', actedAs: ['prefecture-st-bureau'], on: '2022-11-01' });
    expect(evaluationBatch.gradeCounts).toEqual([{ grade: 'good', subjects: 3, scored: 3 }]);
  });

  it('is refused to a level that the law does not give it, and to who is not the evaluator', async () => {
    const byCounty = await open(
      { subjectKind: 'REGION_WORK', evaluatorLevel: 'county', evaluatorRegion: COUNTY, subjects: [COUNTY] },
      countyDept,
    );
    expect(byCounty.decision.outcome).toBe('DENY');
    expect(byCounty.decision.findings[0]).toMatchObject({ rule: 'jiaozuo.eval.who-city.batch', outcome: 'FAIL' });
    // The bureau's role covers the county, but the county's batch is the county's.
    const forCounty = await open({ evaluatorLevel: 'county', evaluatorRegion: COUNTY });
    expect(forCounty.decision.outcome).toBe('DENY');
    expect(forCounty.decision.findings.map(({ rule }: { rule: string }) => rule)).toContain(
      'platform.evaluation.evaluator',
    );
    const nobody = await open({}, stranger);
    expect(nobody.decision.findings.map(({ rule }: { rule: string }) => rule)).toContain('platform.access.permitted');
    expect(nobody.evaluationBatch).toBeNull();
  });

  it('may be entered by a recorder on behalf of the evaluator', async () => {
    const recorder = persona('recorder', [['recorder', CITY]]);
    expect((await open({ onBehalfOf: 'prefecture-st-bureau' }, recorder)).decision.outcome).toBe('ALLOW');
    expect((await open({}, recorder)).decision.outcome).toBe('DENY');
  });

  it('answers mistakes as user errors', async () => {
    const errors = async (input: Record<string, unknown>) => (await open(input)).userErrors;
    const nowhere = '01890000-0000-7000-8000-000000000000';
    expect(await errors({ evaluatorRegion: 'cn-000000' })).toEqual([{ code: 'NOT_FOUND', field: ['evaluatorRegion'] }]);
    expect(await errors({ subjects: [...teams, nowhere] })).toEqual([{ code: 'NOT_FOUND', field: ['subjects'] }]);
    expect(await errors({ subjects: [] })).toEqual([{ code: 'SUBJECTS_INVALID', field: ['subjects'] }]);
    expect(await errors({ year: 2023 })).toEqual([{ code: 'YEAR_INVALID', field: ['year'] }]);
    expect(await errors({ evaluatorLevel: 'county' })).toEqual([
      { code: 'EVALUATOR_LEVEL_INVALID', field: ['evaluatorLevel'] },
    ]);
    expect(await errors({ evaluatorLevel: 'unit' })).toEqual([
      { code: 'EVALUATOR_ORGANISATION_REQUIRED', field: ['evaluatorOrganisation'] },
    ]);
    expect(await errors({ evaluatorLevel: 'county', evaluatorRegion: COUNTY, evaluatorOrganisation: unit })).toEqual([
      { code: 'EVALUATOR_REGION_INVALID', field: ['evaluatorRegion'] },
    ]);
  });

  it('is opened once for a repeated submission', async () => {
    const first = await open({ idempotencyKey: 'open-1' });
    const second = await open({ idempotencyKey: 'open-1' });
    expect(second.evaluationBatch.id).toBe(first.evaluationBatch.id);
    expect(second.decision.id).toBe(first.decision.id);
    expect((await open({ idempotencyKey: 'open-1', year: 2021 })).userErrors).toEqual([
      { code: 'IDEMPOTENCY_KEY_REUSED', field: ['idempotencyKey'] },
    ]);
  });

  it('and its grades are for those concerned until it is published, and then for all', async () => {
    const batch = await teamBatch(graph, teams, 2021, '2022-01-10');
    const [seat] = (await seats(graph, batch.id)) as [Seat];
    const { evaluation } = await score(graph, seat, bureau, '2022-01-11');
    const graded = await grade(graph, evaluation, 'qualified', bureau, '2022-01-12');
    const unitStaff = persona('unit', [['dispatching-unit', CITY, unit]]);
    const province = persona('province', [['auditor', PROVINCE]]);
    const otherCounty = persona('other', [['county-st-dept', COUNTY]]);
    const sees = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        `query ($batch: ID!, $id: ID!) {
          evaluationBatch(id: $batch) { id }
          evaluation(id: $id) { grade scores { dimension score listed title { zh } } }
          evaluations(filter: { batch: $batch }) { edges { node { grade } } }
        }`,
        { batch: batch.id, id: seat.id },
      );
      return {
        batch: data.evaluationBatch !== null,
        grade: data.evaluation?.grade ?? null,
        scores: data.evaluation?.scores ?? null,
        listed: data.evaluations.edges.length,
      };
    };
    const scores = [{ dimension: 'duty-performance', score: 80, listed: true, title: { zh: '工作履职' } }];
    expect(await sees(bureau)).toEqual({ batch: true, grade: 'qualified', scores, listed: 3 });
    expect(await sees(province)).toEqual({ batch: true, grade: 'qualified', scores, listed: 3 });
    expect(await sees(unitStaff)).toEqual({ batch: false, grade: 'qualified', scores, listed: 3 });
    for (const viewer of [otherCounty, stranger, anonymous]) {
      expect(await sees(viewer)).toEqual({ batch: false, grade: null, scores: null, listed: 0 });
    }
    // A refusal does not show what the caller may not read.
    const refused = await grade(graph, graded.evaluation, 'good', stranger, '2022-01-13');
    expect(refused).toMatchObject({ evaluation: null, decision: { outcome: 'DENY' } });

    const published = await act(graph, bureau, 'evaluationPublish', {
      batch: batch.id,
      version: graded.evaluation.batch.version,
      sites: ['prefecture-st-network'],
      on: '2022-01-20',
    });
    expect(published.decision.outcome).toBe('ALLOW');
    expect(await sees(anonymous)).toEqual({ batch: true, grade: 'qualified', scores: null, listed: 1 });
    const late = await grade(graph, graded.evaluation, 'good', bureau, '2022-01-21');
    expect(late.userErrors).toEqual([{ code: 'WRONG_STATE', field: ['evaluation'] }]);
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
