import { Meeting } from '../../subgraphs/evaluation/tables/gathering.ts';
import { TrainingRecord } from '../../subgraphs/evaluation/tables/training-record.ts';
import { WorkResult } from '../../subgraphs/projects-funding/tables/work-result.ts';
import { addAssessment } from '../assessment.ts';
import { addCaseStudy } from '../case-study.ts';
import { idOf } from '../id.ts';
import { plainResult } from '../plain-money.ts';
import { plainTraining } from '../plain-record.ts';
import { division, placed, within } from '../region.ts';
import type { Register } from '../register.ts';
import { addReport } from '../report.ts';
import { addServices } from '../service.ts';
import type { Bodies } from './body.ts';
import type { Group } from './group.ts';
import { SHORT } from './place.ts';

const WORKS = [
  ['enterprise-introduction', '帮助引进加工企业'],
  ['online-offline-service', '线上会诊生产技术问题'],
  ['industry-transfer', '对接东部产业转移'],
  ['governance-support', '为乡镇治理数字化提建议'],
] as const;

const CONSULTATIONS = ['2022-05-18', '2022-10-26'];
const SIGNATORIES = ['county-government', 'advisor-group'];

/** A year of a group in its county: meetings, plan and summary, services, a training, what the county provides, how it was judged. */
export function addYear(roll: Register, bodies: Bodies, group: Group): void {
  const { id, county, members } = group;
  const { batch } = roll;
  const place = placed(county.id);
  const government = bodies.government(county.id).id;
  const meet = (kind: string, date: string, teamId: string | null) =>
    batch.add(Meeting, {
      id: idOf(`meeting ${id} ${kind} ${date}`, date),
      ...place,
      kind,
      date,
      topic: kind === 'consultation' ? '会商产业发展问题' : '部署年度计划',
      onProgramme: true,
      organisationId: government,
      teamId,
      participants: ['county-government', 'county-revitalisation-dept', 'advisor-group'],
      minutes: '会议纪要（演示）',
      recordedOn: date,
    });
  meet('deployment', '2022-02-22', null);
  for (const date of county.id === SHORT.oneConsultation ? CONSULTATIONS.slice(1) : CONSULTATIONS) {
    meet('consultation', date, id);
  }
  const told = { place, organisationId: government, teamId: id, signatories: SIGNATORIES };
  const year = { periodFrom: '2022-01-01', periodTo: '2022-12-31' };
  const plan = { kind: 'group-annual-plan', deployMeetingOn: '2022-02-22' };
  addReport(batch, { key: `plan ${id}`, on: '2022-01-20', ...told, ...year, ...plan });
  addReport(batch, { key: `summary ${id}`, on: '2022-12-20', ...told, ...year, kind: 'group-annual-summary' });
  addReport(batch, { key: `progress ${id}`, on: '2022-09-15', ...told, ...year, kind: 'progress' });
  members.forEach((member, number) => {
    const server = {
      key: `${id} ${member.id}`,
      personId: member.id,
      dispatchingUnitId: member.unit,
      teamId: id,
      place,
    };
    const turned = [...WORKS.slice(number % WORKS.length), ...WORKS.slice(0, number % WORKS.length)];
    addServices(batch, server, ['2022-02-14', '2022-12-16'], 4, turned, 2);
  });
  for (const [at, date] of ['2022-06-08', '2022-11-09'].entries()) {
    batch.add(TrainingRecord, {
      id: idOf(`training ${id} ${at}`, date, at),
      ...within(county.id),
      regionId: county.id,
      organisationId: government,
      form: at === 0 ? 'on-site' : 'remote',
      date,
      topic: `${county.title}标准化生产`,
      audience: '企业和合作社技术人员',
      traineeCount: 40 + at * 25,
      ...plainTraining,
    });
  }
  batch.add(WorkResult, {
    id: idOf(`provision ${id}`, '2021-12-20'),
    kind: 'logistics-provision',
    title: '顾问组工作和生活条件（演示）',
    startedOn: '2021-12-20',
    ...plainResult,
    features: ['workplace', 'transport', 'board-lodging'],
    organisationId: government,
    teamId: id,
    changedOn: '2021-12-20',
    ...place,
  });
  judge(roll, bodies, group);
}

/** Judged by the county first and then by both national bodies. */
function judge({ batch }: Register, bodies: Bodies, { id, county, members, unit }: Group): void {
  const unitIds = [...new Set(members.map((member) => member.unit))].sort();
  const about = { place: placed(county.id), kind: 'work', subjectKind: 'team', teamId: id, dispatchingUnitId: unit };
  const own = addAssessment(batch, {
    key: `county ${id}`,
    on: '2022-12-22',
    ...about,
    leadBody: 'county-revitalisation-dept',
    participants: ['county-science-association'],
    assessorId: bodies.pair(county.id)[0].id,
    text: '工作扎实，建议继续合作（演示）',
  });
  addAssessment(batch, {
    key: `nation ${id}`,
    on: '2022-12-29',
    ...about,
    leadBody: 'national-science-association',
    participants: ['national-revitalisation-administration'],
    assessorId: bodies.association.id,
    basisIds: [own],
    text: '服务成效较好（演示）',
    unitIds,
    told: unitIds.map((one) => ({ unit: one, on: '2022-12-30' })),
    published: true,
    publishedOn: '2022-12-30',
  });
  addCaseStudy(
    batch,
    `advisors ${county.id}`,
    '2022-12-30',
    { regionId: county.id },
    {
      candidateKind: 'team',
      candidateId: id,
      organisationId: unit,
      title: `${division(county.id).name}产业顾问组典型做法（演示）`,
      criteria: ['workable', 'broad-benefit', 'high-value'],
      outstanding: true,
    },
  );
}
