import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import type { Release } from '../../policies/pack.ts';
import { requireOrder } from '../act-order.ts';
import { rolesOn, type Subject } from '../actor.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import type { CommonInput } from '../mutate.ts';
import { regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { Certificate, Evaluation, Exemption } from './tables/evaluation.ts';
import { EvaluationBatch, Feedback } from './tables/evaluation-batch.ts';
import { failingGrade, topGrade } from './vocabulary.ts';

/** Loads a batch and holds its row: what a quota counts must not change before the change it allows is stored. */
export async function lockBatch(tx: SqlEntityManager, id: string, field: string): Promise<EvaluationBatch> {
  const batch = await tx.findOne(EvaluationBatch, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!batch) throw notFound(field);
  return batch;
}

/** @throws UserError WRONG_STATE when the batch no longer takes scores and grades */
export function stillOpen(batch: EvaluationBatch, field: string): void {
  if (batch.status === 'open') return;
  throw new UserError('WRONG_STATE', field, {
    zh: '该批次的结果已公布或批次已关闭，不能再评分、评定等次。',
    en: 'The batch is published or closed: it takes no more scores and grades.',
  });
}

/** The chain of acts of one batch. */
export const batchProcess = (id: string): string => `evaluation-batch:${id}`;

/** The subject of a decision about a batch or what is in it. */
export function batchSubject(batch: EvaluationBatch, evaluation?: Evaluation): Subject {
  const organisation = batch.evaluatorOrganisationId;
  return {
    type: evaluation ? 'Evaluation' : 'EvaluationBatch',
    id: evaluation?.id ?? batch.id,
    regions: regionsOf(batch),
    process: batchProcess(batch.id),
    organisations: organisation ? [organisation] : [],
    persons: evaluation?.personId ? [evaluation.personId] : [],
  };
}

/** The law under which a batch is decided on a day. */
export const batchLaw = (context: Context, batch: EvaluationBatch, on: string): Release[] =>
  lawOf(context.registry, regionsOf(batch), on);

/** What is the same at every point of a batch: who evaluates whom. */
export function evaluatorFacts(batch: EvaluationBatch): Facts {
  return {
    'evaluationBatch.subjectKind': batch.subjectKind,
    'evaluationBatch.evaluatorLevel': batch.evaluatorLevel,
    'evaluationBatch.evaluatorRegion': batch.evaluatorRegionId,
    'evaluationBatch.evaluatorOrganisation': batch.evaluatorOrganisationId ?? undefined,
    'evaluationBatch.year': batch.year,
  };
}

/**
 * Whether the account acts for the evaluator itself. A wider region's role covers every batch below it, but does not
 * make its holder the evaluator of them.
 */
export function evaluatorActs(
  context: Context,
  batch: EvaluationBatch,
  subject: Subject,
  { onBehalfOf }: CommonInput,
): Facts {
  const holds = context.viewer.roles.some((held) =>
    held.organisation ? held.organisation === batch.evaluatorOrganisationId : held.region === batch.evaluatorRegionId,
  );
  const recorded = Boolean(onBehalfOf) && rolesOn(context.viewer, subject).includes('recorder');
  return { 'actor.actsForEvaluator': holds || recorded };
}

const STEPS = {
  evaluationBatchOpen: 'open',
  evaluationScore: 'score',
  evaluationGrade: 'grade',
  evaluationFeedbackRecord: 'feedback',
  evaluationPublish: 'publish',
  evaluationBatchClose: 'close',
} as const;
export type BatchPoint = keyof typeof STEPS;

/** The roles to which the law gives a step of a batch, as `stepBodies`; nothing where it does not say. */
export function bodiesOf(law: readonly Release[], point: BatchPoint): { stepBodies?: readonly string[] } {
  const chains = law.flatMap((release) => release.chains).filter((chain) => chain.concept === 'evaluation.chain');
  const step = chains.flatMap((chain) => chain.steps).find(({ key }) => key === STEPS[point]);
  return step ? { stepBodies: step.bodies } : {};
}

/** Marks the batch as changed when only what belongs to it did: who publishes must have seen every grade. */
export function touched(batch: EvaluationBatch, on: string): EvaluationBatch {
  batch.changedOn = on;
  batch.changedAt = new Date();
  return batch;
}

/**
 * An act that counts the subjects of a batch comes on or after the day of every score and grade it counts.
 *
 * @throws UserError ON_BEFORE_LAST_ACT
 */
export async function requireBatchOrder(tx: SqlEntityManager, batch: EvaluationBatch, on: string): Promise<void> {
  requireOrder(batch.changedOn, on);
  const scored = { batchId: batch.id, scoredOn: { $ne: null } };
  const [latest] = await tx.find(Evaluation, scored, { orderBy: { scoredOn: 'desc' }, limit: 1 });
  requireOrder(latest?.scoredOn ?? batch.changedOn, on);
}

/** The dispatching units of graded subjects that the results were not fed back to. */
export async function unitsWithoutFeedback(tx: SqlEntityManager, batchId: string): Promise<string[]> {
  const graded = await tx.find(Evaluation, { batchId, grade: { $ne: null } }, { fields: ['dispatchingUnitId'] });
  const told = await tx.find(Feedback, { batchId }, { fields: ['organisationId'] });
  const known = new Set(told.map(({ organisationId }) => organisationId));
  const units = graded.flatMap(({ dispatchingUnitId }) => dispatchingUnitId ?? []);
  return [...new Set(units)].filter((unit) => !known.has(unit));
}

/** What publishing and closing count. The caller holds the batch's lock. */
export async function resultFacts(
  tx: SqlEntityManager,
  batch: EvaluationBatch,
  law: readonly Release[],
  on: string,
): Promise<Facts> {
  const top = topGrade(law, on);
  const failing = failingGrade(law, on);
  const rows = await tx.find(Evaluation, { batchId: batch.id }, { fields: ['id', 'subjectId', 'grade', 'scored'] });
  const graded = rows.filter(({ grade }) => typeof grade === 'string');
  const tops = graded.filter(({ grade }) => grade === top);
  const failed = graded.filter(({ grade }) => grade === failing).map(({ subjectId }) => subjectId);
  const exempt = await tx.find(
    Exemption,
    { subjectKind: batch.subjectKind, subjectId: { $in: failed }, year: batch.year },
    { fields: ['subjectId'] },
  );
  const certified = await tx.count(Certificate, { evaluationId: { $in: tops.map(({ id }) => id) } });
  return {
    ...evaluatorFacts(batch),
    'evaluationBatch.evaluatedCount': graded.length,
    'evaluationBatch.excellentCountAfter': top === undefined ? undefined : tops.length,
    'evaluationBatch.ungradedCount': rows.filter(({ grade, scored }) => scored && grade === null).length,
    'evaluationBatch.exemptUnqualifiedCount':
      failing === undefined ? undefined : new Set(exempt.map(({ subjectId }) => subjectId)).size,
    'evaluationBatch.unitsWithoutFeedback': (await unitsWithoutFeedback(tx, batch.id)).length,
    'evaluationBatch.published': batch.published,
    'evaluationBatch.excellentWithoutCertificate': top === undefined ? undefined : tops.length - certified,
  };
}
