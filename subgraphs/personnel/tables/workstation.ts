import { defineEntity, p } from '@mikro-orm/postgresql';

const WorkstationSchema = defineEntity({
  name: 'Workstation',
  tableName: 'workstation',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    name: p.string(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string(),
    organisationId: p.uuid().nullable(),
    contactId: p.uuid().nullable(),
    address: p.string().nullable(),
    openedOn: p.date(),
  },
  indexes: [{ properties: ['countyId', 'id'] }, { properties: ['prefectureId', 'id'] }],
});
export class Workstation extends WorkstationSchema.class {}
WorkstationSchema.setClass(Workstation);

export const workstationTables = [WorkstationSchema];
