import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const TargetSchema = defineEntity({
  name: 'Target',
  tableName: 'target',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** team, appointment, task, region or organisation. */
    subjectKind: p.string(),
    subjectId: p.string(),
    ...placeColumns(),
    /** term, annual ... */
    kind: p.string(),
    /** The year that it is for; null for a target of a whole term. */
    year: p.integer().nullable(),
    due: p.date().nullable(),
    taskType: p.string().nullable(),
    industry: p.string().nullable(),
    measure: p.text().nullable(),
    quantity: p.integer().nullable(),
    unit: p.string().nullable(),
    setOn: p.date(),
  },
  indexes: [{ properties: ['subjectKind', 'subjectId', 'year', 'id'] }, { properties: ['regionId', 'year', 'id'] }],
});
export class Target extends TargetSchema.class {}
TargetSchema.setClass(Target);

export const targetTables = [TargetSchema];
