import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const ExpertPoolEntrySchema = defineEntity({
  name: 'ExpertPoolEntry',
  tableName: 'expert_pool_entry',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    personId: p.uuid(),
    /** national-society, provincial-association, east-west, local-province and others. */
    source: p.string(),
    field: p.string().nullable(),
    /** Who mobilised or recommended: an organisation of the graph, or a name. */
    recommenderId: p.uuid().nullable(),
    recommenderName: p.string().nullable(),
    /** For the source of a pairing: the county that is paired. */
    pairedCountyId: p.string().nullable(),
    ...placeColumns(),
    addedOn: p.date(),
    /** The first day it no longer holds; null for an open end. */
    to: p.date().nullable(),
    /** Why it was ended; null while it holds, and where it ran out. */
    endReason: p.text().nullable(),
  },
  indexes: [
    { properties: ['personId', 'source'] },
    { properties: ['pairedCountyId', 'source'] },
    { properties: ['source', 'id'] },
  ],
});
export class ExpertPoolEntry extends ExpertPoolEntrySchema.class {}
ExpertPoolEntrySchema.setClass(ExpertPoolEntry);

export const expertPoolEntryTables = [ExpertPoolEntrySchema];
