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
    taskIds: p.array(),
    problems: p.array(),
    /** The report says that there are no problems. */
    noProblems: p.boolean(),
    advice: p.array(),
    /** The report: a document number or a link. */
    report: p.string().nullable(),
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
    kind: p.string(),
    class: p.string().nullable(),
    source: p.string().nullable(),
    inspectionId: p.uuid().nullable(),
    /** The assessment from whose result it follows. */
    assessmentId: p.uuid().nullable(),
    teamId: p.string().nullable(),
    /** The unit it is about. */
    organisationId: p.string().nullable(),
    description: p.text().nullable(),
    /** raised, ordered (with a day by which it is to be put right), rectified or verified. */
    status: p.string(),
    foundOn: p.date(),
    dueOn: p.date().nullable(),
    action: p.text().nullable(),
    rectifiedOn: p.date().nullable(),
    /** The account that recorded the rectification: another verifies. */
    rectifiedBy: p.string().nullable(),
    verifiedOn: p.date().nullable(),
  },
  indexes: [
    { properties: ['regionId', 'foundOn', 'id'] },
    { properties: ['prefectureId', 'foundOn', 'id'] },
    { properties: ['provinceId', 'foundOn', 'id'] },
    { properties: ['inspectionId', 'id'] },
    { properties: ['assessmentId', 'id'] },
    { properties: ['organisationId', 'status', 'id'] },
  ],
});
export class RecordedFinding extends FindingSchema.class {}
FindingSchema.setClass(RecordedFinding);

export const inspectionTables = [InspectionSchema, FindingSchema];
