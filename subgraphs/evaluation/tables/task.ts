import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const TaskSchema = defineEntity({
  name: 'Task',
  tableName: 'task',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    title: p.string(),
    text: p.text().nullable(),
    /** Organisations; several may answer for one task. */
    responsibleUnitIds: p.array(),
    responsiblePersonId: p.string().nullable(),
    deadline: p.date().nullable(),
    createdOn: p.date(),
  },
  indexes: [
    { properties: ['regionId', 'id'] },
    { properties: ['prefectureId', 'id'] },
    { properties: ['provinceId', 'id'] },
    { properties: ['deadline', 'id'] },
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
    status: p.string(),
    text: p.text(),
    organisationId: p.string().nullable(),
    recordedOn: p.date(),
  },
  indexes: [{ properties: ['taskId', 'date', 'id'] }, { properties: ['regionId', 'date', 'id'] }],
});
export class LedgerEntry extends LedgerEntrySchema.class {}
LedgerEntrySchema.setClass(LedgerEntry);

export const taskTables = [TaskSchema, LedgerEntrySchema];
