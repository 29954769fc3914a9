import { v7 as uuid } from 'uuid';
import { requireCode } from '../code.ts';
import type { Context } from '../context.ts';
import { childrenOf, nestedPage } from '../nested.ts';
import { UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, referenceTo } from './external.ts';
import { readOrganisation } from './from-graph.ts';
import { notAfter, stated } from './input.ts';
import { ProjectRef } from './project.ts';
import { lockForStep, lockProject, projectSubject, rowFacts, touched } from './project-facts.ts';
import { Project, ProjectDisclosure, ProjectTracking } from './tables/project.ts';

const ProjectDisclosureRef = builder.objectRef<ProjectDisclosure>('ProjectDisclosure').implement({
  description: 'Where the public can read of a project. Public.',
  fields: (t) => ({
    id: t.exposeID('id'),
    site: t.exposeString('site', { description: 'A code, such as county-gov-portal.' }),
    url: t.exposeString('url', { nullable: true }),
    disclosedOn: t.expose('disclosedOn', { type: 'Date' }),
  }),
});

const ProjectTrackingRef = builder.objectRef<ProjectTracking>('ProjectTracking').implement({
  description: 'What somebody who looks after a project found. Public.',
  fields: (t) => ({
    id: t.exposeID('id'),
    trackedOn: t.expose('trackedOn', { type: 'Date' }),
    supervisor: t.exposeString('supervisor', { description: 'A code, such as management, audit or society.' }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (tracking) => referenceTo(tracking.organisationId),
    }),
    result: t.exposeString('result', { nullable: true }),
    problem: t.exposeString('problem', { nullable: true, description: 'Null when nothing was said to be wrong.' }),
  }),
});

/** The disclosures of a project, the oldest first. */
export const disclosuresOf = (context: Context, project: string): Promise<ProjectDisclosure[]> =>
  childrenOf(context, 'Project.disclosures', ProjectDisclosure, {
    by: 'projectId',
    parent: project,
    orderBy: { id: 'asc' },
  });

builder.objectFields(ProjectRef, (t) => ({
  disclosures: t.field({
    type: [ProjectDisclosureRef],
    resolve: (project, _args, context) => disclosuresOf(context, project.id),
  }),
  trackings: t.connection({
    type: ProjectTrackingRef,
    description: 'The latest first.',
    resolve: (project, args, context) =>
      nestedPage(context, 'Project.trackings', ProjectTracking, {
        by: 'projectId',
        parent: project.id,
        orderBy: { trackedOn: 'desc', id: 'asc' },
        args,
      }),
  }),
}));

decided('projectDisclose', {
  description:
    'Records that a project was made public on a site. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, CODE_INVALID, URL_INVALID.',
  thing: 'project',
  type: ProjectRef,
  input: (t) => ({
    project: t.id({ required: true }),
    version: t.int({ required: true }),
    site: t.string({ required: true, description: 'A code, such as county-gov-portal.' }),
    url: t.string({ description: 'The address of the page: http or https.' }),
  }),
  plan: (input) => ({
    entity: Project,
    async prepare(tx, on) {
      const project = await lockForStep(tx, input, on);
      const site = requireCode(input.site, 'site');
      const url = input.url?.trim() || null;
      if (url && !/^https?:$/.test(URL.parse(url)?.protocol ?? '')) {
        throw new UserError('URL_INVALID', 'url', { zh: '网址无效。', en: 'This is not an address of a page.' });
      }
      return {
        subject: projectSubject(project),
        facts: {
          ...rowFacts(project, on),
          'projectDisclosure.site': site,
          'projectDisclosure.addressStated': url !== null,
        },
        current: project,
        change() {
          tx.create(ProjectDisclosure, { id: uuid(), version: 1, projectId: project.id, site, url, disclosedOn: on });
          return touched(project, on);
        },
      };
    },
  }),
});

decided('projectTrackingRecord', {
  description:
    'Records what was found in following a project up. Results that it brought are added to those of the project. Errors: NOT_FOUND, WRONG_STATE, CODE_INVALID, DATE_AFTER_ACT, TEXT_TOO_LONG.',
  thing: 'project',
  type: ProjectRef,
  input: (t) => ({
    project: t.id({ required: true }),
    supervisor: t.string({ required: true, description: 'A code, such as management, discipline, audit or society.' }),
    organisation: t.id({ description: 'Who that is.' }),
    trackedOn: t.field({ type: 'Date', description: 'The day of the act if absent; not later.' }),
    result: t.string({ description: 'What was found.' }),
    problem: t.string({ description: 'What is wrong. Absent: nothing.' }),
    results: t.stringList({ description: 'What the project brought about.' }),
  }),
  plan: (input, context) => ({
    entity: Project,
    remote: async (_on) =>
      input.organisation ? await readOrganisation(context, input.organisation, 'organisation') : null,
    async prepare(tx, on, organisation) {
      const project = await lockProject(tx, input.project);
      const supervisor = requireCode(input.supervisor, 'supervisor');
      const result = input.result?.trim() ? stated(input.result, 'result') : null;
      const problem = input.problem?.trim() ? stated(input.problem, 'problem') : null;
      const trackedOn = notAfter(input.trackedOn ?? on, on, 'trackedOn');
      const results = (input.results ?? []).map((text) => stated(text, 'results'));
      const subject = projectSubject(project);
      return {
        subject: {
          ...subject,
          organisations: [...(subject.organisations ?? []), ...(organisation ? [organisation.id] : [])],
        },
        facts: {
          ...rowFacts(project, on),
          'projectTracking.supervisor': supervisor,
          'projectTracking.resultStated': result !== null,
        },
        current: project,
        change() {
          tx.create(ProjectTracking, {
            id: uuid(),
            version: 1,
            projectId: project.id,
            trackedOn,
            supervisor,
            organisationId: organisation?.id ?? null,
            result,
            problem,
          });
          project.results = [...project.results, ...results];
          return touched(project, on > project.changedOn ? on : project.changedOn);
        },
      };
    },
  }),
});
