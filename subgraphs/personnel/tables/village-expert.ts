import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const VillageExpertSchema = defineEntity({
  name: 'VillageExpert',
  tableName: 'village_expert',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** The village is the region. */
    ...placeColumns(),
    personId: p.uuid(),
    category: p.string(),
    from: p.date(),
    /** The first day it no longer holds; null for an open end. */
    to: p.date().nullable(),
    /** Why it was ended; null while it holds, and where it ran out. */
    endReason: p.text().nullable(),
  },
  indexes: [
    { properties: ['regionId', 'to'] },
    { properties: ['personId', 'to'] },
    { properties: ['countyId', 'category', 'to'] },
    { properties: ['prefectureId', 'category', 'to'] },
    { properties: ['provinceId', 'category', 'to'] },
  ],
  uniques: [{ properties: ['regionId', 'personId'], where: '"to" is null' }],
});
export class VillageExpert extends VillageExpertSchema.class {}
VillageExpertSchema.setClass(VillageExpert);

export const villageExpertTables = [VillageExpertSchema];
