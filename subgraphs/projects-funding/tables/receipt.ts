import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';
import { fenColumn } from './fen.ts';

/** What a person was paid by somebody, and as what: a fee and an income differ in meaning, not in shape. */
function receiptColumns() {
  return {
    id: p.uuid().primary(),
    version: p.integer().version(),
    appointmentId: p.uuid(),
    personId: p.uuid(),
    dispatchingUnitId: p.uuid().nullable(),
    kind: p.string(),
    capacity: p.string(),
    amountFen: fenColumn('amount_fen'),
    receivedOn: p.date(),
    payerOrganisationId: p.uuid().nullable(),
    payerServiceObjectId: p.uuid().nullable(),
    payerName: p.text().nullable(),
    /** As it was on the day. */
    payerDesignated: p.boolean(),
    duringService: p.boolean(),
    ...placeColumns(),
  };
}

const FeeSchema = defineEntity({
  name: 'FeeRecord',
  tableName: 'fee_record',
  properties: receiptColumns(),
  indexes: [{ properties: ['appointmentId', 'id'] }, { properties: ['personId', 'receivedOn'] }],
});
export class FeeRecord extends FeeSchema.class {}
FeeSchema.setClass(FeeRecord);

const IncomeSchema = defineEntity({
  name: 'IncomeRecord',
  tableName: 'income_record',
  properties: receiptColumns(),
  indexes: [{ properties: ['appointmentId', 'id'] }, { properties: ['personId', 'receivedOn'] }],
});
export class IncomeRecord extends IncomeSchema.class {}
IncomeSchema.setClass(IncomeRecord);

export const receiptTables = [FeeSchema, IncomeSchema];
