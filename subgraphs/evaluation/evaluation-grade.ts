import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import { possibleIds } from '../ask-many.ts';
import type { Context } from '../context.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import {
  batchLaw,
  batchSubject,
  bodiesOf,
  evaluatorActs,
  evaluatorFacts,
  lockBatch,
  requireBatchOrder,
  stillOpen,
  touched,
} from './batch-facts.ts';
import { builder, decided } from './builder.ts';
import { EvaluationRef, seesEvaluation } from './evaluation.ts';
import { countyServedMost } from './service-count.ts';
import { type Evaluated, evaluated, isEvaluated, type SubjectKind } from './subject.ts';
import { Evaluation, Exemption } from './tables/evaluation.ts';
import { EvaluationBatch, Feedback } from './tables/evaluation-batch.ts';
import { topGrade } from './vocabulary.ts';

interface Asked {
  readonly batchId: string;
  readonly subject: Evaluated;
}

/** What never changes of an evaluation is read before the transaction, so that the graph can be asked of its subject. */
async function askSubject(context: Context, id: string, on: string): Promise<Asked> {
  const evaluation = possibleIds([id]).length > 0 ? await context.em.fork().findOne(Evaluation, { id }) : null;
  if (!evaluation) throw notFound('evaluation');
  const kind = evaluation.subjectKind as SubjectKind;
  const subject = (await evaluated(context.graph, kind, [evaluation.subjectId], on)).get(evaluation.subjectId);
  if (!subject) throw notFound('evaluation');
  return { batchId: evaluation.batchId, subject };
}

async function lockEvaluation(tx: SqlEntityManager, id: string, version: number): Promise<Evaluation> {
  const evaluation = await tx.findOne(Evaluation, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!evaluation) throw notFound('evaluation');
  expectVersion(evaluation.version, version);
  return evaluation;
}

async function subjectFacts(
  tx: SqlEntityManager,
  batch: EvaluationBatch,
  subject: Evaluated,
  scores: Record<string, number>,
): Promise<Facts> {
  const served =
    subject.kind === 'appointment'
      ? ((await countyServedMost(tx, subject.id, batch.year)) ?? subject.place.countyId)
      : null;
  const { 'evaluationBatch.year': _year, ...evaluator } = evaluatorFacts(batch);
  return {
    ...evaluator,
    'evaluation.subjectLevel': subject.level ?? undefined,
    'evaluation.receivingCounty': served ?? undefined,
    'evaluation.dispatchingUnit': subject.unitId ?? undefined,
    'evaluation.scoredDimensions': Object.keys(scores).sort(),
  };
}

const ScoreInput = builder.inputType('ScoreInput', {
  fields: (t) => ({
    dimension: t.string({ required: true, description: "A dimension of the pack (see the batch's `dimensions`)." }),
    score: t.int({ required: true, description: '0 to 100.' }),
  }),
});

function checkScores(scores: readonly { dimension: string; score: number }[]): Record<string, number> {
  const checked: Record<string, number> = {};
  for (const { dimension, score } of scores) {
    if (!/^[a-z][a-z0-9-]{0,63}$/.test(dimension) || Object.hasOwn(checked, dimension)) {
      throw new UserError('DIMENSION_INVALID', ['scores', 'dimension'], {
        zh: `评价维度“${dimension}”不是代码，或重复。`,
        en: `"${dimension}" is not the code of a dimension, or stands twice.`,
      });
    }
    if (score < 0 || score > 100) {
      throw new UserError('SCORE_INVALID', ['scores', 'score'], {
        zh: '评分须为 0 至 100 的整数。',
        en: 'A score is a whole number from 0 to 100.',
      });
    }
    checked[dimension] = score;
  }
  if (scores.length === 0) {
    throw new UserError('SCORES_REQUIRED', 'scores', { zh: '请至少评一个维度。', en: 'Score one dimension at least.' });
  }
  return checked;
}

