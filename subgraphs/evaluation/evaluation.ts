import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { regionsOf } from '../place.ts';
import { isAllowed, whereAllowed } from '../visible.ts';
import { batchLaw } from './batch-facts.ts';
import { builder, types } from './builder.ts';
import { batchOf, EvaluationBatchRef } from './evaluation-batch.ts';
import { AppointmentRef, OrganisationRef, RegionRef, TeamRef } from './external.ts';
import { type SubjectKind, SubjectKindEnum } from './subject.ts';
import { Evaluation } from './tables/evaluation.ts';
import { codesOf, DIMENSIONS, titleOf } from './vocabulary.ts';

/** Which column of an evaluation answers which fact of the visibility rules. */
export const evaluationColumns = {
  'record.person': { column: 'person_id', type: 'code', nullable: true },
  'record.organisation': { column: 'organisation_id', type: 'code', nullable: true },
  'record.dispatchingUnit': { column: 'dispatching_unit_id', type: 'code', nullable: true },
  'record.evaluator': { column: 'evaluator_organisation_id', type: 'code', nullable: true },
  'record.county': { column: 'county_id', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture_id', type: 'code', nullable: true },
  'record.province': { column: 'province_id', type: 'code', nullable: true },
  'record.published': { column: 'published', type: 'boolean', nullable: false },
} as const;

function reads(context: Context, evaluation: Evaluation, published: boolean): boolean {
  return isAllowed(context, 'evaluationRead', regionsOf(evaluation), {
    'record.person': evaluation.personId ?? undefined,
    'record.organisation': evaluation.organisationId ?? undefined,
    'record.dispatchingUnit': evaluation.dispatchingUnitId ?? undefined,
    'record.evaluator': evaluation.evaluatorOrganisationId ?? undefined,
    'record.county': evaluation.countyId ?? undefined,
    'record.prefecture': evaluation.prefectureId ?? undefined,
    'record.province': evaluation.provinceId ?? undefined,
    'record.published': published,
  });
}

/** Whether the viewer may see an evaluation. */
export const seesEvaluation = (context: Context, evaluation: Evaluation): boolean =>
  reads(context, evaluation, evaluation.published);

/** Whether the viewer may see what of it is not published with the grade. */
export const seesDetail = (context: Context, evaluation: Evaluation): boolean => reads(context, evaluation, false);

const typeNames = {
  team: 'Team',
  appointment: 'Appointment',
  'region-work': 'Region',
  'dispatching-unit': 'Organisation',
} as const;

const EvaluationSubjectRef = builder.unionType('EvaluationSubject', {
  description: 'Somebody or something that is evaluated.',
  types: [TeamRef, AppointmentRef, RegionRef, OrganisationRef],
  resolveType: (subject) => (subject as unknown as { __typename: string }).__typename,
});

/** A subject as the graph's entity. */
export const subjectEntity = (kind: SubjectKind, id: string) => ({ __typename: typeNames[kind], id });

const ScoreRef = builder
  .objectRef<{ dimension: string; score: number; title: { zh: string; en: string } | null; listed: boolean }>('Score')
  .implement({
    description: 'A score by one dimension.',
    fields: (t) => ({
      dimension: t.exposeString('dimension'),
      title: t.field({ type: types.Bilingual, nullable: true, resolve: ({ title }) => title }),
      score: t.exposeInt('score', { description: '0 to 100.' }),
      listed: t.exposeBoolean('listed', { description: 'The pack names this dimension; its list is open.' }),
    }),
  });

export const EvaluationRef = builder.objectRef<Evaluation>('Evaluation');
EvaluationRef.implement({
  description:
    'One subject in one batch. Until it is published, only those read it who evaluate or manage the subject: point evaluationRead. Published grades are public, scores are not.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    batch: t.field({ type: EvaluationBatchRef, resolve: (evaluation, _args, context) => batchOf(context, evaluation) }),
    year: t.exposeInt('year'),
    subjectKind: t.field({ type: SubjectKindEnum, resolve: (evaluation) => evaluation.subjectKind as SubjectKind }),
    subjectId: t.exposeID('subjectId'),
    subject: t.field({
      type: EvaluationSubjectRef,
      nullable: true,
      resolve: ({ subjectKind, subjectId }) => subjectEntity(subjectKind as SubjectKind, subjectId) as never,
    }),
    subjectLevel: t.exposeString('subjectLevel', {
      nullable: true,
      description: 'Level of the team or category of the appointment when it was enrolled.',
    }),
    grade: t.exposeString('grade', { nullable: true, description: 'A code of the pack; null while not graded.' }),
    gradeTitle: t.field({
      type: types.Bilingual,
      nullable: true,
      resolve: async (evaluation, _args, context) => {
        const { grade, gradedOn } = evaluation;
        if (!grade || !gradedOn) return null;
        return titleOf(batchLaw(context, await batchOf(context, evaluation), gradedOn), grade);
      },
    }),
    gradedOn: t.expose('gradedOn', { type: 'Date', nullable: true }),
    publishedOn: t.expose('publishedOn', { type: 'Date', nullable: true }),
    scores: t.field({
      type: [ScoreRef],
      nullable: true,
      description: 'Null unless you might read it before publication. By dimension, in alphabetical order.',
      resolve: async (evaluation, _args, context) => {
        if (!seesDetail(context, evaluation)) return null;
        const batch = await batchOf(context, evaluation);
        const law = batchLaw(context, batch, batch.openedOn);
        const listed = codesOf(law, DIMENSIONS, batch.openedOn) ?? [];
        return Object.entries(evaluation.scores)
          .sort(([a], [b]) => (a < b ? -1 : 1))
          .map(([dimension, score]) => ({
            dimension,
            score,
            title: titleOf(law, dimension),
            listed: listed.includes(dimension),
          }));
      },
    }),
  }),
});

