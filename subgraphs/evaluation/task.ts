import type { Facts } from '../../policies/facts.ts';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { builder } from './builder.ts';
import { OrganisationRef, PersonRef, RegionRef, TeamRef } from './external.ts';
import { between, given, placedWhere } from './listing.ts';
import { LedgerEntry, type Responsible, Task } from './tables/task.ts';

export const LedgerEntryRef = builder.objectRef<LedgerEntry>('LedgerEntry');

/** What rules may ask of a task. `yearTargetSet`: whether a target for the year of the day is set, in the same act or before. */
export function taskFacts(task: Pick<Task, 'responsible' | 'deadline'>, yearTargetSet: boolean): Facts {
  const persons = task.responsible.flatMap(({ person }) => person ?? []);
  return {
    'task.responsibleUnitCount': new Set(task.responsible.map(({ unit }) => unit)).size,
    'task.responsiblePersonCount': new Set(persons).size,
    'task.unitsWithoutPerson': unitsWithoutPerson(task.responsible),
    'task.deadlineStated': Boolean(task.deadline),
    'task.yearTargetSet': yearTargetSet,
  };
}

function unitsWithoutPerson(responsible: readonly Responsible[]): number {
  const named = new Set(responsible.filter(({ person }) => person).map(({ unit }) => unit));
  return new Set(responsible.map(({ unit }) => unit).filter((unit) => !named.has(unit))).size;
}

/** Its units act on a task wherever they lie, and so do those who answer for it. */
export const taskSubject = (task: Pick<Task, 'id' | 'responsible'>, regions: readonly string[]): Subject => ({
  type: 'Task',
  id: task.id,
  regions,
  organisations: task.responsible.map(({ unit }) => unit),
  persons: task.responsible.flatMap(({ person }) => person ?? []),
});

const ResponsibleRef = builder.objectRef<Responsible>('Responsible').implement({
  description: 'A unit that answers for a task, and who in it.',
  fields: (t) => ({
    unit: t.field({ type: OrganisationRef, resolve: ({ unit }) => ({ id: unit }) }),
    person: t.field({
      type: PersonRef,
      nullable: true,
      description: 'Null: nobody is named.',
      resolve: ({ person }) => (person ? { id: person } : null),
    }),
  }),
});

export const TaskRef = builder.objectRef<Task>('Task').implement({
  description: 'Something that a plan sets to be done, with the units and the persons who answer for it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    region: t.field({ type: RegionRef, resolve: (task) => ({ id: task.regionId }) }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team whose task it is.',
      resolve: (task) => (task.teamId ? { id: task.teamId } : null),
    }),
    title: t.exposeString('title'),
    text: t.exposeString('text', { nullable: true }),
    responsible: t.field({ type: [ResponsibleRef], resolve: (task) => task.responsible }),
    deadline: t.expose('deadline', { type: 'Date', nullable: true }),
    status: t.exposeString('status', { description: 'open, done or dropped.' }),
    createdOn: t.expose('createdOn', { type: 'Date' }),
    ledger: t.connection({
      type: LedgerEntryRef,
      description: 'Its ledger, the latest entry first.',
      resolve: (task, args, context) =>
        nestedPage(context, 'Task.ledger', LedgerEntry, {
          by: 'taskId',
          parent: task.id,
          orderBy: [{ date: 'desc' }, { id: 'desc' }],
          args,
        }),
    }),
  }),
});

LedgerEntryRef.implement({
  description: 'How a task stood on a day. It is made once; reports refer to it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    task: t.field({
      type: TaskRef,
      resolve: async (entry, _args, context) => (await loadById(context, Task, entry.taskId)) as Task,
    }),
    date: t.expose('date', { type: 'Date' }),
    status: t.exposeString('status', {
      nullable: true,
      description: 'What it made of the status of the task, if anything.',
    }),
    content: t.exposeString('content'),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The responsible unit whose part it is; null: the whole task.',
      resolve: (entry) => (entry.organisationId ? { id: entry.organisationId } : null),
    }),
    recordedOn: t.expose('recordedOn', { type: 'Date' }),
  }),
});

const TaskFilter = builder.inputType('TaskFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    team: t.id(),
    unit: t.id({ description: 'A unit that answers for it.' }),
    status: t.string(),
    dueFrom: t.field({ type: 'Date' }),
    dueTo: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  task: t.field({
    type: TaskRef,
    nullable: true,
    authenticated: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Task, id),
  }),
  tasks: t.connection({
    type: TaskRef,
    authenticated: true,
    description: 'Tasks, in the order in which they were set.',
    args: { filter: t.arg({ type: TaskFilter }) },
    resolve(_root, args, context) {
      const { team, unit, status, dueFrom, dueTo, ...where } = args.filter ?? {};
      return page(context.em, Task, {
        where: {
          $and: [
            ...placedWhere(where),
            ...(unit ? [{ responsibleUnitIds: { $contains: [unit] } }] : []),
            ...given({ status, teamId: team }),
            ...between('deadline', dueFrom, dueTo),
          ],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));
