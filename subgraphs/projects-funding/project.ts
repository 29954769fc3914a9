import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { nestedPage, nestedWithin } from '../nested.ts';
import { rowsWithin } from '../place.ts';
import { builder } from './builder.ts';
import { OrganisationRef, RegionRef, referenceTo, TeamRef } from './external.ts';
import { readableObject, ServiceObjectRef } from './service-object.ts';
import { type IpRecord, Project } from './tables/project.ts';

const IpRecordRef = builder.objectRef<IpRecord>('IpRecord').implement({
  description: 'A right of intellectual property that a project uses or protects.',
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'A code, such as patent, variety-right or trademark.' }),
    title: t.exposeString('title'),
    number: t.exposeString('number', { nullable: true }),
  }),
});

/** Where a project stood on a day: what had been done last, unless it rested or was over. */
export function statusOf(project: Project, on: string): string {
  const by = (day: string | null | undefined) => typeof day === 'string' && day <= on;
  if (by(project.closedOn)) return 'closed';
  if (by(project.suspendedOn)) return 'suspended';
  if (by(project.libraryEnteredOn)) return 'in-library';
  return by(project.approvedOn) ? 'approved' : 'registered';
}

export const ProjectRef = builder.objectRef<Project>('Project');
ProjectRef.implement({
  description:
    'A project of a county: what is done for whom, with which measures and results, on its way from registration over public notices and approval into the project library. Households are counted only, never named. Public.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    title: t.exposeString('title'),
    status: t.string({
      description: 'registered, approved, in-library, suspended or closed.',
      resolve: (project, _args, context) => statusOf(project, context.today),
    }),
    statusReason: t.exposeString('statusReason', {
      nullable: true,
      description: 'Why it was suspended, resumed or closed last.',
    }),
    programme: t.exposeString('programme', {
      nullable: true,
      description: 'Under which programme of a pack it is filed, a code; null when under none.',
    }),
    region: t.field({ type: RegionRef, resolve: (project) => ({ id: project.regionId }) }),
    village: t.field({ type: RegionRef, nullable: true, resolve: (project) => referenceTo(project.villageId) }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team or group of advisers that serves it.',
      resolve: (project) => referenceTo(project.teamId),
    }),
    implementer: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'Who carries it out.',
      resolve: (project) => referenceTo(project.implementerId),
    }),
    leadEntity: t.exposeString('leadEntity', {
      nullable: true,
      description: 'Who that is capable leads it and takes the poor along.',
    }),
    leadServiceObject: t.field({
      type: ServiceObjectRef,
      nullable: true,
      description: 'The same as a service object of the graph; null also when you may not see it.',
      resolve: (project, _args, context) =>
        project.leadServiceObjectId ? readableObject(context, project.leadServiceObjectId) : null,
    }),
    targets: t.exposeStringList('targets', { description: 'Whom it supports: groups and places, not persons.' }),
    measures: t.exposeStringList('measures'),
    residentAid: t.exposeString('residentAid', { nullable: true, description: 'Who helps on the spot.' }),
    results: t.exposeStringList('results'),
    beneficiaryHouseholds: t.exposeInt('beneficiaryHouseholds', { nullable: true }),
    beneficiaryPoorHouseholds: t.exposeInt('beneficiaryPoorHouseholds', {
      nullable: true,
      description: 'How many of them are poor.',
    }),
    marketChannel: t.exposeString('marketChannel', { nullable: true, description: 'Where its produce is sold.' }),
    benefitLinkage: t.exposeString('benefitLinkage', {
      nullable: true,
      description: 'How households share in the added value.',
    }),
    supportKind: t.exposeString('supportKind', { nullable: true, description: 'A code, such as popularisation.' }),
    industry: t.exposeString('industry', { nullable: true, description: 'A code, such as tea.' }),
    industryTiers: t.exposeStringList('industryTiers', { description: 'primary, secondary, tertiary.' }),
    techField: t.exposeString('techField', { nullable: true, description: 'The field of technology, a code.' }),
    livelihoodField: t.exposeString('livelihoodField', { nullable: true, description: 'A code, such as health.' }),
    pillarIndustry: t.exposeBoolean('pillarIndustry', {
      nullable: true,
      description: 'It is of a pillar industry of its county; null when nobody said.',
    }),
    ipRecords: t.field({ type: [IpRecordRef], resolve: (project) => [...project.ipRecords] }),
    registeredOn: t.expose('registeredOn', { type: 'Date' }),
    approvedOn: t.expose('approvedOn', { type: 'Date', nullable: true }),
    approvedBy: t.exposeString('approvedBy', { nullable: true }),
    approvalDocument: t.exposeString('approvalDocument', { nullable: true }),
    libraryEnteredOn: t.expose('libraryEnteredOn', { type: 'Date', nullable: true }),
    libraryNumber: t.exposeString('libraryNumber', { nullable: true }),
    assessedOn: t.expose('assessedOn', {
      type: 'Date',
      nullable: true,
      description: 'The day on which what it achieved was assessed.',
    }),
    suspendedOn: t.expose('suspendedOn', { type: 'Date', nullable: true, description: 'Null when it does not rest.' }),
    closedOn: t.expose('closedOn', { type: 'Date', nullable: true }),
  }),
});
builder.asEntity(ProjectRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Project, id),
});

const ProjectFilter = builder.inputType('ProjectFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    team: t.id({ description: 'Served by this team.' }),
    implementer: t.id(),
    inLibrary: t.boolean(),
    programme: t.string(),
    supportKind: t.string(),
    industry: t.string(),
  }),
});

builder.queryFields((t) => ({
  project: t.field({
    type: ProjectRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Project, id),
  }),
  projects: t.connection({
    type: ProjectRef,
    description: 'In the order in which they were registered.',
    args: { filter: t.arg({ type: ProjectFilter }) },
    resolve(_root, args, context) {
      const { region, team, implementer, inLibrary, programme, supportKind, industry } = args.filter ?? {};
      return page(context.em, Project, {
        where: {
          ...(region ? rowsWithin(region) : {}),
          ...(team ? { teamId: team } : {}),
          ...(implementer ? { implementerId: implementer } : {}),
          ...(typeof inLibrary === 'boolean' ? { libraryEnteredOn: inLibrary ? { $ne: null } : null } : {}),
          ...(programme ? { programme } : {}),
          ...(supportKind ? { supportKind } : {}),
          ...(industry ? { industry } : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

builder.objectFields(RegionRef, (t) => ({
  projects: t.connection({
    type: ProjectRef,
    description: 'Those in it and below it.',
    resolve: (region, args, context) =>
      nestedWithin(context, 'Region.projects', Project, { parent: region.id, orderBy: { id: 'asc' }, args }),
  }),
}));

builder.objectFields(TeamRef, (t) => ({
  projects: t.connection({
    type: ProjectRef,
    description: 'Those that it serves.',
    resolve: (team, args, context) =>
      nestedPage(context, 'Team.projects', Project, { by: 'teamId', parent: team.id, orderBy: { id: 'asc' }, args }),
  }),
}));
