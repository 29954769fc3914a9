import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

/** A unit that answers for a task, and who in it; null: nobody is named. */
export interface Responsible {
  readonly unit: string;
  readonly person: string | null;
}

const TaskSchema = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    /** The team whose task it is. */
    teamId: p.string().nullable(),
    title: p.string(),
    text: p.text().nullable(),
    responsible: p.json<Responsible[]>(),
    /** The units of `responsible` once more, so that a unit's tasks are found by an index. */
    responsibleUnitIds: p.array(),
    deadline: p.date().nullable(),
    /** open, done or dropped. */
    status: p.string(),
    createdOn: p.date(),
    /** The day of the latest act that changed its status. */
    changedOn: p.date(),
  },
  indexes: [
    { properties: ['regionId', 'id'] },
    { properties: ['prefectureId', 'id'] },
    { properties: ['provinceId', 'id'] },
    { properties: ['deadline', 'id'] },
    { properties: ['teamId', 'id'] },
    { properties: ['responsibleUnitIds'], type: 'gin' },
  ],
});
export class Task extends TaskSchema.class {}
TaskSchema.setClass(Task);

const LedgerEntrySchema = defineEntity({
  name: 'LedgerEntry',
  tableName: 'ledger_entry',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    taskId: p.uuid(),
    /** Copied from the task, so that entries are counted by region without a join. */
    ...placeColumns(),
    date: p.date(),
    /** What the entry made of the task's status; null: nothing. */
    status: p.string().nullable(),
    content: p.text(),
    organisationId: p.string().nullable(),
    recordedOn: p.date(),
  },
  indexes: [{ properties: ['taskId', 'date', 'id'] }, { properties: ['regionId', 'date', 'id'] }],
});
export class LedgerEntry extends LedgerEntrySchema.class {}
LedgerEntrySchema.setClass(LedgerEntry);

export const taskTables = [TaskSchema, LedgerEntrySchema];
