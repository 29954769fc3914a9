import { v7 as uuid } from 'uuid';
import { addDays } from '../../policies/day.ts';
import { ServiceRecord } from '../../subgraphs/evaluation/tables/service-record.ts';
import { type Held, persona } from '../harness.ts';
import { engagement } from './appointment.ts';
import {
  type Arrange,
  bureau,
  COUNTY,
  DECISION,
  placeOf,
  type Question,
  read,
  rowsOf,
  type Stage,
  times,
} from './stage.ts';

async function recordRow(stage: Stage, more: Partial<ServiceRecord>): Promise<string> {
  const [id, date, days] = [uuid(), more.date ?? '2022-02-01', more.days ?? 1];
  await rowsOf(stage, 'evaluation').insert(ServiceRecord, {
    id,
    version: 1,
    appointmentId: uuid(),
    personId: uuid(),
    dispatchingUnitId: uuid(),
    ...placeOf(COUNTY),
    days,
    endsOn: addDays(date, days - 1),
    year: Number(date.slice(0, 4)),
    mode: 'on-site',
    objectAcknowledged: true,
    summary: '果树修剪指导',
    date,
    loggedOn: addDays(date, days),
    ...more,
  });
  return id;
}

export const serviceProgress: Arrange<Question> = async (stage, { facts, on }) => {
  const { text, count } = read(facts);
  const engaged = await engagement(stage, {
    category: text('appointment.category'),
    status: text('appointment.status'),
  });
  const days = count('appointment.onSiteDays');
  const services = count('appointment.serviceCount');
  const whose = { appointmentId: engaged.id, personId: engaged.person, dispatchingUnitId: engaged.unit };
  // Days without a service are those of one that was begun in the year before.
  if (days > 0 && services === 0) await recordRow(stage, { ...whose, date: '2021-12-31', days: days + 1 });
  for (const at of times(services)) {
    const isOnSite = at === 0 && days > 0;
    await recordRow(stage, { ...whose, ...(isOnSite ? { days } : { mode: 'remote' }) });
  }
  return {
    viewer: bureau,
    query: `query ($id: ID!, $on: Date!) {
      appointment(id: $id) { serviceProgress(year: 2022, asOf: $on) { decision { ${DECISION} } } }
    }`,
    variables: { id: engaged.id, on },
    decision: (data) => data.appointment.serviceProgress.decision,
  };
};

/** The ids of ours that stand for the names of persons and units in a case: visibility compares nothing else. */
function namesAsIds() {
  const ids = new Map<string, string>();
  return (name: string): string => {
    const id = ids.get(name) ?? uuid();
    ids.set(name, id);
    return id;
  };
}

/** A record to be read, and the viewer of the facts. Who reads it is all that the graph answers. */
export const serviceRecordRead: Arrange<{ viewer: Question['viewer']; record: string }> = async (stage, { facts }) => {
  const { text, codes } = read(facts);
  const idOf = namesAsIds();
  const record = await recordRow(stage, {
    personId: idOf(text('record.person')),
    dispatchingUnitId: idOf(text('record.dispatchingUnit')),
    receivingUnitId: idOf(text('record.receivingUnit')),
    countyId: text('record.county'),
    prefectureId: text('record.prefecture'),
    provinceId: text('record.province'),
  });
  const held = codes('viewer.roles').flatMap((role): Held[] => [
    ...codes('viewer.regions').map((region): Held => [role, region]),
    ...codes('viewer.organisations').map((unit): Held => [role, 'cn-410100', idOf(unit)]),
  ]);
  return { viewer: persona('reader', held, { person: idOf(text('viewer.person')) }), record };
};
