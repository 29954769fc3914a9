import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';
import { fenColumn } from './fen.ts';

const ProjectCallSchema = defineEntity({
  name: 'ProjectCall',
  tableName: 'project_call',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    title: p.text(),
    level: p.string(),
    organisationId: p.uuid(),
    /** How many applications each unit may send; null: as many as it likes. */
    quotaPerUnit: p.integer().nullable(),
    /** Whether applicants must bring matching money. */
    matchingRequired: p.boolean().default(false),
    opensOn: p.date(),
    closesOn: p.date(),
    ...placeColumns(),
  },
  checks: [
    { name: 'project_call_quota_positive', expression: 'quota_per_unit is null or quota_per_unit > 0' },
    { name: 'project_call_closes_after_opening', expression: 'closes_on >= opens_on' },
  ],
  indexes: [{ properties: ['regionId', 'closesOn'] }],
});
export class ProjectCall extends ProjectCallSchema.class {}
ProjectCallSchema.setClass(ProjectCall);

const ProjectApplicationSchema = defineEntity({
  name: 'ProjectApplication',
  tableName: 'project_application',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    callId: p.uuid(),
    title: p.text(),
    leadId: p.uuid(),
    leadAppointmentId: p.uuid().nullable(),
    leadTeamId: p.uuid().nullable(),
    /** The lead's unit, whose quota it is. */
    unitId: p.uuid(),
    /** The latest published grades on the day it was submitted; `none` when never graded. */
    leadGrade: p.string(),
    leadTeamGrade: p.string(),
    /** False for an application that the law lets in whatever the quota. */
    takesPlace: p.boolean(),
    /** The county project that it is about. */
    projectId: p.uuid().nullable(),
    /** Where it is to be carried out, when it was said. */
    carriedOutId: p.string().nullable(),
    /** What it supports, a code such as star-maker-space. */
    beneficiaryKind: p.string().default('other'),
    partnerIds: p.array().default([]),
    matchingFen: fenColumn('matching_fen').default(0),
    // As they were on the day it was submitted; null when not known.
    inPoorVillage: p.boolean().default(false),
    leadCategory: p.string().nullable(),
    jointWithScopeRegion: p.boolean().nullable(),
    inTeamScope: p.boolean().nullable(),
    submittedOn: p.date(),
    ...placeColumns(),
  },
  uniques: [{ properties: ['callId', 'leadId'] }],
  indexes: [{ properties: ['callId', 'unitId'] }, { properties: ['leadId', 'id'] }],
});
export class ProjectApplication extends ProjectApplicationSchema.class {}
ProjectApplicationSchema.setClass(ProjectApplication);

export const projectCallTables = [ProjectCallSchema, ProjectApplicationSchema];
