import { defineEntity, p } from '@mikro-orm/postgresql';

const SelectionNoticeSchema = defineEntity({
  name: 'SelectionNotice',
  tableName: 'selection_notice',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    selectionId: p.uuid(),
    /** The step of the chain that it carries out, if the round follows one. */
    step: p.string().nullable(),
    openedOn: p.date(),
    days: p.integer(),
    /** A length that the organising body fixed by a document of its own. */
    fixedDays: p.integer().nullable(),
    fixedBy: p.string().nullable(),
    place: p.string().nullable(),
    closedOn: p.date().nullable(),
    /** The day on which the round went back behind it, so that it no longer counts. */
    supersededOn: p.date().nullable(),
    /** Acts on it so far: what moves its version on when an act changes only what belongs to it. */
    acts: p.integer(),
  },
  indexes: [{ properties: ['selectionId', 'id'] }],
  // One running notice a round, whoever is faster.
  uniques: [{ properties: ['selectionId'], where: 'closed_on is null and superseded_on is null' }],
});
export class SelectionNotice extends SelectionNoticeSchema.class {}
SelectionNoticeSchema.setClass(SelectionNotice);

const SelectionObjectionSchema = defineEntity({
  name: 'SelectionObjection',
  tableName: 'selection_objection',
  properties: {
    id: p.uuid().primary(),
    noticeId: p.uuid(),
    applicationId: p.uuid().nullable(),
    raisedOn: p.date(),
    raisedBy: p.string().nullable(),
    text: p.text(),
    settledOn: p.date().nullable(),
    settlement: p.text().nullable(),
  },
  indexes: [{ properties: ['noticeId', 'settledOn'] }],
});
export class SelectionObjection extends SelectionObjectionSchema.class {}
SelectionObjectionSchema.setClass(SelectionObjection);

export const selectionNoticeTables = [SelectionNoticeSchema, SelectionObjectionSchema];
