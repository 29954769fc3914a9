import { FundInspection } from '../../subgraphs/projects-funding/tables/fund-inspection.ts';
import { MisuseEffect, MisuseFinding } from '../../subgraphs/projects-funding/tables/misuse-finding.ts';
import { idOf } from '../id.ts';
import { addLine, type Categories, lineId, YUAN } from '../money.ts';
import { chanceOf } from '../random.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { SHORT } from './place.ts';
import type { ExpertTeam } from './team.ts';

const CATEGORIES: Categories = [
  ['tech-integration-research', '技术集成攻关'],
  ['results-promotion', '成果推介会'],
  ['st-service', '到县开展科技服务'],
  ['training', '举办技术培训'],
  ['popularisation', '科普宣传'],
  ['innovation-research', '产业创新调研'],
];
const YEARS = [2018, 2019];
const DECIDERS = ['province-finance-dept', 'province-poverty-office', 'province-st-dept'];

export const specialLine = (county: string, year: number): string => lineId(`hunan special ${county} ${year}`, year);

/** The line on which an auditor found misuse that is settled. */
const MISUSED = 'cn-430528';

/** What the province, the prefectures and the counties gave the teams in two years; no special money after a bad one. */
export function addMoney({ batch }: Register, bodies: Bodies, teams: readonly ExpertTeam[]): void {
  for (const year of YEARS) {
    const helped = new Set<string>();
    for (const team of teams) {
      const { id, county, leader } = team;
      const chance = chanceOf(`money ${county.id} ${year}`);
      const line = {
        beneficiaryKind: 'team',
        beneficiaryId: id,
        beneficiaryLevel: 'county',
        personId: null,
        dispatchingUnitId: leader.unit,
        year,
        ...placed(county.id),
      };
      const special = { payerId: bodies.st.id, payerLevel: 'province', source: 'province-special', deciders: DECIDERS };
      if (!(county.id === SHORT.notRectified && year === 2019)) {
        const amountFen = chance.whole(16, 30) * 10_000 * YUAN;
        addLine(batch, `hunan special ${county.id} ${year}`, { ...line, ...special, amountFen }, CATEGORIES);
      }
      const bureau = bodies.bureaus.get(county.prefecture);
      if (bureau && !helped.has(county.prefecture)) {
        helped.add(county.prefecture);
        const own = { payerId: bureau.id, payerLevel: 'prefecture', source: 'prefecture-finance' };
        const amountFen = chance.whole(3, 8) * 10_000 * YUAN;
        addLine(batch, `hunan prefecture ${county.id} ${year}`, { ...line, ...own, amountFen }, []);
      }
      if (year === 2019 && SHORT.noMoneyOfTheirOwn.some((short) => short === county.id)) continue;
      const own = { payerId: bodies.county(county.id).st.id, payerLevel: 'county', source: 'county-fund' };
      const amountFen = chance.whole(2, 6) * 10_000 * YUAN;
      addLine(batch, `hunan own ${county.id} ${year}`, { ...line, ...own, amountFen }, []);
    }
  }
  addInspections({ batch }, bodies, teams);
}

function addInspections({ batch }: Pick<Register, 'batch'>, bodies: Bodies, teams: readonly ExpertTeam[]): void {
  const looked = teams.filter(({ county }) => county.at % 9 === 0 || county.id === MISUSED);
  for (const { id, county, leader } of looked) {
    const lineOf = specialLine(county.id, 2018);
    const inspectionId = idOf(`inspection ${lineOf}`, '2019-03-18');
    const isMisused = county.id === MISUSED;
    batch.add(FundInspection, {
      id: inspectionId,
      lineId: lineOf,
      agencyId: bodies.bureaus.get(county.prefecture)?.id as string,
      commissionedById: bodies.st.id,
      inspectedOn: '2019-03-18',
      compliant: !isMisused,
      finding: isMisused ? '培训费中列支公务接待（演示）' : '经费使用符合规定（演示）',
    });
    if (!isMisused) continue;
    const findingId = idOf(`misuse ${lineOf}`, '2019-03-20');
    batch.add(MisuseFinding, {
      id: findingId,
      lineId: lineOf,
      inspectionId,
      kind: 'diversion',
      severity: 'ordinary',
      responsibleOrganisationId: leader.unit,
      responsiblePersonId: null,
      amountFen: 6_000 * YUAN,
      recoveredFen: 6_000 * YUAN,
      evidence: '检查报告（演示）',
      recordedOn: '2019-03-20',
      closedOn: '2019-05-20',
      changedOn: '2019-05-20',
      acts: 2,
      payerId: bodies.st.id,
      payerLevel: 'province',
      beneficiaryKind: 'team',
      beneficiaryId: id,
      personId: null,
      dispatchingUnitId: leader.unit,
      ...placed(county.id),
    });
    const effect = { findingId, doneOn: '2019-05-13', body: null };
    batch.add(
      MisuseEffect,
      {
        id: idOf(`criticism ${findingId}`, '2019-05-13'),
        ...effect,
        kind: 'public-criticism',
        document: '通报（演示）',
        amountFen: null,
      },
      {
        id: idOf(`clawback ${findingId}`, '2019-05-13', 1),
        ...effect,
        kind: 'clawback',
        document: null,
        amountFen: 6_000 * YUAN,
      },
    );
  }
}
