import { defineEntity, p } from '@mikro-orm/postgresql';

const CaseStudySchema = defineEntity({
  name: 'CaseStudy',
  tableName: 'case_study',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** appointment, team, dispatching-unit, governing-body or other. */
    candidateKind: p.string(),
    candidateId: p.string(),
    personId: p.string().nullable(),
    organisationId: p.string().nullable(),
    regionId: p.string(),
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
    year: p.integer(),
    title: p.string(),
    text: p.text(),
    url: p.string().nullable(),
    outstanding: p.boolean(),
    criteria: p.array().default([]),
    personConsented: p.boolean(),
    recordedOn: p.date(),
  },
  indexes: [{ properties: ['regionId', 'year', 'id'] }, { properties: ['prefectureId', 'year', 'id'] }],
});
export class CaseStudy extends CaseStudySchema.class {}
CaseStudySchema.setClass(CaseStudy);

export const caseStudyTables = [CaseStudySchema];
