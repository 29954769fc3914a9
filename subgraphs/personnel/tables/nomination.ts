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
    /** submitted or withdrawn. */
    status: p.string(),
  },
  indexes: [{ properties: ['teamId', 'kind', 'status'] }, { properties: ['personId', 'id'] }],
  // Put forward once for a post of a team: what several recommend is one nomination.
  uniques: [{ properties: ['teamId', 'personId', 'kind'], where: "status = 'submitted'" }],
});
export class Nomination extends NominationSchema.class {}
NominationSchema.setClass(Nomination);

export const nominationTables = [NominationSchema];
