import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { statementsOf } from '../../tests/statements.ts';
import { Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch, Feedback } from './tables/evaluation-batch.ts';
import { Inspection, RecordedFinding } from './tables/inspection.ts';
import { Report, ReportFeedback } from './tables/report.ts';
import { CITY, PROVINCE } from './testdata/batch.ts';
import { PLAN_CITY } from './testdata/plan.ts';

const ROWS = 50;
/** Who works under two packs is shown the whole graph. */
const reader = persona('reader', [
  ['prefecture-st-bureau', CITY],
  ['prefecture-st-bureau', PLAN_CITY],
]);

describe('lists of fifty', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    const em = graph.subgraphs.get('evaluation')?.orm.em.fork();
    if (!em) throw new Error('no evaluation subgraph');
    const divisions = { countyId: null, prefectureId: CITY, provinceId: PROVINCE };
    const place = { regionId: CITY, ...divisions };
    const on = '2022-12-01';
    for (let number = 0; number < ROWS; number += 1) {
      const [reportId, inspectionId, batchId] = [uuid(), uuid(), uuid()];
      em.create(Report, {
        id: reportId,
        version: 1,
        ...place,
        kind: 'summary',
        periodFrom: '2022-01-01',
        periodTo: '2022-12-31',
        year: 2022,
        taskId: null,
        teamId: null,
        organisationId: null,
        recipients: [],
        contents: [],
        signatories: [],
        records: [],
        text: null,
        deployMeetingOn: null,
        submittedOn: on,
        recordedOn: on,
        feedbackOn: on,
      });
      em.create(ReportFeedback, { id: uuid(), reportId, on, feedback: '已阅' });
      em.create(Inspection, {
        id: inspectionId,
        version: 1,
        ...place,
        kind: 'year-end',
        year: 2022,
        organisationId: null,
        status: 'open',
        openedOn: on,
        closedOn: null,
        taskIds: [],
        problems: [],
        noProblems: false,
        advice: [],
        report: null,
      });
      em.create(RecordedFinding, {
        id: uuid(),
        version: 1,
        ...place,
        kind: 'inspection',
        class: null,
        source: null,
        inspectionId,
        assessmentId: null,
        teamId: null,
        organisationId: null,
        description: '台账不全',
        status: 'raised',
        foundOn: on,
        dueOn: null,
        action: null,
        rectifiedOn: null,
        rectifiedBy: null,
        verifiedOn: null,
      });
      em.create(EvaluationBatch, {
        id: batchId,
        version: 1,
        subjectKind: 'appointment',
        evaluatorLevel: 'prefecture',
        evaluatorRegionId: CITY,
        evaluatorOrganisationId: null,
        ...divisions,
        year: 2022,
        status: 'published',
        published: true,
        sites: ['website'],
        openedOn: on,
        publishedOn: on,
        closedOn: null,
        changedOn: on,
        changedAt: new Date(),
      });
      em.create(Feedback, { id: uuid(), batchId, organisationId: uuid(), on, note: null });
      em.create(Evaluation, {
        id: uuid(),
        version: 1,
        batchId,
        subjectKind: 'appointment',
        year: 2022,
        evaluatorOrganisationId: null,
        subjectId: uuid(),
        subjectLevel: 'prefecture',
        personId: null,
        organisationId: null,
        dispatchingUnitId: null,
        ...divisions,
        scores: {},
        scored: true,
        scoredOn: on,
        grade: 'excellent',
        gradedOn: on,
        published: true,
        publishedOn: on,
      });
    }
    await em.flush();
  }, 120_000);
  afterAll(() => graph.stop());

  it.each([
    ['reports', 'feedback { feedback } standing { facts }', { feedback: [{ feedback: '已阅' }] }],
    [
      'inspections',
      'tasks { id } findings(first: 2) { totalCount edges { node { id inspection { id } standing { facts } } } }',
      { findings: { totalCount: 1, edges: [{}] } },
    ],
    [
      'evaluationBatches',
      `subjectCount feedback { on } steps(first: 2) { edges { node { point } } }
       evaluations(first: 2) { totalCount edges { node { grade batch { id } certificate { id } exemptions { id } } } }
       consequences { kind rule }`,
      { subjectCount: 1, feedback: [{}], evaluations: { totalCount: 1, edges: [{ node: { grade: 'excellent' } }] } },
    ],
  ])('of %s cost no more statements than of five', async (list, fields, last) => {
    let edges: { node: unknown }[] = [];
    const ask = (first: number) => async () => {
      const document = `query ($first: Int) { ${list}(first: $first) { edges { node { id ${fields} } } } }`;
      edges = (await graph.get(reader, document, { first }))[list].edges;
    };
    await ask(1)();
    const five = await statementsOf(graph, ask(5));
    expect(edges).toHaveLength(5);
    expect(await statementsOf(graph, ask(ROWS))).toEqual(five);
    expect(edges).toHaveLength(ROWS);
    expect(edges.at(-1)?.node).toMatchObject(last);
  });
});
