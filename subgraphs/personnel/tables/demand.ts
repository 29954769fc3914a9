import { defineEntity, p } from '@mikro-orm/postgresql';

const DemandSchema = defineEntity({
  name: 'Demand',
  tableName: 'demand',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string(),
    receivingUnitId: p.uuid().nullable(),
    /** Whom experts talk to at the receiving unit. */
    contactPersonId: p.uuid().nullable(),
    year: p.integer(),
    /** Such as industry-need; null when not stated. */
    kind: p.string().nullable(),
    /** The round it is gathered for, when there is one. */
    selectionId: p.uuid().nullable(),
    /** submitted or published. */
    status: p.string(),
    submittedOn: p.date(),
    published: p.boolean(),
    publishedOn: p.date().nullable(),
    audience: p.array(),
  },
  indexes: [
    { properties: ['countyId', 'year', 'id'] },
    { properties: ['prefectureId', 'year', 'id'] },
    { properties: ['receivingUnitId', 'id'] },
    { properties: ['selectionId', 'countyId'] },
  ],
});
export class Demand extends DemandSchema.class {}
DemandSchema.setClass(Demand);

const DemandItemSchema = defineEntity({
  name: 'DemandItem',
  tableName: 'demand_item',
  properties: {
    id: p.uuid().primary(),
    demandId: p.uuid(),
    countyId: p.string(),
    no: p.integer(),
    field: p.string(),
    industry: p.string(),
    stage: p.string().nullable(),
    description: p.text(),
    urgency: p.string().nullable(),
    /** open, matched (a person and the receiving unit agree) or served (somebody is appointed for it). */
    status: p.string(),
  },
  indexes: [{ properties: ['demandId', 'no'] }, { properties: ['countyId', 'industry'] }],
});
export class DemandItem extends DemandItemSchema.class {}
DemandItemSchema.setClass(DemandItem);

export const demandTables = [DemandSchema, DemandItemSchema];
