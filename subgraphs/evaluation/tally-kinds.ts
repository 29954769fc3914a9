import { divisions, places, type TallyKind, yesNo } from '../tally.ts';

const placed = places();
const ofUnit = { organisation: 'r."organisation_id"' };
const ofTeam = { team: 'r."team_id"' };
const where = { county: 'r."county_id"', village: 'r."region_id"' };

/** The records of this subgraph that indicators are measured by. One more kind is one more entry. */
export const evaluationKinds: Readonly<Record<string, TallyKind>> = {
  'service-record': {
    table: 'service_record',
    time: { from: 'r."date"', to: 'r."ends_on"', last: true },
    units: {
      ...divisions(),
      ...ofTeam,
      appointment: 'r."appointment_id"',
      organisation: 'r."dispatching_unit_id"',
    },
    dimensions: {
      mode: 'r."mode"',
      taskType: 'r."task_type"',
      field: 'r."field"',
      days: 'r."days"',
      attendance: 'r."attendance"',
      county: 'r."county_id"',
      organisation: 'r."dispatching_unit_id"',
      person: 'r."person_id"',
      // Several records on one day are one day, and of a record over New Year each year has its own days.
      date: {
        sql: 'd."day"::date',
        join: `cross join lateral generate_series(r."date", r."ends_on", interval '1 day') as d("day")`,
        day: 'd."day"::date',
      },
    },
  },
  'training-record': {
    table: 'training_record',
    time: { day: 'r."date"' },
    units: { ...placed, ...ofUnit },
    dimensions: {
      ...where,
      form: 'r."form"',
      traineeCategory: 'r."trainee_category"',
      people: 'r."trainee_count"',
      // Where nobody counted person-times, everybody came once at least; a training is a session at least.
      attendees: 'coalesce(r."attendance_count", r."trainee_count")',
      sessions: 'coalesce(r."session_count", 1)',
      trainee: { sql: 't."digest"', join: 'cross join lateral unnest(r."trainee_digests") as t("digest")' },
    },
  },
  event: {
    table: 'event',
    time: { day: 'r."date"' },
    units: { ...placed, ...ofUnit },
    dimensions: { ...where, kind: 'r."kind"', attendees: 'r."attendees"' },
  },
  meeting: {
    table: 'meeting',
    time: { day: 'r."date"' },
    units: { ...placed, ...ofUnit, ...ofTeam },
    dimensions: { ...where, kind: 'r."kind"', onProgramme: yesNo('r."on_programme"') },
  },
  report: {
    table: 'report',
    // A report belongs to the year that it is about, also when it is handed in after.
    time: { day: 'r."period_from"' },
    units: { ...placed, ...ofUnit, ...ofTeam, task: 'r."task_id"' },
    dimensions: { ...where, kind: 'r."kind"', answered: yesNo('r."feedback_on" is not null') },
  },
  assessment: {
    table: 'assessment',
    only: 'r."recorded_on" is not null',
    time: { day: 'r."date"' },
    units: { ...placed, ...ofTeam, appointment: 'r."appointment_id"' },
    dimensions: { ...where, kind: 'r."kind"', subjectKind: 'r."subject_kind"', outcome: 'r."outcome"' },
  },
  'case-study': {
    table: 'case_study',
    time: { day: 'r."recorded_on"' },
    units: { ...placed, ...ofUnit },
    dimensions: { ...where, outstanding: yesNo('r."outstanding"'), candidateKind: 'r."candidate_kind"' },
  },
  inspection: {
    table: 'inspection',
    time: { day: 'r."opened_on"' },
    units: { ...placed, ...ofUnit },
    dimensions: { ...where, kind: 'r."kind"', status: 'r."status"' },
  },
  finding: {
    table: 'finding',
    time: { day: 'r."found_on"' },
    units: { ...placed, ...ofUnit, ...ofTeam },
    dimensions: { ...where, kind: 'r."kind"', class: 'r."class"', source: 'r."source"', status: 'r."status"' },
  },
  commendation: {
    table: 'commendation',
    time: { day: 'r."date"' },
    units: placed,
    dimensions: { ...where, subjectKind: 'r."subject_kind"', form: 'r."form"' },
  },
  'responsibility-letter': {
    table: 'responsibility_letter',
    time: { from: 'make_date(r."year", 1, 1)', to: 'make_date(r."last_year", 12, 31)', last: true },
    units: { ...placed, ...ofUnit },
    dimensions: { ...where, signatoryKind: 'r."signatory_kind"', level: 'r."level"' },
  },
  'ledger-entry': {
    table: 'ledger_entry',
    time: { day: 'r."date"' },
    units: { ...placed, ...ofUnit, task: 'r."task_id"' },
    dimensions: { ...where, status: 'r."status"' },
  },
  target: {
    table: 'target',
    time: { day: 'r."set_on"' },
    units: placed,
    dimensions: { ...where, kind: 'r."kind"', subjectKind: 'r."subject_kind"', quantity: 'r."quantity"' },
  },
};
