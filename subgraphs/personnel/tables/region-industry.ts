import { defineEntity, p } from '@mikro-orm/postgresql';

const RegionIndustrySchema = defineEntity({
  name: 'RegionIndustry',
  tableName: 'region_industry',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    regionId: p.string(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string().nullable(),
    /** Code of the pack's vocabulary. */
    industry: p.string(),
    from: p.date(),
    /** The first day it no longer holds; null while it lasts. */
    to: p.date().nullable(),
    source: p.text().nullable(),
  },
  indexes: [{ properties: ['regionId', 'industry'] }, { properties: ['prefectureId', 'industry'] }],
});
export class RegionIndustry extends RegionIndustrySchema.class {}
RegionIndustrySchema.setClass(RegionIndustry);

export const regionIndustryTables = [RegionIndustrySchema];
