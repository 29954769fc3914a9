import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';
import { fenColumn } from './fen.ts';

const IncomeDistributionSchema = defineEntity({
  name: 'IncomeDistribution',
  tableName: 'income_distribution',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** Whose research team: a commissioner's (appointment) or a service team. */
    beneficiaryKind: p.string(),
    beneficiaryId: p.uuid(),
    personId: p.uuid().nullable(),
    dispatchingUnitId: p.uuid().nullable(),
    /** The unit that owns the result. */
    ownerId: p.uuid(),
    ownerKind: p.string(),
    mode: p.string(),
    netIncomeFen: fenColumn('net_income_fen'),
    teamShareFen: fenColumn('team_share_fen'),
    agreedOn: p.date(),
    note: p.text().nullable(),
    ...placeColumns(),
  },
  checks: [{ name: 'income_distribution_share_within', expression: 'team_share_fen <= net_income_fen' }],
  indexes: [{ properties: ['beneficiaryId', 'id'] }, { properties: ['ownerId', 'id'] }],
});
export class IncomeDistribution extends IncomeDistributionSchema.class {}
IncomeDistributionSchema.setClass(IncomeDistribution);

export const incomeDistributionTables = [IncomeDistributionSchema];
