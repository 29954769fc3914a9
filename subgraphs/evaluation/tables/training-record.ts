import { defineEntity, p } from '@mikro-orm/postgresql';

const TrainingRecordSchema = defineEntity({
  name: 'TrainingRecord',
  tableName: 'training_record',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
    /** Exactly where: a county, or the prefecture or province that gave it. */
    regionId: p.string(),
    organisationId: p.string().nullable(),
    form: p.string(),
    date: p.date(),
    topic: p.string(),
    audience: p.string().nullable(),
    traineeCount: p.integer(),
    traineeCategory: p.string().nullable(),
    sessionCount: p.integer().nullable(),
    attendanceCount: p.integer().nullable(),
    /** SHA-256 of what tells the trainees apart: they are counted once and not named. */
    traineeDigests: p.array().default([]),
  },
  indexes: [
    { properties: ['regionId', 'date', 'id'] },
    { properties: ['countyId', 'date', 'id'] },
    { properties: ['prefectureId', 'date', 'id'] },
    { properties: ['provinceId', 'date', 'id'] },
  ],
});
export class TrainingRecord extends TrainingRecordSchema.class {}
TrainingRecordSchema.setClass(TrainingRecord);

export const trainingRecordTables = [TrainingRecordSchema];
