import { addDays } from '../../policies/day.ts';
import {
  Project,
  ProjectDisclosure,
  ProjectNotice,
  ProjectTracking,
} from '../../subgraphs/projects-funding/tables/project.ts';
import { villageId } from '../baise/place.ts';
import { idOf } from '../id.ts';
import { addLine, YUAN } from '../money.ts';
import { division, placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import type { Group } from './group.ts';
import { SHORT } from './place.ts';

const TITLES = ['初加工车间改造', '标准化基地建设', '产地冷藏保鲜设施'];
const REGISTERED = ['2022-03-01', '2022-03-15', '2022-09-05'];

export const projectId = (county: string, number: number): string =>
  idOf(`project ${county} ${number}`, REGISTERED[number] as string);

/**
 * The projects that a group serves: noticed for ten full days in the village and the township, approved, entered in the
 * library and paid. The last of a county hangs out its notices still.
 */
export function addProjects(roll: Register, bodies: Bodies, group: Group): void {
  for (const [number, title] of TITLES.entries())
    addProject(roll, bodies, group, `${group.county.title}${title}`, number);
}

function addProject({ batch }: Register, bodies: Bodies, group: Group, title: string, number: number): void {
  const { county } = group;
  const id = projectId(county.id, number);
  const registeredOn = REGISTERED[number] as string;
  const isNew = number === TITLES.length - 1;
  const posted = addDays(registeredOn, 7);
  const [approvedOn, libraryEnteredOn] = [addDays(posted, 20), addDays(posted, 27)];
  const village = villageId(county.id, number + 1);
  const [department] = bodies.pair(county.id);
  batch.add(Project, {
    id,
    title: `${title}（演示）`,
    programme: 'industry-advisor-group',
    villageId: village,
    teamId: group.id,
    implementerId: bodies.government(county.id).id,
    leadEntity: '县农业产业化龙头企业（演示）',
    leadServiceObjectId: null,
    targets: ['带动农户增收'],
    measures: ['统一品种', '统一加工'],
    residentAid: '驻村工作队联系',
    results: ['新增加工能力'],
    beneficiaryHouseholds: 120,
    beneficiaryPoorHouseholds: 60,
    marketChannel: '订单收购',
    benefitLinkage: '土地入股分红',
    supportKind: 'transfer',
    industry: county.industry,
    industryTiers: ['primary', 'secondary'],
    techField: 'deep-processing',
    livelihoodField: null,
    pillarIndustry: true,
    ipRecords: [{ kind: 'patent', title: `${county.title}加工方法（演示）` }],
    registeredOn,
    approvedOn: isNew ? null : approvedOn,
    approvedBy: isNew ? null : '县政府',
    approvalDocument: isNew ? null : `演示〔2022〕${number + 1}号`,
    approvalArgument: isNew ? null : '论证意见（演示）',
    libraryEnteredOn: isNew ? null : libraryEnteredOn,
    libraryNumber: isNew ? null : `演示库${county.id.slice(3)}-${number + 1}`,
    assessedOn: null,
    suspendedOn: null,
    closedOn: null,
    statusReason: null,
    changedOn: isNew ? posted : libraryEnteredOn,
    acts: isNew ? 3 : 8,
    path: division(county.id).path.toReversed(),
    ...placed(county.id),
  });
  for (const [at, level] of ['village', 'township'].entries()) {
    batch.add(ProjectNotice, {
      id: idOf(`notice ${id} ${level}`, posted, at),
      projectId: id,
      level,
      place: 'fixed-board',
      location: level === 'village' ? '村委会公开栏' : '乡镇政务公开栏',
      postedOn: posted,
      lastPostedOn: isNew ? null : addDays(posted, 12),
      completed: isNew ? null : true,
      openObjections: isNew ? null : 0,
    });
  }
  batch.add(ProjectTracking, {
    id: idOf(`tracking ${id}`, '2022-10-20', number),
    projectId: id,
    trackedOn: '2022-10-20',
    supervisor: number === 0 ? 'audit' : 'society',
    organisationId: null,
    result: '按进度实施（演示）',
    problem: null,
  });
  if (isNew) return;
  if (!(county.id === SHORT.undisclosed && number === 1)) {
    batch.add(ProjectDisclosure, {
      id: idOf(`disclosure ${id}`, addDays(libraryEnteredOn, 5), number),
      projectId: id,
      site: 'county-gov-portal',
      url: `https://portal.example/${county.id}/${number + 1}`,
      disclosedOn: addDays(libraryEnteredOn, 5),
    });
  }
  const line = {
    beneficiaryKind: 'county-project',
    beneficiaryId: id,
    beneficiaryLevel: 'county',
    personId: null,
    dispatchingUnitId: bodies.government(county.id).id,
    payerId: department.id,
    payerLevel: 'county',
    source: county.paired > 0 && number === 1 ? 'east-west-cooperation' : 'transition-subsidy',
    year: 2022,
    amountFen: (60 + number * 25) * 10_000 * YUAN,
    ...placed(county.id),
  };
  addLine(batch, `advisors ${id}`, line, [], addDays(libraryEnteredOn, 3));
}
