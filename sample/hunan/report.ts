import { ResponsibilityLetter } from '../../subgraphs/evaluation/tables/responsibility-letter.ts';
import type { Row } from '../batch.ts';
import { idOf } from '../id.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import { addReport } from '../report.ts';
import type { Bodies } from './body.ts';
import { PROVINCE, SHORT } from './place.ts';

const SIGNED = '2017-09-18';

/** The letters of the plan: what each of the parties is to reach, signed with the province or the level above. */
export function addLetters({ batch }: Register, bodies: Bodies): void {
  const sign = (
    regionId: string,
    signatoryKind: string,
    level: string,
    organisationId: string,
    otherLevel = 'province',
  ) => {
    const letter: Row<ResponsibilityLetter> = {
      id: idOf(`letter ${regionId} ${organisationId}`, SIGNED),
      ...placed(regionId),
      signatoryKind,
      level,
      organisationId,
      otherLevel,
      otherOrganisationId: bodies.st.id,
      year: 2017,
      lastYear: 2020,
      targets: ['每县一个专家服务团', '每个贫困村一名科技专家'],
      document: '目标责任书（演示）',
      signedOn: SIGNED,
    };
    batch.add(ResponsibilityLetter, letter);
  };
  sign(PROVINCE, 'division-or-department', 'province', bodies.rural.id);
  const [, , , , , institute] = bodies.senders;
  if (institute) sign(PROVINCE, 'research-institution', 'unit', institute.id);
  for (const [id, bureau] of bodies.bureaus) sign(id, 'prefecture', 'prefecture', bureau.id);
  for (const { id } of bodies.counties) {
    if (!SHORT.noLetter.some((short) => short === id)) {
      sign(id, 'county', 'county', bodies.county(id).government.id, 'prefecture');
    }
  }
}

/** What counties, prefectures and the province reported of two years. */
export function addReports({ batch }: Register, bodies: Bodies): void {
  for (const year of [2018, 2019]) {
    const period = { periodFrom: `${year}-01-01`, periodTo: `${year}-12-31` };
    const report = (regionId: string, kind: string, unit: string, more: object = {}) =>
      addReport(batch, {
        key: `${regionId} ${kind} ${year}`,
        on: `${year}-12-20`,
        place: placed(regionId),
        kind,
        ...period,
        organisationId: unit,
        ...more,
      });
    const feedback = { on: `${year}-12-29`, text: '数据已核对，请补充培训人次口径（演示）' };
    for (const { id } of bodies.counties) {
      const { st } = bodies.county(id);
      const isShort = (list: readonly string[]) => year === 2019 && list.includes(id);
      report(id, 'summary', st.id, { recipients: ['prefecture-st-bureau'] });
      if (isShort(SHORT.noStatistics)) continue;
      const answered = isShort(SHORT.noFeedback) ? {} : { feedback };
      report(id, 'statistics', st.id, { recipients: ['prefecture-st-bureau'], ...answered });
    }
    for (const [id, bureau] of bodies.bureaus) {
      const upward = { recipients: ['province-st-dept'], contents: ['progress', 'support'] };
      report(id, 'progress', bureau.id, upward);
      report(id, 'summary', bureau.id, upward);
      report(id, 'statistics', bureau.id, { ...upward, feedback });
    }
    report(PROVINCE, 'progress', bodies.st.id, { recipients: ['province-talent-leading-group'] });
    report(PROVINCE, 'statistics', bodies.st.id, { recipients: ['province-talent-leading-group'], feedback });
  }
}
