/*
 * What the rows of a programme leave open that it has no use for: it has one kind of team and of appointment, forms teams
 * without a term or a procedure, and keeps no practical experts. To be spread into a row.
 */
export const plainTeam = {
  kind: null,
  industry: null,
  parentId: null,
  termFrom: null,
  termTo: null,
  receivingUnitId: null,
  accountableId: null,
  namedLeaderId: null,
  procedureId: null,
  expertLevels: [],
};

export const plainMember = { endReason: null, sourceCategory: null, practicalExpert: null, practicalCertifier: null };

export const plainAgreement = {
  kind: null,
  deep: null,
  teamConsented: null,
  countyConsented: null,
  keyMatters: [],
  document: null,
  mode: null,
};

export const plainPerson = { serviceCategories: null, adminPostHeld: null };

export const plainAppointment = { kind: null, specialCircumstance: null };
