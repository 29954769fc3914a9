import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { Application } from '../../subgraphs/personnel/tables/application.ts';
import { Demand, DemandItem } from '../../subgraphs/personnel/tables/demand.ts';
import { Matching } from '../../subgraphs/personnel/tables/matching.ts';
import { OffPostLeave } from '../../subgraphs/personnel/tables/off-post-leave.ts';
import { persona } from '../harness.ts';
import { roundRow } from './selection.ts';
import {
  type Act,
  type Arrange,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  organisation,
  person,
  placeOf,
  read,
  rowsOf,
  type Stage,
  unitAccount,
} from './stage.ts';

/** Somebody as the facts describe them, in a unit as they describe it. */
async function candidate(stage: Stage, facts: Facts, on: string) {
  const { text, count, is } = read(facts);
  const unit = await organisation(stage, {
    type: text('unit.kind'),
    nature: is('unit.publicInstitution') ? 'public-institution' : 'enterprise',
    regionId: text('unit.prefecture'),
  });
  const status = text('person.employmentStatus');
  const isAway = status === 'off-post-startup';
  const who = await person(stage, unit, {
    birthDate: `${Number(on.slice(0, 4)) - count('person.age')}-01-01`,
    titleLevel: text('person.titleLevel'),
    degree: text('person.degree'),
    education: text('person.education'),
    // Who is on leave for a start-up is registered as in service: the leave says the rest.
    employmentStatus: isAway ? 'in-service' : status,
  });
  if (isAway) {
    const leave = { personId: who, organisationId: unit, from: '2022-01-01', rightsKept: [] };
    await rowsOf(stage, 'personnel').insert(OffPostLeave, { id: uuid(), version: 1, ...leave });
  }
  return { unit, who };
}

/** A published need for the round with one item. Answers the item's id. */
async function needRow(stage: Stage, selectionId: string, published = true): Promise<string> {
  const em = rowsOf(stage, 'personnel');
  const [demandId, id] = [uuid(), uuid()];
  const need = { year: 2022, status: 'published', submittedOn: '2022-01-20', published, audience: [] };
  await em.insert(Demand, { id: demandId, version: 1, selectionId, ...placeOf(COUNTY), countyId: COUNTY, ...need });
  const item = { no: 1, field: 'soil', industry: 'yam', description: '土壤连作障碍', status: 'open' };
  await em.insert(DemandItem, { id, demandId, countyId: COUNTY, ...item });
  return id;
}

type Contact = { demandItemId: string | null; selectionId: string; personId: string; organisationId: string };

async function matchingRow(stage: Stage, contact: Contact, consents: { person: boolean; unit: boolean }) {
  const id = uuid();
  await rowsOf(stage, 'personnel').insert(Matching, {
    id,
    version: 1,
    ...placeOf(COUNTY),
    ...contact,
    personConsent: consents.person,
    personConsentBy: consents.person ? 'account of the person' : null,
    receivingUnitConsent: consents.unit,
    recordedOn: '2022-02-10',
  });
  return id;
}

export const matchingRecord: Arrange<Act> = async (stage, { facts }) => {
  const { is } = read(facts);
  const unit = await organisation(stage);
  const selection = await roundRow(stage, facts);
  const isLinked = is('matching.demandItemLinked');
  const need = isLinked ? await needRow(stage, selection, is('demand.published')) : null;
  const who = await person(stage, unit);
  // Where both agree, the person has said so before: one account does not speak for both.
  const isAgreed = is('matching.personConsented') && is('matching.receivingUnitConsented');
  const contact = { demandItemId: need, selectionId: selection, personId: who, organisationId: unit };
  if (isAgreed) await matchingRow(stage, contact, { person: true, unit: false });
  return {
    viewer: unitAccount(unit),
    input: {
      ...(need ? { demandItem: need } : { selection }),
      ...(isAgreed ? { version: 1 } : {}),
      person: who,
      personConsents: is('matching.personConsented'),
      receivingUnitConsents: is('matching.receivingUnitConsented'),
    },
  };
};

export const applicationSubmit: Arrange<Act> = async (stage, { facts, on }) => {
  const { text, is } = read(facts);
  const { unit, who } = await candidate(stage, facts, on);
  const selectionId = await roundRow(stage, facts);
  const demandItemId = is('application.answersDemandItem') ? await needRow(stage, selectionId) : null;
  const contact = { demandItemId, selectionId, personId: who, organisationId: unit };
  const filer = text('application.filerKind');
  // A paper that did not come from the unit is typed in by a recorder, who says whose it is.
  const isUnit = filer === 'dispatching-unit';
  return {
    viewer: isUnit ? unitAccount(unit) : persona('recorder', [['recorder', CITY]]),
    input: {
      selection: selectionId,
      person: who,
      matching: await matchingRow(stage, contact, { person: true, unit: true }),
      form: is('application.formAttached') ? { speciality: '土壤学' } : {},
      sealed: is('application.sealed'),
      experienceAttested: is('application.experienceAttested'),
      ...(isUnit ? {} : { onBehalfOf: 'dispatching-unit', filer }),
    },
  };
};

export const appointmentCreate: Arrange<Act> = async (stage, { facts, on }) => {
  const { text, is } = read(facts);
  const { unit, who } = await candidate(stage, facts, on);
  const selectionId = await roundRow(stage, facts, text('appointment.category'));
  const demandItemId = await needRow(stage, selectionId);
  const contact = { demandItemId, selectionId, personId: who, organisationId: unit };
  const consents = {
    person: is('matching.personConsented'),
    unit: is('matching.receivingUnitConsented'),
  };
  const application = uuid();
  await rowsOf(stage, 'personnel').insert(Application, {
    id: application,
    version: 1,
    ...placeOf(COUNTY),
    ...contact,
    matchingId: await matchingRow(stage, contact, consents),
    form: {},
    receivedOn: '2022-02-20',
    status: is('selection.listed') ? 'listed' : 'submitted',
  });
  return {
    viewer: text('selection.level') === 'county' ? countyDept() : bureau,
    input: {
      application,
      serviceType: is('appointment.serviceTypeStated') ? text('appointment.serviceType') : null,
      sector: text('appointment.sector'),
      from: '2022-07-01',
      to: '2022-12-31',
    },
  };
};
