import { Meeting } from '../../subgraphs/evaluation/tables/gathering.ts';
import { Inspection, RecordedFinding } from '../../subgraphs/evaluation/tables/inspection.ts';
import type { Row } from '../batch.ts';
import { idOf } from '../id.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import type { Bodies } from './body.ts';
import { CITY, DEBAO } from './place.ts';
import { TASK_COUNT, taskId } from './task.ts';

const place = placed(CITY);

/** One of them did not speak of the plan, and so does not count. */
const MEETINGS = [
  ['party-group-meeting', '2019-03-08', true],
  ['leadership-meeting', '2019-05-17', true],
  ['party-group-meeting', '2019-08-09', true],
  ['leadership-meeting', '2019-09-12', false],
  ['party-group-meeting', '2019-11-22', true],
  ['deployment', '2019-03-14', true],
  ['on-site-meeting', '2019-09-20', true],
] as const;

const INSPECTIONS = [
  ['midyear', '2019-07-08', '2019-07-20', ['两项任务台账不全', '一个县服务公示牌未挂'], ['限期补齐', '月底前补挂']],
  ['yearend', '2019-12-02', '2019-12-20', ['新技术推广未达目标'], ['列入下年度重点']],
] as const;

interface Found extends Partial<Row<RecordedFinding>> {
  readonly description: string;
}

const FOUND: readonly Found[] = [
  { description: '台账不全', status: 'verified', rectifiedOn: '2019-07-29', verifiedOn: '2019-08-05' },
  { description: '公示牌未挂', status: 'rectified', rectifiedOn: '2019-08-10' },
  // Nobody has put this right: its day is past.
  { description: '星创天地认定进度滞后', status: 'ordered' },
];

const inspectionId = (kind: string, on: string) => idOf(`baise inspection ${kind}`, on);

/** The meetings of the year, the two inspections and what they found, and what an audit and the governance drive found. */
export function addReviews(roll: Register, bodies: Bodies): void {
  for (const [at, [kind, date, onProgramme]] of MEETINGS.entries()) {
    roll.batch.add(Meeting, {
      id: idOf(`baise meeting ${date}`, date, at),
      ...place,
      kind,
      date,
      topic: onProgramme ? '研究科技扶贫工作' : '研究机关党建工作',
      onProgramme,
      organisationId: bodies.bureau.id,
      teamId: null,
      participants: ['prefecture-st-bureau-director', 'bureau-leader-in-charge'],
      minutes: '会议纪要（演示）',
      recordedOn: date,
    });
  }
  for (const [kind, openedOn, closedOn, problems, advice] of INSPECTIONS) {
    roll.batch.add(Inspection, {
      id: inspectionId(kind, openedOn),
      ...place,
      kind,
      year: 2019,
      organisationId: null,
      status: 'closed',
      openedOn,
      closedOn,
      taskIds: Array.from({ length: TASK_COUNT }, (_, number) => taskId(number)),
      problems: [...problems],
      noProblems: false,
      advice: [...advice],
      report: `督查报告（演示）${kind}`,
    });
  }
  const find = (key: string, foundOn: string, more: Found) =>
    roll.batch.add(RecordedFinding, {
      id: idOf(`baise finding ${key}`, foundOn),
      ...place,
      kind: 'inspection',
      class: null,
      source: 'prefecture-st-bureau',
      inspectionId: null,
      assessmentId: null,
      teamId: null,
      organisationId: bodies.bureau.id,
      status: 'ordered',
      foundOn,
      dueOn: '2019-09-30',
      action: more.rectifiedOn ? '已整改（演示）' : null,
      rectifiedOn: null,
      rectifiedBy: more.rectifiedOn ? 'demo:paper' : null,
      verifiedOn: null,
      ...more,
      description: `${more.description}（演示）`,
    });
  FOUND.forEach((one, at) => {
    const organisationId = bodies.units[at]?.unit.id ?? null;
    find(`midyear ${at}`, '2019-07-10', {
      inspectionId: inspectionId('midyear', '2019-07-08'),
      organisationId,
      ...one,
    });
  });
  const done = { status: 'verified', rectifiedOn: '2019-08-20', verifiedOn: '2019-09-03' };
  find('audit', '2019-06-12', { source: 'special-audit', kind: 'funds', description: '培训费报销资料不全', ...done });
  const drive = { kind: 'governance', class: 'lax-supervision', ...placed(DEBAO) };
  find('governance', '2019-05-28', { ...drive, description: '对特派员到村情况掌握不及时', ...done });
}
