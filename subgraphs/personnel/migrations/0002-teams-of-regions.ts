import { Migration } from '@mikro-orm/migrations';

export class Migration0002 extends Migration {
  override up(): void {
    // Rows that are there get an empty list; new ones state theirs.
    this.addSql(
      'create table "personnel"."assignment" ("id" uuid not null, "version" int not null default 1, "appointment_id" uuid not null, "kind" varchar(255) not null, "name" text null, "reference" varchar(255) null, "village_id" varchar(255) null, "quantity" int not null, "year" int null, "from" date not null, "to" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "assignment_appointment_id_kind_to_index" on "personnel"."assignment" ("appointment_id", "kind", "to")',
    );
    this.addSql(
      'create table "personnel"."designation" ("id" uuid not null, "version" int not null default 1, "kind" varchar(255) not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "team_id" uuid null, "organisation_id" uuid null, "body_kind" varchar(255) null, "body_role" varchar(255) null, "person_id" uuid null, "post" varchar(255) null, "from" date not null, "to" date null, "end_reason" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "designation_region_id_kind_to_index" on "personnel"."designation" ("region_id", "kind", "to")',
    );
    this.addSql(
      'create index "designation_team_id_kind_to_index" on "personnel"."designation" ("team_id", "kind", "to")',
    );
    this.addSql('create index "designation_person_id_to_index" on "personnel"."designation" ("person_id", "to")');
    this.addSql(
      'create index "designation_prefecture_id_kind_to_index" on "personnel"."designation" ("prefecture_id", "kind", "to")',
    );
    this.addSql(
      'create index "designation_province_id_kind_to_index" on "personnel"."designation" ("province_id", "kind", "to")',
    );
    this.addSql(
      'create table "personnel"."engagement" ("id" uuid not null, "version" int not null default 1, "kind" varchar(255) not null, "team_id" uuid not null, "person_id" uuid not null, "from" date not null, "to" date not null, "approvals" text[] not null, "document" varchar(255) null, "reason" text null, "extensions" jsonb not null, "engaged_on" date not null, "changed_on" date not null, primary key ("id"))',
    );
    this.addSql('create index "engagement_team_id_to_index" on "personnel"."engagement" ("team_id", "to")');
    this.addSql('create index "engagement_person_id_to_index" on "personnel"."engagement" ("person_id", "to")');
    this.addSql(
      'alter table "personnel"."engagement" add constraint "engagement_team_id_person_id_kind_from_unique" unique ("team_id", "person_id", "kind", "from")',
    );
    this.addSql(
      'create table "personnel"."expert_pool_entry" ("id" uuid not null, "version" int not null default 1, "person_id" uuid not null, "source" varchar(255) not null, "field" varchar(255) null, "recommender_id" uuid null, "recommender_name" varchar(255) null, "paired_county_id" varchar(255) null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "added_on" date not null, "to" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "expert_pool_entry_person_id_source_index" on "personnel"."expert_pool_entry" ("person_id", "source")',
    );
    this.addSql(
      'create index "expert_pool_entry_paired_county_id_source_index" on "personnel"."expert_pool_entry" ("paired_county_id", "source")',
    );
    this.addSql('create index "expert_pool_entry_source_id_index" on "personnel"."expert_pool_entry" ("source", "id")');
    this.addSql(
      'create table "personnel"."letter" ("id" uuid not null, "version" int not null default 1, "team_id" uuid not null, "person_id" uuid null, "number" varchar(255) null, "issuers" text[] not null, "issued_on" date not null, primary key ("id"))',
    );
    this.addSql('create index "letter_team_id_person_id_index" on "personnel"."letter" ("team_id", "person_id")');
    this.addSql('create index "letter_person_id_id_index" on "personnel"."letter" ("person_id", "id")');
    this.addSql(
      'create unique index "letter_number_unique" on "personnel"."letter" ("number") where number is not null',
    );
    this.addSql(
      'create table "personnel"."nomination" ("id" uuid not null, "version" int not null default 1, "kind" varchar(255) not null, "team_id" uuid null, "team_kind" varchar(255) null, "person_id" uuid not null, "organisation_id" uuid not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "channel" varchar(255) null, "source_category" varchar(255) null, "planned_on" date null, "organising_attested" boolean not null, "actor" varchar(255) not null, "submitted_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "nomination_team_id_kind_id_index" on "personnel"."nomination" ("team_id", "kind", "id")',
    );
    this.addSql(
      'create index "nomination_region_id_kind_id_index" on "personnel"."nomination" ("region_id", "kind", "id")',
    );
    this.addSql('create index "nomination_person_id_id_index" on "personnel"."nomination" ("person_id", "id")');
    this.addSql(
      'alter table "personnel"."nomination" add constraint "nomination_team_id_person_id_kind_submitted_on_unique" unique ("team_id", "person_id", "kind", "submitted_on")',
    );
    this.addSql(
      'create unique index "nomination_region_id_person_id_kind_submitted_on_unique" on "personnel"."nomination" ("region_id", "person_id", "kind", "submitted_on") where team_id is null',
    );
    this.addSql(
      'create table "personnel"."posting" ("id" uuid not null, "version" int not null default 1, "kind" varchar(255) not null, "post" varchar(255) not null, "person_id" uuid not null, "organisation_id" uuid not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "team_id" uuid null, "from" date not null, "to" date null, "order_document" varchar(255) null, "issuer_body" varchar(255) null, "recorded_on" date not null, "ended_on" date null, "end_reason" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "posting_region_id_kind_from_index" on "personnel"."posting" ("region_id", "kind", "from")',
    );
    this.addSql('create index "posting_person_id_kind_index" on "personnel"."posting" ("person_id", "kind")');
    this.addSql('create index "posting_team_id_kind_index" on "personnel"."posting" ("team_id", "kind")');
    this.addSql(
      'create index "posting_prefecture_id_kind_id_index" on "personnel"."posting" ("prefecture_id", "kind", "id")',
    );
    this.addSql(
      'create index "posting_province_id_kind_id_index" on "personnel"."posting" ("province_id", "kind", "id")',
    );
    this.addSql(
      'create table "personnel"."procedure" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "pack_id" varchar(255) not null, "pack_version" varchar(255) not null, "chain_id" varchar(255) not null, "subject_kind" varchar(255) not null, "subject_id" varchar(255) not null, "voluntary" boolean null, "has_team" boolean null, "external_need" boolean null, "note" text null, "status" varchar(255) not null, "final_person_id" uuid null, "opened_on" date not null, "completed_on" date null, "end_reason" text null, "changed_on" date not null, "acts" int not null, primary key ("id"))',
    );
    this.addSql(
      'create index "procedure_region_id_chain_id_id_index" on "personnel"."procedure" ("region_id", "chain_id", "id")',
    );
    this.addSql(
      'create index "procedure_subject_kind_subject_id_chain_id_index" on "personnel"."procedure" ("subject_kind", "subject_id", "chain_id")',
    );
    this.addSql('create index "procedure_prefecture_id_id_index" on "personnel"."procedure" ("prefecture_id", "id")');
    this.addSql('create index "procedure_province_id_id_index" on "personnel"."procedure" ("province_id", "id")');
    this.addSql(
      'create table "personnel"."procedure_candidate" ("id" uuid not null, "procedure_id" uuid not null, "person_id" uuid not null, "organisation_id" uuid not null, "unit_consented" boolean not null, "on" date not null, "withdrawn_on" date null, primary key ("id"))',
    );
    this.addSql(
      'alter table "personnel"."procedure_candidate" add constraint "procedure_candidate_procedure_id_person_id_unique" unique ("procedure_id", "person_id")',
    );
    this.addSql(
      'create table "personnel"."procedure_step" ("id" uuid not null, "procedure_id" uuid not null, "key" varchar(255) not null, "on" date not null, "bodies" text[] not null, "consents" text[] not null, "actor" varchar(255) not null, "document_number" varchar(255) null, "document_date" date null, "decision" text null, "done" boolean not null, "returned_on" date null, "return_reason" text null, "batch_id" uuid null, primary key ("id"))',
    );
    this.addSql(
      'create index "procedure_step_procedure_id_id_index" on "personnel"."procedure_step" ("procedure_id", "id")',
    );
    this.addSql('create index "procedure_step_batch_id_index" on "personnel"."procedure_step" ("batch_id")');
    this.addSql(
      'create table "personnel"."team_ledger_entry" ("id" uuid not null, "team_id" uuid not null, "on" date not null, "act" varchar(255) not null, "person_ids" text[] not null, "approvals" text[] not null, "reason" text null, primary key ("id"))',
    );
    this.addSql(
      'create index "team_ledger_entry_team_id_on_id_index" on "personnel"."team_ledger_entry" ("team_id", "on", "id")',
    );
    this.addSql(
      'create table "personnel"."village_expert" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "person_id" uuid not null, "category" varchar(255) not null, "from" date not null, "to" date null, primary key ("id"))',
    );
    this.addSql('create index "village_expert_region_id_to_index" on "personnel"."village_expert" ("region_id", "to")');
    this.addSql('create index "village_expert_person_id_to_index" on "personnel"."village_expert" ("person_id", "to")');
    this.addSql(
      'create index "village_expert_county_id_category_to_index" on "personnel"."village_expert" ("county_id", "category", "to")',
    );
    this.addSql(
      'create index "village_expert_prefecture_id_category_to_index" on "personnel"."village_expert" ("prefecture_id", "category", "to")',
    );
    this.addSql(
      'create index "village_expert_province_id_category_to_index" on "personnel"."village_expert" ("province_id", "category", "to")',
    );
    this.addSql(
      'create unique index "village_expert_region_id_person_id_unique" on "personnel"."village_expert" ("region_id", "person_id") where "to" is null',
    );
    this.addSql(
      'alter table "personnel"."agreement" add "kind" varchar(255) null, add "deep" boolean null, add "team_consented" boolean null, add "county_consented" boolean null, add "key_matters" text[] not null default \'{}\', add "document" varchar(255) null',
    );
    this.addSql('alter table "personnel"."agreement" alter column "key_matters" drop default');
    this.addSql(
      'alter table "personnel"."appointment" add "kind" varchar(255) null, add "special_circumstance" text null',
    );
    this.addSql('alter table "personnel"."demand" add "kind" varchar(255) null');
    this.addSql('alter table "personnel"."governing_body" add "kind" varchar(255) null');
    this.addSql(
      'alter table "personnel"."person" add "service_categories" text[] null, add "admin_post_held" boolean null',
    );
    this.addSql('alter table "personnel"."region" add "main_industries" text[] null');
    this.addSql(
      'create unique index "region_status_region_id_kind_unique" on "personnel"."region_status" ("region_id", "kind") where "to" is null',
    );
    this.addSql('drop index "personnel"."team_region_id_id_index"');
    this.addSql(
      'alter table "personnel"."team" add "kind" varchar(255) null, add "industry" varchar(255) null, add "parent_id" uuid null, add "term_from" date null, add "term_to" date null, add "receiving_unit_id" uuid null, add "accountable_id" uuid null, add "named_leader_id" uuid null, add "procedure_id" uuid null, add "expert_levels" text[] not null default \'{}\'',
    );
    this.addSql('alter table "personnel"."team" alter column "expert_levels" drop default');
    this.addSql('create index "team_region_id_kind_id_index" on "personnel"."team" ("region_id", "kind", "id")');
    this.addSql('create index "team_kind_industry_id_index" on "personnel"."team" ("kind", "industry", "id")');
    this.addSql(
      'alter table "personnel"."team_member" add "source_category" varchar(255) null, add "practical_expert" boolean null, add "practical_certifier" varchar(255) null',
    );
  }
}
