import { defineEntity, p } from '@mikro-orm/postgresql';

const RegionSchema = defineEntity({
  name: 'Region',
  tableName: 'region',
  properties: {
    /** Own id, `cn-<code>`: stable through renamings, present where the national code is not. */
    id: p.string().primary(),
    /** GB/T 2260, six digits; null for areas the standard does not list. */
    gbCode: p.string().nullable(),
    /** The statistical bureau's code. */
    statisticalCode: p.string().nullable(),
    name: p.string(),
    shortName: p.string(),
    level: p.string(),
    divisionType: p.string(),
    parentId: p.string().nullable(),
    /** The region and its ancestors, own id first. */
    path: p.array(),
    validFrom: p.date().nullable(),
    validTo: p.date().nullable(),
    predecessors: p.array(),
    successors: p.array(),
    aliases: p.array(),
    standard: p.boolean(),
    /** For a village: its main industries. */
    mainIndustries: p.array().nullable(),
  },
  indexes: [{ properties: ['parentId', 'id'] }, { properties: ['level', 'id'] }],
});
export class Region extends RegionSchema.class {}
RegionSchema.setClass(Region);

const RegionStatusSchema = defineEntity({
  name: 'RegionStatus',
  tableName: 'region_status',
  properties: {
    id: p.uuid().primary(),
    regionId: p.string(),
    kind: p.string(),
    value: p.boolean(),
    from: p.date().nullable(),
    to: p.date().nullable(),
    source: p.string(),
    /** The act of a procedure that recorded it; null where it was recorded by itself. */
    stepId: p.uuid().nullable(),
  },
  indexes: [{ properties: ['regionId', 'kind'] }, { properties: ['kind', 'regionId'] }, { properties: ['stepId'] }],
  // One value stands: two clerks at once must not make two of it.
  uniques: [{ properties: ['regionId', 'kind'], where: '"to" is null' }],
});
export class RegionStatus extends RegionStatusSchema.class {}
RegionStatusSchema.setClass(RegionStatus);

export const regionTables = [RegionSchema, RegionStatusSchema];
