import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const TargetSchema = defineEntity({
  name: 'Target',
  tableName: 'target',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** team or task. */
    subjectKind: p.string(),
    subjectId: p.string(),
    ...placeColumns(),
    /** The year of an annual target; null for a target of a whole term. */
    year: p.integer().nullable(),
    due: p.date().nullable(),
    taskType: p.string().nullable(),
    measure: p.text(),
    quantity: p.integer().nullable(),
    unit: p.string().nullable(),
    setOn: p.date(),
  },
  indexes: [{ properties: ['subjectKind', 'subjectId', 'year', 'id'] }, { properties: ['regionId', 'year', 'id'] }],
});
export class Target extends TargetSchema.class {}
TargetSchema.setClass(Target);

export const targetTables = [TargetSchema];
