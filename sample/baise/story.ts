import { idOf } from '../id.ts';
import type { Act, Teller } from '../teller.ts';
import { cast } from './cast.ts';
import { CITY, CONTACT_POINT, DEBAO, villageId } from './place.ts';

const [BUREAU, COUNTY] = ['demo:baise-st-bureau', 'demo:baise-county-st-dept'];
const UNIT = 'demo:baise-responsible-unit';
const TALENT = 'three-regions-talent';

/** What of each act's answer the next one needs. */
const THINGS = {
  selectionOpen: 'selection { id }',
  applicationSubmit: 'application { id }',
  appointmentCreate: 'appointment { id version }',
  assignmentRecord: 'assignment { id }',
  appointmentActivate: 'appointment { id }',
};

/** A talent of the three regions is sent with the four ones and not before. */
async function sendTalent(teller: Teller): Promise<void> {
  const act = (mutation: keyof typeof THINGS, on: string, input: Record<string, unknown>, expect?: Act['expect']) =>
    teller.act({ as: COUNTY, mutation, thing: THINGS[mutation], on, input, ...(expect ? { expect } : {}) });
  const round = { region: DEBAO, level: 'county', year: 2020, category: TALENT };
  const { thing: selection } = await act('selectionOpen', '2019-12-05', round);
  const form = { selection: selection.id, person: cast.spare, form: { 专长: '桑蚕（演示）' } };
  const { thing: application } = await act('applicationSubmit', '2019-12-06', form);
  const { thing: listed } = await act('appointmentCreate', '2019-12-10', {
    application: application.id,
    serviceType: 'public-service',
    from: '2020-01-01',
    to: '2020-12-31',
    county: DEBAO,
    kind: TALENT,
  });
  const assign = (kind: string, more: object) =>
    act('assignmentRecord', '2020-01-06', { appointment: listed.id, kind, ...more });
  const village = villageId(DEBAO, 2);
  await assign('PROJECT', { name: '桑园提质（演示）' });
  await assign('BASE', { name: '小蚕共育基地（演示）' });
  const activate = (expect?: Act['expect']) =>
    act('appointmentActivate', '2020-01-08', { appointment: listed.id, version: listed.version }, expect);
  await activate('DENY');
  await assign('OPERATOR', { name: '桑蚕合作社（演示）', village });
  await assign('HOUSEHOLD', { quantity: 3, village });
  await activate();
}

/** What a commissioner does, and how one may leave before the plan ends: somebody answers for it. */
async function leave(teller: Teller): Promise<void> {
  await teller.act({
    as: 'demo:baise-commissioner',
    mutation: 'serviceRecordLog',
    thing: 'serviceRecord { id }',
    on: '2019-12-18',
    input: {
      appointment: cast.appointment,
      date: '2019-12-17',
      mode: 'on-site',
      taskType: 'technical-problem',
      summary: '检查蚕房消毒，指导冬季桑园管理',
      attendance: 12,
    },
  });
  const exit = { as: COUNTY, mutation: 'appointmentExit', thing: 'appointment { id }', on: '2019-12-30' };
  const input = { appointment: cast.leaving, version: 1, reason: '本人申请' };
  await teller.act({ ...exit, input, expect: 'NEEDS_OVERRIDE' });
  const answered = { rule: 'baise.stp.continuity', role: 'county-st-dept', reason: '所在村整村搬迁（演示）' };
  await teller.act({ ...exit, input: { ...input, overrides: [answered] } });
}

/** No task without a person; no fourth in the work team; and who put something right does not verify it. */
async function supervise(teller: Teller): Promise<void> {
  await teller.act({
    as: BUREAU,
    mutation: 'taskCreate',
    thing: 'task { id }',
    on: '2019-12-23',
    input: { region: CITY, title: '总结三年行动（演示）', responsible: [{ unit: cast.unit }], deadline: '2020-12-31' },
    expect: 'DENY',
  });
  await teller.act({
    as: BUREAU,
    mutation: 'postingRecord',
    thing: 'posting { id }',
    on: '2019-12-24',
    input: {
      person: cast.fourth,
      region: CONTACT_POINT,
      kind: 'work-team',
      post: 'team-member',
      from: '2020-01-01',
      orderDocument: '演示〔2019〕20号',
    },
    expect: 'DENY',
  });
  const finding = idOf('baise finding midyear 1', '2019-07-10');
  const verify = {
    mutation: 'findingVerify',
    thing: 'finding { id }',
    on: '2019-12-26',
    input: { finding, version: 1 },
  };
  await teller.act({ as: UNIT, ...verify, expect: 'DENY' });
  await teller.act({ as: 'demo:baise-office', ...verify });
}

/** The end of a year of the plan. */
export async function tellBaise(teller: Teller): Promise<void> {
  await sendTalent(teller);
  await leave(teller);
  await supervise(teller);
}
