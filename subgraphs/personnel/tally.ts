import { divisions, places, type TallyKind, yesNo } from '../tally.ts';
import { addTallies } from '../tally-field.ts';
import { builder } from './builder.ts';

/** The divisions of a row that has its region only. */
const divisionsOf = (region: string) => `left join lateral (
    select max(a."id") filter (where a."level" = 'county') as "county_id",
      max(a."id") filter (where a."level" = 'prefecture') as "prefecture_id",
      max(a."id") filter (where a."level" = 'province') as "province_id"
    from {schema}."region" g join {schema}."region" a on a."id" = any(g."path") where g."id" = ${region}
  ) z on true`;
const ofTeam = `join {schema}."team" t on t."id" = r."team_id" ${divisionsOf('t."region_id"')}`;
const where = { county: 'r."county_id"', village: 'r."region_id"' };
const person = { person: 'r."person_id"' };

/** The records of this subgraph that indicators are measured by. One more kind is one more entry. */
export const personnelKinds: Readonly<Record<string, TallyKind>> = {
  team: {
    table: 'team',
    join: divisionsOf('r."region_id"'),
    only: 'r."activated_on" is not null',
    time: { from: 'r."activated_on"', to: 'r."ended_on"', last: false },
    units: { ...divisions('z'), village: 'r."region_id"', team: 'r."id"', organisation: 'r."organisation_id"' },
    dimensions: {
      kind: 'r."kind"',
      level: 'r."level"',
      industry: 'r."industry"',
      topLevel: yesNo('r."parent_id" is null'),
      county: 'z."county_id"',
    },
  },
  'team-member': {
    table: 'team_member',
    join: ofTeam,
    time: { from: 'r."from"', to: 'r."to"', last: false },
    units: { ...divisions('z'), team: 'r."team_id"' },
    dimensions: { ...person, practicalExpert: yesNo('r."practical_expert"'), teamKind: 't."kind"' },
  },
  'team-post': {
    table: 'team_post',
    join: ofTeam,
    time: { from: 'r."from"', to: 'r."to"', last: false },
    units: { ...divisions('z'), team: 'r."team_id"' },
    dimensions: { ...person, role: 'r."role"', side: 'r."side"', teamKind: 't."kind"' },
  },
  appointment: {
    table: 'appointment',
    // Who is only listed has not begun to serve.
    only: `r."status" <> 'listed'`,
    time: { from: 'r."from"', to: 'least(r."to", coalesce(r."ended_on", r."to"))', last: true },
    units: { ...divisions(), appointment: 'r."id"', organisation: 'r."organisation_id"' },
    dimensions: {
      ...person,
      kind: 'r."kind"',
      category: 'r."category"',
      sector: 'r."sector"',
      serviceType: 'r."service_type"',
      county: 'r."county_id"',
      organisation: 'r."organisation_id"',
    },
  },
  assignment: {
    table: 'assignment',
    join: 'join {schema}."appointment" p on p."id" = r."appointment_id"',
    time: { from: 'r."from"', to: 'r."to"', last: false },
    units: { ...divisions('p'), village: 'r."village_id"', appointment: 'r."appointment_id"' },
    dimensions: {
      kind: 'r."kind"',
      appointmentKind: 'p."kind"',
      category: 'p."category"',
      quantity: 'r."quantity"',
      reference: 'r."reference"',
      village: 'r."village_id"',
      villagePoor: yesNo(
        `exists (select 1 from {schema}."region_status" s where s."region_id" = r."village_id" and s."kind" = 'poor' and s."value")`,
      ),
    },
  },
  posting: {
    table: 'posting',
    time: {
      from: 'r."from"',
      // A posting that was ended holds to the day before.
      to: 'least(r."to", r."ended_on" - 1)',
      last: true,
    },
    units: { ...places(), organisation: 'r."organisation_id"', team: 'r."team_id"' },
    dimensions: { ...where, ...person, kind: 'r."kind"', post: 'r."post"' },
  },
  'village-expert': {
    table: 'village_expert',
    time: { from: 'r."from"', to: 'r."to"', last: false },
    units: places(),
    dimensions: { ...where, ...person, category: 'r."category"' },
  },
  agreement: {
    table: 'agreement',
    time: { from: 'r."signed_on"', to: 'r."until"', last: true },
    units: { ...divisions(), team: 'r."team_id"' },
    dimensions: {
      kind: 'r."kind"',
      industry: 'r."industry"',
      deep: yesNo('r."deep"'),
      county: 'r."county_id"',
      team: 'r."team_id"',
    },
  },
  designation: {
    table: 'designation',
    time: { from: 'r."from"', to: 'r."to"', last: false },
    units: { ...places(), organisation: 'r."organisation_id"', team: 'r."team_id"' },
    dimensions: {
      ...where,
      ...person,
      kind: 'r."kind"',
      bodyKind: 'r."body_kind"',
      bodyRole: 'r."body_role"',
      organisation: 'r."organisation_id"',
      subjectKind: `case when r."team_id" is null then 'region' else 'team' end`,
    },
  },
  'expert-pool': {
    table: 'expert_pool_entry',
    time: { from: 'r."added_on"', to: 'r."to"', last: false },
    // The county that is paired counts as the expert's, where there is one.
    units: { ...divisions(), county: 'coalesce(r."paired_county_id", r."county_id")' },
    dimensions: {
      ...person,
      source: 'r."source"',
      field: 'r."field"',
      county: 'coalesce(r."paired_county_id", r."county_id")',
    },
  },
};

addTallies(builder, 'personnel', personnelKinds);
