import { defineEntity, p } from '@mikro-orm/postgresql';

const EvaluationBatchSchema = defineEntity({
  name: 'EvaluationBatch',
  tableName: 'evaluation_batch',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** team, appointment, region-work or dispatching-unit. */
    subjectKind: p.string(),
    evaluatorLevel: p.string(),
    evaluatorRegionId: p.string(),
    evaluatorOrganisationId: p.string().nullable(),
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
    year: p.integer(),
    /** open, published or closed. */
    status: p.string(),
    published: p.boolean(),
    sites: p.array(),
    openedOn: p.date(),
    publishedOn: p.date().nullable(),
    closedOn: p.date().nullable(),
    /** The day of the latest act on it. */
    changedOn: p.date(),
    changedAt: p.datetime(),
  },
  indexes: [{ properties: ['evaluatorRegionId', 'year', 'id'] }, { properties: ['prefectureId', 'year', 'id'] }],
});
export class EvaluationBatch extends EvaluationBatchSchema.class {}
EvaluationBatchSchema.setClass(EvaluationBatch);

const FeedbackSchema = defineEntity({
  name: 'Feedback',
  tableName: 'feedback',
  properties: {
    id: p.uuid().primary(),
    batchId: p.uuid(),
    organisationId: p.string(),
    on: p.date(),
    note: p.string().nullable(),
  },
  uniques: [{ properties: ['batchId', 'organisationId'] }],
});
export class Feedback extends FeedbackSchema.class {}
FeedbackSchema.setClass(Feedback);

export const evaluationBatchTables = [EvaluationBatchSchema, FeedbackSchema];
