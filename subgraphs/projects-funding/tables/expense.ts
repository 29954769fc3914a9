import { defineEntity, p } from '@mikro-orm/postgresql';
import { fenColumn } from './fen.ts';

const ExpenseSchema = defineEntity({
  name: 'Expense',
  tableName: 'expense',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    lineId: p.uuid(),
    category: p.string(),
    amountFen: fenColumn('amount_fen'),
    spentOn: p.date(),
    activity: p.text(),
    /** Whether the payee is close to who handles or approves it; null when nobody said. */
    payeeRelated: p.boolean().nullable(),
    /** Whose service it was for: at most one of these three. */
    servedAppointmentId: p.uuid().nullable(),
    servedTeamId: p.uuid().nullable(),
    servedProjectId: p.uuid().nullable(),
    reviewer: p.text().nullable(),
    reviewedOn: p.date().nullable(),
  },
  indexes: [{ properties: ['lineId', 'category'] }, { properties: ['lineId', 'id'] }],
});
export class Expense extends ExpenseSchema.class {}
ExpenseSchema.setClass(Expense);

export const expenseTables = [ExpenseSchema];
