import { Migration } from '@mikro-orm/migrations';

export class Migration0003 extends Migration {
  override up(): void {
    this.addSql('alter table "personnel"."agreement" add "mode" varchar(255) null');
    this.addSql('drop index "personnel"."appointment_person_id_category_year_county_id_unique"');
    this.addSql(
      'create unique index "appointment_person_id_category_kind_year_county_id_unique" on "personnel"."appointment" ("person_id", "category", "kind", "year", "county_id") where status in (\'listed\', \'active\') and kind is not null',
    );
    this.addSql(
      'create unique index "appointment_person_id_category_year_county_id_unique" on "personnel"."appointment" ("person_id", "category", "year", "county_id") where status in (\'listed\', \'active\') and kind is null',
    );
    this.addSql('alter table "personnel"."assignment" add "end_reason" text null');
    this.addSql('alter table "personnel"."expert_pool_entry" add "end_reason" text null');
    this.addSql(
      'alter table "personnel"."matching" add "person_consent_by" varchar(255) null, add "receiving_unit_consent_by" varchar(255) null',
    );
    this.addSql(
      'alter table "personnel"."nomination" drop constraint "nomination_team_id_person_id_kind_submitted_on_unique"',
    );
    this.addSql('drop index "personnel"."nomination_region_id_person_id_kind_submitted_on_unique"');
    this.addSql('alter table "personnel"."nomination" add "withdrawn_on" date null, add "withdraw_reason" text null');
    this.addSql(
      'create unique index "nomination_team_id_person_id_kind_submitted_on_unique" on "personnel"."nomination" ("team_id", "person_id", "kind", "submitted_on") where withdrawn_on is null',
    );
    this.addSql(
      'create unique index "nomination_region_id_person_id_kind_submitted_on_unique" on "personnel"."nomination" ("region_id", "person_id", "kind", "submitted_on") where team_id is null and withdrawn_on is null',
    );
    this.addSql('alter table "personnel"."posting" add "step_id" uuid null');
    this.addSql('create index "posting_step_id_index" on "personnel"."posting" ("step_id")');
    this.addSql(
      'alter table "personnel"."procedure_candidate" drop constraint "procedure_candidate_procedure_id_person_id_unique"',
    );
    this.addSql(
      'alter table "personnel"."procedure_candidate" add "step_id" uuid null, add "consent_step_id" uuid null',
    );
    this.addSql(
      'create index "procedure_candidate_procedure_id_id_index" on "personnel"."procedure_candidate" ("procedure_id", "id")',
    );
    this.addSql(
      'create unique index "procedure_candidate_procedure_id_person_id_unique" on "personnel"."procedure_candidate" ("procedure_id", "person_id") where withdrawn_on is null',
    );
    this.addSql('alter table "personnel"."procedure_step" add "final_person_id" uuid null');
    this.addSql('alter table "personnel"."region_status" add "step_id" uuid null');
    this.addSql('create index "region_status_step_id_index" on "personnel"."region_status" ("step_id")');
    this.addSql('alter table "personnel"."village_expert" add "end_reason" text null');
  }
}
