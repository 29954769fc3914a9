import { Appointment } from '../../subgraphs/personnel/tables/appointment.ts';
import { InsuranceCover } from '../../subgraphs/personnel/tables/insurance.ts';
import { ServiceObject } from '../../subgraphs/projects-funding/tables/service-object.ts';
import type { Batch } from '../batch.ts';
import { idOf } from '../id.ts';
import { plainAppointment } from '../plain.ts';
import { plainServiceObject } from '../plain-money.ts';
import { type Chance, chanceOf } from '../random.ts';
import type { Engagement } from './engagement.ts';
import { receivingOf } from './organisation.ts';
import { personId } from './person.ts';
import { inCounty } from './place.ts';
import { roundId, roundListed } from './round.ts';
import { applicationId } from './selection.ts';

export const appointmentId = ({ key, year }: Pick<Engagement, 'key' | 'year'>): string =>
  idOf(`appointment ${key}`, `${year - 1}-12-25`);
const coverId = ({ key, year }: Engagement) => idOf(`cover ${key}`, `${year - 1}-12-28`);
export const serviceObjectId = ({ key, year }: Engagement): string => idOf(`object ${key}`, `${year}-01-08`);

export const firstDay = ({ year }: Engagement): string => `${year}-01-01`;
export const lastDay = ({ year }: Engagement): string => `${year}-12-31`;

/** The one that the round chose, however often it was renewed since. */
const origin = (one: Engagement): Engagement => (one.renewalOf ? origin(one.renewalOf) : one);

const TARGETS = ['培育示范户不少于3户', '开展培训不少于4场', '推广新技术不少于1项', '实地服务不少于30天'];

function ending(one: Engagement, isRenewed: boolean) {
  if (one.exitedOn) return { status: 'exited', endedOn: one.exitedOn, endReason: '因岗位调整，本人申请退出' };
  if (isRenewed) return { status: 'renewed', endedOn: null, endReason: null };
  if (one.year === 2024) return { status: 'active', endedOn: null, endReason: null };
  const endReason = one.grade === 'unqualified' ? '年度评价不合格，不再续聘' : '聘期届满';
  return { status: 'ended', endedOn: lastDay(one), endReason };
}

function addAppointment(batch: Batch, chance: Chance, one: Engagement, at: number, isRenewed: boolean): void {
  const { expert, category, year, countyId, receivingUnitId } = one;
  const { need, year: selectedFor } = origin(one);
  const appointedOn = one.renewalOf ? `${year - 1}-12-27` : roundListed(year);
  // A few of the second year were given no contact by the receiving place.
  const hasContact = year === 2023 || at % 40 !== 17;
  batch.add(Appointment, {
    id: appointmentId(one),
    ...plainAppointment,
    category,
    serviceType: chance.happens(0.85) ? 'public-service' : 'rural-startup',
    sector: chance.happens(0.8) ? 'primary' : chance.happens(0.5) ? 'secondary' : 'tertiary',
    personId: expert.id,
    organisationId: expert.organisationId,
    receivingUnitId,
    ...inCounty(countyId),
    year,
    from: firstDay(one),
    to: lastDay(one),
    ...ending(one, isRenewed),
    selectionId: need ? roundId(need.level, selectedFor, need.countyId) : null,
    applicationId: need ? applicationId(need, expert.id) : null,
    demandItemId: need?.itemId ?? null,
    renewalOfId: one.renewalOf ? appointmentId(one.renewalOf) : null,
    contactPersonId: hasContact ? personId(`contact ${receivingUnitId}`) : null,
    unitSupports: ['logistics', 'technical', 'time'],
    serviceObjectIds: year === 2024 ? [serviceObjectId(one)] : [],
    annualTargets: TARGETS.slice(at % 3, (at % 3) + 2),
    insuranceId: coverId(one),
    published: category === 'prefecture' || category === 'county',
    appointedOn,
    activatedOn: firstDay(one),
  });
  batch.add(InsuranceCover, {
    id: coverId(one),
    appointmentId: appointmentId(one),
    personId: expert.id,
    kind: 'personal-accident',
    from: firstDay(one),
    // A few covers of the second year run out two months early.
    to: year === 2024 && at % 55 === 11 ? '2024-10-31' : lastDay(one),
    payer: chance.happens(0.6) ? 'dispatching-unit' : 'work-funds',
    policyNumber: `演示保单${year}${String(at).padStart(4, '0')}`,
  });
}

/** Whom each commissioner of 2024 serves: the receiving unit, registered for the engagement. */
function addServiceObject(batch: Batch, one: Engagement): void {
  const unit = receivingOf(one.countyId).find(({ id }) => id === one.receivingUnitId);
  if (!unit) return;
  batch.add(ServiceObject, {
    id: serviceObjectId(one),
    appointmentId: appointmentId(one),
    personId: one.expert.id,
    dispatchingUnitId: one.expert.organisationId,
    receivingUnitId: one.receivingUnitId,
    name: unit.name,
    kind: unit.type,
    organisationId: unit.id,
    commissionerRole: 'assist',
    contributionMode: 'tech-service',
    ...plainServiceObject,
    registeredOn: `${one.year}-01-08`,
    regionId: one.countyId,
    ...inCounty(one.countyId),
  });
}

/** The appointments with their cover, and whom those of the last year serve. */
export function addAppointments(batch: Batch, engagements: readonly Engagement[]): void {
  const renewed = new Set(engagements.map(({ renewalOf }) => renewalOf?.key));
  engagements.forEach((one, at) => {
    addAppointment(batch, chanceOf(`appointment ${one.key}`), one, at, renewed.has(one.key));
    if (one.year === 2024) addServiceObject(batch, one);
  });
}
