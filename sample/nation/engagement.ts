import { Evaluation } from '../../subgraphs/evaluation/tables/evaluation.ts';
import { EvaluationBatch } from '../../subgraphs/evaluation/tables/evaluation-batch.ts';
import { Appointment } from '../../subgraphs/personnel/tables/appointment.ts';
import { Brigade, BrigadeMember } from '../../subgraphs/personnel/tables/brigade.ts';
import { InsuranceCover } from '../../subgraphs/personnel/tables/insurance.ts';
import { ServiceObject } from '../../subgraphs/projects-funding/tables/service-object.ts';
import type { Batch } from '../batch.ts';
import { officeHour } from '../day.ts';
import { numberedId } from '../id.ts';
import { plainAppointment } from '../plain.ts';
import { plainServiceObject } from '../plain-money.ts';
import { type Filled, KIND } from './county.ts';
import { addLine } from './money.ts';
import type { Totals } from './plan.ts';
import { addServices, servicesOf } from './service.ts';

const [FROM, TO] = ['2024-01-01', '2024-12-31'];
const EVALUATED = '2025-01-10';
const CATEGORIES = ['province', 'prefecture', 'county', 'county', 'unit'];

function addCountyRows(batch: Batch, { county, receiving, department, place }: Filled): void {
  const { number } = county;
  batch.add(Brigade, {
    id: numberedId(KIND.brigade, number, 0),
    ...place,
    createdOn: '2023-05-08',
    changedOn: '2023-05-08',
    changedAt: officeHour('2023-05-08'),
  });
  for (const [at, unit] of receiving.entries()) {
    batch.add(ServiceObject, {
      id: numberedId(KIND.object, number, at),
      appointmentId: null,
      personId: null,
      dispatchingUnitId: null,
      receivingUnitId: null,
      name: unit.name,
      kind: unit.type,
      organisationId: unit.id,
      commissionerRole: 'none',
      contributionMode: null,
      ...plainServiceObject,
      registeredOn: FROM,
      regionId: county.id,
      ...place,
    });
  }
  batch.add(EvaluationBatch, {
    id: numberedId(KIND.batch, number, 0),
    subjectKind: 'appointment',
    evaluatorLevel: 'county',
    evaluatorRegionId: county.id,
    evaluatorOrganisationId: department,
    ...place,
    year: 2024,
    status: 'closed',
    published: true,
    sites: [],
    openedOn: '2024-12-02',
    publishedOn: EVALUATED,
    closedOn: EVALUATED,
    changedOn: EVALUATED,
    changedAt: officeHour(EVALUATED),
  });
}

const gradeAt = (at: number, count: number) =>
  at < Math.floor((count * 15) / 100) ? 'excellent' : at < count * 0.55 ? 'good' : 'qualified';

function addEngagement(batch: Batch, filled: Filled, at: number, count: number): string {
  const { county, chance, center, department, receiving, persons, place } = filled;
  const id = (kind: number) => numberedId(kind, county.number, at);
  const personId = persons[at] as string;
  const category = CATEGORIES[at % CATEGORIES.length] as string;
  batch.add(Appointment, {
    id: id(KIND.appointment),
    ...plainAppointment,
    category,
    serviceType: 'public-service',
    sector: chance.happens(0.8) ? 'primary' : 'secondary',
    personId,
    organisationId: center,
    receivingUnitId: receiving[at % receiving.length]?.id ?? null,
    ...place,
    year: 2024,
    from: FROM,
    to: TO,
    status: 'active',
    selectionId: null,
    applicationId: null,
    demandItemId: null,
    renewalOfId: null,
    contactPersonId: null,
    unitSupports: ['time'],
    serviceObjectIds: [],
    annualTargets: [],
    insuranceId: id(KIND.cover),
    published: true,
    appointedOn: FROM,
    activatedOn: FROM,
    endedOn: null,
    endReason: null,
  });
  batch.add(InsuranceCover, {
    id: id(KIND.cover),
    appointmentId: id(KIND.appointment),
    personId,
    kind: 'personal-accident',
    from: FROM,
    to: TO,
    payer: 'dispatching-unit',
    policyNumber: null,
  });
  batch.add(BrigadeMember, {
    id: id(KIND.brigadeMember),
    brigadeId: numberedId(KIND.brigade, county.number, 0),
    appointmentId: id(KIND.appointment),
    personId,
    from: FROM,
  });
  batch.add(Evaluation, {
    id: id(KIND.evaluation),
    batchId: numberedId(KIND.batch, county.number, 0),
    subjectKind: 'appointment',
    year: 2024,
    evaluatorOrganisationId: department,
    subjectId: id(KIND.appointment),
    subjectLevel: category,
    personId,
    organisationId: null,
    dispatchingUnitId: center,
    ...place,
    scores: { 'duty-performance': chance.whole(60, 98) },
    scored: true,
    scoredOn: '2024-12-16',
    grade: gradeAt(at, count),
    gradedOn: '2024-12-20',
    published: true,
    publishedOn: EVALUATED,
  });
  return category;
}

/**
 * Everybody whom the county sends, with what belongs to each: cover, brigade, services, money, evaluation. `range` are
 * their numbers among all of the nation, by which the services are shared out.
 */
export function addEngagements(batch: Batch, filled: Filled, range: readonly [number, number], totals: Totals): void {
  const count = range[1] - range[0];
  if (count === 0) return;
  addCountyRows(batch, filled);
  let service = 0;
  for (let at = 0; at < count; at += 1) {
    const category = addEngagement(batch, filled, at, count);
    const services = servicesOf(range[0] + at, totals);
    addServices(batch, filled, at, { first: service, count: services });
    service += services;
    if (at % 2 === 0) addLine(batch, filled, at, category);
  }
}
