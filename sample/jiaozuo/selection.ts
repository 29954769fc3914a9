import { addDays } from '../../policies/day.ts';
import { Application } from '../../subgraphs/personnel/tables/application.ts';
import { Matching } from '../../subgraphs/personnel/tables/matching.ts';
import type { Person } from '../../subgraphs/personnel/tables/person.ts';
import { Selection, SelectionOpinion, SelectionStep } from '../../subgraphs/personnel/tables/selection.ts';
import { SelectionNotice } from '../../subgraphs/personnel/tables/selection-notice.ts';
import type { Batch, Row } from '../batch.ts';
import { idOf } from '../id.ts';
import { chanceOf } from '../random.ts';
import type { Engagement } from './engagement.ts';
import type { Need } from './need.ts';
import { personId } from './person.ts';
import { COUNTIES, inCounty, inPrefecture, PREFECTURE } from './place.ts';
import { type Level, roundId, roundListed, roundOpened } from './round.ts';

interface Candidate {
  readonly expert: Row<Person>;
  readonly need: Need;
  /** appointed, or rejected by the reviewers. */
  readonly status: 'appointed' | 'rejected';
}

/** The application of a candidate for a need. */
export const applicationId = (need: Need, expertId: string): string =>
  idOf(`application ${need.itemId} ${expertId}`, addDays(roundOpened(need.year), 32), need.no);

function addCandidate(batch: Batch, { expert, need, status }: Candidate): void {
  const matchingId = idOf(`matching ${need.itemId} ${expert.id}`, addDays(roundOpened(need.year), 26), need.no);
  const round = {
    ...inCounty(need.countyId),
    selectionId: roundId(need.level, need.year, need.countyId),
    demandItemId: need.itemId,
    personId: expert.id,
    organisationId: expert.organisationId,
    receivingUnitId: need.unitId,
  };
  batch.add(Matching, {
    id: matchingId,
    ...round,
    contactPersonId: personId(`contact ${need.unitId}`),
    personConsent: true,
    receivingUnitConsent: true,
    personConsentBy: null,
    receivingUnitConsentBy: null,
    recordedOn: addDays(roundOpened(need.year), 26),
  });
  const receivedOn = addDays(roundOpened(need.year), 32);
  batch.add(Application, {
    id: applicationId(need, expert.id),
    ...round,
    matchingId,
    form: { 专业: expert.fields[0] ?? '', 职称: expert.titleName ?? '', 拟服务内容: need.field },
    sealed: true,
    filerKind: 'dispatching-unit',
    experienceAttested: true,
    receivedOn,
    status,
  });
}

/** The days of the steps, counted from the opening, and who took them. */
const STEPS = [
  ['demand', 15, 'county-st-dept', '科技需求汇总表'],
  ['publish', 20, 'prefecture-st-bureau', '科技需求发布件'],
  ['contact', 28, 'dispatching-unit', '对接记录'],
  ['form', 33, 'dispatching-unit', '报名统计表'],
  ['expert-review', 42, 'expert-panel', '评审意见'],
  ['bureau-meeting', 47, 'prefecture-st-bureau-meeting', '局长办公会纪要'],
  ['consult', 55, 'prefecture-st-bureau', '征求意见函'],
  ['notice', 66, 'prefecture-st-bureau', '公示报告'],
  ['list', 70, 'prefecture-st-bureau', '选聘名单'],
] as const;

const MEMBER_UNITS = [
  'prefecture-org-dept',
  'prefecture-finance-bureau',
  'prefecture-hr-bureau',
  'prefecture-revitalisation-bureau',
] as const;

const NOTICE_DAYS = 7;

