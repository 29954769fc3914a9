import { UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { notAfter, stated } from './input.ts';
import { ProjectRef } from './project.ts';
import { lockForStep, projectSubject, rowFacts, touched } from './project-facts.ts';
import { Project } from './tables/project.ts';

const STATUSES = ['suspended', 'resumed', 'closed'];

/** @throws UserError STATUS_INVALID; WRONG_STATE for what is so already */
function nextStatus(project: Project, status: string): string {
  if (!STATUSES.includes(status)) {
    throw new UserError('STATUS_INVALID', 'status', {
      zh: `状态须为 ${STATUSES.join('、')} 之一。`,
      en: `The status is one of ${STATUSES.join(', ')}.`,
    });
  }
  const rests = project.suspendedOn !== null;
  if (status === 'closed' || rests === (status === 'resumed')) return status;
  throw new UserError('WRONG_STATE', 'status', {
    zh: rests ? '该项目已中止。' : '该项目未中止。',
    en: rests ? 'The project rests already.' : 'The project does not rest.',
  });
}

decided('projectStatusSet', {
  description:
    'Suspends a project, resumes one that rests, or closes it for good. What it had reached before a suspension it has again after. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT, STATUS_INVALID, DATE_AFTER_ACT.',
  thing: 'project',
  type: ProjectRef,
  input: (t) => ({
    project: t.id({ required: true }),
    version: t.int({ required: true }),
    status: t.string({ required: true, description: 'suspended, resumed or closed.' }),
    reason: t.string({ description: 'Why.' }),
    assessedOn: t.field({
      type: 'Date',
      description: 'The day on which what it achieved was assessed, if it was. Not after the act.',
    }),
  }),
  plan: (input) => ({
    entity: Project,
    async prepare(tx, on) {
      const project = await lockForStep(tx, input, on);
      const status = nextStatus(project, input.status);
      const reason = input.reason?.trim() ? stated(input.reason, 'reason') : null;
      const assessedOn = input.assessedOn ? notAfter(input.assessedOn, on, 'assessedOn') : project.assessedOn;
      return {
        subject: projectSubject(project),
        facts: {
          ...rowFacts(project, on),
          'project.statusAfter': status,
          'project.reasonStated': reason !== null,
          'project.performanceAssessed': assessedOn !== null,
        },
        current: project,
        change() {
          project.suspendedOn = status === 'suspended' ? on : null;
          if (status === 'closed') project.closedOn = on;
          project.statusReason = reason;
          project.assessedOn = assessedOn ?? null;
          return touched(project, on);
        },
      };
    },
  }),
});
