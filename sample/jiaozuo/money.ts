import { FundInspection } from '../../subgraphs/projects-funding/tables/fund-inspection.ts';
import { FundingLine } from '../../subgraphs/projects-funding/tables/funding-line.ts';
import type { Batch } from '../batch.ts';
import { idOf } from '../id.ts';
import { addLine, type Categories, YUAN } from '../money.ts';
import { type Chance, chanceOf } from '../random.ts';
import { appointmentId } from './appointment.ts';
import type { Engagement } from './engagement.ts';
import { bodiesOf, bureaus, provinceDept } from './organisation.ts';
import { inCounty, inPrefecture, PREFECTURE } from './place.ts';
import { ACTIVE_TEAMS, teamId, teamUnit } from './team.ts';

/** What the prefecture gives each commissioner for a year: exactly this. */
const PER_PERSON = 20_000 * YUAN;

const CATEGORIES: Categories = [
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
      const line = {
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
      };
      addLine(batch, `team ${number} ${year}`, line, CATEGORIES);
    }
  }
  for (const one of engagements) {
    const line = {
      beneficiaryKind: 'appointment',
      beneficiaryId: appointmentId(one),
      beneficiaryLevel: one.category,
      personId: one.expert.id,
      dispatchingUnitId: one.expert.organisationId,
      ...paid(chanceOf(`money ${one.key}`), one),
      year: one.year,
      regionId: one.countyId,
      ...inCounty(one.countyId),
    };
    addLine(batch, one.key, line, CATEGORIES);
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
