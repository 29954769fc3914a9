import { GoverningBody, GoverningSeat } from '../../subgraphs/personnel/tables/governing-body.ts';
import { LocalMeasure } from '../../subgraphs/personnel/tables/local-measure.ts';
import { RegionIndustry } from '../../subgraphs/personnel/tables/region-industry.ts';
import { Workstation } from '../../subgraphs/personnel/tables/workstation.ts';
import type { Batch } from '../batch.ts';
import { officeHour } from '../day.ts';
import { idOf } from '../id.ts';
import { bodiesOf, bureaus } from './organisation.ts';
import { personId } from './person.ts';
import { COUNTIES, inCounty, PREFECTURE } from './place.ts';

/** Two counties without a workstation, two without a measure of their own: the coverage has something to say. */
const NO_WORKSTATION = ['cn-410803', 'cn-410871'];
const NO_MEASURE = ['cn-410802', 'cn-410811'];

/** A characteristic industry that nobody serves. */
const UNSERVED = { countyId: 'cn-410822', industry: 'bamboo' };

const FOUNDED = '2021-05-10';

const SEATS = [
  ['office', 'st', 'prefecture-st-bureau'],
  ['co-head', 'organisation', 'prefecture-org-dept'],
  ['co-head', 'st', 'prefecture-st-bureau'],
  ['deputy', 'st', 'prefecture-st-bureau'],
  ['deputy', 'finance', 'prefecture-finance-bureau'],
  ['deputy', 'hr', 'prefecture-hr-bureau'],
  ['deputy', 'revitalisation', 'prefecture-revitalisation-bureau'],
] as const;

/** What the prefecture and its counties have set up: the leading group, workstations, measures, industries. */
export function addProgramme(batch: Batch): void {
  const governingBodyId = idOf('leading group', FOUNDED);
  batch.add(GoverningBody, {
    id: governingBodyId,
    name: '焦作市科技特派员工作领导小组（演示）',
    kind: 'leading-group',
    regionId: PREFECTURE,
    establishedOn: FOUNDED,
    changedOn: FOUNDED,
    changedAt: officeHour(FOUNDED),
  });
  SEATS.forEach(([post, body, role], at) => {
    batch.add(GoverningSeat, {
      id: idOf(`seat ${at}`, FOUNDED, at),
      governingBodyId,
      post,
      organisationId: bureaus[body].id,
      role,
      personId: post === 'office' ? null : personId(`bureau ${body}`),
      from: FOUNDED,
      to: null,
    });
  });
  COUNTIES.forEach((county, at) => {
    const { st } = bodiesOf(county.id);
    if (!NO_WORKSTATION.includes(county.id)) {
      batch.add(Workstation, {
        id: idOf(`workstation ${county.id}`, '2022-03-15', at),
        name: `${county.short}科技特派员工作站（演示）`,
        ...inCounty(county.id),
        organisationId: st.id,
        contactId: personId(`liaison ${county.id}`),
        address: `${county.short}便民服务中心二楼`,
        openedOn: '2022-03-15',
      });
    }
    if (!NO_MEASURE.includes(county.id)) {
      batch.add(LocalMeasure, {
        id: idOf(`measure ${county.id}`, '2022-06-20', at),
        title: `${county.short}科技特派员服务保障办法（演示）`,
        number: `演示〔2022〕${at + 1}号`,
        regionId: county.id,
        ...inCounty(county.id),
        issuerId: st.id,
        issuerLevel: 'county',
        kinds: at % 2 === 0 ? ['incentive', 'management'] : ['investment', 'guarantee'],
        from: '2022-06-20',
        to: null,
        url: null,
      });
    }
    const unserved = county.id === UNSERVED.countyId ? [UNSERVED.industry] : [];
    [...county.industries, ...unserved].forEach((industry, no) => {
      batch.add(RegionIndustry, {
        id: idOf(`industry ${county.id} ${industry}`, '2021-06-01', at * 10 + no),
        regionId: county.id,
        ...inCounty(county.id),
        industry,
        from: '2021-06-01',
        to: null,
        source: '县域特色产业名录（演示）',
      });
    });
  });
}
