import { defineEntity, p } from '@mikro-orm/postgresql';

/** One extension of an engagement. */
export interface Extension {
  readonly on: string;
  /** The last day before and after it. */
  readonly from: string;
  readonly to: string;
  readonly reason: string | null;
  readonly approvals: readonly string[];
}

const EngagementSchema = defineEntity({
  name: 'Engagement',
  tableName: 'engagement',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** leader or member. */
    kind: p.string(),
    teamId: p.uuid(),
    personId: p.uuid(),
    from: p.date(),
    /** The last day, extensions included. */
    to: p.date(),
    /** Role codes of the bodies that approved it. */
    approvals: p.array(),
    document: p.string().nullable(),
    reason: p.text().nullable(),
    extensions: p.json<readonly Extension[]>(),
    engagedOn: p.date(),
    changedOn: p.date(),
  },
  indexes: [{ properties: ['teamId', 'to'] }, { properties: ['personId', 'to'] }],
  uniques: [{ properties: ['teamId', 'personId', 'kind', 'from'] }],
});
export class Engagement extends EngagementSchema.class {}
EngagementSchema.setClass(Engagement);

export const engagementTables = [EngagementSchema];
