import { Expense } from '../../subgraphs/projects-funding/tables/expense.ts';
import { FundingLine } from '../../subgraphs/projects-funding/tables/funding-line.ts';
import { FundTransfer } from '../../subgraphs/projects-funding/tables/transfer.ts';
import type { Batch } from '../batch.ts';
import { numberedId } from '../id.ts';
import { plainExpense, plainLine } from '../plain-money.ts';
import { type Filled, KIND } from './county.ts';

const YUAN = 100;

/** What the county's department gave one engagement, paid at once and half of it spent. */
export function addLine(batch: Batch, filled: Filled, at: number, category: string): void {
  const { county, chance, center, department, persons, place } = filled;
  const id = (kind: number) => numberedId(kind, county.number, at);
  const amountFen = chance.whole(4, 20) * 1_000 * YUAN;
  const lineId = id(KIND.line);
  batch.add(FundingLine, {
    id: lineId,
    beneficiaryKind: 'appointment',
    beneficiaryId: id(KIND.appointment),
    beneficiaryLevel: category,
    personId: persons[at] as string,
    dispatchingUnitId: center,
    payerId: department,
    payerLevel: 'county',
    source: 'county-finance',
    form: 'subsidy',
    channel: null,
    ...plainLine,
    year: 2024,
    allocatedOn: '2024-03-04',
    amountFen,
    transferredFen: amountFen,
    spentFen: amountFen / 2,
    regionId: county.id,
    ...place,
  });
  batch.add(FundTransfer, {
    id: id(KIND.transfer),
    lineId,
    amountFen,
    recipientKind: 'dispatching-unit',
    recipientPersonId: null,
    recipientTeamId: null,
    recipientOrganisationId: center,
    earmarked: true,
    transferredOn: '2024-03-18',
    reference: null,
  });
  batch.add(Expense, {
    id: id(KIND.expense),
    lineId,
    category: chance.pick(['transport-travel', 'training', 'materials']),
    amountFen: amountFen / 2,
    spentOn: '2024-09-02',
    activity: '到县服务（演示）',
    ...plainExpense,
    servedAppointmentId: id(KIND.appointment),
    servedTeamId: null,
    servedProjectId: null,
    reviewer: '单位科研处（演示）',
    reviewedOn: '2024-09-05',
  });
}
