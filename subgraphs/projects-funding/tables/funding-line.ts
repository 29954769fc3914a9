import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';
import { fenColumn } from './fen.ts';

const FundingLineSchema = defineEntity({
  name: 'FundingLine',
  tableName: 'funding_line',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    /** team, appointment, project (an application), county-project, platform or organisation. */
    beneficiaryKind: p.string(),
    beneficiaryId: p.uuid(),
    /** The team's level, the appointment's category and so on, as they were on the day of the allocation. */
    beneficiaryLevel: p.string().nullable(),
    /** Whom the money is for when it is for one person. */
    personId: p.uuid().nullable(),
    /** The unit that sends the person or team and keeps the books for them. */
    dispatchingUnitId: p.uuid().nullable(),
    payerId: p.uuid(),
    payerLevel: p.string(),
    source: p.string(),
    form: p.string(),
    channel: p.string().nullable(),
    /** How the subsidy is given: before or after the work, or for what it achieved. */
    mode: p.string().nullable(),
    /** What it is for, a code such as contact-point. */
    purpose: p.string().nullable(),
    /** Roles of the bodies that decided it together. */
    deciders: p.array().default([]),
    /** The accepted result that it rests on, such as the number of the acceptance. */
    acceptedResult: p.text().nullable(),
    /** Whose social or financial capital takes part. */
    coFunders: p.array().default([]),
    year: p.integer(),
    allocatedOn: p.date(),
    amountFen: fenColumn('amount_fen'),
    transferredFen: fenColumn('transferred_fen'),
    spentFen: fenColumn('spent_fen'),
    ...placeColumns(),
  },
  checks: [
    { name: 'funding_line_transferred_within', expression: 'transferred_fen <= amount_fen' },
    { name: 'funding_line_spent_within', expression: 'spent_fen <= amount_fen' },
    { name: 'funding_line_year_plausible', expression: 'year >= 2000 and year <= 2100' },
  ],
  indexes: [
    { properties: ['beneficiaryId', 'year'] },
    { properties: ['personId', 'year'] },
    { properties: ['dispatchingUnitId', 'year'] },
    { properties: ['countyId', 'year'] },
    { properties: ['prefectureId', 'year'] },
    { properties: ['provinceId', 'year'] },
  ],
});
export class FundingLine extends FundingLineSchema.class {}
FundingLineSchema.setClass(FundingLine);

/**
 * One row for each person, team or other beneficiary and year that money was ever asked for. It holds nothing: it is
 * there to be locked, for the lines that a total counts may not exist yet and a missing row cannot be held.
 */
const FundingYearSchema = defineEntity({
  name: 'FundingYear',
  tableName: 'funding_year',
  properties: {
    beneficiary: p.string().primary(),
    year: p.integer().primary(),
  },
});
export class FundingYear extends FundingYearSchema.class {}
FundingYearSchema.setClass(FundingYear);

export const fundingLineTables = [FundingLineSchema, FundingYearSchema];
