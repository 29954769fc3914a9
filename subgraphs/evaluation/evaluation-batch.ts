import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById, loaderOf } from '../loader.ts';
import { childrenOf, nestedPage } from '../nested.ts';
import { regionsOf } from '../place.ts';
import { DecisionRecord } from '../record.ts';
import { isAllowed, whereAllowed } from '../visible.ts';
import { batchLaw, batchProcess } from './batch-facts.ts';
import { builder } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { SubjectKindEnum } from './subject.ts';
import type { Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch, Feedback } from './tables/evaluation-batch.ts';
import { DIMENSIONS, GRADES, namedCodes, PackCodeRef } from './vocabulary.ts';

/** Which column of a batch answers which fact of the visibility rules: a batch is of no one person or unit. */
const batchColumns = {
  'record.evaluator': { column: 'evaluator_organisation_id', type: 'code', nullable: true },
  'record.county': { column: 'county_id', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture_id', type: 'code', nullable: true },
  'record.province': { column: 'province_id', type: 'code', nullable: true },
  'record.published': { column: 'published', type: 'boolean', nullable: false },
} as const;

/** Whether the viewer may see a batch; until it is published, those who evaluate or administer there. */
export function seesBatch(context: Context, batch: EvaluationBatch): boolean {
  return isAllowed(context, 'evaluationRead', regionsOf(batch), {
    'record.evaluator': batch.evaluatorOrganisationId ?? undefined,
    'record.county': batch.countyId ?? undefined,
    'record.prefecture': batch.prefectureId ?? undefined,
    'record.province': batch.provinceId ?? undefined,
    'record.published': batch.published,
  });
}

interface GradeCount {
  readonly grade: string | null;
  readonly subjects: number;
  readonly scored: number;
}

const GradeCountRef = builder.objectRef<GradeCount>('GradeCount').implement({
  description: 'How many subjects of a batch have a grade.',
  fields: (t) => ({
    grade: t.exposeString('grade', { nullable: true, description: 'Null: not graded.' }),
    subjects: t.exposeInt('subjects'),
    scored: t.exposeInt('scored', { description: 'Of these, how many have dimension scores.' }),
  }),
});

async function countGrades(context: Context, ids: readonly string[]): Promise<Map<string, GradeCount[]>> {
  const rows: { id: string; grade: string | null; subjects: string; scored: string }[] = await context.em.execute(
    `select "batch_id" as "id", "grade", count(*) as "subjects", count(*) filter (where "scored") as "scored"
     from ?? where "batch_id" in (?) group by "batch_id", "grade" order by "grade" nulls last`,
    [`${context.em.config.get('schema')}.evaluation`, [...ids]],
  );
  const counts = new Map<string, GradeCount[]>();
  for (const { id, grade, subjects, scored } of rows) {
    const count = { grade, subjects: Number(subjects), scored: Number(scored) };
    counts.set(id, [...(counts.get(id) ?? []), count]);
  }
  return counts;
}

const gradeCounts = async (context: Context, batch: EvaluationBatch): Promise<GradeCount[]> =>
  (await loaderOf<string, GradeCount[]>(context, 'gradeCounts', (ids) => countGrades(context, ids)).load(batch.id)) ??
  [];

const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0);

const FeedbackRef = builder.objectRef<Feedback>('EvaluationFeedback').implement({
  description: 'The results of a batch were fed back to a dispatching unit.',
  fields: (t) => ({
    organisation: t.field({ type: OrganisationRef, resolve: (feedback) => ({ id: feedback.organisationId }) }),
    on: t.expose('on', { type: 'Date' }),
    note: t.exposeString('note', { nullable: true }),
  }),
});

const BatchStepRef = builder.objectRef<DecisionRecord>('EvaluationStep').implement({
  description: 'A step of a batch that was taken.',
  fields: (t) => ({
    point: t.exposeString('point', { description: 'The mutation.' }),
    subjectId: t.exposeID('subjectId', { description: 'The batch, or the evaluation that was scored or graded.' }),
    actedAs: t.exposeStringList('actedAs', { description: 'The roles in which it was taken.' }),
    on: t.expose('asOf', { type: 'Date' }),
  }),
});

