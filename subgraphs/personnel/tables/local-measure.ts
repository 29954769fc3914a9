import { defineEntity, p } from '@mikro-orm/postgresql';

const LocalMeasureSchema = defineEntity({
  name: 'LocalMeasure',
  tableName: 'local_measure',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    title: p.string(),
    /** The number of the document. */
    number: p.string().nullable(),
    regionId: p.string(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string().nullable(),
    issuerId: p.uuid(),
    /** The issuer's tier on the day of the act. */
    issuerLevel: p.string(),
    kinds: p.array(),
    from: p.date(),
    /** The first day it no longer holds; null while it lasts. */
    to: p.date().nullable(),
    url: p.text().nullable(),
  },
  indexes: [{ properties: ['regionId', 'id'] }, { properties: ['prefectureId', 'id'] }],
});
export class LocalMeasure extends LocalMeasureSchema.class {}
LocalMeasureSchema.setClass(LocalMeasure);

export const localMeasureTables = [LocalMeasureSchema];