function addSteps(batch: Batch, year: number, selectionId: string, candidates: readonly Candidate[]): void {
  const chance = chanceOf(`round ${year}`);
  STEPS.forEach(([key, after, body, title], at) => {
    const on = addDays(roundOpened(year), after);
    const stepId = idOf(`step ${year} ${key}`, on, at);
    batch.add(SelectionStep, {
      id: stepId,
      selectionId,
      key,
      on,
      body,
      actor: `demo:${body}`,
      documentNumber: `${title}（演示）${year}-${at + 1}`,
      decision: null,
      results:
        key === 'expert-review'
          ? candidates.map(({ need, expert, status }) => ({
              application: applicationId(need, expert.id),
              outcome: status === 'appointed' ? 'passed' : 'rejected',
              score: status === 'appointed' ? chance.whole(70, 97) : chance.whole(40, 58),
              note: null,
            }))
          : [],
      outcome: 'done',
      reopenedOn: null,
    });
    if (key !== 'consult') return;
    batch.add(
      SelectionOpinion,
      ...MEMBER_UNITS.map((asked, no) => ({
        id: idOf(`opinion ${year} ${asked}`, on, no),
        stepId,
        selectionId,
        body: asked,
        adverse: false,
        text: '无不同意见',
        documentNumber: `复函（演示）${year}-${no + 1}`,
      })),
    );
  });
  const openedOn = addDays(roundOpened(year), 57);
  batch.add(SelectionNotice, {
    id: idOf(`notice ${year}`, openedOn),
    selectionId,
    step: 'notice',
    openedOn,
    days: NOTICE_DAYS,
    fixedDays: NOTICE_DAYS,
    fixedBy: `公示办法（演示）〔${year - 1}〕1号`,
    place: '市科技网（演示）',
    closedOn: addDays(openedOn, NOTICE_DAYS),
    supersededOn: null,
    acts: 2,
  });
}

function addRound(batch: Batch, level: Level, year: number, countyId: string, candidates: readonly Candidate[]): void {
  const id = roundId(level, year, countyId);
  const isPrefecture = level === 'prefecture';
  batch.add(Selection, {
    id,
    regionId: isPrefecture ? PREFECTURE : countyId,
    ...(isPrefecture ? inPrefecture : inCounty(countyId)),
    level,
    organisationId: null,
    year,
    category: level,
    batch: 1,
    packId: isPrefecture ? 'jiaozuo' : null,
    packVersion: isPrefecture ? '1.0.0' : null,
    chainId: isPrefecture ? 'selection' : null,
    status: 'listed',
    openedOn: roundOpened(year),
    listedOn: roundListed(year),
    changedOn: roundListed(year),
    acts: isPrefecture ? STEPS.length + 1 : 1,
  });
  for (const candidate of candidates) addCandidate(batch, candidate);
  if (isPrefecture) addSteps(batch, year, id, candidates);
}

/**
 * The rounds of both tiers for both years, complete: whoever they listed was appointed. `losers` came to a need that
 * somebody else was chosen for.
 */
export function addSelections(batch: Batch, engagements: readonly Engagement[], losers: readonly Row<Person>[]): void {
  for (const year of [2023, 2024]) {
    const fresh = engagements.filter((one) => one.year === year && !one.renewalOf);
    const chosen = fresh.flatMap(({ expert, need }): Candidate[] =>
      need ? [{ expert, need, status: 'appointed' }] : [],
    );
    const contested = chosen.filter(({ need }) => need.level === 'prefecture').slice(5, 11);
    const lost = contested.flatMap(({ need }, at): Candidate[] => {
      const expert = losers[(year - 2023) * 6 + at];
      return expert ? [{ expert, need, status: 'rejected' }] : [];
    });
    const candidates = [...chosen, ...lost];
    addRound(
      batch,
      'prefecture',
      year,
      PREFECTURE,
      candidates.filter(({ need }) => need.level === 'prefecture'),
    );
    for (const { id } of COUNTIES) {
      const own = candidates.filter(({ need }) => need.level === 'county' && need.countyId === id);
      addRound(batch, 'county', year, id, own);
    }
  }
}
