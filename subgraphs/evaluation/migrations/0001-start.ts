import { Migration } from '@mikro-orm/migrations';

export class Migration0001 extends Migration {
  override up(): void {
    this.addSql('create schema if not exists "evaluation"');
    this.addSql(
      'create table "evaluation"."case_study" ("id" uuid not null, "version" int not null default 1, "candidate_kind" varchar(255) not null, "candidate_id" varchar(255) not null, "person_id" varchar(255) null, "organisation_id" varchar(255) null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "year" int not null, "title" varchar(255) not null, "text" text not null, "url" varchar(255) null, "outstanding" boolean not null, "person_consented" boolean not null, "recorded_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "case_study_region_id_year_id_index" on "evaluation"."case_study" ("region_id", "year", "id")',
    );
    this.addSql(
      'create index "case_study_prefecture_id_year_id_index" on "evaluation"."case_study" ("prefecture_id", "year", "id")',
    );
    this.addSql(
      'create table "evaluation"."certificate" ("id" uuid not null, "version" int not null default 1, "evaluation_id" uuid not null, "batch_id" uuid not null, "year" int not null, "number" varchar(255) not null, "issued_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'alter table "evaluation"."certificate" add constraint "certificate_evaluation_id_unique" unique ("evaluation_id")',
    );
    this.addSql('create index "certificate_batch_id_index" on "evaluation"."certificate" ("batch_id")');
    this.addSql(
      'alter table "evaluation"."certificate" add constraint "certificate_year_number_unique" unique ("year", "number")',
    );
    this.addSql(
      'create table "evaluation"."decision" ("id" uuid not null, "at" timestamptz not null, "actor" varchar(255) not null, "point" varchar(255) not null, "subject_type" varchar(255) not null, "subject_id" varchar(255) not null, "region" varchar(255) not null, "process" varchar(255) null, "acted_as" text[] not null, "outcome" varchar(255) not null, "as_of" date not null, "record" text not null, "digest" varchar(255) not null, primary key ("id"))',
    );
    this.addSql(
      'create index "decision_subject_type_subject_id_id_index" on "evaluation"."decision" ("subject_type", "subject_id", "id")',
    );
    this.addSql('create index "decision_region_id_index" on "evaluation"."decision" ("region", "id")');
    this.addSql('create index "decision_process_actor_index" on "evaluation"."decision" ("process", "actor")');
    this.addSql(
      'create table "evaluation"."evaluation" ("id" uuid not null, "version" int not null default 1, "batch_id" uuid not null, "subject_kind" varchar(255) not null, "year" int not null, "evaluator_organisation_id" varchar(255) null, "subject_id" varchar(255) not null, "subject_level" varchar(255) null, "person_id" varchar(255) null, "organisation_id" varchar(255) null, "dispatching_unit_id" varchar(255) null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "scores" jsonb not null, "scored" boolean not null, "scored_on" date null, "grade" varchar(255) null, "graded_on" date null, "published" boolean not null, "published_on" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "evaluation_subject_kind_subject_id_published_index" on "evaluation"."evaluation" ("subject_kind", "subject_id", "published")',
    );
    this.addSql(
      'create index "evaluation_prefecture_id_year_id_index" on "evaluation"."evaluation" ("prefecture_id", "year", "id")',
    );
    this.addSql(
      'create index "evaluation_county_id_year_id_index" on "evaluation"."evaluation" ("county_id", "year", "id")',
    );
    this.addSql(
      'alter table "evaluation"."evaluation" add constraint "evaluation_batch_id_subject_id_unique" unique ("batch_id", "subject_id")',
    );
    this.addSql(
      'create unique index "evaluation_subject_kind_subject_id_year_unique" on "evaluation"."evaluation" ("subject_kind", "subject_id", "year") where "grade" is not null',
    );
    this.addSql(
      'create table "evaluation"."evaluation_batch" ("id" uuid not null, "version" int not null default 1, "subject_kind" varchar(255) not null, "evaluator_level" varchar(255) not null, "evaluator_region_id" varchar(255) not null, "evaluator_organisation_id" varchar(255) null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "year" int not null, "status" varchar(255) not null, "published" boolean not null, "sites" text[] not null, "opened_on" date not null, "published_on" date null, "closed_on" date null, "changed_on" date not null, "changed_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql(
      'create index "evaluation_batch_evaluator_region_id_year_id_index" on "evaluation"."evaluation_batch" ("evaluator_region_id", "year", "id")',
    );
    this.addSql(
      'create index "evaluation_batch_prefecture_id_year_id_index" on "evaluation"."evaluation_batch" ("prefecture_id", "year", "id")',
    );
    this.addSql(
      'create table "evaluation"."exemption" ("id" uuid not null, "version" int not null default 1, "subject_kind" varchar(255) not null, "subject_id" varchar(255) not null, "year" int not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "ground" varchar(255) not null, "scope" varchar(255) not null, "concerns_misuse" boolean not null, "reason" text not null, "approved_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "exemption_subject_kind_subject_id_year_index" on "evaluation"."exemption" ("subject_kind", "subject_id", "year")',
    );
    this.addSql(
      'create table "evaluation"."feedback" ("id" uuid not null, "batch_id" uuid not null, "organisation_id" varchar(255) not null, "on" date not null, "note" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'alter table "evaluation"."feedback" add constraint "feedback_batch_id_organisation_id_unique" unique ("batch_id", "organisation_id")',
    );
    this.addSql(
      'create table "evaluation"."outbox" ("id" uuid not null, "at" timestamptz not null, "type" varchar(255) not null, "payload" jsonb not null, "sent_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('create index "outbox_sent_at_id_index" on "evaluation"."outbox" ("sent_at", "id")');
    this.addSql(
      'create table "evaluation"."service_record" ("id" uuid not null, "version" int not null default 1, "appointment_id" varchar(255) not null, "person_id" varchar(255) not null, "dispatching_unit_id" varchar(255) not null, "receiving_unit_id" varchar(255) null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "date" date not null, "days" int not null, "ends_on" date not null, "year" int not null, "mode" varchar(255) not null, "task_type" varchar(255) null, "field" varchar(255) null, "object_id" varchar(255) null, "object_kind" varchar(255) null, "object_acknowledged" boolean not null, "summary" text not null, "attendance" int null, "logged_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "service_record_appointment_id_date_id_index" on "evaluation"."service_record" ("appointment_id", "date", "id")',
    );
    this.addSql(
      'create index "service_record_county_id_date_id_index" on "evaluation"."service_record" ("county_id", "date", "id")',
    );
    this.addSql(
      'create index "service_record_prefecture_id_date_id_index" on "evaluation"."service_record" ("prefecture_id", "date", "id")',
    );
    this.addSql(
      'create index "service_record_province_id_date_id_index" on "evaluation"."service_record" ("province_id", "date", "id")',
    );
    this.addSql(
      'create index "service_record_dispatching_unit_id_date_id_index" on "evaluation"."service_record" ("dispatching_unit_id", "date", "id")',
    );
    this.addSql(
      'create index "service_record_person_id_date_id_index" on "evaluation"."service_record" ("person_id", "date", "id")',
    );
    this.addSql('create index "service_record_date_id_index" on "evaluation"."service_record" ("date", "id")');
    this.addSql(
      'create table "evaluation"."settlement" ("id" varchar(255) not null, "version" int not null default 1, "pack" varchar(255) not null, "entry" varchar(255) not null, "region_id" varchar(255) not null, "year" int not null, "occurrence" varchar(255) null, "outcome" varchar(255) not null, "on" date not null, "text" text null, primary key ("id"))',
    );
    this.addSql('create index "settlement_region_id_year_index" on "evaluation"."settlement" ("region_id", "year")');
    this.addSql(
      'create table "evaluation"."submission" ("actor" varchar(255) not null, "key" varchar(255) not null, "point" varchar(255) not null, "input_digest" varchar(255) not null, "subject_id" varchar(255) null, "decision_id" uuid null, "at" timestamptz not null, primary key ("actor", "key"))',
    );
    this.addSql(
      'create table "evaluation"."training_record" ("id" uuid not null, "version" int not null default 1, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "region_id" varchar(255) not null, "organisation_id" varchar(255) null, "form" varchar(255) not null, "date" date not null, "topic" varchar(255) not null, "audience" varchar(255) null, "trainee_count" int not null, primary key ("id"))',
    );
    this.addSql(
      'create index "training_record_region_id_date_id_index" on "evaluation"."training_record" ("region_id", "date", "id")',
    );
    this.addSql(
      'create index "training_record_prefecture_id_date_id_index" on "evaluation"."training_record" ("prefecture_id", "date", "id")',
    );
    this.addSql(
      'create function "evaluation"."refuse_change"() returns trigger language plpgsql as $$ begin raise exception \'decisions are append-only\' using errcode = \'55000\'; end $$',
    );
    this.addSql(
      'create trigger "decision_append_only" before update or delete on "evaluation"."decision" for each row execute function "evaluation"."refuse_change"()',
    );
  }
}
