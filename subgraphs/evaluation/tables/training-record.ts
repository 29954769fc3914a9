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
  },
  indexes: [{ properties: ['regionId', 'date', 'id'] }, { properties: ['prefectureId', 'date', 'id'] }],
});
export class TrainingRecord extends TrainingRecordSchema.class {}
TrainingRecordSchema.setClass(TrainingRecord);

export const trainingRecordTables = [TrainingRecordSchema];
