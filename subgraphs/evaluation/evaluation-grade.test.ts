import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  grade,
  organisation,
  type Seat,
  score,
  seats,
  team,
  teamBatch,
} from './testdata/batch.ts';

const rules = (payload: { decision: { findings: { rule: string }[] } }) =>
  payload.decision.findings.map(({ rule }) => rule);

describe('grading', () => {
  let graph: Graph;
  let unit: string;
  const teams: string[] = [];

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    unit = await organisation(graph, '农业大学');
    for (let at = 0; at < 20; at += 1) teams.push(await team(graph, unit, `服务团${at}`));
  }, 120_000);
  afterAll(() => graph.stop());

  it('gives the top grade to no more than the quota of those scored, counted as it will be', async () => {
    const batch = await teamBatch(graph, teams);
    const all = await seats(graph, batch.id);
    const scored: Seat[] = [];
    for (const seat of all) scored.push((await score(graph, seat)).evaluation);
    const outcomes: string[] = [];
    for (const seat of scored.slice(0, 4)) outcomes.push((await grade(graph, seat, 'excellent')).decision.outcome);
    // 15 % of 20 is 3.
    expect(outcomes).toEqual(['ALLOW', 'ALLOW', 'ALLOW', 'DENY']);
    const fourth = await grade(graph, scored[3] as Seat, 'excellent');
    const finding = fourth.decision.findings.find(
      ({ rule }: { rule: string }) => rule === 'jiaozuo.eval.excellent-quota',
    );
    expect(finding).toMatchObject({
      outcome: 'FAIL',
      citation: { article: '四（二）4', phrase: '不超过总数的15%' },
      facts: { 'evaluationBatch.excellentCountAfter': 4, 'evaluationBatch.evaluatedCount': 20 },
    });
    // Another grade of the same subject gives its place back.
    const [first] = await seats(graph, batch.id);
    expect((await grade(graph, first as Seat, 'good')).evaluation.grade).toBe('good');
    expect((await grade(graph, scored[3] as Seat, 'excellent')).decision.outcome).toBe('ALLOW');
    // Published are only those graded: 3 of 4 is too many.
    const [seat] = await seats(graph, batch.id);
    const { evaluation } = await graph.get(bureau, `query ($id: ID!) { evaluation(id: $id) { batch { version } } }`, {
      id: (seat as Seat).id,
    });
    const published = await act(graph, bureau, 'evaluationPublish', {
      batch: batch.id,
      version: evaluation.batch.version,
      sites: ['prefecture-st-network'],
      on: '2022-12-01',
    });
    expect(published.decision.outcome).toBe('DENY');
    expect(rules(published)).toContain('jiaozuo.eval.excellent-quota.publish');
  });

  it('counts those enrolled without a score as nobody', async () => {
    const batch = await teamBatch(graph, teams, 2021, '2022-01-10');
    const all = await seats(graph, batch.id);
    const scored: Seat[] = [];
    for (const seat of all.slice(0, 6)) scored.push((await score(graph, seat, bureau, '2022-01-11')).evaluation);
    const six = await grade(graph, scored[0] as Seat, 'excellent', bureau, '2022-01-12');
    expect(six.decision.outcome).toBe('DENY');
    const { evaluation: seventh } = await score(graph, all[6] as Seat, bureau, '2022-01-12');
    const seven = await grade(graph, seventh, 'excellent', bureau, '2022-01-12');
    expect(seven.decision.outcome).toBe('ALLOW');
  });

  it('asks for scores, and for a grade that the pack has', async () => {
    const batch = await teamBatch(graph, teams.slice(0, 2), 2020, '2022-02-01');
    const [first, second] = (await seats(graph, batch.id)) as [Seat, Seat];
    const unscored = await grade(graph, first, 'good', bureau, '2022-02-02');
    expect(unscored.decision.outcome).toBe('DENY');
    expect(rules(unscored)).toContain('jiaozuo.eval.dimensions');
    const { evaluation } = await score(graph, first, bureau, '2022-02-02');
    const unknown = await grade(graph, evaluation, 'pending', bureau, '2022-02-02');
    expect(unknown.decision.outcome).toBe('DENY');
    expect(rules(unknown)).toContain('jiaozuo.eval.grades');
    expect(unknown.evaluation.grade).toBeNull();

    const scoring = (scores: { dimension: string; score: number }[]) =>
      act(graph, bureau, 'evaluationScore', {
        evaluation: second.id,
        version: second.version,
        scores,
        on: '2022-02-02',
      });
    expect((await scoring([])).userErrors[0].code).toBe('SCORES_REQUIRED');
    expect((await scoring([{ dimension: 'publicity', score: 101 }])).userErrors[0].code).toBe('SCORE_INVALID');
    expect((await scoring([{ dimension: '宣传', score: 1 }])).userErrors[0].code).toBe('DIMENSION_INVALID');
    const twice = [
      { dimension: 'publicity', score: 1 },
      { dimension: 'publicity', score: 2 },
    ];
    expect((await scoring(twice)).userErrors[0].code).toBe('DIMENSION_INVALID');
    expect((await score(graph, first, bureau, '2022-02-03')).userErrors).toEqual([
      { code: 'STALE_VERSION', field: ['version'] },
    ]);
    for (const id of ['01890000-0000-7000-8000-000000000000', 'x']) {
      const nowhere = await grade(graph, { id, version: 1 }, 'good');
      expect(nowhere.userErrors).toEqual([{ code: 'NOT_FOUND', field: ['evaluation'] }]);
    }
  });

  it('belongs to the level that evaluates the subject', async () => {
    // A county may open a batch of teams, but a prefecture's team is the prefecture's to evaluate.
    const { evaluationBatch } = await act(
      graph,
      countyDept,
      'evaluationBatchOpen',
      {
        subjectKind: 'TEAM',
        evaluatorLevel: 'county',
        evaluatorRegion: COUNTY,
        year: 2022,
        subjects: [teams[0]],
        on: '2022-11-01',
      },
      'evaluationBatch { id }',
    );
    const data = await graph.get(
      countyDept,
      `query ($id: ID!) { evaluationBatch(id: $id) { evaluations { edges { node { id version subjectId } } } } }`,
      { id: evaluationBatch.id },
    );
    // The team lies in the prefecture, so the county does not even read it before publication.
    expect(data.evaluationBatch.evaluations.edges).toEqual([]);
    const { evaluationBatch: seen } = await graph.get(
      bureau,
      `query ($id: ID!) { evaluationBatch(id: $id) { evaluations { edges { node { id version subjectId } } } } }`,
      { id: evaluationBatch.id },
    );
    const refused = await score(graph, seen.evaluations.edges[0].node, countyDept);
    expect(refused.decision.outcome).toBe('DENY');
    expect(rules(refused)).toContain('jiaozuo.eval.who-city');
  });

  it('is final in one batch: another batch of the year cannot grade the subject again', async () => {
    const subjects = [await team(graph, unit, '两批')];
    const grades: string[][] = [];
    for (const _ of [1, 2]) {
      const batch = await teamBatch(graph, subjects);
      const [seat] = (await seats(graph, batch.id)) as [Seat];
      const { evaluation } = await score(graph, seat);
      const { userErrors } = await grade(graph, evaluation, 'good');
      grades.push(userErrors.map(({ code }: { code: string }) => code));
    }
    expect(grades).toEqual([[], ['ALREADY_GRADED']]);
  });

  it('keeps duties apart: who scored in one role does not grade in another', async () => {
    const batch = await teamBatch(graph, [await team(graph, unit, '分工')]);
    const [seat] = (await seats(graph, batch.id)) as [Seat];
    const recorder = persona('two-hats', [['recorder', CITY]]);
    const asBureau = { onBehalfOf: 'prefecture-st-bureau', evaluation: seat.id, on: '2022-11-02' };
    const scores = [{ dimension: 'publicity', score: 60 }];
    const scored = await act(
      graph,
      recorder,
      'evaluationScore',
      { ...asBureau, version: seat.version, scores },
      'evaluation { version }',
    );
    expect(scored.decision.outcome).toBe('ALLOW');
    const { version } = scored.evaluation;
    const other = { ...asBureau, version, grade: 'good', onBehalfOf: 'county-st-dept' };
    const graded = await act(graph, recorder, 'evaluationGrade', other);
    expect(graded.decision.outcome).toBe('DENY');
    expect(rules(graded)).toContain('platform.access.separation');
    expect(
      (await act(graph, recorder, 'evaluationGrade', { ...other, onBehalfOf: 'prefecture-st-bureau' })).decision
        .outcome,
    ).toBe('ALLOW');
  });

  it('takes what it knows of the subject from the graph', async () => {
    const { team: made } = await graph.get(bureau, `query ($id: ID!) { team(id: $id) { openCommitmentCount } }`, {
      id: teams[0],
    });
    expect(made.openCommitmentCount).toBe(0);
    const batch = await teamBatch(graph, [await team(graph, unit, '承诺')]);
    const [seat] = (await seats(graph, batch.id)) as [Seat];
    const { evaluation } = await score(graph, seat);
    const payload = await graph.get(
      bureau,
      `mutation ($input: EvaluationGradeInput!) { evaluationGrade(input: $input) { decision { facts } } }`,
      { input: { evaluation: evaluation.id, version: evaluation.version, grade: 'good', on: '2022-11-03' } },
    );
    expect(payload.evaluationGrade.decision.facts).toMatchObject({
      'team.openCommitments': 0,
      'evaluation.subjectLevel': 'prefecture',
      'evaluation.dispatchingUnit': unit,
      'evaluation.exemptionApproved': false,
      'evaluationBatch.evaluatorRegion': CITY,
      'actor.actsForEvaluator': true,
    });
  });

  it('comes after what it counts', async () => {
    const batch = await teamBatch(graph, [await team(graph, unit, '先'), await team(graph, unit, '后')]);
    const [first, second] = (await seats(graph, batch.id)) as [Seat, Seat];
    const early = await score(graph, first, bureau, '2022-10-31');
    expect(early.userErrors).toEqual([{ code: 'ON_BEFORE_LAST_ACT', field: ['on'] }]);
    const { evaluation } = await score(graph, first, bureau, '2022-11-02');
    await score(graph, second, bureau, '2022-11-20');
    const before = await grade(graph, evaluation, 'good', bureau, '2022-11-19');
    expect(before.userErrors).toEqual([{ code: 'ON_BEFORE_LAST_ACT', field: ['on'] }]);
    expect((await grade(graph, evaluation, 'good', bureau, '2022-11-20')).decision.outcome).toBe('ALLOW');
  });

  it('shows commitments of the team that are due and open', async () => {
    const late = await team(graph, unit, '承诺未完成');
    const input = { team: late, version: 1, county: COUNTY, commitments: [{ text: '建示范园', due: '2022-06-01' }] };
    const signed = await act(graph, bureau, 'agreementSign', { ...input, on: '2022-04-01' }, 'agreement { id }');
    expect(signed.decision.outcome).toBe('ALLOW');
    const batch = await teamBatch(graph, [late]);
    const [seat] = (await seats(graph, batch.id)) as [Seat];
    const { evaluation } = await score(graph, seat);
    const graded = await grade(graph, evaluation, 'good');
    expect(graded.decision.outcome).toBe('ALLOW');
    expect(graded.decision.findings).toContainEqual(
      expect.objectContaining({
        rule: 'jiaozuo.service.team-agreement',
        outcome: 'FAIL',
        facts: expect.objectContaining({ 'team.openCommitments': 1 }),
      }),
    );
  });
});
