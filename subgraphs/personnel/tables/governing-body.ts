import { defineEntity, p } from '@mikro-orm/postgresql';

const GoverningBodySchema = defineEntity({
  name: 'GoverningBody',
  tableName: 'governing_body',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    name: p.string(),
    /** What it is, such as a leading group or a coordination mechanism; null when not stated. */
    kind: p.string().nullable(),
    regionId: p.string(),
    establishedOn: p.date(),
    /** The day of the latest composition. */
    changedOn: p.date(),
    changedAt: p.datetime(),
  },
  indexes: [{ properties: ['regionId', 'id'] }],
  uniques: [{ properties: ['regionId', 'name'] }],
});
export class GoverningBody extends GoverningBodySchema.class {}
GoverningBodySchema.setClass(GoverningBody);

const GoverningSeatSchema = defineEntity({
  name: 'GoverningSeat',
  tableName: 'governing_seat',
  properties: {
    id: p.uuid().primary(),
    governingBodyId: p.uuid(),
    /** office, head, co-head, deputy or member. */
    post: p.string(),
    organisationId: p.uuid(),
    /** The role of the pack that the organisation fills here, such as the one that leads a department. */
    role: p.string(),
    personId: p.uuid().nullable(),
    from: p.date(),
    /** The first day it no longer holds; null while it lasts. */
    to: p.date().nullable(),
  },
  indexes: [{ properties: ['governingBodyId', 'to'] }],
});
export class GoverningSeat extends GoverningSeatSchema.class {}
GoverningSeatSchema.setClass(GoverningSeat);

export const governingBodyTables = [GoverningBodySchema, GoverningSeatSchema];
