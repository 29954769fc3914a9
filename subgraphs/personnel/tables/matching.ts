import { defineEntity, p } from '@mikro-orm/postgresql';

const MatchingSchema = defineEntity({
  name: 'Matching',
  tableName: 'matching',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string().nullable(),
    demandItemId: p.uuid().nullable(),
    selectionId: p.uuid().nullable(),
    personId: p.uuid(),
    /** The unit the person came from then. */
    organisationId: p.uuid(),
    receivingUnitId: p.uuid().nullable(),
    contactPersonId: p.uuid().nullable(),
    personConsent: p.boolean(),
    receivingUnitConsent: p.boolean(),
    /** The accounts that stated the two consents: who speaks for one side does not speak for the other. */
    personConsentBy: p.string().nullable(),
    receivingUnitConsentBy: p.string().nullable(),
    recordedOn: p.date(),
  },
  indexes: [{ properties: ['selectionId', 'organisationId'] }, { properties: ['personId', 'id'] }],
  // One contact between a person and an item: two sides that record it at once must meet in one row.
  uniques: [{ properties: ['demandItemId', 'personId'] }],
});
export class Matching extends MatchingSchema.class {}
MatchingSchema.setClass(Matching);

export const matchingTables = [MatchingSchema];
