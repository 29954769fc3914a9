import { Migration } from '@mikro-orm/migrations';

export class Migration0001 extends Migration {
  override up(): void {
    this.addSql('create schema if not exists "personnel"');
    this.addSql(
      'create table "personnel"."agreement" ("id" uuid not null, "version" int not null default 1, "team_id" uuid not null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) not null, "signed_on" date not null, "until" date null, "industry" varchar(255) null, "team_signatory_id" uuid null, "county_signatory_id" uuid null, "changed_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "agreement_team_id_county_id_index" on "personnel"."agreement" ("team_id", "county_id")');
    this.addSql('create index "agreement_county_id_team_id_index" on "personnel"."agreement" ("county_id", "team_id")');
    this.addSql(
      'create index "agreement_prefecture_id_industry_index" on "personnel"."agreement" ("prefecture_id", "industry")',
    );
    this.addSql(
      'create index "agreement_province_id_industry_index" on "personnel"."agreement" ("province_id", "industry")',
    );
    this.addSql(
      'create table "personnel"."application" ("id" uuid not null, "version" int not null default 1, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) null, "selection_id" uuid not null, "person_id" uuid not null, "organisation_id" uuid not null, "receiving_unit_id" uuid null, "demand_item_id" uuid null, "matching_id" uuid null, "form" jsonb not null, "sealed" boolean null, "filer_kind" varchar(255) null, "experience_attested" boolean null, "received_on" date not null, "status" varchar(255) not null, primary key ("id"))',
    );
    this.addSql('create index "application_selection_id_id_index" on "personnel"."application" ("selection_id", "id")');
    this.addSql('create index "application_person_id_id_index" on "personnel"."application" ("person_id", "id")');
    this.addSql(
      'create index "application_organisation_id_id_index" on "personnel"."application" ("organisation_id", "id")',
    );
    this.addSql(
      'alter table "personnel"."application" add constraint "application_selection_id_person_id_demand_item_id_unique" unique ("selection_id", "person_id", "demand_item_id")',
    );
    this.addSql(
      'create unique index "application_selection_id_person_id_unique" on "personnel"."application" ("selection_id", "person_id") where demand_item_id is null',
    );
    this.addSql(
      'create table "personnel"."appointment" ("id" uuid not null, "version" int not null default 1, "category" varchar(255) not null, "service_type" varchar(255) null, "sector" varchar(255) null, "person_id" uuid not null, "organisation_id" uuid not null, "receiving_unit_id" uuid null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) not null, "year" int not null, "from" date not null, "to" date not null, "status" varchar(255) not null, "selection_id" uuid null, "application_id" uuid null, "demand_item_id" uuid null, "renewal_of_id" uuid null, "contact_person_id" uuid null, "unit_supports" text[] not null, "service_object_ids" text[] not null, "annual_targets" text[] not null, "insurance_id" uuid null, "published" boolean not null, "appointed_on" date not null, "activated_on" date null, "ended_on" date null, "end_reason" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "appointment_county_id_year_id_index" on "personnel"."appointment" ("county_id", "year", "id")',
    );
    this.addSql(
      'create index "appointment_prefecture_id_year_id_index" on "personnel"."appointment" ("prefecture_id", "year", "id")',
    );
    this.addSql(
      'create index "appointment_province_id_year_id_index" on "personnel"."appointment" ("province_id", "year", "id")',
    );
    this.addSql('create index "appointment_person_id_id_index" on "personnel"."appointment" ("person_id", "id")');
    this.addSql(
      'create index "appointment_organisation_id_id_index" on "personnel"."appointment" ("organisation_id", "id")',
    );
    this.addSql(
      'create index "appointment_receiving_unit_id_id_index" on "personnel"."appointment" ("receiving_unit_id", "id")',
    );
    this.addSql('create index "appointment_selection_id_id_index" on "personnel"."appointment" ("selection_id", "id")');
    this.addSql('create index "appointment_from_id_index" on "personnel"."appointment" ("from", "id")');
    this.addSql(
      'create unique index "appointment_person_id_category_year_county_id_unique" on "personnel"."appointment" ("person_id", "category", "year", "county_id") where status in (\'listed\', \'active\')',
    );
    this.addSql(
      'alter table "personnel"."appointment" add constraint "appointment_renewal_of_id_unique" unique ("renewal_of_id")',
    );
    this.addSql(
      'create table "personnel"."brigade" ("id" uuid not null, "version" int not null default 1, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) not null, "created_on" date not null, "changed_on" date not null, "changed_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('alter table "personnel"."brigade" add constraint "brigade_county_id_unique" unique ("county_id")');
    this.addSql('create index "brigade_prefecture_id_id_index" on "personnel"."brigade" ("prefecture_id", "id")');
    this.addSql('create index "brigade_province_id_id_index" on "personnel"."brigade" ("province_id", "id")');
    this.addSql(
      'create table "personnel"."brigade_member" ("id" uuid not null, "brigade_id" uuid not null, "appointment_id" uuid not null, "person_id" uuid not null, "from" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "brigade_member_person_id_brigade_id_index" on "personnel"."brigade_member" ("person_id", "brigade_id")',
    );
    this.addSql(
      'alter table "personnel"."brigade_member" add constraint "brigade_member_brigade_id_appointment_id_unique" unique ("brigade_id", "appointment_id")',
    );
    this.addSql(
      'create table "personnel"."brigade_post" ("id" uuid not null, "brigade_id" uuid not null, "person_id" uuid not null, "role" varchar(255) not null, "post" varchar(255) null, "from" date not null, "to" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "brigade_post_brigade_id_role_to_index" on "personnel"."brigade_post" ("brigade_id", "role", "to")',
    );
    this.addSql(
      'create table "personnel"."commitment" ("id" uuid not null, "agreement_id" uuid not null, "text" text not null, "due" date null, "settled_on" date null, "evidence" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "commitment_agreement_id_settled_on_index" on "personnel"."commitment" ("agreement_id", "settled_on")',
    );
    this.addSql(
      'create table "personnel"."decision" ("id" uuid not null, "at" timestamptz not null, "actor" varchar(255) not null, "point" varchar(255) not null, "subject_type" varchar(255) not null, "subject_id" varchar(255) not null, "region" varchar(255) not null, "process" varchar(255) null, "acted_as" text[] not null, "outcome" varchar(255) not null, "as_of" date not null, "record" text not null, "digest" varchar(255) not null, primary key ("id"))',
    );
    this.addSql(
      'create index "decision_subject_type_subject_id_id_index" on "personnel"."decision" ("subject_type", "subject_id", "id")',
    );
    this.addSql('create index "decision_region_id_index" on "personnel"."decision" ("region", "id")');
    this.addSql('create index "decision_process_actor_index" on "personnel"."decision" ("process", "actor")');
    this.addSql(
      'create table "personnel"."demand" ("id" uuid not null, "version" int not null default 1, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) not null, "receiving_unit_id" uuid null, "contact_person_id" uuid null, "year" int not null, "selection_id" uuid null, "status" varchar(255) not null, "submitted_on" date not null, "published" boolean not null, "published_on" date null, "audience" text[] not null, primary key ("id"))',
    );
    this.addSql('create index "demand_county_id_year_id_index" on "personnel"."demand" ("county_id", "year", "id")');
    this.addSql(
      'create index "demand_prefecture_id_year_id_index" on "personnel"."demand" ("prefecture_id", "year", "id")',
    );
    this.addSql('create index "demand_receiving_unit_id_id_index" on "personnel"."demand" ("receiving_unit_id", "id")');
    this.addSql(
      'create index "demand_selection_id_county_id_index" on "personnel"."demand" ("selection_id", "county_id")',
    );
    this.addSql(
      'create table "personnel"."demand_item" ("id" uuid not null, "demand_id" uuid not null, "county_id" varchar(255) not null, "no" int not null, "field" varchar(255) not null, "industry" varchar(255) not null, "stage" varchar(255) null, "description" text not null, "urgency" varchar(255) null, "status" varchar(255) not null, primary key ("id"))',
    );
    this.addSql('create index "demand_item_demand_id_no_index" on "personnel"."demand_item" ("demand_id", "no")');
    this.addSql(
      'create index "demand_item_county_id_industry_index" on "personnel"."demand_item" ("county_id", "industry")',
    );
    this.addSql(
      'create table "personnel"."governing_body" ("id" uuid not null, "version" int not null default 1, "name" varchar(255) not null, "region_id" varchar(255) not null, "established_on" date not null, "changed_on" date not null, "changed_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "governing_body_region_id_id_index" on "personnel"."governing_body" ("region_id", "id")');
    this.addSql(
      'alter table "personnel"."governing_body" add constraint "governing_body_region_id_name_unique" unique ("region_id", "name")',
    );
    this.addSql(
      'create table "personnel"."governing_seat" ("id" uuid not null, "governing_body_id" uuid not null, "post" varchar(255) not null, "organisation_id" uuid not null, "role" varchar(255) not null, "person_id" uuid null, "from" date not null, "to" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "governing_seat_governing_body_id_to_index" on "personnel"."governing_seat" ("governing_body_id", "to")',
    );
    this.addSql(
      'create table "personnel"."insurance_cover" ("id" uuid not null, "appointment_id" uuid not null, "person_id" uuid not null, "kind" varchar(255) not null, "from" date not null, "to" date not null, "payer" varchar(255) null, "policy_number" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "insurance_cover_person_id_kind_from_index" on "personnel"."insurance_cover" ("person_id", "kind", "from")',
    );
    this.addSql(
      'create table "personnel"."local_measure" ("id" uuid not null, "version" int not null default 1, "title" varchar(255) not null, "number" varchar(255) null, "region_id" varchar(255) not null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) null, "issuer_id" uuid not null, "issuer_level" varchar(255) not null, "kinds" text[] not null, "from" date not null, "to" date null, "url" text null, primary key ("id"))',
    );
    this.addSql('create index "local_measure_region_id_id_index" on "personnel"."local_measure" ("region_id", "id")');
    this.addSql(
      'create index "local_measure_prefecture_id_id_index" on "personnel"."local_measure" ("prefecture_id", "id")',
    );
    this.addSql(
      'create table "personnel"."matching" ("id" uuid not null, "version" int not null default 1, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) null, "demand_item_id" uuid null, "selection_id" uuid null, "person_id" uuid not null, "organisation_id" uuid not null, "receiving_unit_id" uuid null, "contact_person_id" uuid null, "person_consent" boolean not null, "receiving_unit_consent" boolean not null, "recorded_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "matching_selection_id_organisation_id_index" on "personnel"."matching" ("selection_id", "organisation_id")',
    );
    this.addSql('create index "matching_person_id_id_index" on "personnel"."matching" ("person_id", "id")');
    this.addSql(
      'alter table "personnel"."matching" add constraint "matching_demand_item_id_person_id_unique" unique ("demand_item_id", "person_id")',
    );
    this.addSql(
      'create table "personnel"."off_post_leave" ("id" uuid not null, "version" int not null default 1, "person_id" uuid not null, "organisation_id" uuid not null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) null, "from" date not null, "to" date null, "rights_kept" text[] not null, "document_number" varchar(255) null, "ended_on" date null, "choice" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "off_post_leave_person_id_from_index" on "personnel"."off_post_leave" ("person_id", "from")',
    );
    this.addSql(
      'create index "off_post_leave_organisation_id_id_index" on "personnel"."off_post_leave" ("organisation_id", "id")',
    );
    this.addSql(
      'create unique index "off_post_leave_person_id_unique" on "personnel"."off_post_leave" ("person_id") where ended_on is null',
    );
    this.addSql(
      'create table "personnel"."organisation" ("id" uuid not null, "version" int not null default 1, "name" varchar(255) not null, "aliases" text[] not null, "type" varchar(255) not null, "nature" varchar(255) not null, "level" varchar(255) not null, "region_id" varchar(255) not null, "parent_id" uuid null, primary key ("id"))',
    );
    this.addSql(
      'create index "organisation_region_id_type_id_index" on "personnel"."organisation" ("region_id", "type", "id")',
    );
    this.addSql('create index "organisation_name_id_index" on "personnel"."organisation" ("name", "id")');
    this.addSql(
      'create table "personnel"."outbox" ("id" uuid not null, "at" timestamptz not null, "type" varchar(255) not null, "payload" jsonb not null, "sent_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('create index "outbox_sent_at_id_index" on "personnel"."outbox" ("sent_at", "id")');
    this.addSql(
      'create table "personnel"."person" ("id" uuid not null, "version" int not null default 1, "name" varchar(255) not null, "organisation_id" uuid not null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) null, "birth_date" date null, "phone" varchar(255) null, "id_number" varchar(255) null, "education" varchar(255) null, "degree" varchar(255) null, "title_level" varchar(255) null, "title_name" varchar(255) null, "employment_status" varchar(255) null, "fields" text[] not null, "service_years" int null, "post" varchar(255) null, primary key ("id"))',
    );
    this.addSql('alter table "personnel"."person" add constraint "person_id_number_unique" unique ("id_number")');
    this.addSql('create index "person_organisation_id_id_index" on "personnel"."person" ("organisation_id", "id")');
    this.addSql('create index "person_prefecture_id_id_index" on "personnel"."person" ("prefecture_id", "id")');
    this.addSql('create index "person_name_id_index" on "personnel"."person" ("name", "id")');
    this.addSql(
      'create table "personnel"."region" ("id" varchar(255) not null, "gb_code" varchar(255) null, "statistical_code" varchar(255) null, "name" varchar(255) not null, "short_name" varchar(255) not null, "level" varchar(255) not null, "division_type" varchar(255) not null, "parent_id" varchar(255) null, "path" text[] not null, "valid_from" date null, "valid_to" date null, "predecessors" text[] not null, "successors" text[] not null, "aliases" text[] not null, "standard" boolean not null, primary key ("id"))',
    );
    this.addSql('create index "region_parent_id_id_index" on "personnel"."region" ("parent_id", "id")');
    this.addSql('create index "region_level_id_index" on "personnel"."region" ("level", "id")');
    this.addSql(
      'create table "personnel"."region_industry" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) null, "industry" varchar(255) not null, "from" date not null, "to" date null, "source" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "region_industry_region_id_industry_index" on "personnel"."region_industry" ("region_id", "industry")',
    );
    this.addSql(
      'create index "region_industry_prefecture_id_industry_index" on "personnel"."region_industry" ("prefecture_id", "industry")',
    );
    this.addSql(
      'create table "personnel"."region_status" ("id" uuid not null, "region_id" varchar(255) not null, "kind" varchar(255) not null, "value" boolean not null, "from" date null, "to" date null, "source" varchar(255) not null, primary key ("id"))',
    );
    this.addSql(
      'create index "region_status_region_id_kind_index" on "personnel"."region_status" ("region_id", "kind")',
    );
    this.addSql(
      'create index "region_status_kind_region_id_index" on "personnel"."region_status" ("kind", "region_id")',
    );
    this.addSql(
      'create table "personnel"."selection" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) null, "level" varchar(255) not null, "organisation_id" uuid null, "year" int not null, "category" varchar(255) not null, "batch" int not null, "pack_id" varchar(255) null, "pack_version" varchar(255) null, "chain_id" varchar(255) null, "status" varchar(255) not null, "opened_on" date not null, "listed_on" date null, "changed_on" date not null, "acts" int not null, primary key ("id"))',
    );
    this.addSql(
      'create index "selection_prefecture_id_year_id_index" on "personnel"."selection" ("prefecture_id", "year", "id")',
    );
    this.addSql(
      'create index "selection_county_id_year_id_index" on "personnel"."selection" ("county_id", "year", "id")',
    );
    this.addSql(
      'create unique index "selection_region_id_level_year_category_batch_unique" on "personnel"."selection" ("region_id", "level", "year", "category", "batch") where organisation_id is null',
    );
    this.addSql(
      'alter table "personnel"."selection" add constraint "selection_organisation_id_region_id_level_year_ca_7f0f8_unique" unique ("organisation_id", "region_id", "level", "year", "category", "batch")',
    );
    this.addSql(
      'create table "personnel"."selection_notice" ("id" uuid not null, "version" int not null default 1, "selection_id" uuid not null, "step" varchar(255) null, "opened_on" date not null, "days" int not null, "fixed_days" int null, "fixed_by" varchar(255) null, "place" varchar(255) null, "closed_on" date null, "superseded_on" date null, "acts" int not null, primary key ("id"))',
    );
    this.addSql(
      'create index "selection_notice_selection_id_id_index" on "personnel"."selection_notice" ("selection_id", "id")',
    );
    this.addSql(
      'create unique index "selection_notice_selection_id_unique" on "personnel"."selection_notice" ("selection_id") where closed_on is null and superseded_on is null',
    );
    this.addSql(
      'create table "personnel"."selection_objection" ("id" uuid not null, "notice_id" uuid not null, "application_id" uuid null, "raised_on" date not null, "raised_by" varchar(255) null, "text" text not null, "settled_on" date null, "settlement" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "selection_objection_notice_id_settled_on_index" on "personnel"."selection_objection" ("notice_id", "settled_on")',
    );
    this.addSql(
      'create table "personnel"."selection_opinion" ("id" uuid not null, "step_id" uuid not null, "selection_id" uuid not null, "body" varchar(255) not null, "adverse" boolean not null, "text" text null, "document_number" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "selection_opinion_selection_id_step_id_index" on "personnel"."selection_opinion" ("selection_id", "step_id")',
    );
    this.addSql(
      'alter table "personnel"."selection_opinion" add constraint "selection_opinion_step_id_body_unique" unique ("step_id", "body")',
    );
    this.addSql(
      'create table "personnel"."selection_step" ("id" uuid not null, "selection_id" uuid not null, "key" varchar(255) not null, "on" date not null, "body" varchar(255) null, "actor" varchar(255) not null, "document_number" varchar(255) null, "decision" text null, "results" jsonb not null, "outcome" varchar(255) not null, "reopened_on" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "selection_step_selection_id_id_index" on "personnel"."selection_step" ("selection_id", "id")',
    );
    this.addSql(
      'create table "personnel"."submission" ("actor" varchar(255) not null, "key" varchar(255) not null, "point" varchar(255) not null, "input_digest" varchar(255) not null, "subject_id" varchar(255) null, "decision_id" uuid null, "at" timestamptz not null, primary key ("actor", "key"))',
    );
    this.addSql(
      'create table "personnel"."support_request" ("id" uuid not null, "version" int not null default 1, "appointment_id" uuid not null, "person_id" uuid not null, "organisation_id" uuid not null, "receiving_unit_id" uuid null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) not null, "route" varchar(255) not null, "team_id" uuid null, "addressee_id" uuid null, "need" text not null, "status" varchar(255) not null, "submitted_on" date not null, "answered_on" date null, "answer" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "support_request_appointment_id_id_index" on "personnel"."support_request" ("appointment_id", "id")',
    );
    this.addSql(
      'create index "support_request_team_id_status_index" on "personnel"."support_request" ("team_id", "status")',
    );
    this.addSql(
      'create index "support_request_addressee_id_status_index" on "personnel"."support_request" ("addressee_id", "status")',
    );
    this.addSql(
      'create index "support_request_county_id_status_id_index" on "personnel"."support_request" ("county_id", "status", "id")',
    );
    this.addSql(
      'create table "personnel"."team" ("id" uuid not null, "version" int not null default 1, "name" varchar(255) not null, "level" varchar(255) not null, "region_id" varchar(255) not null, "organisation_id" uuid not null, "field" varchar(255) null, "chain_stages" text[] not null, "industries" text[] not null, "status" varchar(255) not null, "formed_on" date not null, "activated_on" date null, "ended_on" date null, "changed_on" date not null, "changed_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "team_region_id_id_index" on "personnel"."team" ("region_id", "id")');
    this.addSql('create index "team_organisation_id_id_index" on "personnel"."team" ("organisation_id", "id")');
    this.addSql(
      'create table "personnel"."team_member" ("id" uuid not null, "team_id" uuid not null, "person_id" uuid not null, "from" date not null, "to" date null, "end_reason" varchar(255) null, primary key ("id"))',
    );
    this.addSql('create index "team_member_team_id_to_index" on "personnel"."team_member" ("team_id", "to")');
    this.addSql('create index "team_member_person_id_to_index" on "personnel"."team_member" ("person_id", "to")');
    this.addSql(
      'create table "personnel"."team_post" ("id" uuid not null, "team_id" uuid not null, "person_id" uuid not null, "role" varchar(255) not null, "side" varchar(255) null, "post" varchar(255) null, "county_id" varchar(255) null, "from" date not null, "to" date null, primary key ("id"))',
    );
    this.addSql('create index "team_post_team_id_role_to_index" on "personnel"."team_post" ("team_id", "role", "to")');
    this.addSql(
      'create index "team_post_county_id_role_to_index" on "personnel"."team_post" ("county_id", "role", "to")',
    );
    this.addSql(
      'create table "personnel"."workstation" ("id" uuid not null, "version" int not null default 1, "name" varchar(255) not null, "province_id" varchar(255) null, "prefecture_id" varchar(255) null, "county_id" varchar(255) not null, "organisation_id" uuid null, "contact_id" uuid null, "address" varchar(255) null, "opened_on" date not null, primary key ("id"))',
    );
    this.addSql('create index "workstation_county_id_id_index" on "personnel"."workstation" ("county_id", "id")');
    this.addSql(
      'create index "workstation_prefecture_id_id_index" on "personnel"."workstation" ("prefecture_id", "id")',
    );
    this.addSql(
      'create function "personnel"."refuse_change"() returns trigger language plpgsql as $$ begin raise exception \'decisions are append-only\' using errcode = \'55000\'; end $$',
    );
    this.addSql(
      'create trigger "decision_append_only" before update or delete on "personnel"."decision" for each row execute function "personnel"."refuse_change"()',
    );
  }
}
