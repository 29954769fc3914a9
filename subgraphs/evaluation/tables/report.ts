import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

/** A record that another stands on. */
export interface StoredReference {
  readonly kind: string;
  readonly id: string;
}

const ReportSchema = defineEntity({
  name: 'Report',
  tableName: 'report',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    kind: p.string(),
    /** The first and last day that it covers. */
    periodFrom: p.date(),
    periodTo: p.date(),
    /** Of `periodFrom`. */
    year: p.integer(),
    taskId: p.uuid().nullable(),
    teamId: p.string().nullable(),
    organisationId: p.string().nullable(),
    recipients: p.array(),
    contents: p.array(),
    signatories: p.array(),
    /** Records it stands on, by reference: an entry is made once and used in many reports. */
    records: p.json<StoredReference[]>(),
    text: p.text().nullable(),
    /** For a plan: when the meeting that deploys it is held. */
    deployMeetingOn: p.date().nullable(),
    submittedOn: p.date(),
    recordedOn: p.date(),
    /** The day of the first feedback. */
    feedbackOn: p.date().nullable(),
  },
  indexes: [
    { properties: ['regionId', 'kind', 'submittedOn', 'id'] },
    { properties: ['prefectureId', 'submittedOn', 'id'] },
    { properties: ['provinceId', 'submittedOn', 'id'] },
    { properties: ['taskId', 'submittedOn', 'id'] },
    { properties: ['teamId', 'submittedOn', 'id'] },
    { properties: ['organisationId', 'submittedOn', 'id'] },
    { properties: ['submittedOn', 'id'] },
  ],
});
export class Report extends ReportSchema.class {}
ReportSchema.setClass(Report);

const ReportFeedbackSchema = defineEntity({
  name: 'ReportFeedback',
  tableName: 'report_feedback',
  properties: {
    id: p.uuid().primary(),
    reportId: p.uuid(),
    on: p.date(),
    feedback: p.text(),
  },
  indexes: [{ properties: ['reportId', 'on', 'id'] }],
});
export class ReportFeedback extends ReportFeedbackSchema.class {}
ReportFeedbackSchema.setClass(ReportFeedback);

export const reportTables = [ReportSchema, ReportFeedbackSchema];
