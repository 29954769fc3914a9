import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

/** A right that is used or protected in a project. */
export interface IpRecord {
  readonly kind: string;
  readonly title: string;
  readonly number?: string | null;
}

const ProjectSchema = defineEntity({
  name: 'Project',
  tableName: 'project',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    title: p.text(),
    /** Under which programme of a pack it is filed; null when under none. */
    programme: p.string().nullable(),
    villageId: p.string().nullable(),
    /** The team or group of advisers that serves it. */
    teamId: p.uuid().nullable(),
    /** Who carries it out. */
    implementerId: p.uuid().nullable(),
    /** Who that is capable leads it and takes the poor along. */
    leadEntity: p.text().nullable(),
    leadServiceObjectId: p.uuid().nullable(),
    // The five precisions.
    targets: p.array(),
    measures: p.array(),
    residentAid: p.text().nullable(),
    results: p.array(),
    /** Households it is for, counted: who they are is not kept. */
    beneficiaryHouseholds: p.integer().nullable(),
    beneficiaryPoorHouseholds: p.integer().nullable(),
    marketChannel: p.text().nullable(),
    benefitLinkage: p.text().nullable(),
    supportKind: p.string().nullable(),
    industry: p.string().nullable(),
    industryTiers: p.array(),
    techField: p.string().nullable(),
    livelihoodField: p.string().nullable(),
    pillarIndustry: p.boolean().nullable(),
    ipRecords: p.json<readonly IpRecord[]>(),
    registeredOn: p.date(),
    approvedOn: p.date().nullable(),
    approvedBy: p.text().nullable(),
    approvalDocument: p.text().nullable(),
    approvalArgument: p.text().nullable(),
    libraryEnteredOn: p.date().nullable(),
    libraryNumber: p.string().nullable(),
    /** The day of the assessment of what it achieved. */
    assessedOn: p.date().nullable(),
    suspendedOn: p.date().nullable(),
    closedOn: p.date().nullable(),
    /** Why it was suspended, resumed or closed last. */
    statusReason: p.text().nullable(),
    /** The day of the latest act on it, and how many there were: what moves its version on. */
    changedOn: p.date(),
    acts: p.integer(),
    /** Its region and all that contain it: a township is one of them, of which the place has no column. */
    path: p.array(),
    ...placeColumns(),
  },
  checks: [
    {
      name: 'project_poor_households_within',
      expression: 'beneficiary_poor_households is null or beneficiary_poor_households <= beneficiary_households',
    },
  ],
  uniques: [{ properties: ['regionId', 'title'] }],
  indexes: [
    { properties: ['countyId', 'libraryEnteredOn'] },
    { properties: ['prefectureId', 'id'] },
    { properties: ['provinceId', 'id'] },
    { properties: ['teamId', 'id'] },
  ],
});
export class Project extends ProjectSchema.class {}
ProjectSchema.setClass(Project);

const ProjectNoticeSchema = defineEntity({
  name: 'ProjectNotice',
  tableName: 'project_notice',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    projectId: p.uuid(),
    /** village, township or county. */
    level: p.string(),
    /** Where it hangs, a code such as fixed-board. */
    place: p.string(),
    location: p.text().nullable(),
    postedOn: p.date(),
    /** The last day on which it hung; null while it hangs. */
    lastPostedOn: p.date().nullable(),
    /** False when it was taken down before it was complete; null while it hangs. */
    completed: p.boolean().nullable(),
    openObjections: p.integer().nullable(),
  },
  checks: [
    { name: 'project_notice_days_in_order', expression: 'last_posted_on is null or last_posted_on >= posted_on' },
  ],
  indexes: [{ properties: ['projectId', 'id'] }],
  // One notice at a level hangs at a time, whoever is faster.
  uniques: [{ properties: ['projectId', 'level'], where: 'last_posted_on is null' }],
});
export class ProjectNotice extends ProjectNoticeSchema.class {}
ProjectNoticeSchema.setClass(ProjectNotice);

const ProjectDisclosureSchema = defineEntity({
  name: 'ProjectDisclosure',
  tableName: 'project_disclosure',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    projectId: p.uuid(),
    /** A code, such as county-gov-portal. */
    site: p.string(),
    url: p.text().nullable(),
    disclosedOn: p.date(),
  },
  indexes: [{ properties: ['projectId', 'id'] }],
});
export class ProjectDisclosure extends ProjectDisclosureSchema.class {}
ProjectDisclosureSchema.setClass(ProjectDisclosure);

const ProjectTrackingSchema = defineEntity({
  name: 'ProjectTracking',
  tableName: 'project_tracking',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    projectId: p.uuid(),
    trackedOn: p.date(),
    /** Who tracked or supervised, a code such as audit or society. */
    supervisor: p.string(),
    organisationId: p.uuid().nullable(),
    result: p.text().nullable(),
    /** What is wrong; null when nothing was said to be. */
    problem: p.text().nullable(),
  },
  indexes: [{ properties: ['projectId', 'trackedOn'] }],
});
export class ProjectTracking extends ProjectTrackingSchema.class {}
ProjectTrackingSchema.setClass(ProjectTracking);

export const projectTables = [ProjectSchema, ProjectNoticeSchema, ProjectDisclosureSchema, ProjectTrackingSchema];
