import { defineEntity, p } from '@mikro-orm/postgresql';

const InsuranceCoverSchema = defineEntity({
  name: 'InsuranceCover',
  tableName: 'insurance_cover',
  properties: {
    id: p.uuid().primary(),
    /** The engagement it was bought for. Cover is the person's, so it counts in others too. */
    appointmentId: p.uuid(),
    personId: p.uuid(),
    kind: p.string(),
    from: p.date(),
    /** The last day of cover. */
    to: p.date(),
    payer: p.string().nullable(),
    policyNumber: p.string().nullable(),
  },
  indexes: [{ properties: ['personId', 'kind', 'from'] }],
});
export class InsuranceCover extends InsuranceCoverSchema.class {}
InsuranceCoverSchema.setClass(InsuranceCover);

export const insuranceTables = [InsuranceCoverSchema];
