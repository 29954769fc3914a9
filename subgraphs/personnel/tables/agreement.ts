import { defineEntity, p } from '@mikro-orm/postgresql';

const AgreementSchema = defineEntity({
  name: 'Agreement',
  tableName: 'agreement',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    teamId: p.uuid(),
    countyId: p.string(),
    signedOn: p.date(),
    until: p.date().nullable(),
    industry: p.string().nullable(),
  },
  indexes: [{ properties: ['teamId', 'countyId'] }, { properties: ['countyId', 'teamId'] }],
});
export class Agreement extends AgreementSchema.class {}
AgreementSchema.setClass(Agreement);

const CommitmentSchema = defineEntity({
  name: 'Commitment',
  tableName: 'commitment',
  properties: {
    id: p.uuid().primary(),
    agreementId: p.uuid(),
    text: p.string(),
    due: p.date().nullable(),
    settledOn: p.date().nullable(),
    evidence: p.string().nullable(),
  },
  indexes: [{ properties: ['agreementId', 'settledOn'] }],
});
export class Commitment extends CommitmentSchema.class {}
CommitmentSchema.setClass(Commitment);

export const agreementTables = [AgreementSchema, CommitmentSchema];
