import { defineEntity, p } from '@mikro-orm/postgresql';

const AgreementSchema = defineEntity({
  name: 'Agreement',
  tableName: 'agreement',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    teamId: p.uuid(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string(),
    signedOn: p.date(),
    /** The last day it holds; null for an open end. */
    until: p.date().nullable(),
    /** The industry it is for. */
    industry: p.string().nullable(),
    /** Who signed for each side; null where that side has not. */
    teamSignatoryId: p.uuid().nullable(),
    countySignatoryId: p.uuid().nullable(),
    /** service, cooperation and others; null when not stated. */
    kind: p.string().nullable(),
    /** True when both sides call it deep; null when nobody said. */
    deep: p.boolean().nullable(),
    teamConsented: p.boolean().nullable(),
    countyConsented: p.boolean().nullable(),
    keyMatters: p.array(),
    /** Number or address of its text. */
    document: p.string().nullable(),
    /** Code of the form that the cooperation takes. */
    mode: p.string().nullable(),
    changedAt: p.datetime(),
  },
  indexes: [
    { properties: ['teamId', 'countyId'] },
    { properties: ['countyId', 'teamId'] },
    { properties: ['prefectureId', 'industry'] },
    { properties: ['provinceId', 'industry'] },
  ],
});
export class Agreement extends AgreementSchema.class {}
AgreementSchema.setClass(Agreement);

const CommitmentSchema = defineEntity({
  name: 'Commitment',
  tableName: 'commitment',
  properties: {
    id: p.uuid().primary(),
    agreementId: p.uuid(),
    text: p.text(),
    due: p.date().nullable(),
    settledOn: p.date().nullable(),
    /** Where the proof is: a document's title, number or address. */
    evidence: p.text().nullable(),
  },
  indexes: [{ properties: ['agreementId', 'settledOn'] }],
});
export class Commitment extends CommitmentSchema.class {}
CommitmentSchema.setClass(Commitment);

export const agreementTables = [AgreementSchema, CommitmentSchema];
