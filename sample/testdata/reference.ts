import type pg from 'pg';

/** A pool, or one connection of it. */
type Connection = Pick<pg.PoolClient, 'query'>;

/** What a column with an id means, by its name. A new one must be added here, or the test that uses this fails. */
const TARGETS: Readonly<Record<string, string>> = {
  accountable_id: 'personnel.person',
  addressee_id: 'personnel.organisation',
  agency_id: 'personnel.organisation',
  agreement_id: 'personnel.agreement',
  application_id: 'personnel.application',
  appointment_id: 'personnel.appointment',
  assessment_id: 'evaluation.assessment',
  assessor_id: 'personnel.organisation',
  batch_id: 'evaluation.evaluation_batch',
  brigade_id: 'personnel.brigade',
  call_id: 'projects_funding.project_call',
  carried_out_id: 'personnel.region',
  commissioned_by_id: 'personnel.organisation',
  contact_id: 'personnel.person',
  contact_person_id: 'personnel.person',
  county_id: 'personnel.region',
  county_signatory_id: 'personnel.person',
  demand_id: 'personnel.demand',
  demand_item_id: 'personnel.demand_item',
  dispatching_unit_id: 'personnel.organisation',
  evaluation_id: 'evaluation.evaluation',
  evaluator_organisation_id: 'personnel.organisation',
  evaluator_region_id: 'personnel.region',
  final_person_id: 'personnel.person',
  governing_body_id: 'personnel.governing_body',
  implementer_id: 'personnel.organisation',
  insurance_id: 'personnel.insurance_cover',
  issuer_id: 'personnel.organisation',
  lead_appointment_id: 'personnel.appointment',
  lead_id: 'personnel.person',
  lead_service_object_id: 'projects_funding.service_object',
  lead_team_id: 'personnel.team',
  line_id: 'projects_funding.funding_line',
  matching_id: 'personnel.matching',
  named_leader_id: 'personnel.person',
  notice_id: 'personnel.selection_notice',
  object_id: 'projects_funding.service_object',
  organisation_id: 'personnel.organisation',
  other_organisation_id: 'personnel.organisation',
  owner_id: 'personnel.organisation',
  paired_county_id: 'personnel.region',
  parent_id: '',
  partner_id: 'personnel.organisation',
  payer_id: 'personnel.organisation',
  payer_organisation_id: 'personnel.organisation',
  payer_service_object_id: 'projects_funding.service_object',
  person_id: 'personnel.person',
  prefecture_id: 'personnel.region',
  procedure_id: 'personnel.procedure',
  project_id: 'projects_funding.project',
  province_id: 'personnel.region',
  receiving_unit_id: 'personnel.organisation',
  recipient_organisation_id: 'personnel.organisation',
  recipient_person_id: 'personnel.person',
  recipient_team_id: 'personnel.team',
  recommender_id: 'personnel.organisation',
  region_id: 'personnel.region',
  renewal_of_id: 'personnel.appointment',
  report_id: 'evaluation.report',
  responsible_organisation_id: 'personnel.organisation',
  responsible_person_id: 'personnel.person',
  selection_id: 'personnel.selection',
  served_appointment_id: 'personnel.appointment',
  served_project_id: 'projects_funding.project_application',
  served_team_id: 'personnel.team',
  consent_step_id: 'personnel.procedure_step',
  step_id: 'personnel.procedure_step',
  task_id: 'evaluation.task',
  team_id: 'personnel.team',
  team_signatory_id: 'personnel.person',
  unit_id: 'personnel.organisation',
  village_id: 'personnel.region',
};
/** What is of several kinds, by a column that says which; and what names no row. */
const BY_KIND: Readonly<Record<string, { kind: string; of: Readonly<Record<string, string>> }>> = {
  beneficiary_id: {
    kind: 'beneficiary_kind',
    of: { appointment: 'personnel.appointment', team: 'personnel.team' },
  },
  candidate_id: { kind: 'candidate_kind', of: { appointment: 'personnel.appointment', team: 'personnel.team' } },
  subject_id: {
    kind: 'subject_kind',
    of: {
      appointment: 'personnel.appointment',
      team: 'personnel.team',
      'region-work': 'personnel.region',
      'dispatching-unit': 'personnel.organisation',
    },
  },
};
/** Columns of one name that mean another thing in each subgraph. */
const BY_SCHEMA: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  finding_id: { projects_funding: 'projects_funding.misuse_finding', evaluation: 'evaluation.finding' },
  inspection_id: { projects_funding: 'projects_funding.fund_inspection', evaluation: 'evaluation.inspection' },
};
/** A column that means another thing in one table. */
const BY_TABLE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  step_id: { selection_opinion: 'personnel.selection_step' },
};
const NAMES = ['pack_id', 'chain_id', 'decision_id'];
/** Tables of every subgraph that tell of what was done, and not of anything in the graph. */
const RECORDS = ['decision', 'outbox', 'submission', 'decision_log', 'migration'];

const COLUMNS = `
  select table_schema as schema, table_name as table, column_name as column from information_schema.columns
   where table_schema in ('personnel', 'projects_funding', 'evaluation') and column_name like '%\\_id'
     and not table_name = any($1) order by 1, 2, 3`;

interface Column {
  readonly schema: string;
  readonly table: string;
  readonly column: string;
}

async function missing(connection: Connection, { schema, table, column }: Column, target: string, where: string) {
  const { rows } = await connection.query<{ count: string }>(
    `select count(*) from "${schema}"."${table}" as here
      where here."${column}" is not null and ${where}
        and not exists (select 1 from ${target} as there where there.id::text = here."${column}"::text)`,
  );
  const count = Number(rows[0]?.count);
  return count === 0 ? [] : [`${schema}.${table}.${column}: ${count} lead to no ${target}`];
}

/** Every reference from one table to another that leads nowhere, in all subgraphs; and every column nobody can explain. */
export async function brokenReferences(connection: Connection): Promise<string[]> {
  const { rows } = await connection.query<Column>(COLUMNS, [RECORDS]);
  const found: string[] = [];
  for (const column of rows) {
    const target =
      BY_TABLE[column.column]?.[column.table] ||
      TARGETS[column.column] ||
      BY_SCHEMA[column.column]?.[column.schema] ||
      (column.column === 'parent_id' ? `${column.schema}.${column.table}` : '');
    const byKind = BY_KIND[column.column];
    if (target) found.push(...(await missing(connection, column, target, 'true')));
    else if (byKind) {
      for (const [kind, of] of Object.entries(byKind.of)) {
        found.push(...(await missing(connection, column, of, `here."${byKind.kind}" = '${kind}'`)));
      }
    } else if (!NAMES.includes(column.column)) {
      found.push(`${column.schema}.${column.table}.${column.column}: say in reference.ts what it means`);
    }
  }
  return found;
}
