import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { compile } from '../../policies/compile.ts';
import type { Decision } from '../../policies/decision.ts';
import { decides } from '../../policies/evaluate.ts';
import { requireCode } from '../code.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import { loadById } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { AppointmentRef, OrganisationRef, PersonRef, RegionRef, referenceTo, TeamRef } from './external.ts';
import { knownForm } from './from-graph.ts';
import { stated } from './input.ts';
import { visibleBy } from './money-visibility.ts';
import { ProjectRef } from './project.ts';
import { readContent } from './project-application-content.ts';
import { readLead } from './project-application-lead.ts';
import { ProjectCallRef } from './project-call.ts';
import { programmeOf } from './project-facts.ts';
import { Project } from './tables/project.ts';
import { ProjectApplication, ProjectCall } from './tables/project-call.ts';

export const applicationVisibility = visibleBy<ProjectApplication>('fundingLineRead', {
  'record.person': 'leadId',
  'record.dispatchingUnit': 'unitId',
});

export const ProjectApplicationRef = builder.objectRef<ProjectApplication>('ProjectApplication');
ProjectApplicationRef.implement({
  description: 'An application to a project call.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    call: t.field({
      type: ProjectCallRef,
      resolve: async (application, _args, context) =>
        (await loadById(context, ProjectCall, application.callId)) as ProjectCall,
    }),
    title: t.exposeString('title'),
    lead: t.field({ type: PersonRef, resolve: (application) => ({ id: application.leadId }) }),
    leadAppointment: t.field({
      type: AppointmentRef,
      nullable: true,
      resolve: (application) => referenceTo(application.leadAppointmentId),
    }),
    leadTeam: t.field({
      type: TeamRef,
      nullable: true,
      resolve: (application) => referenceTo(application.leadTeamId),
    }),
    unit: t.field({
      type: OrganisationRef,
      description: "The lead's unit, whose quota counts.",
      resolve: (application) => ({ id: application.unitId }),
    }),
    leadGrade: t.exposeString('leadGrade', {
      description: 'The latest published grade of the appointment when this was submitted; none when never graded.',
    }),
    leadTeamGrade: t.exposeString('leadTeamGrade', { description: 'The same of the team; none also without a team.' }),
    project: t.field({
      type: ProjectRef,
      nullable: true,
      description: 'The county project that it is about.',
      resolve: (application, _args, context) =>
        application.projectId ? loadById(context, Project, application.projectId) : null,
    }),
    carriedOut: t.field({
      type: RegionRef,
      nullable: true,
      description: 'Where it is to be carried out; null when it was not said.',
      resolve: (application) => referenceTo(application.carriedOutId),
    }),
    beneficiaryKind: t.exposeString('beneficiaryKind', {
      description: 'What it supports, a code such as star-maker-space; other for the rest.',
    }),
    partners: t.field({
      type: [OrganisationRef],
      description: 'Who applies with the lead.',
      resolve: (application) => application.partnerIds.map((id) => ({ id })),
    }),
    matchingFen: t.expose('matchingFen', { type: 'Fen', description: 'Matching money that it brings.' }),
    takesPlace: t.exposeBoolean('takesPlace', {
      description: "False when there is no quota, or the law lets it in whatever the unit's quota.",
    }),
    submittedOn: t.expose('submittedOn', { type: 'Date' }),
  }),
});

