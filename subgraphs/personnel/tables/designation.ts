import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const DesignationSchema = defineEntity({
  name: 'Designation',
  tableName: 'designation',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** liaison, convenor, direct-contact, service-body and others. */
    kind: p.string(),
    ...placeColumns(),
    /** When it is for one team and not for the work of the region. */
    teamId: p.uuid().nullable(),
    /** The body that it is for, or that is designated itself. */
    organisationId: p.uuid().nullable(),
    /** The kind of that body when it was designated. */
    bodyKind: p.string().nullable(),
    /** The role of a pack that the body fills. */
    bodyRole: p.string().nullable(),
    personId: p.uuid().nullable(),
    post: p.string().nullable(),
    from: p.date(),
    /** The first day it no longer holds; null while it lasts. */
    to: p.date().nullable(),
    endReason: p.text().nullable(),
  },
  indexes: [
    { properties: ['regionId', 'kind', 'to'] },
    { properties: ['teamId', 'kind', 'to'] },
    { properties: ['personId', 'to'] },
    { properties: ['prefectureId', 'kind', 'to'] },
    { properties: ['provinceId', 'kind', 'to'] },
  ],
});
export class Designation extends DesignationSchema.class {}
DesignationSchema.setClass(Designation);

export const designationTables = [DesignationSchema];
