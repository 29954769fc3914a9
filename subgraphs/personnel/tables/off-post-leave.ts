import { defineEntity, p } from '@mikro-orm/postgresql';

const OffPostLeaveSchema = defineEntity({
  name: 'OffPostLeave',
  tableName: 'off_post_leave',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    personId: p.uuid(),
    organisationId: p.uuid(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string().nullable(),
    from: p.date(),
    /** The last day as granted. */
    to: p.date().nullable(),
    rightsKept: p.array(),
    documentNumber: p.string().nullable(),
    /** The first day it no longer holds. */
    endedOn: p.date().nullable(),
    choice: p.string().nullable(),
  },
  indexes: [{ properties: ['personId', 'from'] }, { properties: ['organisationId', 'id'] }],
  // A person is on one leave at a time.
  uniques: [{ properties: ['personId'], where: 'ended_on is null' }],
});
export class OffPostLeave extends OffPostLeaveSchema.class {}
OffPostLeaveSchema.setClass(OffPostLeave);

export const offPostLeaveTables = [OffPostLeaveSchema];
