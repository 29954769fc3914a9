import { defineEntity, p } from '@mikro-orm/postgresql';

const ServiceRecordSchema = defineEntity({
  name: 'ServiceRecord',
  tableName: 'service_record',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** Null for the service of a member of a team who has no appointment. */
    appointmentId: p.string().nullable(),
    /** The team in whose name it was given. */
    teamId: p.string().nullable(),
    personId: p.string(),
    dispatchingUnitId: p.string(),
    receivingUnitId: p.string().nullable(),
    /** Where the service was given, and what lies above it. */
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
    date: p.date(),
    days: p.integer(),
    /** The last day: `date` plus `days` less one, kept so that a range of days is found by an index. */
    endsOn: p.date(),
    /** Of `date`. */
    year: p.integer(),
    mode: p.string(),
    taskType: p.string().nullable(),
    field: p.string().nullable(),
    objectId: p.string().nullable(),
    objectKind: p.string().nullable(),
    objectAcknowledged: p.boolean(),
    summary: p.text(),
    attendance: p.integer().nullable(),
    loggedOn: p.date(),
  },
  indexes: [
    { properties: ['appointmentId', 'date', 'id'] },
    { properties: ['teamId', 'date', 'id'] },
    { properties: ['countyId', 'date', 'id'] },
    { properties: ['prefectureId', 'date', 'id'] },
    { properties: ['provinceId', 'date', 'id'] },
    { properties: ['dispatchingUnitId', 'date', 'id'] },
    { properties: ['receivingUnitId', 'date', 'id'] },
    { properties: ['personId', 'date', 'id'] },
    { properties: ['date', 'id'] },
  ],
});
export class ServiceRecord extends ServiceRecordSchema.class {}
ServiceRecordSchema.setClass(ServiceRecord);

export const serviceRecordTables = [ServiceRecordSchema];
