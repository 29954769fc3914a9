import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { placeColumnsOf, regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { requirePlace, requireText, requireThings, requireYear, wrongState } from './required.ts';
import { Target } from './tables/target.ts';
import { LedgerEntry, Task } from './tables/task.ts';
import { LedgerEntryRef, TaskRef, taskFacts, taskSubject } from './task.ts';

const STATUSES = ['open', 'done', 'dropped'];

/** Loads a task and holds its row: what is recorded of it must not meet a change of its status. */
export async function lockTask(tx: SqlEntityManager, id: string, field = 'task'): Promise<Task> {
  const task = await tx.findOne(Task, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!task) throw notFound(field);
  return task;
}

const ResponsibleInput = builder.inputType('ResponsibleInput', {
  fields: (t) => ({
    unit: t.id({ required: true }),
    person: t.id({ description: 'Who in the unit answers for it.' }),
  }),
});

export const YearTargetInput = builder.inputType('YearTargetInput', {
  fields: (t) => ({
    year: t.int({ required: true }),
    measure: t.string({ required: true, description: 'What is to be reached, in words.' }),
    quantity: t.int({ description: 'How much of it.' }),
    unit: t.string({ description: 'Of the quantity, such as person.' }),
  }),
});

decided('taskCreate', {
  description:
    'Sets a task. Errors: NOT_FOUND (region, team, responsible), TITLE_REQUIRED, MEASURE_REQUIRED, YEAR_INVALID.',
  thing: 'task',
  type: TaskRef,
  input: (t) => ({
    region: t.id({ required: true }),
    team: t.id({ description: 'The team whose task it is.' }),
    title: t.string({ required: true }),
    text: t.string(),
    responsible: t.field({ type: [ResponsibleInput], required: true, description: 'Who answers for it.' }),
    deadline: t.field({ type: 'Date' }),
    yearTargets: t.field({ type: [YearTargetInput], description: 'What is to be reached in which year.' }),
  }),
  plan: (input, context) => ({
    entity: Task,
    async remote(on) {
      const units = input.responsible.map(({ unit }) => unit);
      await requireThings(context, 'organisation', units, 'responsible', on);
      const persons = input.responsible.map(({ person }) => person);
      await requireThings(context, 'person', persons, 'responsible', on);
      await requireThings(context, 'team', [input.team], 'team', on);
      return requirePlace(context.graph, input.region);
    },
    async prepare(tx, on, place) {
      const title = requireText(input.title, 'title');
      const targets = (input.yearTargets ?? []).map((target) => {
        // A plan sets targets for all its years at once.
        requireYear(target.year, on, 10);
        return { ...target, measure: requireText(target.measure, 'measure') };
      });
      const task = {
        id: uuid(),
        responsible: input.responsible.map(({ unit, person }) => ({ unit, person: person ?? null })),
        deadline: input.deadline ?? null,
      };
      const years = targets.map(({ year }) => year);
      return {
        subject: taskSubject(task, place.path),
        facts: taskFacts(task, years.includes(Number(on.slice(0, 4)))),
        current: null,
        change() {
          for (const target of targets) {
            tx.create(Target, {
              id: uuid(),
              version: 1,
              subjectKind: 'task',
              subjectId: task.id,
              ...placeColumnsOf(place),
              kind: 'annual',
              year: target.year,
              due: null,
              taskType: null,
              industry: null,
              measure: target.measure,
              quantity: target.quantity ?? null,
              unit: target.unit ?? null,
              setOn: on,
            });
          }
          return tx.create(Task, {
            ...task,
            version: 1,
            ...placeColumnsOf(place),
            teamId: input.team ?? null,
            title,
            text: input.text?.trim() || null,
            responsibleUnitIds: [...new Set(task.responsible.map(({ unit }) => unit))],
            status: 'open',
            createdOn: on,
            changedOn: on,
          });
        },
      };
    },
  }),
});

decided('ledgerEntryRecord', {
  description:
    'Records how a task stands, and with `status` ends or reopens it. Errors: NOT_FOUND (task, organisation: not a responsible unit), STALE_VERSION, STATUS_INVALID, WRONG_STATE (it has that status already), ON_BEFORE_LAST_ACT.',
  thing: 'ledgerEntry',
  type: LedgerEntryRef,
  input: (t) => ({
    task: t.id({ required: true }),
    version: t.int({ description: 'Of the task; required with `status`.' }),
    date: t.field({ type: 'Date', description: 'The day it speaks of; the day of the act if absent.' }),
    content: t.string({ required: true }),
    status: t.string({ description: 'open, done or dropped: what becomes of the task.' }),
    organisation: t.id({ description: 'The responsible unit whose part it is; absent: the whole task.' }),
  }),
  plan: (input) => ({
    entity: LedgerEntry,
    async prepare(tx, on) {
      const task = await lockTask(tx, input.task);
      const { status, organisation } = input;
      if (organisation && !task.responsibleUnitIds.includes(organisation)) throw notFound('organisation');
      if (status) {
        expectVersion(task.version, input.version ?? 0);
        if (!STATUSES.includes(status)) {
          throw new UserError('STATUS_INVALID', 'status', {
            zh: '任务状态须为 open、done 或 dropped。',
            en: 'The status is open, done or dropped.',
          });
        }
        if (status === task.status) throw wrongState('status', task.status);
        requireOrder(task.changedOn, on);
      }
      const date = input.date ?? on;
      const content = input.content.trim();
      const id = uuid();
      return {
        subject: { ...taskSubject(task, regionsOf(task)), type: 'LedgerEntry', id },
        facts: {
          'task.status': task.status,
          'ledger.contentStated': content !== '',
          'ledger.future': date > on,
        },
        current: null,
        change() {
          if (status) Object.assign(task, { status, changedOn: on });
          return tx.create(LedgerEntry, {
            id,
            version: 1,
            taskId: task.id,
            ...placeColumnsOf(task),
            date,
            status: status ?? null,
            content,
            organisationId: organisation ?? null,
            recordedOn: on,
          });
        },
      };
    },
  }),
});