builder.objectFields(ProjectCallRef, (t) => ({
  applications: t.connection({
    type: ProjectApplicationRef,
    description: 'Those that you may see, in the order in which they came.',
    resolve: (call, args, context) =>
      nestedPage(context, 'ProjectCall.applications', ProjectApplication, {
        by: 'callId',
        parent: call.id,
        where: applicationVisibility.where(context),
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

/**
 * Whether an application uses up a place. One that the rules would let in even if every place were taken does not: who
 * is free of the quota must not push out who is bound by it.
 */
function needsPlace(context: Context, decision: Decision, quota: number | null, regions: readonly string[]): boolean {
  if (!quota) return false;
  const packs = lawOf(context.registry, regions, decision.asOf).map((release) => compile(release));
  const facts = { ...decision.facts, 'projectCall.quotaFull': true };
  return decides({ packs, point: decision.point, asOf: decision.asOf, facts }) !== 'allow';
}

decided('projectApplicationSubmit', {
  description:
    "Applies to a call. The quota of the lead's unit is counted one application at a time. Errors: NOT_FOUND, TEXT_REQUIRED, CODE_INVALID, NOT_OF_LEAD, CALL_CLOSED, ALREADY_APPLIED.",
  thing: 'projectApplication',
  type: ProjectApplicationRef,
  input: (t) => ({
    call: t.id({ required: true }),
    title: t.string({ required: true }),
    lead: t.id({ required: true, description: 'The person who leads.' }),
    leadAppointment: t.id({ description: "The lead's engagement; cite it to have its grade count." }),
    project: t.id({ description: 'The county project that it is about.' }),
    carriedOut: t.id({ description: 'The region where it is to be carried out; that of the project if absent.' }),
    beneficiaryKind: t.string({ description: 'What it supports, a code such as star-maker-space; other if absent.' }),
    partners: t.idList({ description: 'Organisations that apply with the lead.' }),
    matchingFen: t.field({ type: 'Fen', description: 'Matching money that it brings; none if absent.' }),
    leadTeam: t.id({ description: 'A team that the lead leads or is a member of; cite it to have its grade count.' }),
  }),
  plan: (input, context) => ({
    entity: ProjectApplication,
    async remote(on) {
      return { ...(await readLead(context, input, on)), content: await readContent(context, input, on) };
    },
    async prepare(tx, on, { lead, appointment, team, category, content }) {
      // The last place goes to one: whoever counts the applications of a call holds it.
      const call = await tx.findOne(
        ProjectCall,
        { id: knownForm(input.call, 'call') },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!call) throw notFound('call');
      if (on < call.opensOn || on > call.closesOn) {
        throw new UserError('CALL_CLOSED', 'call', {
          zh: `该申报仅在 ${call.opensOn} 至 ${call.closesOn} 受理。`,
          en: `This call takes applications from ${call.opensOn} to ${call.closesOn}.`,
        });
      }
      if ((await tx.count(ProjectApplication, { callId: call.id, leadId: lead.id })) > 0) {
        throw new UserError('ALREADY_APPLIED', 'lead', {
          zh: '该牵头人已申报本项目。',
          en: 'This lead has applied to this call already.',
        });
      }
      const title = stated(input.title, 'title');
      const quota = call.quotaPerUnit ?? null;
      const unitId = lead.organisation.id;
      const taken = await tx.count(ProjectApplication, { callId: call.id, unitId, takesPlace: true });
      const leadGrade = appointment?.grade ?? 'none';
      const leadTeamGrade = team?.grade ?? 'none';
      const id = uuid();
      // The law of the place of the work applies besides that of the call.
      const regions = [...new Set([...(content.place ? regionsOf(content.place) : []), ...regionsOf(call)])];
      const beneficiaryKind = input.beneficiaryKind ? requireCode(input.beneficiaryKind, 'beneficiaryKind') : 'other';
      const matchingFen = input.matchingFen ?? 0;
      return {
        subject: {
          type: 'ProjectApplication',
          id,
          regions,
          organisations: [unitId],
          persons: [lead.id],
          posts: (team?.leaders ?? []).map((person) => ({ person, role: 'team-leader' })),
        },
        facts: {
          'projectCall.level': call.level,
          'projectCall.limited': quota !== null,
          'projectCall.quotaFull': quota !== null && taken >= quota,
          'projectApplication.leadLatestGrade': leadGrade,
          'projectApplication.leadTeamLatestGrade': leadTeamGrade,
          'projectCall.matchingRequired': call.matchingRequired,
          'projectApplication.matchingFen': matchingFen,
          'projectApplication.beneficiaryKind': beneficiaryKind,
          'projectApplication.inPoorVillage': content.inPoorVillage,
          'projectApplication.leadCategory': category,
          'projectApplication.jointWithScopeRegion': content.joint,
          ...content.region,
          'project.programme': programmeOf(content.project),
          ...(content.project ? { 'project.servedByTeam': content.served } : {}),
        },
        current: null,
        change: (decision) =>
          tx.create(ProjectApplication, {
            id,
            version: 1,
            callId: call.id,
            title,
            leadId: lead.id,
            leadAppointmentId: appointment?.id ?? null,
            leadTeamId: team?.id ?? null,
            unitId,
            leadGrade,
            leadTeamGrade,
            takesPlace: needsPlace(context, decision, quota, regions),
            projectId: content.project?.id ?? null,
            carriedOutId: content.place?.regionId ?? null,
            beneficiaryKind,
            partnerIds: content.partners.map((partner) => partner.id),
            matchingFen,
            inPoorVillage: content.inPoorVillage,
            leadCategory: category,
            jointWithScopeRegion: content.joint,
            inTeamScope: (content.region['region.inTeamScope'] as boolean | undefined) ?? null,
            submittedOn: on,
            ...placeColumnsOf(call),
          }),
      };
    },
  }),
});
