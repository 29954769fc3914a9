import { defineEntity, p } from '@mikro-orm/postgresql';

const SelectionSchema = defineEntity({
  name: 'Selection',
  tableName: 'selection',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    regionId: p.string(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string().nullable(),
    /** The tier that selects: national, province, prefecture, county or unit. */
    level: p.string(),
    /** The unit that selects, for a round of its own. */
    organisationId: p.uuid().nullable(),
    year: p.integer(),
    category: p.string(),
    /** 1 for the first round of its kind in a year. */
    batch: p.integer(),
    /** The pack and chain it follows; null where no pack in force has one for its tier. */
    packId: p.string().nullable(),
    packVersion: p.string().nullable(),
    chainId: p.string().nullable(),
    /** open or listed. */
    status: p.string(),
    openedOn: p.date(),
    listedOn: p.date().nullable(),
    /** The day of the latest step or notice. */
    changedOn: p.date(),
    /** Acts on it so far: what moves its version on when an act changes only what belongs to it. */
    acts: p.integer(),
  },
  indexes: [{ properties: ['prefectureId', 'year', 'id'] }, { properties: ['countyId', 'year', 'id'] }],
  uniques: [
    { properties: ['regionId', 'level', 'year', 'category', 'batch'], where: 'organisation_id is null' },
    { properties: ['organisationId', 'regionId', 'level', 'year', 'category', 'batch'] },
  ],
});
export class Selection extends SelectionSchema.class {}
SelectionSchema.setClass(Selection);

/** What became of one candidate in one step. */
export interface CandidateResult {
  readonly application: string;
  readonly outcome: string;
  readonly score: number | null;
  readonly note: string | null;
}

const SelectionStepSchema = defineEntity({
  name: 'SelectionStep',
  tableName: 'selection_step',
  properties: {
    id: p.uuid().primary(),
    selectionId: p.uuid(),
    key: p.string(),
    on: p.date(),
    /** The role for which it was done. */
    body: p.string().nullable(),
    actor: p.string(),
    documentNumber: p.string().nullable(),
    decision: p.text().nullable(),
    results: p.json<readonly CandidateResult[]>(),
    /** done, or returned: an objection sent the round back to the step before. */
    outcome: p.string(),
    /** The day on which a return made it undone again. */
    reopenedOn: p.date().nullable(),
  },
  indexes: [{ properties: ['selectionId', 'id'] }],
});
export class SelectionStep extends SelectionStepSchema.class {}
SelectionStepSchema.setClass(SelectionStep);

const SelectionOpinionSchema = defineEntity({
  name: 'SelectionOpinion',
  tableName: 'selection_opinion',
  properties: {
    id: p.uuid().primary(),
    stepId: p.uuid(),
    selectionId: p.uuid(),
    /** The role code of the organisation that was asked. */
    body: p.string(),
    adverse: p.boolean(),
    text: p.text().nullable(),
    documentNumber: p.string().nullable(),
  },
  indexes: [{ properties: ['selectionId', 'stepId'] }],
  uniques: [{ properties: ['stepId', 'body'] }],
});
export class SelectionOpinion extends SelectionOpinionSchema.class {}
SelectionOpinionSchema.setClass(SelectionOpinion);

export const selectionTables = [SelectionSchema, SelectionStepSchema, SelectionOpinionSchema];
