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
    /** Who made it or answers for it. */
    organisationId: p.uuid().nullable(),
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
  // One thing is recorded once in a place for as long as it is there.
  uniques: [{ properties: ['kind', 'regionId', 'reference'], where: 'ended_on is null and reference is not null' }],
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

export const workResultTables = [WorkResultSchema];
