import { Migration } from '@mikro-orm/migrations';

export class Migration0001 extends Migration {
  override up(): void {
    this.addSql('create schema if not exists "projects_funding"');
    this.addSql(
      'create table "projects_funding"."decision" ("id" uuid not null, "at" timestamptz not null, "actor" varchar(255) not null, "point" varchar(255) not null, "subject_type" varchar(255) not null, "subject_id" varchar(255) not null, "region" varchar(255) not null, "process" varchar(255) null, "acted_as" text[] not null, "outcome" varchar(255) not null, "as_of" date not null, "record" text not null, "digest" varchar(255) not null, primary key ("id"))',
    );
    this.addSql(
      'create index "decision_subject_type_subject_id_id_index" on "projects_funding"."decision" ("subject_type", "subject_id", "id")',
    );
    this.addSql('create index "decision_region_id_index" on "projects_funding"."decision" ("region", "id")');
    this.addSql('create index "decision_process_actor_index" on "projects_funding"."decision" ("process", "actor")');
    this.addSql(
      'create table "projects_funding"."expense" ("id" uuid not null, "version" int not null default 1, "line_id" uuid not null, "category" varchar(255) not null, "amount_fen" bigint not null, "spent_on" date not null, "activity" text not null, "served_appointment_id" uuid null, "served_team_id" uuid null, "served_project_id" uuid null, "reviewer" text null, "reviewed_on" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "expense_line_id_category_index" on "projects_funding"."expense" ("line_id", "category")',
    );
    this.addSql('create index "expense_line_id_id_index" on "projects_funding"."expense" ("line_id", "id")');
    this.addSql(
      'alter table "projects_funding"."expense" add constraint "expense_amount_fen_check" check (amount_fen >= 0)',
    );
    this.addSql(
      'create table "projects_funding"."fee_record" ("id" uuid not null, "version" int not null default 1, "appointment_id" uuid not null, "person_id" uuid not null, "dispatching_unit_id" uuid null, "kind" varchar(255) not null, "capacity" varchar(255) not null, "amount_fen" bigint not null, "received_on" date not null, "payer_organisation_id" uuid null, "payer_service_object_id" uuid null, "payer_name" text null, "payer_designated" boolean not null, "during_service" boolean not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "fee_record_appointment_id_id_index" on "projects_funding"."fee_record" ("appointment_id", "id")',
    );
    this.addSql(
      'create index "fee_record_person_id_received_on_index" on "projects_funding"."fee_record" ("person_id", "received_on")',
    );
    this.addSql(
      'alter table "projects_funding"."fee_record" add constraint "fee_record_amount_fen_check" check (amount_fen >= 0)',
    );
    this.addSql(
      'create table "projects_funding"."funding_line" ("id" uuid not null, "version" int not null default 1, "beneficiary_kind" varchar(255) not null, "beneficiary_id" uuid not null, "beneficiary_level" varchar(255) null, "person_id" uuid null, "dispatching_unit_id" uuid null, "payer_id" uuid not null, "payer_level" varchar(255) not null, "source" varchar(255) not null, "form" varchar(255) not null, "channel" varchar(255) null, "year" int not null, "allocated_on" date not null, "amount_fen" bigint not null, "transferred_fen" bigint not null, "spent_fen" bigint not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "funding_line_beneficiary_id_year_index" on "projects_funding"."funding_line" ("beneficiary_id", "year")',
    );
    this.addSql(
      'create index "funding_line_person_id_year_index" on "projects_funding"."funding_line" ("person_id", "year")',
    );
    this.addSql(
      'create index "funding_line_dispatching_unit_id_year_index" on "projects_funding"."funding_line" ("dispatching_unit_id", "year")',
    );
    this.addSql(
      'create index "funding_line_county_id_year_index" on "projects_funding"."funding_line" ("county_id", "year")',
    );
    this.addSql(
      'create index "funding_line_prefecture_id_year_index" on "projects_funding"."funding_line" ("prefecture_id", "year")',
    );
    this.addSql(
      'create index "funding_line_province_id_year_index" on "projects_funding"."funding_line" ("province_id", "year")',
    );
    this.addSql(
      'alter table "projects_funding"."funding_line" add constraint "funding_line_transferred_within" check (transferred_fen <= amount_fen)',
    );
    this.addSql(
      'alter table "projects_funding"."funding_line" add constraint "funding_line_spent_within" check (spent_fen <= amount_fen)',
    );
    this.addSql(
      'alter table "projects_funding"."funding_line" add constraint "funding_line_year_plausible" check (year >= 2000 and year <= 2100)',
    );
    this.addSql(
      'alter table "projects_funding"."funding_line" add constraint "funding_line_amount_fen_check" check (amount_fen >= 0)',
    );
    this.addSql(
      'alter table "projects_funding"."funding_line" add constraint "funding_line_transferred_fen_check" check (transferred_fen >= 0)',
    );
    this.addSql(
      'alter table "projects_funding"."funding_line" add constraint "funding_line_spent_fen_check" check (spent_fen >= 0)',
    );
    this.addSql(
      'create table "projects_funding"."funding_year" ("beneficiary" varchar(255) not null, "year" int not null, primary key ("beneficiary", "year"))',
    );
    this.addSql(
      'create table "projects_funding"."fund_inspection" ("id" uuid not null, "version" int not null default 1, "line_id" uuid not null, "agency_id" uuid not null, "commissioned_by_id" uuid null, "inspected_on" date not null, "compliant" boolean not null, "finding" text not null, primary key ("id"))',
    );
    this.addSql(
      'create index "fund_inspection_line_id_id_index" on "projects_funding"."fund_inspection" ("line_id", "id")',
    );
    this.addSql(
      'create table "projects_funding"."fund_transfer" ("id" uuid not null, "version" int not null default 1, "line_id" uuid not null, "amount_fen" bigint not null, "recipient_kind" varchar(255) not null, "recipient_person_id" uuid null, "recipient_team_id" uuid null, "recipient_organisation_id" uuid null, "earmarked" boolean not null, "transferred_on" date not null, "reference" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "fund_transfer_line_id_id_index" on "projects_funding"."fund_transfer" ("line_id", "id")',
    );
    this.addSql(
      'alter table "projects_funding"."fund_transfer" add constraint "fund_transfer_amount_fen_check" check (amount_fen >= 0)',
    );
    this.addSql(
      'create table "projects_funding"."income_distribution" ("id" uuid not null, "version" int not null default 1, "beneficiary_kind" varchar(255) not null, "beneficiary_id" uuid not null, "person_id" uuid null, "dispatching_unit_id" uuid null, "owner_id" uuid not null, "owner_kind" varchar(255) not null, "mode" varchar(255) not null, "net_income_fen" bigint not null, "team_share_fen" bigint not null, "agreed_on" date not null, "note" text null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "income_distribution_beneficiary_id_id_index" on "projects_funding"."income_distribution" ("beneficiary_id", "id")',
    );
    this.addSql(
      'create index "income_distribution_owner_id_id_index" on "projects_funding"."income_distribution" ("owner_id", "id")',
    );
    this.addSql(
      'alter table "projects_funding"."income_distribution" add constraint "income_distribution_share_within" check (team_share_fen <= net_income_fen)',
    );
    this.addSql(
      'alter table "projects_funding"."income_distribution" add constraint "income_distribution_net_income_fen_check" check (net_income_fen >= 0)',
    );
    this.addSql(
      'alter table "projects_funding"."income_distribution" add constraint "income_distribution_team_share_fen_check" check (team_share_fen >= 0)',
    );
    this.addSql(
      'create table "projects_funding"."income_record" ("id" uuid not null, "version" int not null default 1, "appointment_id" uuid not null, "person_id" uuid not null, "dispatching_unit_id" uuid null, "kind" varchar(255) not null, "capacity" varchar(255) not null, "amount_fen" bigint not null, "received_on" date not null, "payer_organisation_id" uuid null, "payer_service_object_id" uuid null, "payer_name" text null, "payer_designated" boolean not null, "during_service" boolean not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "income_record_appointment_id_id_index" on "projects_funding"."income_record" ("appointment_id", "id")',
    );
    this.addSql(
      'create index "income_record_person_id_received_on_index" on "projects_funding"."income_record" ("person_id", "received_on")',
    );
    this.addSql(
      'alter table "projects_funding"."income_record" add constraint "income_record_amount_fen_check" check (amount_fen >= 0)',
    );
    this.addSql(
      'create table "projects_funding"."outbox" ("id" uuid not null, "at" timestamptz not null, "type" varchar(255) not null, "payload" jsonb not null, "sent_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('create index "outbox_sent_at_id_index" on "projects_funding"."outbox" ("sent_at", "id")');
    this.addSql(
      'create table "projects_funding"."platform" ("id" uuid not null, "version" int not null default 1, "name" text not null, "kind" varchar(255) not null, "level" varchar(255) null, "organisation_id" uuid not null, "registered_on" date not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "platform_county_id_kind_id_index" on "projects_funding"."platform" ("county_id", "kind", "id")',
    );
    this.addSql(
      'create index "platform_prefecture_id_kind_id_index" on "projects_funding"."platform" ("prefecture_id", "kind", "id")',
    );
    this.addSql(
      'create index "platform_province_id_kind_id_index" on "projects_funding"."platform" ("province_id", "kind", "id")',
    );
    this.addSql(
      'alter table "projects_funding"."platform" add constraint "platform_organisation_id_kind_name_unique" unique ("organisation_id", "kind", "name")',
    );
    this.addSql(
      'create table "projects_funding"."project_application" ("id" uuid not null, "version" int not null default 1, "call_id" uuid not null, "title" text not null, "lead_id" uuid not null, "lead_appointment_id" uuid null, "lead_team_id" uuid null, "unit_id" uuid not null, "lead_grade" varchar(255) not null, "lead_team_grade" varchar(255) not null, "takes_place" boolean not null, "submitted_on" date not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "project_application_call_id_unit_id_index" on "projects_funding"."project_application" ("call_id", "unit_id")',
    );
    this.addSql(
      'create index "project_application_lead_id_id_index" on "projects_funding"."project_application" ("lead_id", "id")',
    );
    this.addSql(
      'alter table "projects_funding"."project_application" add constraint "project_application_call_id_lead_id_unique" unique ("call_id", "lead_id")',
    );
    this.addSql(
      'create table "projects_funding"."project_call" ("id" uuid not null, "version" int not null default 1, "title" text not null, "level" varchar(255) not null, "organisation_id" uuid not null, "quota_per_unit" int null, "opens_on" date not null, "closes_on" date not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "project_call_region_id_closes_on_index" on "projects_funding"."project_call" ("region_id", "closes_on")',
    );
    this.addSql(
      'alter table "projects_funding"."project_call" add constraint "project_call_quota_positive" check (quota_per_unit is null or quota_per_unit > 0)',
    );
    this.addSql(
      'alter table "projects_funding"."project_call" add constraint "project_call_closes_after_opening" check (closes_on >= opens_on)',
    );
    this.addSql(
      'create table "projects_funding"."service_object" ("id" uuid not null, "version" int not null default 1, "appointment_id" uuid null, "person_id" uuid null, "dispatching_unit_id" uuid null, "receiving_unit_id" uuid null, "name" text not null, "kind" varchar(255) not null, "organisation_id" uuid null, "commissioner_role" varchar(255) not null, "contribution_mode" varchar(255) null, "registered_on" date not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "service_object_organisation_id_id_index" on "projects_funding"."service_object" ("organisation_id", "id")',
    );
    this.addSql('create index "service_object_name_id_index" on "projects_funding"."service_object" ("name", "id")');
    this.addSql(
      'create index "service_object_person_id_id_index" on "projects_funding"."service_object" ("person_id", "id")',
    );
    this.addSql(
      'alter table "projects_funding"."service_object" add constraint "service_object_appointment_id_region_id_name_unique" unique ("appointment_id", "region_id", "name")',
    );
    this.addSql(
      'create table "projects_funding"."submission" ("actor" varchar(255) not null, "key" varchar(255) not null, "point" varchar(255) not null, "input_digest" varchar(255) not null, "subject_id" varchar(255) null, "decision_id" uuid null, "at" timestamptz not null, primary key ("actor", "key"))',
    );
    this.addSql(
      'create function "projects_funding"."refuse_change"() returns trigger language plpgsql as $$ begin raise exception \'decisions are append-only\' using errcode = \'55000\'; end $$',
    );
    this.addSql(
      'create trigger "decision_append_only" before update or delete on "projects_funding"."decision" for each row execute function "projects_funding"."refuse_change"()',
    );
  }
}
