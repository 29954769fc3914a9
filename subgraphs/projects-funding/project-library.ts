import type { Context } from '../context.ts';
import { notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { knownForm, serves } from './from-graph.ts';
import { stated } from './input.ts';
import { ProjectRef } from './project.ts';
import { lockForStep, noticeFacts, notSuspended, projectSubject, rowFacts, touched } from './project-facts.ts';
import { Project } from './tables/project.ts';

/** Whether a project's team serves its county on a day; false when it names none. Its team never changes. */
export async function servedByTeam(context: Context, project: Project, on: string): Promise<boolean> {
  return project.teamId ? serves(context, project.teamId, project.countyId, on, 'project') : false;
}

/** Asks whether the project of an id is served, before a transaction opens. */
async function readServed(context: Context, id: string, on: string): Promise<boolean> {
  const project = await context.em.findOne(Project, { id: knownForm(id, 'project') });
  if (!project) throw notFound('project');
  return servedByTeam(context, project, on);
}

decided('projectApprove', {
  description:
    'Records that a project was reviewed and approved. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, TEXT_REQUIRED.',
  thing: 'project',
  type: ProjectRef,
  input: (t) => ({
    project: t.id({ required: true }),
    version: t.int({ required: true }),
    approvedBy: t.string({ required: true, description: 'The body that approves.' }),
    document: t.string({ description: 'The document of approval.' }),
    argument: t.string({ description: 'The opinion of the review. Absent: none is attached.' }),
  }),
  plan: (input, context) => ({
    entity: Project,
    remote: (on) => readServed(context, input.project, on),
    async prepare(tx, on, served) {
      const project = await lockForStep(tx, input, on);
      notSuspended(project);
      if (project.approvedOn) {
        throw new UserError('WRONG_STATE', 'project', { zh: '该项目已审批。', en: 'The project is approved already.' });
      }
      const approvedBy = stated(input.approvedBy, 'approvedBy');
      const argument = input.argument?.trim() ? stated(input.argument, 'argument') : null;
      return {
        subject: projectSubject(project),
        facts: {
          ...rowFacts(project, on),
          ...(await noticeFacts(tx, project, on)),
          'project.servedByTeam': served,
          'project.argumentAttached': argument !== null,
        },
        current: project,
        change() {
          project.approvedOn = on;
          project.approvedBy = approvedBy;
          project.approvalDocument = input.document ? stated(input.document, 'document') : null;
          project.approvalArgument = argument;
          return touched(project, on);
        },
      };
    },
  }),
});

decided('projectLibraryEnter', {
  description:
    'Enters a project in the project library of its county. What is in it stays in it. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT.',
  thing: 'project',
  type: ProjectRef,
  input: (t) => ({
    project: t.id({ required: true }),
    version: t.int({ required: true }),
    number: t.string({ description: 'Its number in the library.' }),
  }),
  plan: (input, context) => ({
    entity: Project,
    remote: (on) => readServed(context, input.project, on),
    async prepare(tx, on, served) {
      const project = await lockForStep(tx, input, on);
      notSuspended(project);
      if (project.libraryEnteredOn) {
        throw new UserError('WRONG_STATE', 'project', {
          zh: '该项目已入库。',
          en: 'The project is in the library already.',
        });
      }
      return {
        subject: projectSubject(project),
        facts: {
          ...rowFacts(project, on),
          ...(await noticeFacts(tx, project, on)),
          'project.servedByTeam': served,
        },
        current: project,
        change() {
          project.libraryEnteredOn = on;
          project.libraryNumber = input.number ? stated(input.number, 'number') : null;
          return touched(project, on);
        },
      };
    },
  }),
});
