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
    /** The team; null for a leader who is sought before there is one. */
    teamId: p.uuid().nullable(),
    /** The kind of team to be led, where there is none yet. */
    teamKind: p.string().nullable(),
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
    withdrawnOn: p.date().nullable(),
    withdrawReason: p.text().nullable(),
  },
  indexes: [
    { properties: ['teamId', 'kind', 'id'] },
    { properties: ['regionId', 'kind', 'id'] },
    { properties: ['personId', 'id'] },
  ],
  // What two clerks enter at once is one nomination.
  uniques: [
    { properties: ['teamId', 'personId', 'kind', 'submittedOn'], where: 'withdrawn_on is null' },
    {
      properties: ['regionId', 'personId', 'kind', 'submittedOn'],
      where: 'team_id is null and withdrawn_on is null',
    },
  ],
});
export class Nomination extends NominationSchema.class {}
NominationSchema.setClass(Nomination);

export const nominationTables = [NominationSchema];
