import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { Certificate, Evaluation, Exemption } from '../../subgraphs/evaluation/tables/evaluation.ts';
import { EvaluationBatch, Feedback } from '../../subgraphs/evaluation/tables/evaluation-batch.ts';
import { engagement } from './appointment.ts';
import {
  type Act,
  type Arrange,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  placeOf,
  read,
  rowsOf,
  type Stage,
  times,
} from './stage.ts';
import { agreementRow, openCommitments, teamRow } from './team.ts';

const YEAR = 2021;
const OPENED = '2022-01-10';

async function evaluationRow(stage: Stage, batchId: string, more: Partial<Evaluation> = {}): Promise<string> {
  const id = uuid();
  await rowsOf(stage, 'evaluation').insert(Evaluation, {
    id,
    version: 1,
    batchId,
    subjectKind: 'appointment',
    year: YEAR,
    subjectId: uuid(),
    ...placeOf(COUNTY),
    scores: {},
    scored: false,
    published: false,
    ...more,
  });
  return id;
}

/** Gives somebody or something a grade that was published in January; nothing for `none`. */
export async function publishedGrade(
  stage: Stage,
  subjectKind: string,
  subjectId: string,
  grade: string,
): Promise<void> {
  if (grade === 'none') return;
  const result = { grade, gradedOn: OPENED, published: true, publishedOn: '2022-01-20', scored: true };
  await evaluationRow(stage, uuid(), { subjectKind, subjectId, ...result });
}

const evaluatorOf = (level: string) =>
  level === 'county' ? { region: COUNTY, viewer: countyDept() } : { region: CITY, viewer: bureau };

/** A batch of the evaluator that the facts name. */
async function batchRow(stage: Stage, facts: Facts, published = false): Promise<string> {
  const { text, has } = read(facts);
  const evaluatorLevel = text('evaluationBatch.evaluatorLevel');
  const organisation = 'evaluationBatch.evaluatorOrganisation';
  const { region } = evaluatorOf(evaluatorLevel);
  const id = uuid();
  await rowsOf(stage, 'evaluation').insert(EvaluationBatch, {
    id,
    version: 1,
    subjectKind: text('evaluationBatch.subjectKind'),
    evaluatorLevel,
    evaluatorRegionId: region,
    evaluatorOrganisationId: has(organisation) ? text(organisation) : null,
    ...placeOf(region),
    year: YEAR,
    status: published ? 'published' : 'open',
    published,
    publishedOn: published ? OPENED : null,
    sites: [],
    openedOn: OPENED,
    changedOn: OPENED,
    changedAt: new Date(),
  });
  return id;
}

async function exemptionRow(stage: Stage, subjectKind: string, subjectId: string): Promise<void> {
  await rowsOf(stage, 'evaluation').insert(Exemption, {
    id: uuid(),
    version: 1,
    subjectKind,
    subjectId,
    year: YEAR,
    ground: 'force-majeure',
    scope: 'pilot',
    concernsMisuse: false,
    reason: '洪灾',
    approvedOn: OPENED,
  });
}

/** Whom the case grades, as a real thing of the graph. */
async function subjectRow(stage: Stage, facts: Facts): Promise<string> {
  const { text, has, count } = read(facts);
  const level = text('evaluation.subjectLevel');
  if (text('evaluationBatch.subjectKind') === 'team') {
    const { id } = await teamRow(stage, { level });
    const open = has('team.openCommitments') ? count('team.openCommitments') : 0;
    await openCommitments(stage, await agreementRow(stage, id, COUNTY), open);
    return id;
  }
  return (await engagement(stage, { category: level, countyId: text('evaluation.receivingCounty') })).id;
}

