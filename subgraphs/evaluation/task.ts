import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { builder } from './builder.ts';
import { OrganisationRef, PersonRef, RegionRef } from './external.ts';
import { between, given, placedWhere } from './listing.ts';
import { LedgerEntry, Task } from './tables/task.ts';

export const LedgerEntryRef = builder.objectRef<LedgerEntry>('LedgerEntry');

export const TaskRef = builder.objectRef<Task>('Task').implement({
  description: 'Something that a plan sets to be done, with the units and the person who answer for it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    region: t.field({ type: RegionRef, resolve: (task) => ({ id: task.regionId }) }),
    title: t.exposeString('title'),
    text: t.exposeString('text', { nullable: true }),
    responsibleUnits: t.field({
      type: [OrganisationRef],
      resolve: (task) => task.responsibleUnitIds.map((id) => ({ id })),
    }),
    responsiblePerson: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (task) => (task.responsiblePersonId ? { id: task.responsiblePersonId } : null),
    }),
    deadline: t.expose('deadline', { type: 'Date', nullable: true }),
    createdOn: t.expose('createdOn', { type: 'Date' }),
    ledger: t.connection({
      type: LedgerEntryRef,
      description: 'Its ledger, the latest entry first.',
      resolve: (task, args, context) =>
        page(context.em, LedgerEntry, {
          where: { taskId: task.id },
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
    status: t.exposeString('status', { description: 'A code of the pack, such as on-track or done.' }),
    text: t.exposeString('text'),
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
    responsibleUnit: t.id(),
    responsiblePerson: t.id(),
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
      const { responsibleUnit, responsiblePerson, dueFrom, dueTo, ...where } = args.filter ?? {};
      return page(context.em, Task, {
        where: {
          $and: [
            ...placedWhere(where),
            ...(responsibleUnit ? [{ responsibleUnitIds: { $contains: [responsibleUnit] } }] : []),
            ...given({ responsiblePersonId: responsiblePerson }),
            ...between('deadline', dueFrom, dueTo),
          ],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** Who acts on a task: its units, wherever they lie. */
export const taskSubject = (
  task: Pick<Task, 'id' | 'responsibleUnitIds' | 'responsiblePersonId'>,
  regions: readonly string[],
) => ({
  type: 'Task',
  id: task.id,
  regions,
  organisations: task.responsibleUnitIds,
  persons: task.responsiblePersonId ? [task.responsiblePersonId] : [],
});