decided('evaluationScore', {
  description:
    'Scores a subject by dimensions; those scored before keep their score unless sent again. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, SCORES_REQUIRED, DIMENSION_INVALID, SCORE_INVALID (0 to 100), ON_BEFORE_LAST_ACT.',
  thing: 'evaluation',
  type: EvaluationRef,
  input: (t) => ({
    evaluation: t.id({ required: true }),
    version: t.int({ required: true }),
    scores: t.field({ type: [ScoreInput], required: true }),
  }),
  plan: (input, context) => ({
    entity: Evaluation,
    remote: (on) => askSubject(context, input.evaluation, on),
    async prepare(tx, on, { batchId, subject: evaluatedSubject }) {
      const scores = checkScores(input.scores);
      // Shared: several score at once, and none of them while the batch is being published.
      const batch = await tx.findOneOrFail(EvaluationBatch, { id: batchId }, { lockMode: LockMode.PESSIMISTIC_READ });
      stillOpen(batch, 'evaluation');
      const evaluation = await lockEvaluation(tx, input.evaluation, input.version);
      for (const day of [batch.openedOn, evaluation.scoredOn, evaluation.gradedOn]) if (day) requireOrder(day, on);
      const all = { ...evaluation.scores, ...scores };
      const subject = batchSubject(batch, evaluation);
      return {
        subject,
        ...bodiesOf(batchLaw(context, batch, on), 'evaluationScore'),
        facts: {
          ...(await subjectFacts(tx, batch, evaluatedSubject, all)),
          ...evaluatorActs(context, batch, subject, input),
          'actor.isEvaluated': isEvaluated(context.viewer, evaluatedSubject),
        },
        current: seesEvaluation(context, evaluation) ? evaluation : null,
        change() {
          evaluation.scores = all;
          evaluation.scored = true;
          evaluation.scoredOn = on;
          return evaluation;
        },
      };
    },
  }),
});

/**
 * A subject has one grade a year, whichever batches it is enrolled in. Two batches may ask this at once; the unique index
 * then stops the slower one, which runs again and is told.
 */
async function gradedOnce(tx: SqlEntityManager, batch: EvaluationBatch, evaluation: Evaluation): Promise<void> {
  const { subjectKind, year, id } = batch;
  const elsewhere = { subjectKind, subjectId: evaluation.subjectId, year, grade: { $ne: null }, batchId: { $ne: id } };
  if ((await tx.count(Evaluation, elsewhere)) === 0) return;
  throw new UserError('ALREADY_GRADED', 'evaluation', {
    zh: '该对象本年度已在另一批次评定等次。',
    en: 'Another batch has graded this subject for the year.',
  });
}

decided('evaluationGrade', {
  description:
    'Gives a subject its grade, or another one before publication. A quota on the top grade counts the scored subjects of the batch. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, GRADE_REQUIRED, ALREADY_GRADED (in another batch, for this year), ON_BEFORE_LAST_ACT.',
  thing: 'evaluation',
  type: EvaluationRef,
  input: (t) => ({
    evaluation: t.id({ required: true }),
    version: t.int({ required: true }),
    grade: t.string({ required: true, description: "A grade of the pack (see the batch's `grades`)." }),
  }),
  plan: (input, context) => ({
    entity: Evaluation,
    remote: (on) => askSubject(context, input.evaluation, on),
    async prepare(tx, on, { batchId, subject: evaluatedSubject }) {
      const grade = input.grade.trim();
      if (!grade) throw new UserError('GRADE_REQUIRED', 'grade', { zh: '请说明等次。', en: 'Say the grade.' });
      const batch = await lockBatch(tx, batchId, 'evaluation');
      stillOpen(batch, 'evaluation');
      const evaluation = await lockEvaluation(tx, input.evaluation, input.version);
      await requireBatchOrder(tx, batch, on);
      await gradedOnce(tx, batch, evaluation);
      const law = batchLaw(context, batch, on);
      const top = topGrade(law, on);
      const others = { batchId, id: { $ne: evaluation.id } };
      const subject = batchSubject(batch, evaluation);
      return {
        subject,
        ...bodiesOf(law, 'evaluationGrade'),
        facts: {
          ...(await subjectFacts(tx, batch, evaluatedSubject, evaluation.scores)),
          ...evaluatorActs(context, batch, subject, input),
          'actor.isEvaluated': isEvaluated(context.viewer, evaluatedSubject),
          'grade.code': grade,
          'evaluationBatch.evaluatedCount': (await tx.count(Evaluation, { ...others, scored: true })) + 1,
          'evaluationBatch.excellentCountAfter':
            top === undefined
              ? undefined
              : (await tx.count(Evaluation, { ...others, grade: top })) + (grade === top ? 1 : 0),
          'evaluation.exemptionApproved':
            (await tx.count(Exemption, {
              subjectKind: batch.subjectKind,
              subjectId: evaluation.subjectId,
              year: batch.year,
            })) > 0,
          'team.openCommitments': evaluatedSubject.openCommitments ?? undefined,
        },
        current: seesEvaluation(context, evaluation) ? evaluation : null,
        async change() {
          evaluation.grade = grade;
          evaluation.gradedOn = on;
          // What the unit was told is no longer the result.
          const unit = evaluation.dispatchingUnitId;
          if (unit) await tx.nativeDelete(Feedback, { batchId, organisationId: unit });
          touched(batch, on);
          return evaluation;
        },
      };
    },
  }),
});
