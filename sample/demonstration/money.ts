import { addDays } from '../../policies/day.ts';
import { Expense } from '../../subgraphs/projects-funding/tables/expense.ts';
import { FundInspection } from '../../subgraphs/projects-funding/tables/fund-inspection.ts';
import { FundingLine } from '../../subgraphs/projects-funding/tables/funding-line.ts';
import { FundTransfer } from '../../subgraphs/projects-funding/tables/transfer.ts';
import type { Batch, Row } from '../batch.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { plainExpense, plainLine } from '../plain-money.ts';
import { type Chance, chanceOf } from '../random.ts';
import { appointmentId } from './appointment.ts';
import type { Engagement } from './engagement.ts';
import { bodiesOf, bureaus, provinceDept } from './organisation.ts';
import { inCounty, inPrefecture, PREFECTURE } from './place.ts';
import { ACTIVE_TEAMS, teamId, teamUnit } from './team.ts';

/** Amounts are kept in fen. */
const YUAN = 100;
/** What the prefecture gives each commissioner for a year: exactly this. */
const PER_PERSON = 20_000 * YUAN;

type Line = Omit<
  Row<FundingLine>,
  'id' | 'transferredFen' | 'spentFen' | 'allocatedOn' | 'form' | 'channel' | keyof typeof plainLine
>;

const CATEGORIES: readonly (readonly [category: string, activity: string])[] = [
  ['transport-travel', '到县服务往返交通'],
  ['work-subsidy', '实地服务工作补助'],
  ['training', '举办田间课堂'],
  ['materials', '购买示范用种苗和农资'],
  ['testing', '土壤和产品检测'],
  ['data-literature', '购买技术资料'],
  ['fuel', '自驾下乡燃油'],
  ['tolls', '下乡过路过桥'],
  ['insurance', '购买人身意外伤害险'],
];

/** More than this is paid in two instalments. */
const ONE_PAYMENT = 30_000 * YUAN;
/** An amount in whole yuan. */
const wholeYuan = (fen: number) => Math.floor(fen / YUAN) * YUAN;

/** Expenses that together spend this share of a line. */
function expenses(
  chance: Chance,
  lineId: string,
  line: Line,
  transferred: number,
  allocatedOn: string,
): Row<Expense>[] {
  const count = chance.whole(3, 6);
  const share = wholeYuan((transferred * (70 + chance.whole(0, 28))) / 100 / count);
  return Array.from({ length: count }, (_, at) => {
    const [category, activity] = chance.pick(CATEGORIES);
    const spentOn = dayBetween(chance, addDays(allocatedOn, 30), `${line.year}-12-20`);
    const isTeam = line.beneficiaryKind === 'team';
    return {
      id: idOf(`expense ${lineId} ${at}`, spentOn, at),
      lineId,
      category,
      amountFen: share - wholeYuan((share * chance.whole(0, 20)) / 100),
      spentOn,
      activity,
      ...plainExpense,
      servedAppointmentId: isTeam ? null : line.beneficiaryId,
      servedTeamId: isTeam ? line.beneficiaryId : null,
      servedProjectId: null,
      reviewer: '单位科研处（演示）',
      reviewedOn: addDays(spentOn, chance.whole(0, 9)),
    };
  });
}

function transfers(lineId: string, line: Line, transferred: number, allocatedOn: string): Row<FundTransfer>[] {
  const first = wholeYuan(transferred > ONE_PAYMENT ? transferred / 2 : transferred);
  const parts = first < transferred ? [first, transferred - first] : [first];
  return parts.map((amountFen, at) => {
    const transferredOn = addDays(allocatedOn, 12 + at * 120);
    return {
      id: idOf(`transfer ${lineId} ${at}`, transferredOn, at),
      lineId,
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

/** The money of one year for somebody, by the key of the engagement or `team <number> <year>`. */
export const lineId = (name: string, year: number): string => idOf(`line ${name}`, `${year}-03-04`);

function addLine(batch: Batch, name: string, line: Line): void {
  const chance = chanceOf(`line ${name}`);
  const allocatedOn = dayBetween(chance, `${line.year}-03-04`, `${line.year}-04-12`);
  const id = lineId(name, line.year);
  const paid = transfers(id, line, line.amountFen, allocatedOn);
  const spent = expenses(chance, id, line, line.amountFen, allocatedOn);
  const sum = (rows: readonly { amountFen: number }[]) => rows.reduce((total, { amountFen }) => total + amountFen, 0);
  batch.add(FundingLine, {
    id,
    ...line,
    form: 'subsidy',
    channel: null,
    ...plainLine,
    allocatedOn,
    transferredFen: sum(paid),
    spentFen: sum(spent),
  });
  batch.add(FundTransfer, ...paid);
  batch.add(Expense, ...spent);
}

/** Who pays for an engagement, and how much. */
function paid(chance: Chance, { category, countyId, expert }: Engagement) {
  if (category === 'prefecture') {
    return { payerId: bureaus.st.id, payerLevel: 'prefecture', source: 'prefecture-st-budget', amountFen: PER_PERSON };
  }
  if (category === 'county') {
    const amountFen = chance.whole(10, 20) * 500 * YUAN;
    return { payerId: bodiesOf(countyId).finance.id, payerLevel: 'county', source: 'county-finance', amountFen };
  }
  if (category === 'province') {
    return { payerId: provinceDept.id, payerLevel: 'province', source: 'province-st-budget', amountFen: PER_PERSON };
  }
  const amountFen = chance.whole(6, 16) * 500 * YUAN;
  return { payerId: expert.organisationId, payerLevel: 'unit', source: 'unit-own', amountFen };
}

/** The money of both years for teams and commissioners, what was paid out of it and what it was spent for. */
export function addMoney(batch: Batch, engagements: readonly Engagement[]): void {
  for (const year of [2023, 2024]) {
    for (let number = 0; number < ACTIVE_TEAMS; number += 1) {
      const chance = chanceOf(`team money ${number} ${year}`);
      addLine(batch, `team ${number} ${year}`, {
        beneficiaryKind: 'team',
        beneficiaryId: teamId(number),
        beneficiaryLevel: 'prefecture',
        personId: null,
        dispatchingUnitId: teamUnit(number).id,
        payerId: bureaus.st.id,
        payerLevel: 'prefecture',
        source: 'prefecture-st-budget',
        year,
        amountFen: chance.whole(10, 20) * 10_000 * YUAN,
        regionId: PREFECTURE,
        ...inPrefecture,
      });
    }
  }
  for (const one of engagements) {
    addLine(batch, one.key, {
      beneficiaryKind: 'appointment',
      beneficiaryId: appointmentId(one),
      beneficiaryLevel: one.category,
      personId: one.expert.id,
      dispatchingUnitId: one.expert.organisationId,
      ...paid(chanceOf(`money ${one.key}`), one),
      year: one.year,
      regionId: one.countyId,
      ...inCounty(one.countyId),
    });
  }
  batch
    .of(FundingLine)
    .filter(({ beneficiaryKind, year }) => beneficiaryKind === 'team' && year === 2023)
    .slice(0, 4)
    .forEach(({ id }, at) => {
      batch.add(FundInspection, {
        id: idOf(`inspection ${id}`, '2024-02-26', at),
        lineId: id,
        agencyId: bureaus.inspection.id,
        commissionedById: bureaus.st.id,
        inspectedOn: '2024-02-26',
        compliant: at !== 3,
        finding: at === 3 ? '部分差旅票据未附服务记录，已限期补正（演示）' : '经费使用符合规定（演示）',
      });
    });
}
