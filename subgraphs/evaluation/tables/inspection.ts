import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const InspectionSchema = defineEntity({
  name: 'Inspection',
  tableName: 'inspection',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    kind: p.string(),
    year: p.integer(),
    /** The unit inspected; null: the region as a whole. */
    organisationId: p.string().nullable(),
    status: p.string(),
    openedOn: p.date(),
    closedOn: p.date().nullable(),
    problems: p.array(),
    advice: p.array(),
  },
  indexes: [
    { properties: ['regionId', 'year', 'id'] },
    { properties: ['prefectureId', 'openedOn', 'id'] },
    { properties: ['provinceId', 'openedOn', 'id'] },
    { properties: ['organisationId', 'id'] },
  ],
});
export class Inspection extends InspectionSchema.class {}
InspectionSchema.setClass(Inspection);

const FindingSchema = defineEntity({
  name: 'RecordedFinding',
  tableName: 'finding',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    /** Where it comes from, such as an inspection. */
    source: p.string(),
    class: p.string(),
    inspectionId: p.uuid().nullable(),
    assessmentId: p.uuid().nullable(),
    /** The unit it is about. */
    organisationId: p.string().nullable(),
    personId: p.string().nullable(),
    text: p.text(),
    /** raised, rectified or verified. */
    status: p.string(),
    foundOn: p.date(),
    dueOn: p.date().nullable(),
    rectification: p.text().nullable(),
    rectifiedOn: p.date().nullable(),
    verifiedOn: p.date().nullable(),
  },
  indexes: [
    { properties: ['regionId', 'foundOn', 'id'] },
    { properties: ['prefectureId', 'foundOn', 'id'] },
    { properties: ['provinceId', 'foundOn', 'id'] },
    { properties: ['inspectionId', 'id'] },
    { properties: ['organisationId', 'status', 'id'] },
  ],
});
export class RecordedFinding extends FindingSchema.class {}
FindingSchema.setClass(RecordedFinding);

export const inspectionTables = [InspectionSchema, FindingSchema];
