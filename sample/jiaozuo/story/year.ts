import type { Teller } from '../../teller.ts';
import { cast } from '../cast.ts';
import { WEN } from '../place.ts';

const BUREAU = 'demo:prefecture-st-bureau';
const COUNTY = 'demo:county-st-dept';
const COMMISSIONER = 'demo:commissioner';

async function serve(teller: Teller): Promise<void> {
  const log = { as: COMMISSIONER, mutation: 'serviceRecordLog', thing: 'serviceRecord { id }', on: '2024-12-20' };
  const service = { appointment: cast.appointment, mode: 'on-site', taskType: 'whole-chain', field: 'breeding' };
  const summary = '冬季检查山药种苗贮藏窖，指导温湿度控制';
  await teller.act({ ...log, input: { ...service, date: '2024-12-19', summary, attendance: 8 } });
  const planned = { ...service, date: '2024-12-27', summary: '计划到现场指导' };
  await teller.act({ ...log, input: planned, expect: 'DENY' });
  const request = await teller.act({
    as: COMMISSIONER,
    mutation: 'supportRequestSubmit',
    thing: 'supportRequest { id version }',
    on: '2024-12-20',
    input: {
      appointment: cast.appointment,
      route: 'team-leader',
      team: cast.team,
      need: '种苗贮藏出现霉变，请团里病理方面专家协助诊断',
    },
  });
  await teller.act({
    as: 'demo:team-leader',
    mutation: 'supportRequestAnswer',
    thing: 'supportRequest { id }',
    on: '2024-12-24',
    input: {
      supportRequest: request.thing.id,
      version: request.thing.version,
      answer: '团里两位专家下周二到现场取样',
    },
  });
}

async function pay(teller: Teller): Promise<void> {
  const allocate = {
    as: BUREAU,
    mutation: 'fundingAllocate',
    thing: 'fundingLine { id }',
    on: '2025-03-03',
    expect: 'DENY',
  } as const;
  const line = {
    payer: cast.bureau,
    payerLevel: 'prefecture',
    source: 'prefecture-st-budget',
    form: 'subsidy',
    year: 2025,
  };
  await teller.act({ ...allocate, input: { ...line, appointment: cast.appointment, amountFen: 3_000_000 } });
  await teller.act({ ...allocate, input: { ...line, team: cast.team, amountFen: 25_000_000 } });
  const expense = { as: COMMISSIONER, mutation: 'expenseSubmit', thing: 'expense { id }', on: '2024-12-23' };
  const paid = {
    line: cast.line,
    servedAppointment: cast.appointment,
    spentOn: '2024-12-19',
    reviewer: '单位科研处（演示）',
    reviewedOn: '2024-12-21',
  };
  const fuel = { ...paid, category: 'fuel', amountFen: 8_000, activity: '到温县服务往返燃油' };
  await teller.act({ ...expense, input: fuel });
  const meal = { ...paid, category: 'catering', amountFen: 6_000, activity: '田间课堂工作餐' };
  await teller.act({ ...expense, input: meal, expect: 'NEEDS_OVERRIDE' });
}

async function evaluate(teller: Teller): Promise<void> {
  const grade = { mutation: 'evaluationGrade', thing: 'evaluation { id version }', on: '2024-12-10' };
  const subject = { evaluation: cast.evaluation, version: 1 };
  await teller.act({ as: BUREAU, ...grade, input: { ...subject, grade: 'good' }, expect: 'DENY' });
  await teller.act({ as: COUNTY, ...grade, input: { ...subject, grade: 'excellent' }, expect: 'DENY' });
  await teller.act({ as: COUNTY, ...grade, input: { ...subject, grade: 'good' } });
}

async function administer(teller: Teller): Promise<void> {
  const unit = await teller.act({
    as: 'demo:region-administrator',
    mutation: 'organisationRegister',
    thing: 'organisation { id }',
    on: '2025-02-10',
    input: {
      name: '温县沁河山药种植专业合作联社（演示）',
      type: 'cooperative',
      nature: 'social',
      level: 'unit',
      region: WEN,
    },
  });
  await teller.act({
    as: COUNTY,
    mutation: 'demandSubmit',
    thing: 'demand { id }',
    on: '2025-02-11',
    input: { county: WEN, receivingUnit: unit.thing.id, year: 2025, items: [] },
    expect: 'DENY',
  });
}

/** What happens to a commissioner in a year: services, a call for help, money, a grade; and a need without content. */
export async function liveYear(teller: Teller): Promise<void> {
  await serve(teller);
  await evaluate(teller);
  await pay(teller);
  await administer(teller);
}
