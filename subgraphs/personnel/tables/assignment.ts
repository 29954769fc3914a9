import { defineEntity, p } from '@mikro-orm/postgresql';

const AssignmentSchema = defineEntity({
  name: 'Assignment',
  tableName: 'assignment',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    appointmentId: p.uuid(),
    /** service-object, project, base, operator, household or year-target. */
    kind: p.string(),
    /** What it is called, or what the target says; null for households, which are only counted. */
    name: p.text().nullable(),
    /** Where the thing is on record, such as the id of a service object or a project. */
    reference: p.string().nullable(),
    villageId: p.string().nullable(),
    /** How many households; 1 for everything else. */
    quantity: p.integer(),
    /** For the target of a year. */
    year: p.integer().nullable(),
    from: p.date(),
    /** The first day it no longer holds; null for an open end. */
    to: p.date().nullable(),
    /** Why it was ended; null while it holds, and where it ran out. */
    endReason: p.text().nullable(),
  },
  indexes: [{ properties: ['appointmentId', 'kind', 'to'] }],
});
export class Assignment extends AssignmentSchema.class {}
AssignmentSchema.setClass(Assignment);

export const assignmentTables = [AssignmentSchema];