export const EvaluationBatchRef = builder.objectRef<EvaluationBatch>('EvaluationBatch');
EvaluationBatchRef.implement({
  description:
    'One evaluator, one kind of subject, one year. Scores and grades while it is open; then published, then closed. A quota on the top grade counts the subjects of one batch.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', { description: 'Moves on with every grade: publish what you have seen.' }),
    subjectKind: t.field({ type: SubjectKindEnum, resolve: (batch) => batch.subjectKind as never }),
    evaluatorLevel: t.exposeString('evaluatorLevel'),
    evaluatorRegion: t.field({ type: RegionRef, resolve: (batch) => ({ id: batch.evaluatorRegionId }) }),
    evaluatorOrganisation: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (batch) => (batch.evaluatorOrganisationId ? { id: batch.evaluatorOrganisationId } : null),
    }),
    year: t.exposeInt('year'),
    status: t.exposeString('status', { description: 'open, published or closed.' }),
    openedOn: t.expose('openedOn', { type: 'Date' }),
    publishedOn: t.expose('publishedOn', { type: 'Date', nullable: true }),
    closedOn: t.expose('closedOn', { type: 'Date', nullable: true }),
    sites: t.exposeStringList('sites', { description: 'Where the results were published.' }),
    grades: t.field({
      type: [PackCodeRef],
      description: 'The grades of the pack that governs the batch, best first; empty when it names none.',
      resolve: (batch, _args, context) => namedCodes(batchLaw(context, batch, batch.openedOn), GRADES, batch.openedOn),
    }),
    dimensions: t.field({
      type: [PackCodeRef],
      description: 'The dimensions that the pack names; the list is open.',
      resolve: (batch, _args, context) =>
        namedCodes(batchLaw(context, batch, batch.openedOn), DIMENSIONS, batch.openedOn),
    }),
    gradeCounts: t.field({
      type: [GradeCountRef],
      nullable: true,
      description: 'Null before publication for who may not see the batch.',
      resolve: (batch, _args, context) => (seesBatch(context, batch) ? gradeCounts(context, batch) : null),
    }),
    subjectCount: t.int({
      resolve: async (batch, _args, context) =>
        sum((await gradeCounts(context, batch)).map(({ subjects }) => subjects)),
    }),
    scoredCount: t.int({
      description: 'Subjects that have dimension scores.',
      resolve: async (batch, _args, context) => sum((await gradeCounts(context, batch)).map(({ scored }) => scored)),
    }),
    gradedCount: t.int({
      nullable: true,
      description: 'Null before publication for who may not see the batch.',
      resolve: async (batch, _args, context) =>
        seesBatch(context, batch)
          ? sum((await gradeCounts(context, batch)).filter(({ grade }) => grade).map(({ subjects }) => subjects))
          : null,
    }),
    feedback: t.field({
      type: [FeedbackRef],
      resolve: (batch, _args, context) =>
        childrenOf(context, 'EvaluationBatch.feedback', Feedback, {
          by: 'batchId',
          parent: batch.id,
          orderBy: { on: 'asc', id: 'asc' },
        }),
    }),
    steps: t.connection({
      type: BatchStepRef,
      description: 'What was done, in order.',
      resolve: (batch, args, context) =>
        nestedPage(context, 'EvaluationBatch.steps', DecisionRecord, {
          by: 'process',
          parent: batchProcess(batch.id),
          where: { outcome: 'allow' },
          orderBy: { id: 'asc' },
          args,
        }),
    }),
  }),
});

const EvaluationBatchFilter = builder.inputType('EvaluationBatchFilter', {
  fields: (t) => ({
    evaluatorRegion: t.id({ description: 'Evaluated by exactly this region.' }),
    prefecture: t.id({ description: 'Evaluated anywhere in this prefecture.' }),
    year: t.int(),
    subjectKind: t.field({ type: SubjectKindEnum }),
    status: t.string(),
  }),
});

builder.queryFields((t) => ({
  evaluationBatch: t.field({
    type: EvaluationBatchRef,
    nullable: true,
    description: 'Null when there is none, or when you may not see it before it is published.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const batch = await loadById(context, EvaluationBatch, id);
      return batch && seesBatch(context, batch) ? batch : null;
    },
  }),
  evaluationBatches: t.connection({
    type: EvaluationBatchRef,
    description: 'The batches that you may see, the latest year first. Published ones are public.',
    args: { filter: t.arg({ type: EvaluationBatchFilter }) },
    resolve(_root, args, context) {
      const { evaluatorRegion, prefecture, year, subjectKind, status } = args.filter ?? {};
      return page(context.em, EvaluationBatch, {
        where: {
          ...(evaluatorRegion ? { evaluatorRegionId: evaluatorRegion } : {}),
          ...(prefecture ? { prefectureId: prefecture } : {}),
          ...(year ? { year } : {}),
          ...(subjectKind ? { subjectKind } : {}),
          ...(status ? { status } : {}),
          $and: [whereAllowed(context, 'evaluationRead', batchColumns)],
        },
        orderBy: [{ year: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
}));

/** The batch an evaluation is in. */
export async function batchOf(context: Context, evaluation: Evaluation): Promise<EvaluationBatch> {
  return (await loadById(context, EvaluationBatch, evaluation.batchId)) as EvaluationBatch;
}
