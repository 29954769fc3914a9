import { Appointment } from '../../subgraphs/personnel/tables/appointment.ts';
import { Assignment } from '../../subgraphs/personnel/tables/assignment.ts';
import type { Row } from '../batch.ts';
import { idOf } from '../id.ts';
import { plainAppointment } from '../plain.ts';
import { placed, within } from '../region.ts';
import type { Register } from '../register.ts';
import { addServices } from '../service.ts';
import type { Bodies } from './body.ts';
import { COUNTIES, type County, SHORT, VILLAGES_EACH, villageId } from './place.ts';

/** One expert sent to a county. */
export interface Sent {
  readonly number: number;
  readonly kind: 'poor-village-commissioner' | 'three-regions-talent';
  readonly id: string;
  readonly personId: string;
  readonly unit: string;
  readonly county: County;
  readonly village: string;
}

/** Those of 2018, of whom the first left at its end for a reason, and those who came after them. */
const COHORT = 422;
const LEFT_IN_2018 = 6;
const NEW_IN_2019 = 5;
const TALENTS = 76;
const LAST_DAY = '2020-12-31';

const WORKS = [
  ['technical-problem', '到村查看长势和病虫害，提出防治办法'],
  ['training', '在屯里集中讲解栽桑养蚕要点'],
  ['demo-base', '指导示范基地建设'],
] as const;

const begins = (number: number, kind: Sent['kind']) =>
  kind === 'poor-village-commissioner' && number < COHORT ? '2018-03-01' : '2019-03-01';
export const appointmentId = (kind: Sent['kind'], number: number): string =>
  idOf(`baise ${kind} ${number}`, begins(number, kind), number);

function ending(number: number): Partial<Row<Appointment>> {
  if (number < LEFT_IN_2018) {
    const endedOn = '2018-12-31';
    return { status: 'exited', endedOn, endReason: '调离', specialCircumstance: '工作调动到市外' };
  }
  if (SHORT.leftForNoReason.some((one) => one === number)) {
    return { status: 'exited', endedOn: '2019-09-30', endReason: '本人申请' };
  }
  return {};
}

function send(roll: Register, bodies: Bodies, kind: Sent['kind'], number: number): Sent {
  const county = COUNTIES[number % COUNTIES.length] as County;
  const isLocal = kind === 'poor-village-commissioner' && number % 3 !== 0;
  const unit = isLocal
    ? (bodies.counties.get(county.id) as { station: { id: string } }).station
    : bodies.senders[number % bodies.senders.length];
  const person = roll.expert(`${kind} ${number}`, unit as (typeof bodies.senders)[number]);
  const from = begins(number, kind);
  const round = Math.floor(number / COUNTIES.length);
  const id = appointmentId(kind, number);
  roll.batch.add(Appointment, {
    id,
    ...plainAppointment,
    category: kind,
    kind,
    serviceType: 'public-service',
    sector: 'primary',
    personId: person.id,
    organisationId: person.organisationId,
    receivingUnitId: bodies.counties.get(county.id)?.st.id ?? null,
    ...within(county.id),
    countyId: county.id,
    year: Number(from.slice(0, 4)),
    from,
    to: LAST_DAY,
    status: 'active',
    selectionId: null,
    applicationId: null,
    demandItemId: null,
    renewalOfId: null,
    contactPersonId: null,
    unitSupports: [],
    serviceObjectIds: [],
    annualTargets: [],
    insuranceId: null,
    published: true,
    appointedOn: from,
    activatedOn: from,
    endedOn: null,
    endReason: null,
    ...(kind === 'poor-village-commissioner' ? ending(number) : {}),
  });
  const village = villageId(county.id, 1 + (round % VILLAGES_EACH));
  return { number, kind, id, personId: person.id, unit: person.organisationId, county, village };
}

function assign(roll: Register, sent: Sent): void {
  const { id, number, kind, village, county } = sent;
  const from = begins(number, kind);
  const add = (at: number, part: string, more: Partial<Row<Assignment>>) =>
    roll.batch.add(Assignment, {
      id: idOf(`assignment ${id} ${part}`, from, at),
      appointmentId: id,
      kind: part,
      name: null,
      reference: null,
      villageId: null,
      quantity: 1,
      year: null,
      from,
      to: null,
      endReason: null,
      ...more,
    });
  add(0, 'project', { name: `${county.short}特色产业提质项目` });
  if (kind === 'poor-village-commissioner') {
    add(1, 'service-object', { name: '村种养合作社', villageId: village });
    if (SHORT.noYearTarget.some((one) => one === number)) return;
    add(2, 'year-target', { name: '到村指导不少于12次', year: 2019 });
    return;
  }
  add(1, 'base', { name: '示范基地', villageId: village });
  add(2, 'operator', { name: '家庭农场', villageId: village });
  if (!SHORT.noHousehold.some((one) => one === number))
    add(3, 'household', { quantity: 2 + (number % 4), villageId: village });
}

function serve(roll: Register, { id, personId, unit, county, number, kind }: Sent): void {
  const server = { key: id, personId, dispatchingUnitId: unit, appointmentId: id, place: placed(county.id) };
  const turned = [...WORKS.slice(number % WORKS.length), ...WORKS.slice(0, number % WORKS.length)];
  const left = SHORT.leftForNoReason.some((one) => one === number) && kind === 'poor-village-commissioner';
  addServices(roll.batch, server, ['2019-03-11', left ? '2019-09-20' : '2019-12-20'], number % 2 === 0 ? 2 : 1, turned);
}

/** Everybody sent to the counties in 2018 and 2019, with what each is to do, and what they did in 2019. */
export function addSent(roll: Register, bodies: Bodies): Sent[] {
  const many = (kind: Sent['kind'], count: number) =>
    Array.from({ length: count }, (_, number) => send(roll, bodies, kind, number));
  roll.expert('spare', bodies.senders[0] as (typeof bodies.senders)[number]);
  const sent = [...many('poor-village-commissioner', COHORT + NEW_IN_2019), ...many('three-regions-talent', TALENTS)];
  for (const one of sent) {
    const isGone = one.kind === 'poor-village-commissioner' && one.number < LEFT_IN_2018;
    assign(roll, one);
    if (!isGone) serve(roll, one);
  }
  return sent;
}
