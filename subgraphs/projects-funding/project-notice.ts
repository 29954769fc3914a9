import { UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { requireCode } from '../code.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { childrenOf } from '../nested.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { knownForm } from './from-graph.ts';
import { notAfter, stated } from './input.ts';
import { ProjectRef } from './project.ts';
import {
  fullDays,
  lockForStep,
  lockProject,
  notSuspended,
  projectSubject,
  rowFacts,
  touched,
} from './project-facts.ts';
import { Project, ProjectNotice } from './tables/project.ts';

const ProjectNoticeRef = builder.objectRef<ProjectNotice>('ProjectNotice').implement({
  description: 'A public notice of a project at one level. Public.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    project: t.field({
      type: ProjectRef,
      resolve: async (notice, _args, context) => (await loadById(context, Project, notice.projectId)) as Project,
    }),
    level: t.exposeString('level', { description: 'village, township or county.' }),
    place: t.exposeString('place', { description: 'What it hangs on, a code such as fixed-board or website.' }),
    location: t.exposeString('location', { nullable: true }),
    postedOn: t.expose('postedOn', { type: 'Date' }),
    lastPostedOn: t.expose('lastPostedOn', {
      type: 'Date',
      nullable: true,
      description: 'The last day on which it hung; null while it hangs.',
    }),
    completed: t.exposeBoolean('completed', {
      nullable: true,
      description: 'False when it was taken down before it was complete; null while it hangs.',
    }),
    openObjections: t.exposeInt('openObjections', {
      nullable: true,
      description: 'Objections that were not settled when it was taken down.',
    }),
    fullDays: t.int({
      args: { asOf: t.arg({ type: 'Date', description: 'Judged on this day, today if absent.' }) },
      description:
        'The day of posting is not counted; each later day counts once it is over and the notice hung on it. Posted on 1 March and hanging through the 11th: 9 on the 11th, 10 on the 12th.',
      resolve: (notice, { asOf }, context) => fullDays(notice, asOf ?? context.today),
    }),
  }),
});
builder.asEntity(ProjectNoticeRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, ProjectNotice, id),
});

/** The notices of a project, the oldest first. */
export const noticesOf = (context: Context, project: string): Promise<ProjectNotice[]> =>
  childrenOf(context, 'Project.notices', ProjectNotice, { by: 'projectId', parent: project, orderBy: { id: 'asc' } });

builder.objectFields(ProjectRef, (t) => ({
  notices: t.field({
    type: [ProjectNoticeRef],
    description: 'Its public notices, the oldest first.',
    resolve: (project, _args, context) => noticesOf(context, project.id),
  }),
}));

const LEVELS = ['village', 'township', 'county'];

/** @throws UserError LEVEL_INVALID */
function noticeLevel(level: string): string {
  if (LEVELS.includes(level)) return level;
  throw new UserError('LEVEL_INVALID', 'level', {
    zh: `公示层级须为 ${LEVELS.join('、')} 之一。`,
    en: `The level of a notice is one of ${LEVELS.join(', ')}.`,
  });
}

