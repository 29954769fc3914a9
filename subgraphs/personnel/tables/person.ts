import { defineEntity, p } from '@mikro-orm/postgresql';

const PersonSchema = defineEntity({
  name: 'Person',
  tableName: 'person',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    name: p.string(),
    organisationId: p.uuid(),
    /** The organisation's region and its ancestors' ids, so that packs can be chosen without a join. */
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string().nullable(),
    birthDate: p.date().nullable(),
    phone: p.string().nullable(),
    idNumber: p.string().nullable().unique(),
    education: p.string().nullable(),
    degree: p.string().nullable(),
    titleLevel: p.string().nullable(),
    titleName: p.string().nullable(),
    employmentStatus: p.string().nullable(),
    /** Technology fields. */
    fields: p.array(),
    /** Years of science-and-technology service attested by the organisation. */
    serviceYears: p.integer().nullable(),
    post: p.string().nullable(),
    /** Categories of past service as attested; null when not known. */
    serviceCategories: p.array().nullable(),
    /** Whether an administrative post is or was held; null when not known. */
    adminPostHeld: p.boolean().nullable(),
  },
  indexes: [
    { properties: ['organisationId', 'id'] },
    { properties: ['prefectureId', 'id'] },
    { properties: ['name', 'id'] },
  ],
});
export class Person extends PersonSchema.class {}
PersonSchema.setClass(Person);

export const personTables = [PersonSchema];
