import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';
import type { StoredReference } from './report.ts';

/** A unit that was told a result, with the day of the act that says so. */
export interface Told {
  readonly unit: string;
  readonly on: string;
}

const AssessmentSchema = defineEntity({
  name: 'Assessment',
  tableName: 'assessment',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    kind: p.string(),
    subjectKind: p.string(),
    teamId: p.string().nullable(),
    appointmentId: p.string().nullable(),
    /** The person it is about, such as a team's leader. */
    personId: p.string().nullable(),
    /** The organisation it is about. */
    organisationId: p.string().nullable(),
    /** The unit that sends whom it is about, and the one that receives them. */
    dispatchingUnitId: p.string().nullable(),
    receivingUnitId: p.string().nullable(),
    year: p.integer(),
    /** The day it is planned for; once it has a result, the day it was made. */
    date: p.date(),
    /** The last day of the term of what is assessed, as known when it was scheduled or recorded. */
    termTo: p.date().nullable(),
    /** scheduled, recorded or published. */
    status: p.string(),
    leadBody: p.string().nullable(),
    participants: p.array(),
    /** The organisation that made it. */
    assessorId: p.string().nullable(),
    /** Earlier assessments that it rests on. */
    basisIds: p.array(),
    records: p.json<StoredReference[]>(),
    outcome: p.string().nullable(),
    text: p.text().nullable(),
    recordedOn: p.date().nullable(),
    /** The units that the result is to be told to. */
    unitIds: p.array(),
    /** Of these, those that were told, and when. */
    told: p.json<Told[]>(),
    filedWith: p.string().nullable(),
    filedOn: p.date().nullable(),
    sites: p.array(),
    published: p.boolean(),
    publishedOn: p.date().nullable(),
    /** The day of the latest act on it. */
    changedOn: p.date(),
  },
  indexes: [
    { properties: ['teamId', 'year', 'kind', 'id'] },
    { properties: ['appointmentId', 'year', 'id'] },
    { properties: ['regionId', 'year', 'id'] },
    { properties: ['prefectureId', 'date', 'id'] },
    { properties: ['provinceId', 'date', 'id'] },
    { properties: ['date', 'id'] },
  ],
});
export class Assessment extends AssessmentSchema.class {}
AssessmentSchema.setClass(Assessment);

const CommendationSchema = defineEntity({
  name: 'Commendation',
  tableName: 'commendation',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    subjectKind: p.string(),
    subjectId: p.string(),
    form: p.string(),
    title: p.string(),
    year: p.integer(),
    assessmentId: p.uuid().nullable(),
    /** The body that commends: a role of the pack. */
    body: p.string().nullable(),
    date: p.date(),
  },
  indexes: [
    { properties: ['subjectKind', 'subjectId', 'id'] },
    { properties: ['regionId', 'date', 'id'] },
    { properties: ['date', 'id'] },
  ],
});
export class Commendation extends CommendationSchema.class {}
CommendationSchema.setClass(Commendation);

export const assessmentTables = [AssessmentSchema, CommendationSchema];