export const evaluationGrade: Arrange<Act> = async (stage, { facts }) => {
  const { text, count, is, codes } = read(facts);
  const subjectKind = text('evaluationBatch.subjectKind');
  const batch = await batchRow(stage, facts);
  const subjectId = await subjectRow(stage, facts);
  const grade = text('grade.code');
  const isTop = grade === 'excellent' ? 1 : 0;
  for (const at of times(count('evaluationBatch.evaluatedCount') - 1)) {
    const other = at < count('evaluationBatch.excellentCountAfter') - isTop ? 'excellent' : null;
    await evaluationRow(stage, batch, { subjectKind, scored: true, grade: other });
  }
  const scores = Object.fromEntries(codes('evaluation.scoredDimensions').map((dimension) => [dimension, 80]));
  const scored = Object.keys(scores).length > 0;
  const evaluation = await evaluationRow(stage, batch, { subjectKind, subjectId, scores, scored });
  if (is('evaluation.exemptionApproved')) await exemptionRow(stage, subjectKind, subjectId);
  return {
    viewer: evaluatorOf(text('evaluationBatch.evaluatorLevel')).viewer,
    input: { evaluation, version: 1, grade },
  };
};

/** A batch with as many grades, exemptions, feedbacks and certificates as the facts count. */
async function resultsRow(stage: Stage, facts: Facts): Promise<string> {
  const { text, has, count, is } = read(facts);
  const subjectKind = text('evaluationBatch.subjectKind');
  const published = has('evaluationBatch.published') && is('evaluationBatch.published');
  const batch = await batchRow(stage, facts, published);
  const of = (id: string) => (has(id) ? count(id) : 0);
  const top = count('evaluationBatch.excellentCountAfter');
  const failing = of('evaluationBatch.exemptUnqualifiedCount');
  for (const at of times(count('evaluationBatch.evaluatedCount'))) {
    const subjectId = uuid();
    const grade = at < top ? 'excellent' : at < top + failing ? 'unqualified' : 'good';
    const dispatchingUnitId = uuid();
    const row = { subjectKind, subjectId, scored: true, grade, dispatchingUnitId, published };
    const evaluation = await evaluationRow(stage, batch, row);
    const em = rowsOf(stage, 'evaluation');
    if (grade === 'unqualified') await exemptionRow(stage, subjectKind, subjectId);
    if (at >= count('evaluationBatch.unitsWithoutFeedback')) {
      await em.insert(Feedback, { id: uuid(), batchId: batch, organisationId: dispatchingUnitId, on: OPENED });
    }
    if (at < top && at >= of('evaluationBatch.excellentWithoutCertificate')) {
      const certificate = {
        evaluationId: evaluation,
        batchId: batch,
        year: YEAR,
        number: evaluation,
        issuedOn: OPENED,
      };
      await em.insert(Certificate, { id: uuid(), version: 1, ...certificate });
    }
  }
  for (const _ of times(count('evaluationBatch.ungradedCount'))) {
    await evaluationRow(stage, batch, { subjectKind, scored: true });
  }
  return batch;
}

export const evaluationPublish: Arrange<Act> = async (stage, { facts }) => {
  const { text, codes } = read(facts);
  const { viewer } = evaluatorOf(text('evaluationBatch.evaluatorLevel'));
  return { viewer, input: { batch: await resultsRow(stage, facts), version: 1, sites: codes('publication.sites') } };
};

export const evaluationBatchClose: Arrange<Act> = async (stage, { facts }) => {
  const { viewer } = evaluatorOf(read(facts).text('evaluationBatch.evaluatorLevel'));
  return { viewer, input: { batch: await resultsRow(stage, facts), version: 1 } };
};

export const certificateIssue: Arrange<Act> = async (stage, { facts, id }) => {
  const { text, is } = read(facts);
  const evaluator = { ...facts, 'evaluationBatch.evaluatorLevel': 'county' };
  const published = is('evaluationBatch.published');
  const batch = await batchRow(stage, evaluator, published);
  const subjectKind = text('evaluationBatch.subjectKind');
  const grade = { grade: text('certificate.grade'), scored: true, published };
  const evaluation = await evaluationRow(stage, batch, { subjectKind, ...grade });
  return { viewer: countyDept(), input: { evaluation, number: `证书 ${id}` } };
};
