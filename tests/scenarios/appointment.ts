import { v7 as uuid } from 'uuid';
import { Appointment } from '../../subgraphs/personnel/tables/appointment.ts';
import { InsuranceCover } from '../../subgraphs/personnel/tables/insurance.ts';
import { persona } from '../harness.ts';
import { publishedGrade } from './evaluation.ts';
import {
  type Act,
  type Arrange,
  type ArrangeRanking,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  DECISION,
  organisation,
  person,
  placeOf,
  read,
  rowsOf,
  type Stage,
  unitAccount,
} from './stage.ts';

/** Somebody sent to a county, and the accounts that act for them. */
export async function engagement(stage: Stage, more: Partial<Appointment> = {}) {
  const unit = more.organisationId ?? (await organisation(stage));
  const who = more.personId ?? (await person(stage, unit));
  const [id, county] = [uuid(), more.countyId ?? COUNTY];
  await rowsOf(stage, 'personnel').insert(Appointment, {
    id,
    version: 1,
    category: 'prefecture',
    personId: who,
    organisationId: unit,
    ...placeOf(county),
    countyId: county,
    year: 2022,
    from: '2022-01-01',
    to: '2022-12-31',
    status: 'active',
    unitSupports: [],
    serviceObjectIds: [],
    annualTargets: [],
    published: true,
    appointedOn: '2022-01-01',
    activatedOn: '2022-01-01',
    ...more,
  });
  return { id, unit, person: who, self: persona(`self ${who}`, [], { person: who }), unitAccount: unitAccount(unit) };
}

const tierOf = (category: string) => (category === 'county' ? countyDept() : bureau);

export const appointmentActivate: Arrange<Act> = async (stage, { facts }) => {
  const { text, is, codes } = read(facts);
  const category = text('appointment.category');
  const engaged = await engagement(stage, {
    category,
    status: text('appointment.status'),
    from: text('appointment.from'),
    to: text('appointment.to'),
    activatedOn: null,
  });
  if (is('appointment.insured')) {
    const cover = { kind: text('insurance.kind'), from: text('insurance.from'), to: text('insurance.to') };
    const of = { appointmentId: engaged.id, personId: engaged.person };
    await rowsOf(stage, 'personnel').insert(InsuranceCover, { id: uuid(), ...of, ...cover });
  }
  return {
    viewer: tierOf(category),
    input: {
      appointment: engaged.id,
      version: 1,
      contactPerson: is('appointment.contactPersonNamed') ? await person(stage, engaged.unit) : null,
      unitSupports: codes('appointment.unitSupports'),
    },
  };
};

export const appointmentRenew: Arrange<Act> = async (stage, { facts }) => {
  const { text, is } = read(facts);
  const category = text('appointment.category');
  const unit = await organisation(stage);
  const engaged = await engagement(stage, {
    category,
    status: text('appointment.status'),
    organisationId: unit,
    personId: await person(stage, unit, { employmentStatus: text('person.employmentStatus') }),
    to: '2022-06-30',
  });
  await publishedGrade(stage, 'appointment', engaged.id, text('appointment.latestGrade'));
  return {
    viewer: tierOf(category),
    input: {
      appointment: engaged.id,
      version: 1,
      from: '2022-07-01',
      to: '2023-06-30',
      personConsents: is('matching.personConsented'),
      receivingUnitConsents: is('matching.receivingUnitConsented'),
    },
  };
};

export const renewalRanking: ArrangeRanking = async (stage, candidates) => {
  const rows = new Map<string, string>();
  for (const { id, facts } of candidates) {
    const { text } = read(facts);
    const engaged = await engagement(stage, { category: text('appointment.category') });
    await publishedGrade(stage, 'appointment', engaged.id, text('appointment.latestGrade'));
    rows.set(id, engaged.id);
  }
  return {
    viewer: bureau,
    query: `query ($region: ID!, $on: Date!) {
      renewalRanking(region: $region, year: 2022, first: 200, asOf: $on) { appointment { id } decision { ${DECISION} } }
    }`,
    variables: { region: CITY, on: candidates[0]?.on },
    rows,
    order: (data) =>
      data.renewalRanking.map(
        ({ appointment, decision }: { appointment: { id: string }; decision: { facts: object } }) => ({
          row: appointment.id,
          facts: decision.facts,
        }),
      ),
  };
};
