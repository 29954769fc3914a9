import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

/** What a pack's words say of one thing: flat, for it is counted and filtered and not computed with. */
export type Attributes = Readonly<Record<string, string | number | boolean>>;

const WorkResultSchema = defineEntity({
  name: 'WorkResult',
  tableName: 'work_result',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** A code of the pack's vocabulary, such as demo-base. */
    kind: p.string(),
    title: p.text(),
    /** The village it lies in, when it lies in one. */
    villageId: p.string().nullable(),
    /** The first day on which it is there. */
    startedOn: p.date(),
    /** The last day on which it was there; null while it is. */
    endedOn: p.date().nullable(),
    endReason: p.text().nullable(),
    /** What makes it one and the same thing wherever it is recorded, such as a patent's number. */
    reference: p.string().nullable(),
    quantity: p.integer(),
    /** Codes of what it has, by its kind. */
    features: p.array(),
    /** Who made it or answers for it. */
    organisationId: p.uuid().nullable(),
    /** The other unit, of a pairing for instance, and the kind of unit it was on the day. */
    partnerId: p.uuid().nullable(),
    partnerKind: p.string().nullable(),
    personId: p.uuid().nullable(),
    teamId: p.uuid().nullable(),
    attributes: p.json<Attributes>(),
    /** The day of the latest act on it. */
    changedOn: p.date(),
    ...placeColumns(),
  },
  checks: [
    { name: 'work_result_quantity_positive', expression: 'quantity > 0' },
    { name: 'work_result_ends_after_start', expression: 'ended_on is null or ended_on >= started_on' },
  ],
  indexes: [
    { properties: ['countyId', 'kind', 'startedOn'] },
    { properties: ['prefectureId', 'kind', 'startedOn'] },
    { properties: ['provinceId', 'kind', 'startedOn'] },
    { properties: ['villageId', 'kind'] },
    { properties: ['kind', 'reference'] },
  ],
});
export class WorkResult extends WorkResultSchema.class {}
WorkResultSchema.setClass(WorkResult);

/**
 * One row for each kind and reference that was ever recorded. It holds nothing: it is there to be locked, for whether a
 * thing is on record already is asked of rows that may not exist yet.
 */
const WorkReferenceSchema = defineEntity({
  name: 'WorkReference',
  tableName: 'work_reference',
  properties: {
    kind: p.string().primary(),
    reference: p.string().primary(),
  },
});
export class WorkReference extends WorkReferenceSchema.class {}
WorkReferenceSchema.setClass(WorkReference);

export const workResultTables = [WorkResultSchema, WorkReferenceSchema];
