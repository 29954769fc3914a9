import { addDays } from '../policies/day.ts';
import { Expense } from '../subgraphs/projects-funding/tables/expense.ts';
import { FundingLine } from '../subgraphs/projects-funding/tables/funding-line.ts';
import { FundTransfer } from '../subgraphs/projects-funding/tables/transfer.ts';
import type { Batch, Row } from './batch.ts';
import { dayBetween } from './day.ts';
import { idOf } from './id.ts';
import { plainExpense, plainLine } from './plain-money.ts';
import { type Chance, chanceOf } from './random.ts';

/** Amounts are kept in fen. */
export const YUAN = 100;

type Given = 'id' | 'transferredFen' | 'spentFen' | 'allocatedOn' | 'form' | 'channel' | keyof typeof plainLine;
/** A year's money for somebody, as it is decided. */
export type Line = Omit<Row<FundingLine>, Given> & Partial<Pick<Row<FundingLine>, keyof typeof plainLine>>;

/** What it may be spent for: codes of the place's pack, each with what was done. */
export type Categories = readonly (readonly [category: string, activity: string])[];

/** More than this is paid in two instalments. */
const ONE_PAYMENT = 30_000 * YUAN;
/** An amount in whole yuan. */
const wholeYuan = (fen: number) => Math.floor(fen / YUAN) * YUAN;

/** Expenses that together spend this share of a line. */
function expenses(chance: Chance, id: string, line: Line, allocatedOn: string, of: Categories): Row<Expense>[] {
  const count = chance.whole(3, 6);
  const share = wholeYuan((line.amountFen * (70 + chance.whole(0, 28))) / 100 / count);
  return Array.from({ length: count }, (_, at) => {
    const [category, activity] = chance.pick(of);
    const spentOn = dayBetween(chance, addDays(allocatedOn, 30), `${line.year}-12-20`);
    return {
      id: idOf(`expense ${id} ${at}`, spentOn, at),
      lineId: id,
      category,
      amountFen: share - wholeYuan((share * chance.whole(0, 20)) / 100),
      spentOn,
      activity,
      ...plainExpense,
      servedAppointmentId: line.beneficiaryKind === 'appointment' ? line.beneficiaryId : null,
      servedTeamId: line.beneficiaryKind === 'team' ? line.beneficiaryId : null,
      servedProjectId: null,
      reviewer: '单位科研处（演示）',
      reviewedOn: addDays(spentOn, chance.whole(0, 9)),
    };
  });
}

function transfers(id: string, line: Line, allocatedOn: string): Row<FundTransfer>[] {
  const { amountFen: whole } = line;
  const first = wholeYuan(whole > ONE_PAYMENT ? whole / 2 : whole);
  const parts = first < whole ? [first, whole - first] : [first];
  return parts.map((amountFen, at) => {
    const transferredOn = addDays(allocatedOn, 12 + at * 120);
    return {
      id: idOf(`transfer ${id} ${at}`, transferredOn, at),
      lineId: id,
      amountFen,
      recipientKind: 'dispatching-unit',
      recipientPersonId: null,
      recipientTeamId: null,
      recipientOrganisationId: line.dispatchingUnitId,
      earmarked: true,
      transferredOn,
      reference: `拨款凭证（演示）${line.year}-${at + 1}`,
    };
  });
}

/** The id of a line by the name it was added under. */
export const lineId = (name: string, year: number): string => idOf(`line ${name}`, `${year}-03-04`);

/**
 * The money of one year for somebody, paid to the unit that keeps the books, and most of it spent: decided on a day, or on
 * one in spring if absent. Answers its id.
 */
export function addLine(batch: Batch, name: string, line: Line, of: Categories, on?: string): string {
  const chance = chanceOf(`line ${name}`);
  const allocatedOn = on ?? dayBetween(chance, `${line.year}-03-04`, `${line.year}-04-12`);
  const id = lineId(name, line.year);
  const paid = transfers(id, line, allocatedOn);
  const spent = of.length > 0 ? expenses(chance, id, line, allocatedOn, of) : [];
  const sum = (rows: readonly { amountFen: number }[]) => rows.reduce((total, { amountFen }) => total + amountFen, 0);
  batch.add(FundingLine, {
    id,
    form: 'subsidy',
    channel: null,
    ...plainLine,
    ...line,
    allocatedOn,
    transferredFen: sum(paid),
    spentFen: sum(spent),
  });
  batch.add(FundTransfer, ...paid);
  if (spent.length > 0) batch.add(Expense, ...spent);
  return id;
}