decided('projectNoticeOpen', {
  description:
    'Posts a public notice of a project at one level; it hangs from the day of the act. Notices of different levels may hang at the same time. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, LEVEL_INVALID, CODE_INVALID, NOTICE_RUNNING.',
  thing: 'notice',
  type: ProjectNoticeRef,
  input: (t) => ({
    project: t.id({ required: true }),
    version: t.int({ required: true, description: 'Of the project.' }),
    level: t.string({ required: true, description: 'village, township or county.' }),
    place: t.string({ required: true, description: 'What it hangs on, a code such as fixed-board or website.' }),
    location: t.string({ description: 'Where that is.' }),
  }),
  plan: (input) => ({
    entity: ProjectNotice,
    async prepare(tx, on) {
      const project = await lockForStep(tx, input, on);
      notSuspended(project);
      const id = uuid();
      const level = noticeLevel(input.level);
      const place = requireCode(input.place, 'place');
      const open = await tx.count(ProjectNotice, { projectId: project.id, level, lastPostedOn: null });
      return {
        subject: projectSubject(project, 'ProjectNotice', id),
        facts: {
          ...rowFacts(project, on),
          'projectNotice.level': level,
          'projectNotice.place': place,
          'projectNotice.sameLevelOpen': open > 0,
        },
        current: null,
        async change() {
          const notice = tx.create(ProjectNotice, {
            id,
            version: 1,
            projectId: project.id,
            level,
            place,
            location: input.location ? stated(input.location, 'location') : null,
            postedOn: on,
            lastPostedOn: null,
            completed: null,
            openObjections: null,
          });
          touched(project, on);
          await tx.flush().catch((error) => {
            if (!(error instanceof UniqueConstraintViolationException)) throw error;
            throw new UserError('NOTICE_RUNNING', 'level', {
              zh: '该项目在此层级已有正在进行的公示。',
              en: 'The project has a notice of this level that hangs.',
            });
          });
          return notice;
        },
      };
    },
  }),
});

decided('projectNoticeClose', {
  description:
    'Takes a notice down, as complete or before that. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, DATE_AFTER_ACT, DATE_BEFORE_POSTING, COUNT_INVALID.',
  thing: 'notice',
  type: ProjectNoticeRef,
  input: (t) => ({
    notice: t.id({ required: true }),
    version: t.int({ required: true, description: 'Of the notice.' }),
    completed: t.boolean({ required: true, description: 'False: taken down before it was complete.' }),
    lastPostedOn: t.field({
      type: 'Date',
      description: 'The last day on which it hung; the day of the act if absent. Not later than that.',
    }),
    openObjections: t.int({ description: 'Objections that are not settled. Absent: not known.' }),
  }),
  plan: (input) => ({
    entity: ProjectNotice,
    async prepare(tx, on) {
      const known = await tx.findOne(ProjectNotice, { id: knownForm(input.notice, 'notice') });
      if (!known) throw notFound('notice');
      // The project first, as every step of it does.
      const project = await lockProject(tx, known.projectId, 'notice');
      const notice = await tx.findOneOrFail(ProjectNotice, { id: known.id }, { refresh: true });
      expectVersion(notice.version, input.version);
      if (notice.lastPostedOn) {
        throw new UserError('WRONG_STATE', 'notice', { zh: '该公示已结束。', en: 'This notice is over.' });
      }
      requireOrder(project.changedOn, on);
      const lastPostedOn = notAfter(input.lastPostedOn ?? on, on, 'lastPostedOn');
      if (lastPostedOn < notice.postedOn) {
        throw new UserError('DATE_BEFORE_POSTING', 'lastPostedOn', {
          zh: `最后张贴日早于张贴日 ${notice.postedOn}。`,
          en: `It was posted on ${notice.postedOn}, after that day.`,
        });
      }
      const openObjections = input.openObjections ?? null;
      if ((openObjections ?? 0) < 0) {
        throw new UserError('COUNT_INVALID', 'openObjections', {
          zh: '异议数不能为负。',
          en: 'There cannot be fewer than no objections.',
        });
      }
      return {
        subject: projectSubject(project, 'ProjectNotice', notice.id),
        facts: {
          ...rowFacts(project, on),
          'projectNotice.level': notice.level,
          'projectNotice.place': notice.place,
          'projectNotice.completed': input.completed,
          'projectNotice.fullDays': fullDays({ postedOn: notice.postedOn, lastPostedOn }, on),
          'projectNotice.openObjections': openObjections ?? undefined,
        },
        current: notice,
        change() {
          notice.lastPostedOn = lastPostedOn;
          notice.completed = input.completed;
          notice.openObjections = openObjections;
          touched(project, on);
          return notice;
        },
      };
    },
  }),
});
