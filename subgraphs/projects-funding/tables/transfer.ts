import { defineEntity, p } from '@mikro-orm/postgresql';
import { fenColumn } from './fen.ts';

const TransferSchema = defineEntity({
  name: 'FundTransfer',
  tableName: 'fund_transfer',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    lineId: p.uuid(),
    amountFen: fenColumn('amount_fen'),
    recipientKind: p.string(),
    recipientPersonId: p.uuid().nullable(),
    recipientTeamId: p.uuid().nullable(),
    recipientOrganisationId: p.uuid().nullable(),
    earmarked: p.boolean(),
    transferredOn: p.date(),
    reference: p.text().nullable(),
  },
  indexes: [{ properties: ['lineId', 'id'] }],
});
export class FundTransfer extends TransferSchema.class {}
TransferSchema.setClass(FundTransfer);

export const transferTables = [TransferSchema];
