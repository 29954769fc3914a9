import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const PlatformSchema = defineEntity({
  name: 'Platform',
  tableName: 'platform',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    name: p.text(),
    kind: p.string(),
    /** The level that recognised it. */
    level: p.string().nullable(),
    /** What it is run on, a code such as leading-enterprise. */
    carrier: p.string().nullable(),
    functions: p.array().default([]),
    zones: p.array().default([]),
    services: p.array().default([]),
    userGroups: p.array().default([]),
    /** The brand under which it works, a code. */
    brand: p.string().nullable(),
    recognisedOn: p.date().nullable(),
    organisationId: p.uuid(),
    registeredOn: p.date(),
    ...placeColumns(),
  },
  uniques: [{ properties: ['organisationId', 'kind', 'name'] }],
  indexes: [
    { properties: ['countyId', 'kind', 'id'] },
    { properties: ['prefectureId', 'kind', 'id'] },
    { properties: ['provinceId', 'kind', 'id'] },
  ],
});
export class Platform extends PlatformSchema.class {}
PlatformSchema.setClass(Platform);

export const platformTables = [PlatformSchema];
