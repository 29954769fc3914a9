import { defineEntity, p } from '@mikro-orm/postgresql';

const EvaluationSchema = defineEntity({
  name: 'Evaluation',
  tableName: 'evaluation',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    batchId: p.uuid(),
    /** Copied from the batch, so that a grade is found and kept single without a join. */
    subjectKind: p.string(),
    year: p.integer(),
    evaluatorOrganisationId: p.string().nullable(),
    subjectId: p.string(),
    /** Level of the team or category of the appointment when it was enrolled. */
    subjectLevel: p.string().nullable(),
    personId: p.string().nullable(),
    /** The organisation it is about; only where organisations are evaluated. */
    organisationId: p.string().nullable(),
    dispatchingUnitId: p.string().nullable(),
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
    scores: p.json<Record<string, number>>(),
    scored: p.boolean(),
    /** The day of the latest score. */
    scoredOn: p.date().nullable(),
    grade: p.string().nullable(),
    gradedOn: p.date().nullable(),
    published: p.boolean(),
    publishedOn: p.date().nullable(),
  },
  uniques: [
    { properties: ['batchId', 'subjectId'] },
    // Whoever enrols a subject wrongly must not keep the right evaluator out, so only the grade is single.
    { properties: ['subjectKind', 'subjectId', 'year'], where: { grade: { $ne: null } } },
  ],
  indexes: [
    { properties: ['subjectKind', 'subjectId', 'published'] },
    { properties: ['prefectureId', 'year', 'id'] },
    { properties: ['countyId', 'year', 'id'] },
  ],
});
export class Evaluation extends EvaluationSchema.class {}
EvaluationSchema.setClass(Evaluation);

const CertificateSchema = defineEntity({
  name: 'Certificate',
  tableName: 'certificate',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    evaluationId: p.uuid().unique(),
    batchId: p.uuid(),
    year: p.integer(),
    number: p.string(),
    issuedOn: p.date(),
  },
  uniques: [{ properties: ['year', 'number'] }],
  indexes: [{ properties: ['batchId'] }],
});
export class Certificate extends CertificateSchema.class {}
CertificateSchema.setClass(Certificate);

const ExemptionSchema = defineEntity({
  name: 'Exemption',
  tableName: 'exemption',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    subjectKind: p.string(),
    subjectId: p.string(),
    year: p.integer(),
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
    ground: p.string(),
    scope: p.string(),
    concernsMisuse: p.boolean(),
    reason: p.text(),
    approvedOn: p.date(),
  },
  indexes: [{ properties: ['subjectKind', 'subjectId', 'year'] }],
});
export class Exemption extends ExemptionSchema.class {}
ExemptionSchema.setClass(Exemption);

export const evaluationTables = [EvaluationSchema, CertificateSchema, ExemptionSchema];
