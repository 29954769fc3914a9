import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const NominationSchema = defineEntity({
  name: 'Nomination',
  tableName: 'nomination',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** leader or member. */
    kind: p.string(),
    teamId: p.uuid(),
    personId: p.uuid(),
    /** The unit that employed the person when nominated. */
    organisationId: p.uuid(),
    ...placeColumns(),
    channel: p.string().nullable(),
    sourceCategory: p.string().nullable(),
    /** The day planned for the dispatch or engagement. */
    plannedOn: p.date().nullable(),
    organisingAttested: p.boolean(),
    actor: p.string(),
    submittedOn: p.date(),
  },
  indexes: [{ properties: ['teamId', 'kind', 'id'] }, { properties: ['personId', 'id'] }],
  // What two clerks enter at once is one nomination.
  uniques: [{ properties: ['teamId', 'personId', 'kind', 'submittedOn'] }],
});
export class Nomination extends NominationSchema.class {}
NominationSchema.setClass(Nomination);

export const nominationTables = [NominationSchema];
