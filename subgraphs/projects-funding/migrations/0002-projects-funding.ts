import { Migration } from '@mikro-orm/migrations';

export class Migration0002 extends Migration {
  override up(): void {
    this.addSql(
      'create table "projects_funding"."misuse_effect" ("id" uuid not null, "finding_id" uuid not null, "kind" varchar(255) not null, "done_on" date not null, "document" text null, "amount_fen" bigint null, "body" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "misuse_effect_finding_id_id_index" on "projects_funding"."misuse_effect" ("finding_id", "id")',
    );
    this.addSql(
      'create table "projects_funding"."misuse_finding" ("id" uuid not null, "version" int not null default 1, "line_id" uuid not null, "inspection_id" uuid null, "kind" varchar(255) not null, "severity" varchar(255) not null, "responsible_organisation_id" uuid null, "responsible_person_id" uuid null, "amount_fen" bigint not null, "recovered_fen" bigint not null, "evidence" text null, "recorded_on" date not null, "closed_on" date null, "changed_on" date not null, "acts" int not null, "payer_id" uuid not null, "payer_level" varchar(255) not null, "beneficiary_kind" varchar(255) not null, "beneficiary_id" uuid not null, "person_id" uuid null, "dispatching_unit_id" uuid null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "misuse_finding_line_id_id_index" on "projects_funding"."misuse_finding" ("line_id", "id")',
    );
    this.addSql(
      'create index "misuse_finding_beneficiary_id_closed_on_index" on "projects_funding"."misuse_finding" ("beneficiary_id", "closed_on")',
    );
    this.addSql(
      'create index "misuse_finding_dispatching_unit_id_closed_on_index" on "projects_funding"."misuse_finding" ("dispatching_unit_id", "closed_on")',
    );
    this.addSql(
      'create index "misuse_finding_responsible_organisation_id_closed_on_index" on "projects_funding"."misuse_finding" ("responsible_organisation_id", "closed_on")',
    );
    this.addSql(
      'create index "misuse_finding_responsible_person_id_closed_on_index" on "projects_funding"."misuse_finding" ("responsible_person_id", "closed_on")',
    );
    this.addSql(
      'create index "misuse_finding_county_id_id_index" on "projects_funding"."misuse_finding" ("county_id", "id")',
    );
    this.addSql(
      'create index "misuse_finding_prefecture_id_id_index" on "projects_funding"."misuse_finding" ("prefecture_id", "id")',
    );
    this.addSql(
      'create index "misuse_finding_province_id_id_index" on "projects_funding"."misuse_finding" ("province_id", "id")',
    );
    this.addSql(
      'create table "projects_funding"."project" ("id" uuid not null, "version" int not null default 1, "title" text not null, "programme" varchar(255) null, "village_id" varchar(255) null, "team_id" uuid null, "implementer_id" uuid null, "lead_entity" text null, "lead_service_object_id" uuid null, "targets" text[] not null, "measures" text[] not null, "resident_aid" text null, "results" text[] not null, "beneficiary_households" int null, "beneficiary_poor_households" int null, "market_channel" text null, "benefit_linkage" text null, "support_kind" varchar(255) null, "industry" varchar(255) null, "industry_tiers" text[] not null, "tech_field" varchar(255) null, "livelihood_field" varchar(255) null, "pillar_industry" boolean null, "ip_records" jsonb not null, "registered_on" date not null, "approved_on" date null, "approved_by" text null, "approval_document" text null, "approval_argument" text null, "library_entered_on" date null, "library_number" varchar(255) null, "assessed_on" date null, "suspended_on" date null, "closed_on" date null, "status_reason" text null, "changed_on" date not null, "acts" int not null, "path" text[] not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "project_county_id_library_entered_on_index" on "projects_funding"."project" ("county_id", "library_entered_on")',
    );
    this.addSql(
      'create index "project_prefecture_id_id_index" on "projects_funding"."project" ("prefecture_id", "id")',
    );
    this.addSql('create index "project_province_id_id_index" on "projects_funding"."project" ("province_id", "id")');
    this.addSql('create index "project_team_id_id_index" on "projects_funding"."project" ("team_id", "id")');
    this.addSql(
      'alter table "projects_funding"."project" add constraint "project_region_id_title_unique" unique ("region_id", "title")',
    );
    this.addSql(
      'create table "projects_funding"."project_disclosure" ("id" uuid not null, "version" int not null default 1, "project_id" uuid not null, "site" varchar(255) not null, "url" text null, "disclosed_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "project_disclosure_project_id_id_index" on "projects_funding"."project_disclosure" ("project_id", "id")',
    );
    this.addSql(
      'create table "projects_funding"."project_notice" ("id" uuid not null, "version" int not null default 1, "project_id" uuid not null, "level" varchar(255) not null, "place" varchar(255) not null, "location" text null, "posted_on" date not null, "last_posted_on" date null, "completed" boolean null, "open_objections" int null, primary key ("id"))',
    );
    this.addSql(
      'create index "project_notice_project_id_id_index" on "projects_funding"."project_notice" ("project_id", "id")',
    );
    this.addSql(
      'create unique index "project_notice_project_id_level_unique" on "projects_funding"."project_notice" ("project_id", "level") where last_posted_on is null',
    );
    this.addSql(
      'create table "projects_funding"."project_tracking" ("id" uuid not null, "version" int not null default 1, "project_id" uuid not null, "tracked_on" date not null, "supervisor" varchar(255) not null, "organisation_id" uuid null, "result" text null, "problem" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "project_tracking_project_id_tracked_on_index" on "projects_funding"."project_tracking" ("project_id", "tracked_on")',
    );
    this.addSql(
      'create table "projects_funding"."work_reference" ("kind" varchar(255) not null, "reference" varchar(255) not null, primary key ("kind", "reference"))',
    );
    this.addSql(
      'create table "projects_funding"."work_result" ("id" uuid not null, "version" int not null default 1, "kind" varchar(255) not null, "title" text not null, "village_id" varchar(255) null, "started_on" date not null, "ended_on" date null, "end_reason" text null, "reference" varchar(255) null, "quantity" int not null, "features" text[] not null, "organisation_id" uuid null, "partner_id" uuid null, "partner_kind" varchar(255) null, "person_id" uuid null, "team_id" uuid null, "attributes" jsonb not null, "changed_on" date not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "work_result_county_id_kind_started_on_index" on "projects_funding"."work_result" ("county_id", "kind", "started_on")',
    );
    this.addSql(
      'create index "work_result_prefecture_id_kind_started_on_index" on "projects_funding"."work_result" ("prefecture_id", "kind", "started_on")',
    );
    this.addSql(
      'create index "work_result_province_id_kind_started_on_index" on "projects_funding"."work_result" ("province_id", "kind", "started_on")',
    );
    this.addSql(
      'create index "work_result_village_id_kind_index" on "projects_funding"."work_result" ("village_id", "kind")',
    );
    this.addSql(
      'create index "work_result_kind_reference_index" on "projects_funding"."work_result" ("kind", "reference")',
    );
    this.addSql('alter table "projects_funding"."expense" add "payee_related" boolean null');
    this.addSql(
      'alter table "projects_funding"."funding_line" add "mode" varchar(255) null, add "purpose" varchar(255) null, add "deciders" text[] not null default \'{}\', add "accepted_result" text null, add "co_funders" text[] not null default \'{}\'',
    );
    this.addSql(
      'alter table "projects_funding"."platform" add "carrier" varchar(255) null, add "functions" text[] not null default \'{}\', add "zones" text[] not null default \'{}\', add "services" text[] not null default \'{}\', add "user_groups" text[] not null default \'{}\', add "brand" varchar(255) null, add "recognised_on" date null',
    );
    this.addSql(
      'alter table "projects_funding"."project_application" add "project_id" uuid null, add "carried_out_id" varchar(255) null, add "beneficiary_kind" varchar(255) not null default \'other\', add "partner_ids" text[] not null default \'{}\', add "matching_fen" bigint not null default \'0\', add "in_poor_village" boolean not null default false, add "lead_category" varchar(255) null, add "joint_with_scope_region" boolean null, add "in_team_scope" boolean null',
    );
    this.addSql(
      'alter table "projects_funding"."project_application" add constraint "project_application_matching_fen_check" check (matching_fen >= 0)',
    );
    this.addSql('alter table "projects_funding"."project_call" add "matching_required" boolean not null default false');
    this.addSql(
      'alter table "projects_funding"."service_object" add "criteria_met" text[] not null default \'{}\', add "households" int null, add "participation" text[] not null default \'{}\'',
    );
    this.addSql(
      'alter table "projects_funding"."misuse_effect" add constraint "misuse_effect_amount_fen_check" check (amount_fen >= 0)',
    );
    this.addSql(
      'alter table "projects_funding"."misuse_finding" add constraint "misuse_finding_recovered_within" check (recovered_fen <= amount_fen)',
    );
    this.addSql(
      'alter table "projects_funding"."misuse_finding" add constraint "misuse_finding_amount_fen_check" check (amount_fen >= 0)',
    );
    this.addSql(
      'alter table "projects_funding"."misuse_finding" add constraint "misuse_finding_recovered_fen_check" check (recovered_fen >= 0)',
    );
    this.addSql(
      'alter table "projects_funding"."project" add constraint "project_poor_households_within" check (beneficiary_poor_households is null or beneficiary_poor_households <= beneficiary_households)',
    );
    this.addSql(
      'alter table "projects_funding"."project_notice" add constraint "project_notice_days_in_order" check (last_posted_on is null or last_posted_on >= posted_on)',
    );
    this.addSql(
      'alter table "projects_funding"."work_result" add constraint "work_result_quantity_positive" check (quantity > 0)',
    );
    this.addSql(
      'alter table "projects_funding"."work_result" add constraint "work_result_ends_after_start" check (ended_on is null or ended_on >= started_on)',
    );
  }
}
