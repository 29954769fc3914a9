import { addDays } from '../../policies/day.ts';
import { Target } from '../../subgraphs/evaluation/tables/target.ts';
import { LedgerEntry, Task } from '../../subgraphs/evaluation/tables/task.ts';
import { idOf } from '../id.ts';
import { placed } from '../region.ts';
import type { Register } from '../register.ts';
import { addReport } from '../report.ts';
import type { Bodies, Responsible } from './body.ts';
import { CITY } from './place.ts';

const SET = '2019-02-27';
const place = placed(CITY);

/** The tasks: what each year wants of each, and which of the units answer for it. */
const TASKS = [
  ['选聘贫困村科技特派员', 420, 420, '人', [0, 1]],
  ['指导服务种养基地', 200, 250, '个', [0]],
  ['推广新品种新技术新成果', 20, 25, '项', [1]],
  ['实用技术培训', 10_000, 10_000, '人次', [0, 5]],
  ['建立网站和微信交流平台', 1, 1, '个', [4]],
  ['选派“三区”科技人才', 80, 80, '人', [1]],
  ['培训贫困县科技人员', 40, 40, '人', [1]],
  ['申报建设农业科技园区', 1, 2, '个', [0]],
  ['认定星创天地', 10, 10, '个', [5]],
  ['建设贫困村科技服务设施', 20, 10, '个', [4]],
  ['电视开展技术培训', 12, 12, '县', [4]],
  ['组织科普活动', 24, 24, '场', [2]],
  ['组建产业扶贫技术专家组', 2, 3, '县', [0]],
  ['组建产业科技服务团', 9, 9, '个', [0]],
  ['高校院所结对帮扶', 2, 3, '对', [1]],
  ['选派工作队员', 3, 3, '人', [3]],
  ['联系点建示范基地', 1, 1, '个', [3]],
] as const;
/** Nobody in the second unit of this task is named; of this one a quarter is not reported, and of this one late. */
const NOBODY = 3;
const MISSED = 8;
const LATE = 10;
const EARLY = 5;

const QUARTERS = [
  ['2019-01-01', '2019-03-31', '2019-03-26'],
  ['2019-04-01', '2019-06-30', '2019-06-25'],
  ['2019-07-01', '2019-09-30', '2019-09-25'],
  ['2019-10-01', '2019-12-31', '2019-12-24'],
] as const;

export const taskId = (number: number): string => idOf(`baise task ${number}`, SET, number);

/** When a unit reported of a quarter; null when it did not. */
function reportedOn(task: number, quarter: number, usual: string): string | null {
  if (task === MISSED && quarter === 2) return null;
  if (task === LATE && quarter === 0) return '2019-04-09';
  return task === EARLY && quarter === 1 ? '2019-06-17' : usual;
}

function addReports(roll: Register, number: number, { unit }: Responsible, at: number): void {
  QUARTERS.forEach(([periodFrom, periodTo, usual], quarter) => {
    const on = reportedOn(number, quarter, usual);
    if (!on) return;
    const isAnswered = quarter < 3 && number % 3 === 0;
    addReport(roll.batch, {
      key: `baise ${number} ${at} ${quarter}`,
      on,
      place,
      kind: 'quarterly-progress',
      periodFrom,
      periodTo,
      taskId: taskId(number),
      organisationId: unit.id,
      recipients: ['leading-group-office'],
      text: '按计划推进（演示）',
      ...(isAnswered ? { feedback: { on: addDays(on, 9), text: '已阅，请注明数据来源（演示）' } } : {}),
    });
  });
}

/** The tasks of the plan with their targets, ledgers and the reports of the four quarters. */
export function addTasks(roll: Register, bodies: Bodies): void {
  TASKS.forEach(([title, first, second, unit, units], number) => {
    const answering = units.map((at) => bodies.units[at] as Responsible);
    const responsible = answering.map((one, at) => ({
      unit: one.unit.id,
      person: number === NOBODY && at === 1 ? null : one.person,
    }));
    roll.batch.add(Task, {
      id: taskId(number),
      ...place,
      teamId: null,
      title,
      text: null,
      responsible,
      responsibleUnitIds: responsible.map((one) => one.unit),
      deadline: '2020-12-31',
      status: 'open',
      createdOn: SET,
      changedOn: SET,
    });
    for (const [year, quantity] of [[2019, first] as const, [2020, second] as const]) {
      const setOn = year === 2019 ? SET : '2020-01-15';
      roll.batch.add(Target, {
        id: idOf(`baise target ${number} ${year}`, setOn, number),
        subjectKind: 'task',
        subjectId: taskId(number),
        ...place,
        kind: 'annual',
        year,
        due: `${year}-12-31`,
        taskType: null,
        industry: null,
        measure: title,
        quantity,
        unit,
        setOn,
      });
    }
    for (const [at, date] of ['2019-05-20', '2019-10-18'].entries()) {
      roll.batch.add(LedgerEntry, {
        id: idOf(`baise ledger ${number} ${at}`, date, number),
        taskId: taskId(number),
        ...place,
        date,
        status: null,
        content: at === 0 ? '已分解到县，建立台账（演示）' : '完成过半（演示）',
        organisationId: answering[0]?.unit.id ?? null,
        recordedOn: date,
      });
    }
    for (const [at, one] of answering.entries()) addReports(roll, number, one, at);
  });
}

/** How many tasks there are. */
export const TASK_COUNT = TASKS.length;