const EvaluationFilter = builder.inputType('EvaluationFilter', {
  fields: (t) => ({
    batch: t.id(),
    subjectKind: t.field({ type: SubjectKindEnum }),
    subject: t.id({ description: 'The id of the team, appointment, region or organisation.' }),
    dispatchingUnit: t.id(),
    county: t.id(),
    prefecture: t.id(),
    year: t.int(),
    grade: t.string(),
    published: t.boolean(),
  }),
});

builder.queryFields((t) => ({
  evaluation: t.field({
    type: EvaluationRef,
    nullable: true,
    description: 'Null when there is none, or when you may not read it before it is published.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const evaluation = await loadById(context, Evaluation, id);
      return evaluation && seesEvaluation(context, evaluation) ? evaluation : null;
    },
  }),
  evaluations: t.connection({
    type: EvaluationRef,
    description: 'The evaluations that you may read: all that are published, and those you evaluate or manage.',
    args: { filter: t.arg({ type: EvaluationFilter }) },
    resolve(_root, args, context) {
      const filter = args.filter ?? {};
      return page(context.em, Evaluation, {
        where: {
          ...(filter.batch ? { batchId: filter.batch } : {}),
          ...(filter.subjectKind ? { subjectKind: filter.subjectKind } : {}),
          ...(filter.subject ? { subjectId: filter.subject } : {}),
          ...(filter.dispatchingUnit ? { dispatchingUnitId: filter.dispatchingUnit } : {}),
          ...(filter.county ? { countyId: filter.county } : {}),
          ...(filter.prefecture ? { prefectureId: filter.prefecture } : {}),
          ...(filter.year ? { year: filter.year } : {}),
          ...(filter.grade ? { grade: filter.grade } : {}),
          ...(typeof filter.published === 'boolean' ? { published: filter.published } : {}),
          $and: [whereAllowed(context, 'evaluationRead', evaluationColumns)],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

builder.objectFields(EvaluationBatchRef, (t) => ({
  evaluations: t.connection({
    type: EvaluationRef,
    description: 'Its evaluations, as far as you may read them.',
    resolve: (batch, args, context) =>
      nestedPage(context, 'EvaluationBatch.evaluations', Evaluation, {
        by: 'batchId',
        parent: batch.id,
        where: whereAllowed(context, 'evaluationRead', evaluationColumns),
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));
