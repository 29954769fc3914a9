import { addDays } from '../../policies/day.ts';
import { ServiceRecord } from '../../subgraphs/evaluation/tables/service-record.ts';
import type { Batch, Row } from '../batch.ts';
import { weekdays } from '../day.ts';
import { idOf } from '../id.ts';
import { plainService } from '../plain-record.ts';
import { type Chance, chanceOf, shuffled } from '../random.ts';
import { appointmentId, firstDay, lastDay, serviceObjectId } from './appointment.ts';
import type { Engagement } from './engagement.ts';
import { receivingOf } from './organisation.ts';
import { COUNTIES, inCounty } from './place.ts';

/** The year of which every service is on record. */
export const SERVICE_YEAR = 2024;

const TASKS = [
  'whole-chain',
  'whole-chain',
  'whole-chain',
  'whole-chain',
  'e-commerce',
  'planning-assistance',
  'tourism',
];
const ON_SITE = [
  '到基地查看长势，指导田间管理',
  '现场示范操作，解答种植户提问',
  '采集土样和叶片，带回检测',
  '查看病虫害情况，提出防治办法',
  '调试设备，培训操作人员',
  '指导修剪、授粉和疏果',
  '检查圈舍环境，完善防疫流程',
  '指导采收、分级和贮藏',
  '走访带动农户，了解技术需求',
  '召开田间课堂，讲解关键技术',
];
const REMOTE = [
  '视频会诊病害照片',
  '电话指导用药和施肥',
  '线上讲解新技术要点',
  '远程查看监测数据并提出建议',
  '审阅项目实施方案',
];

/** How many days on site and how many services from afar. Every twelfth of the prefecture's does less than the floor. */
function effort(chance: Chance, { category }: Engagement, at: number) {
  if (category === 'prefecture' && at % 12 === 5) return { onSite: chance.whole(3, 7), remote: chance.whole(1, 4) };
  const usual = { province: [30, 52], prefecture: [34, 58], county: [30, 60], unit: [14, 34] } as const;
  const [least, most] = usual[category];
  return { onSite: chance.whole(least, most), remote: chance.whole(4, 14) };
}

function records(one: Engagement, at: number): Row<ServiceRecord>[] {
  const chance = chanceOf(`services ${one.key}`);
  const to = one.exitedOn ?? lastDay(one);
  const unit = receivingOf(one.countyId).find(({ id }) => id === one.receivingUnitId);
  const { onSite, remote } = effort(chance, one, at);
  const days = shuffled(chance, weekdays(addDays(firstDay(one), 4), addDays(to, -4)));
  return days
    .slice(0, onSite + remote)
    .map((date, number) => ({ date, mode: number < onSite ? 'on-site' : 'remote' }))
    .sort((a, b) => (a.date < b.date ? -1 : 1))
    .map(({ date, mode }, number) => {
      const isOnSite = mode === 'on-site';
      const elsewhere = isOnSite && chance.happens(0.04);
      const countyId = elsewhere ? chance.pick(COUNTIES).id : one.countyId;
      const length = isOnSite && chance.happens(0.07) ? 2 : 1;
      const toObject = countyId === one.countyId;
      return {
        id: idOf(`service ${one.key} ${number}`, date, number),
        appointmentId: appointmentId(one),
        ...plainService,
        personId: one.expert.id,
        dispatchingUnitId: one.expert.organisationId,
        receivingUnitId: one.receivingUnitId,
        ...inCounty(countyId),
        date,
        days: length,
        endsOn: addDays(date, length - 1),
        year: SERVICE_YEAR,
        mode,
        taskType: chance.pick(TASKS),
        field: one.expert.fields[number % one.expert.fields.length] ?? null,
        objectId: toObject ? serviceObjectId(one) : null,
        objectKind: toObject ? (unit?.type ?? null) : null,
        objectAcknowledged: toObject && chance.happens(0.9),
        summary: chance.pick(isOnSite ? ON_SITE : REMOTE),
        attendance: isOnSite ? chance.whole(2, 45) : null,
        loggedOn: addDays(date, length - 1 + chance.whole(0, 3)),
      };
    });
}

/** A year of services of everybody who was sent in it. */
export function addServices(batch: Batch, engagements: readonly Engagement[]): void {
  engagements
    .filter(({ year }) => year === SERVICE_YEAR)
    .forEach((one, at) => {
      batch.add(ServiceRecord, ...records(one, at));
    });
}
