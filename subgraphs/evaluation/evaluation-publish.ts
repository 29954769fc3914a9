import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Decision } from '../../policies/decision.ts';
import type { Context } from '../context.ts';
import type { CommonInput, Prepared } from '../mutate.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import {
  type BatchPoint,
  batchLaw,
  batchSubject,
  bodiesOf,
  evaluatorActs,
  lockBatch,
  requireBatchOrder,
  resultFacts,
  touched,
  unitsWithoutFeedback,
} from './batch-facts.ts';
import { decided } from './builder.ts';
import { EvaluationBatchRef, seesBatch } from './evaluation-batch.ts';
import { Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch, Feedback } from './tables/evaluation-batch.ts';

interface Step {
  readonly point: BatchPoint;
  readonly input: CommonInput & { readonly batch: string; readonly version: number };
  /** Which of the batch's facts a rule may ask about the step. */
  readonly facts: readonly string[];
  /** The states in which the step can be taken. */
  readonly states: readonly string[];
  check?(tx: SqlEntityManager, batch: EvaluationBatch): Promise<void>;
  change(tx: SqlEntityManager, batch: EvaluationBatch, decision: Decision): Promise<void> | void;
}

const WHO = ['evaluationBatch.subjectKind', 'evaluationBatch.evaluatorLevel'];
const RESULTS = [
  ...WHO,
  'evaluationBatch.evaluatedCount',
  'evaluationBatch.excellentCountAfter',
  'evaluationBatch.ungradedCount',
  'evaluationBatch.unitsWithoutFeedback',
];

/** One step of a batch as a whole: under its lock, with its results counted again. */
async function batchStep(
  tx: SqlEntityManager,
  context: Context,
  on: string,
  { point, input, facts, states, check, change }: Step,
): Promise<Prepared<EvaluationBatch>> {
  const batch = await lockBatch(tx, input.batch, 'batch');
  expectVersion(batch.version, input.version);
  if (!states.includes(batch.status)) {
    throw new UserError('WRONG_STATE', 'batch', {
      zh: `批次当前状态为 ${batch.status}，不能进行此操作。`,
      en: `The batch is ${batch.status}: this cannot be done with it.`,
    });
  }
  await requireBatchOrder(tx, batch, on);
  await check?.(tx, batch);
  const subject = batchSubject(batch);
  const law = batchLaw(context, batch, on);
  const known = await resultFacts(tx, batch, law, on);
  return {
    subject,
    ...bodiesOf(law, point),
    facts: {
      ...Object.fromEntries(Object.entries(known).filter(([fact]) => facts.includes(fact))),
      ...evaluatorActs(context, batch, subject, input),
    },
    current: seesBatch(context, batch) ? batch : null,
    async change(decision) {
      await change(tx, batch, decision);
      return touched(batch, on);
    },
  };
}

decided('evaluationFeedbackRecord', {
  description:
    'Records that the results were fed back to a dispatching unit of the batch. A later change of one of its grades makes it due again. Errors: NOT_FOUND (batch, organisation), STALE_VERSION, WRONG_STATE, ALREADY_RECORDED, ON_BEFORE_LAST_ACT.',
  thing: 'evaluationBatch',
  type: EvaluationBatchRef,
  input: (t) => ({
    batch: t.id({ required: true }),
    version: t.int({ required: true }),
    organisation: t.id({ required: true, description: 'The dispatching unit of a graded subject.' }),
    note: t.string(),
  }),
  plan: (input, context) => ({
    entity: EvaluationBatch,
    prepare: (tx, on) =>
      batchStep(tx, context, on, {
        point: 'evaluationFeedbackRecord',
        input,
        facts: [...WHO, 'evaluationBatch.unitsWithoutFeedback'],
        states: ['open', 'published'],
        async check(_tx, batch) {
          const told = { batchId: batch.id, organisationId: input.organisation };
          if ((await tx.count(Feedback, told)) > 0) {
            throw new UserError('ALREADY_RECORDED', 'organisation', {
              zh: '已向该单位反馈。',
              en: 'The results were fed back to this unit already.',
            });
          }
          if (!(await unitsWithoutFeedback(tx, batch.id)).includes(input.organisation)) throw notFound('organisation');
        },
        change(_tx, batch) {
          tx.create(Feedback, {
            id: uuid(),
            batchId: batch.id,
            organisationId: input.organisation,
            on,
            note: input.note?.trim() || null,
          });
        },
      }),
  }),
});

decided('evaluationPublish', {
  description:
    'Publishes the grades of a batch: from then on they are public and final. Quotas are decided again over the graded subjects. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, NOTHING_GRADED, ON_BEFORE_LAST_ACT.',
  thing: 'evaluationBatch',
  type: EvaluationBatchRef,
  input: (t) => ({
    batch: t.id({ required: true }),
    version: t.int({ required: true }),
    sites: t.stringList({ required: true, description: 'Where: codes of the pack.' }),
  }),
  plan: (input, context) => ({
    entity: EvaluationBatch,
    async prepare(tx, on) {
      const prepared = await batchStep(tx, context, on, {
        point: 'evaluationPublish',
        input,
        facts: [...RESULTS, 'evaluationBatch.exemptUnqualifiedCount'],
        states: ['open'],
        async check(_tx, batch) {
          if ((await tx.count(Evaluation, { batchId: batch.id, grade: { $ne: null } })) > 0) return;
          throw new UserError('NOTHING_GRADED', 'batch', { zh: '该批次尚无等次。', en: 'Nothing is graded yet.' });
        },
        async change(_tx, batch) {
          batch.status = 'published';
          batch.published = true;
          batch.publishedOn = on;
          batch.sites = [...input.sites];
          await tx.nativeUpdate(
            Evaluation,
            { batchId: batch.id, grade: { $ne: null } },
            { published: true, publishedOn: on },
          );
        },
      });
      return { ...prepared, facts: { ...prepared.facts, 'publication.sites': [...input.sites] } };
    },
  }),
});

decided('evaluationBatchClose', {
  description:
    'Closes a batch: nothing of it changes any more. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT.',
  thing: 'evaluationBatch',
  type: EvaluationBatchRef,
  input: (t) => ({ batch: t.id({ required: true }), version: t.int({ required: true }) }),
  plan: (input, context) => ({
    entity: EvaluationBatch,
    prepare: (tx, on) =>
      batchStep(tx, context, on, {
        point: 'evaluationBatchClose',
        input,
        facts: [...RESULTS, 'evaluationBatch.published', 'evaluationBatch.excellentWithoutCertificate'],
        states: ['open', 'published'],
        change(_tx, batch) {
          batch.status = 'closed';
          batch.closedOn = on;
        },
      }),
  }),
});
