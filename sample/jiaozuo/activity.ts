import { addDays } from '../../policies/day.ts';
import { CaseStudy } from '../../subgraphs/evaluation/tables/case-study.ts';
import { TrainingRecord } from '../../subgraphs/evaluation/tables/training-record.ts';
import { OffPostLeave } from '../../subgraphs/personnel/tables/off-post-leave.ts';
import { SupportRequest } from '../../subgraphs/personnel/tables/support-request.ts';
import type { Batch } from '../batch.ts';
import { dayBetween } from '../day.ts';
import { idOf } from '../id.ts';
import { plainTraining } from '../plain-record.ts';
import { chanceOf } from '../random.ts';
import { appointmentId } from './appointment.ts';
import type { Engagement } from './engagement.ts';
import { bodiesOf, bureaus } from './organisation.ts';
import { experts } from './person.ts';
import { COUNTIES, inCounty, inPrefecture, PREFECTURE } from './place.ts';
import { teamId } from './team.ts';

const FORMS = ['printed-materials', 'coaching', 'skills', 'skills', 'site-visit', 'online'];
const TOPICS = [
  '小麦春季管理',
  '设施蔬菜病虫害绿色防控',
  '山药标准化种植',
  '食用菌菌种制备',
  '牛羊健康养殖',
  '农产品电商运营',
  '果树修剪技术',
  '水肥一体化',
];

function addTraining(batch: Batch, regionId: string, organisationId: string, count: number): void {
  const chance = chanceOf(`training ${regionId}`);
  const place = regionId === PREFECTURE ? inPrefecture : inCounty(regionId);
  for (let at = 0; at < count; at += 1) {
    const date = dayBetween(chance, '2024-02-19', '2024-12-13');
    const form = chance.pick(FORMS);
    batch.add(TrainingRecord, {
      id: idOf(`training ${regionId} ${at}`, date, at),
      ...place,
      regionId,
      organisationId,
      form,
      date,
      ...plainTraining,
      topic: chance.pick(TOPICS),
      audience: chance.happens(0.5) ? '科技致富带头人' : '种养大户和合作社社员',
      traineeCount: form === 'online' ? chance.whole(60, 240) : chance.whole(15, 90),
    });
  }
}

function addSupportRequests(batch: Batch, engagements: readonly Engagement[]): void {
  const asking = engagements.filter(({ year, category }) => year === 2024 && category === 'prefecture');
  asking
    .filter((_one, at) => at % 4 === 1)
    .forEach((one, at) => {
      const chance = chanceOf(`support ${one.key}`);
      const submittedOn = dayBetween(chance, '2024-03-04', '2024-11-22');
      const isAnswered = at % 5 !== 0;
      const toTeam = at % 3 !== 2;
      batch.add(SupportRequest, {
        id: idOf(`support ${one.key}`, submittedOn, at),
        appointmentId: appointmentId(one),
        personId: one.expert.id,
        organisationId: one.expert.organisationId,
        receivingUnitId: one.receivingUnitId,
        ...inCounty(one.countyId),
        route: toTeam ? 'team-leader' : 'dispatching-unit',
        teamId: toTeam ? teamId(at % 10) : null,
        addresseeId: toTeam ? null : one.expert.organisationId,
        need: '受援单位提出的问题超出本人专业，请相关专家协助',
        status: isAnswered ? 'answered' : 'open',
        submittedOn,
        answeredOn: isAnswered ? addDays(submittedOn, chance.whole(2, 12)) : null,
        answer: isAnswered ? '已安排专家于下周到现场指导' : null,
      });
    });
}

function addLeaves(batch: Batch): void {
  for (const [at, expert] of experts
    .filter(({ employmentStatus }) => employmentStatus === 'off-post-startup')
    .entries()) {
    batch.add(OffPostLeave, {
      id: idOf(`leave ${expert.id}`, '2023-07-03', at),
      personId: expert.id,
      organisationId: expert.organisationId,
      provinceId: expert.provinceId,
      prefectureId: expert.prefectureId,
      countyId: expert.countyId,
      from: '2023-07-03',
      to: '2026-07-02',
      rightsKept: ['personnel-relation', 'promotion', 'social-insurance', 'title'],
      documentNumber: `离岗创业批复（演示）2023-${at + 1}`,
      endedOn: null,
      choice: null,
    });
  }
}

function addCaseStudies(batch: Batch, engagements: readonly Engagement[]): void {
  const outstanding = engagements.filter(({ year, grade }) => year === 2023 && grade === 'excellent').slice(0, 6);
  for (const [at, one] of outstanding.entries()) {
    batch.add(CaseStudy, {
      id: idOf(`case study ${one.key}`, '2024-03-20', at),
      candidateKind: 'appointment',
      candidateId: appointmentId(one),
      personId: one.expert.id,
      organisationId: one.expert.organisationId,
      regionId: one.countyId,
      ...inCounty(one.countyId),
      year: 2023,
      title: `科技特派员服务案例（演示）${at + 1}`,
      text: '一年里多次到受援单位，帮助引进新品种、改进管理，带动周边农户增收。（演示文本）',
      url: null,
      outstanding: true,
      criteria: [],
      personConsented: at !== 5,
      recordedOn: '2024-03-20',
    });
  }
}

/** What else the year brought: trainings, calls for help, leaves, case studies. */
export function addActivities(batch: Batch, engagements: readonly Engagement[]): void {
  addTraining(batch, PREFECTURE, bureaus.st.id, 12);
  for (const { id } of COUNTIES) addTraining(batch, id, bodiesOf(id).st.id, 7);
  addSupportRequests(batch, engagements);
  addLeaves(batch);
  addCaseStudies(batch, engagements);
}
