import { defineEntity, p } from '@mikro-orm/postgresql';

const OrganisationSchema = defineEntity({
  name: 'Organisation',
  tableName: 'organisation',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    name: p.string(),
    aliases: p.array(),
    /** university, institute, extension-institution, st-dept, enterprise, cooperative, family-farm ... */
    type: p.string(),
    /** public-institution, administrative, enterprise, social ...: what its staff are employed under. */
    nature: p.string(),
    level: p.string(),
    regionId: p.string(),
    parentId: p.uuid().nullable(),
  },
  indexes: [{ properties: ['regionId', 'type', 'id'] }, { properties: ['name', 'id'] }],
});
export class Organisation extends OrganisationSchema.class {}
OrganisationSchema.setClass(Organisation);

export const organisationTables = [OrganisationSchema];
