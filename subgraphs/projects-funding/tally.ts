import { places, type TallyKind, yesNo } from '../tally.ts';
import { addTallies } from '../tally-field.ts';
import { builder } from './builder.ts';

const where = { county: 'r."county_id"' };
const village = { village: 'coalesce(r."village_id", r."region_id")' };
const ofUnit = { organisation: 'r."organisation_id"' };
/** The beneficiary of money, where it is of this kind. */
const beneficiary = (kind: string) => `case when r."beneficiary_kind" = '${kind}' then r."beneficiary_id"::text end`;

/** The records of this subgraph that indicators are measured by. One more kind is one more entry. */
export const projectsKinds: Readonly<Record<string, TallyKind>> = {
  'work-result': {
    table: 'work_result',
    time: { from: 'r."started_on"', to: 'r."ended_on"', last: true },
    units: { ...places(), ...village, ...ofUnit, team: 'r."team_id"' },
    dimensions: {
      ...where,
      ...village,
      kind: 'r."kind"',
      // What is recorded without a reference is a thing of its own.
      reference: 'coalesce(r."reference", r."id"::text)',
      quantity: 'r."quantity"',
      organisation: 'r."organisation_id"',
      partner: 'r."partner_id"',
      partnerKind: 'r."partner_kind"',
    },
  },
  platform: {
    table: 'platform',
    time: { from: 'coalesce(r."recognised_on", r."registered_on")', to: 'null::date', last: true },
    units: { ...places(), ...ofUnit },
    dimensions: {
      ...where,
      kind: 'r."kind"',
      level: 'r."level"',
      brand: 'r."brand"',
      recognised: yesNo('r."recognised_on" is not null'),
    },
  },
  'service-object': {
    table: 'service_object',
    time: { from: 'r."registered_on"', to: 'null::date', last: true },
    units: { ...places(), ...ofUnit, appointment: 'r."appointment_id"' },
    dimensions: { ...where, kind: 'r."kind"', households: 'r."households"' },
  },
  project: {
    table: 'project',
    time: { from: 'r."registered_on"', to: 'r."closed_on"', last: false },
    units: { ...places(), ...village, team: 'r."team_id"' },
    dimensions: {
      ...where,
      ...village,
      programme: 'r."programme"',
      industry: 'r."industry"',
      supportKind: 'r."support_kind"',
      inLibrary: yesNo('r."library_entered_on" is not null'),
      poorHouseholds: 'r."beneficiary_poor_households"',
    },
  },
  'funding-line': {
    table: 'funding_line',
    // Money is of a year, whenever in it the line was allocated.
    time: { day: 'make_date(r."year", 1, 1)' },
    units: { ...places(), team: beneficiary('team'), appointment: beneficiary('appointment') },
    dimensions: {
      ...where,
      payerLevel: 'r."payer_level"',
      beneficiaryKind: 'r."beneficiary_kind"',
      source: 'r."source"',
      purpose: 'r."purpose"',
      amountFen: 'r."amount_fen"',
      spentFen: 'r."spent_fen"',
    },
  },
};

addTallies(builder, 'projects', projectsKinds);
