import { defineEntity, p } from '@mikro-orm/postgresql';

/** An obligation that was settled. Those that are open are not stored: the packs say them anew each time. */
const SettlementSchema = defineEntity({
  name: 'Settlement',
  tableName: 'settlement',
  properties: {
    /** The obligation's id, so that nothing is settled twice. */
    id: p.string().primary(),
    version: p.integer().version(),
    pack: p.string(),
    entry: p.string(),
    regionId: p.string(),
    year: p.integer(),
    occurrence: p.string().nullable(),
    /** satisfied or waived. */
    outcome: p.string(),
    on: p.date(),
    /** The evidence, or the reason of the waiver. */
    text: p.text().nullable(),
  },
  indexes: [{ properties: ['regionId', 'year'] }],
});
export class Settlement extends SettlementSchema.class {}
SettlementSchema.setClass(Settlement);

export const obligationTables = [SettlementSchema];
