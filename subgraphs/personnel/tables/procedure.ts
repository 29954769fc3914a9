import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const ProcedureSchema = defineEntity({
  name: 'Procedure',
  tableName: 'procedure',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    /** The pack and chain it runs, as they stood when it was opened. */
    packId: p.string(),
    packVersion: p.string(),
    chainId: p.string(),
    /** region, organisation, person or team. */
    subjectKind: p.string(),
    subjectId: p.string(),
    /** What the applicant declares: its own will, whether it has a team, whether it needs people from outside. */
    voluntary: p.boolean().nullable(),
    hasTeam: p.boolean().nullable(),
    externalNeed: p.boolean().nullable(),
    note: p.text().nullable(),
    /** open, returned, withdrawn or completed. */
    status: p.string(),
    /** The person on whom it settled. */
    finalPersonId: p.uuid().nullable(),
    openedOn: p.date(),
    /** The date of the document that completed it; the day of that step where it has none. */
    completedOn: p.date().nullable(),
    endReason: p.text().nullable(),
    /** The day of the latest act. */
    changedOn: p.date(),
    /** Acts so far: what moves the version on when an act changes only what belongs to it. */
    acts: p.integer(),
  },
  indexes: [
    { properties: ['regionId', 'chainId', 'id'] },
    { properties: ['subjectKind', 'subjectId', 'chainId'] },
    { properties: ['prefectureId', 'id'] },
    { properties: ['provinceId', 'id'] },
  ],
});
export class Procedure extends ProcedureSchema.class {}
ProcedureSchema.setClass(Procedure);

const ProcedureStepSchema = defineEntity({
  name: 'ProcedureStep',
  tableName: 'procedure_step',
  properties: {
    id: p.uuid().primary(),
    procedureId: p.uuid(),
    key: p.string(),
    on: p.date(),
    /** The role codes of the bodies that took part in this act. */
    bodies: p.array(),
    /** The role codes of the bodies whose written consent came with it. */
    consents: p.array(),
    actor: p.string(),
    documentNumber: p.string().nullable(),
    documentDate: p.date().nullable(),
    decision: p.text().nullable(),
    /** The person on whom it settled, where this act said so. */
    finalPersonId: p.uuid().nullable(),
    /** False while bodies of a joint step have yet to take part. */
    done: p.boolean(),
    /** The day on which a return made it undone. */
    returnedOn: p.date().nullable(),
    returnReason: p.text().nullable(),
    /** The acts that were collated with it share this id. */
    batchId: p.uuid().nullable(),
  },
  indexes: [{ properties: ['procedureId', 'id'] }, { properties: ['batchId'] }],
});
export class ProcedureStep extends ProcedureStepSchema.class {}
ProcedureStepSchema.setClass(ProcedureStep);

const ProcedureCandidateSchema = defineEntity({
  name: 'ProcedureCandidate',
  tableName: 'procedure_candidate',
  properties: {
    id: p.uuid().primary(),
    procedureId: p.uuid(),
    personId: p.uuid(),
    /** The dispatching unit: where the person was employed when put forward. */
    organisationId: p.uuid(),
    unitConsented: p.boolean(),
    on: p.date(),
    /** The acts that put the person forward and that brought the unit's consent: a return undoes what they did. */
    stepId: p.uuid().nullable(),
    consentStepId: p.uuid().nullable(),
    withdrawnOn: p.date().nullable(),
  },
  // A person is put forward once: two units at once must not make two candidates of one.
  uniques: [{ properties: ['procedureId', 'personId'], where: 'withdrawn_on is null' }],
  indexes: [{ properties: ['procedureId', 'id'] }],
});
export class ProcedureCandidate extends ProcedureCandidateSchema.class {}
ProcedureCandidateSchema.setClass(ProcedureCandidate);

export const procedureTables = [ProcedureSchema, ProcedureStepSchema, ProcedureCandidateSchema];
