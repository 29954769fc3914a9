import { defineEntity, p } from '@mikro-orm/postgresql';

const ApplicationSchema = defineEntity({
  name: 'Application',
  tableName: 'application',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    provinceId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    countyId: p.string().nullable(),
    selectionId: p.uuid(),
    personId: p.uuid(),
    organisationId: p.uuid(),
    receivingUnitId: p.uuid().nullable(),
    demandItemId: p.uuid().nullable(),
    matchingId: p.uuid().nullable(),
    form: p.json<Record<string, unknown>>(),
    sealed: p.boolean().nullable(),
    filerKind: p.string().nullable(),
    experienceAttested: p.boolean().nullable(),
    receivedOn: p.date(),
    /** submitted, rejected, withdrawn, listed or appointed. */
    status: p.string(),
  },
  indexes: [
    { properties: ['selectionId', 'id'] },
    { properties: ['personId', 'id'] },
    { properties: ['organisationId', 'id'] },
  ],
  // One candidacy of a person for an item in a round, however many clerks send the form.
  uniques: [
    { properties: ['selectionId', 'personId', 'demandItemId'] },
    { properties: ['selectionId', 'personId'], where: 'demand_item_id is null' },
  ],
});
export class Application extends ApplicationSchema.class {}
ApplicationSchema.setClass(Application);

export const applicationTables = [ApplicationSchema];
