import { defineEntity, p } from '@mikro-orm/postgresql';

const FundInspectionSchema = defineEntity({
  name: 'FundInspection',
  tableName: 'fund_inspection',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    lineId: p.uuid(),
    /** Who inspected. */
    agencyId: p.uuid(),
    /** Who commissioned the agency; null when it came on its own. */
    commissionedById: p.uuid().nullable(),
    inspectedOn: p.date(),
    compliant: p.boolean(),
    finding: p.text(),
  },
  indexes: [{ properties: ['lineId', 'id'] }],
});
export class FundInspection extends FundInspectionSchema.class {}
FundInspectionSchema.setClass(FundInspection);

export const fundInspectionTables = [FundInspectionSchema];
