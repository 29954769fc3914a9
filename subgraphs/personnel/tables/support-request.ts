import { defineEntity, p } from '@mikro-orm/postgresql';

const SupportRequestSchema = defineEntity({
  name: 'SupportRequest',
  tableName: 'support_request',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    appointmentId: p.uuid(),
    personId: p.uuid(),
    organisationId: p.uuid(),
    receivingUnitId: p.uuid().nullable(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string(),
    /** A code of the pack: whom it goes to. */
    route: p.string(),
    teamId: p.uuid().nullable(),
    addresseeId: p.uuid().nullable(),
    need: p.text(),
    /** open or answered. */
    status: p.string(),
    submittedOn: p.date(),
    answeredOn: p.date().nullable(),
    answer: p.text().nullable(),
  },
  indexes: [
    { properties: ['appointmentId', 'id'] },
    { properties: ['teamId', 'status'] },
    { properties: ['addresseeId', 'status'] },
    { properties: ['countyId', 'status', 'id'] },
  ],
});
export class SupportRequest extends SupportRequestSchema.class {}
SupportRequestSchema.setClass(SupportRequest);

export const supportRequestTables = [SupportRequestSchema];
