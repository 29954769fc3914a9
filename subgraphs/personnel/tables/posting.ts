import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const PostingSchema = defineEntity({
  name: 'Posting',
  tableName: 'posting',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** st-deputy-head, secondment, resident, work-team and others. */
    kind: p.string(),
    post: p.string(),
    personId: p.uuid(),
    /** The dispatching unit: where the person was employed when posted. */
    organisationId: p.uuid(),
    ...placeColumns(),
    teamId: p.uuid().nullable(),
    from: p.date(),
    /** The last day; null for an open end. */
    to: p.date().nullable(),
    /** Number or address of the document of the order. */
    orderDocument: p.string().nullable(),
    /** Role code of the body that issued it. */
    issuerBody: p.string().nullable(),
    recordedOn: p.date(),
    /** The first day it no longer held, when it was ended before its last day. */
    endedOn: p.date().nullable(),
    endReason: p.text().nullable(),
    /** The act of a procedure by which it was taken up; null where it was recorded by itself. */
    stepId: p.uuid().nullable(),
  },
  indexes: [
    { properties: ['regionId', 'kind', 'from'] },
    { properties: ['personId', 'kind'] },
    { properties: ['teamId', 'kind'] },
    { properties: ['prefectureId', 'kind', 'id'] },
    { properties: ['provinceId', 'kind', 'id'] },
    { properties: ['stepId'] },
  ],
});
export class Posting extends PostingSchema.class {}
PostingSchema.setClass(Posting);

export const postingTables = [PostingSchema];
