import { Migration } from '@mikro-orm/migrations';

export class Migration0002 extends Migration {
  override up(): void {
    this.addSql(
      'create table "evaluation"."assessment" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "kind" varchar(255) not null, "subject_kind" varchar(255) not null, "team_id" varchar(255) null, "appointment_id" varchar(255) null, "person_id" varchar(255) null, "organisation_id" varchar(255) null, "dispatching_unit_id" varchar(255) null, "receiving_unit_id" varchar(255) null, "year" int not null, "date" date not null, "term_to" date null, "status" varchar(255) not null, "lead_body" varchar(255) null, "participants" text[] not null, "assessor_id" varchar(255) null, "basis_ids" text[] not null, "records" jsonb not null, "outcome" varchar(255) null, "text" text null, "recorded_on" date null, "unit_ids" text[] not null, "notified_unit_ids" text[] not null, "filed_with" varchar(255) null, "filed_on" date null, "sites" text[] not null, "published" boolean not null, "published_on" date null, "changed_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "assessment_team_id_year_kind_id_index" on "evaluation"."assessment" ("team_id", "year", "kind", "id")',
    );
    this.addSql(
      'create index "assessment_appointment_id_year_id_index" on "evaluation"."assessment" ("appointment_id", "year", "id")',
    );
    this.addSql(
      'create index "assessment_region_id_year_id_index" on "evaluation"."assessment" ("region_id", "year", "id")',
    );
    this.addSql(
      'create index "assessment_prefecture_id_date_id_index" on "evaluation"."assessment" ("prefecture_id", "date", "id")',
    );
    this.addSql(
      'create index "assessment_province_id_date_id_index" on "evaluation"."assessment" ("province_id", "date", "id")',
    );
    this.addSql('create index "assessment_date_id_index" on "evaluation"."assessment" ("date", "id")');
    this.addSql(
      'create table "evaluation"."commendation" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "subject_kind" varchar(255) not null, "subject_id" varchar(255) not null, "form" varchar(255) not null, "title" varchar(255) not null, "year" int not null, "assessment_id" uuid null, "body" varchar(255) null, "date" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "commendation_subject_kind_subject_id_id_index" on "evaluation"."commendation" ("subject_kind", "subject_id", "id")',
    );
    this.addSql(
      'create index "commendation_region_id_date_id_index" on "evaluation"."commendation" ("region_id", "date", "id")',
    );
    this.addSql('create index "commendation_date_id_index" on "evaluation"."commendation" ("date", "id")');
    this.addSql(
      'create table "evaluation"."event" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "kind" varchar(255) not null, "date" date not null, "topic" varchar(255) not null, "organisation_id" varchar(255) null, "attendees" int null, "recorded_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "event_region_id_kind_date_id_index" on "evaluation"."event" ("region_id", "kind", "date", "id")',
    );
    this.addSql('create index "event_county_id_date_id_index" on "evaluation"."event" ("county_id", "date", "id")');
    this.addSql(
      'create index "event_prefecture_id_date_id_index" on "evaluation"."event" ("prefecture_id", "date", "id")',
    );
    this.addSql('create index "event_province_id_date_id_index" on "evaluation"."event" ("province_id", "date", "id")');
    this.addSql('create index "event_date_id_index" on "evaluation"."event" ("date", "id")');
    this.addSql(
      'create table "evaluation"."inspection" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "kind" varchar(255) not null, "year" int not null, "organisation_id" varchar(255) null, "status" varchar(255) not null, "opened_on" date not null, "closed_on" date null, "task_ids" text[] not null, "problems" text[] not null, "no_problems" boolean not null, "advice" text[] not null, "report" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "inspection_region_id_year_id_index" on "evaluation"."inspection" ("region_id", "year", "id")',
    );
    this.addSql(
      'create index "inspection_prefecture_id_opened_on_id_index" on "evaluation"."inspection" ("prefecture_id", "opened_on", "id")',
    );
    this.addSql(
      'create index "inspection_province_id_opened_on_id_index" on "evaluation"."inspection" ("province_id", "opened_on", "id")',
    );
    this.addSql(
      'create index "inspection_organisation_id_id_index" on "evaluation"."inspection" ("organisation_id", "id")',
    );
    this.addSql(
      'create table "evaluation"."ledger_entry" ("id" uuid not null, "version" int not null default 1, "task_id" uuid not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "date" date not null, "status" varchar(255) null, "content" text not null, "organisation_id" varchar(255) null, "recorded_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "ledger_entry_task_id_date_id_index" on "evaluation"."ledger_entry" ("task_id", "date", "id")',
    );
    this.addSql(
      'create index "ledger_entry_region_id_date_id_index" on "evaluation"."ledger_entry" ("region_id", "date", "id")',
    );
    this.addSql(
      'create table "evaluation"."meeting" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "kind" varchar(255) not null, "date" date not null, "topic" varchar(255) null, "on_programme" boolean null, "organisation_id" varchar(255) null, "team_id" varchar(255) null, "participants" text[] not null, "minutes" text null, "recorded_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "meeting_region_id_kind_date_id_index" on "evaluation"."meeting" ("region_id", "kind", "date", "id")',
    );
    this.addSql(
      'create index "meeting_prefecture_id_date_id_index" on "evaluation"."meeting" ("prefecture_id", "date", "id")',
    );
    this.addSql(
      'create index "meeting_province_id_date_id_index" on "evaluation"."meeting" ("province_id", "date", "id")',
    );
    this.addSql('create index "meeting_team_id_date_id_index" on "evaluation"."meeting" ("team_id", "date", "id")');
    this.addSql('create index "meeting_date_id_index" on "evaluation"."meeting" ("date", "id")');
    this.addSql(
      'create table "evaluation"."finding" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "kind" varchar(255) not null, "class" varchar(255) null, "source" varchar(255) null, "inspection_id" uuid null, "assessment_id" uuid null, "team_id" varchar(255) null, "organisation_id" varchar(255) null, "description" text null, "status" varchar(255) not null, "found_on" date not null, "due_on" date null, "action" text null, "rectified_on" date null, "rectified_by" varchar(255) null, "verified_on" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "finding_region_id_found_on_id_index" on "evaluation"."finding" ("region_id", "found_on", "id")',
    );
    this.addSql(
      'create index "finding_prefecture_id_found_on_id_index" on "evaluation"."finding" ("prefecture_id", "found_on", "id")',
    );
    this.addSql(
      'create index "finding_province_id_found_on_id_index" on "evaluation"."finding" ("province_id", "found_on", "id")',
    );
    this.addSql('create index "finding_inspection_id_id_index" on "evaluation"."finding" ("inspection_id", "id")');
    this.addSql('create index "finding_assessment_id_id_index" on "evaluation"."finding" ("assessment_id", "id")');
    this.addSql(
      'create index "finding_organisation_id_status_id_index" on "evaluation"."finding" ("organisation_id", "status", "id")',
    );
    this.addSql(
      'create table "evaluation"."report" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "kind" varchar(255) not null, "period_from" date not null, "period_to" date not null, "year" int not null, "task_id" uuid null, "team_id" varchar(255) null, "organisation_id" varchar(255) null, "recipients" text[] not null, "contents" text[] not null, "signatories" text[] not null, "records" jsonb not null, "text" text null, "deploy_meeting_on" date null, "submitted_on" date not null, "recorded_on" date not null, "feedback_on" date null, primary key ("id"))',
    );
    this.addSql(
      'create index "report_region_id_kind_submitted_on_id_index" on "evaluation"."report" ("region_id", "kind", "submitted_on", "id")',
    );
    this.addSql(
      'create index "report_prefecture_id_submitted_on_id_index" on "evaluation"."report" ("prefecture_id", "submitted_on", "id")',
    );
    this.addSql(
      'create index "report_province_id_submitted_on_id_index" on "evaluation"."report" ("province_id", "submitted_on", "id")',
    );
    this.addSql(
      'create index "report_task_id_submitted_on_id_index" on "evaluation"."report" ("task_id", "submitted_on", "id")',
    );
    this.addSql(
      'create index "report_team_id_submitted_on_id_index" on "evaluation"."report" ("team_id", "submitted_on", "id")',
    );
    this.addSql(
      'create index "report_organisation_id_submitted_on_id_index" on "evaluation"."report" ("organisation_id", "submitted_on", "id")',
    );
    this.addSql('create index "report_submitted_on_id_index" on "evaluation"."report" ("submitted_on", "id")');
    this.addSql(
      'create table "evaluation"."report_feedback" ("id" uuid not null, "report_id" uuid not null, "on" date not null, "feedback" text not null, primary key ("id"))',
    );
    this.addSql(
      'create index "report_feedback_report_id_on_id_index" on "evaluation"."report_feedback" ("report_id", "on", "id")',
    );
    this.addSql(
      'create table "evaluation"."responsibility_letter" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "signatory_kind" varchar(255) not null, "level" varchar(255) not null, "organisation_id" varchar(255) null, "other_level" varchar(255) not null, "other_organisation_id" varchar(255) null, "year" int not null, "last_year" int not null, "targets" text[] not null, "document" varchar(255) null, "signed_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "responsibility_letter_region_id_year_id_index" on "evaluation"."responsibility_letter" ("region_id", "year", "id")',
    );
    this.addSql(
      'create index "responsibility_letter_province_id_year_id_index" on "evaluation"."responsibility_letter" ("province_id", "year", "id")',
    );
    this.addSql(
      'create index "responsibility_letter_signed_on_id_index" on "evaluation"."responsibility_letter" ("signed_on", "id")',
    );
    this.addSql(
      'create table "evaluation"."target" ("id" uuid not null, "version" int not null default 1, "subject_kind" varchar(255) not null, "subject_id" varchar(255) not null, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "kind" varchar(255) not null, "year" int null, "due" date null, "task_type" varchar(255) null, "industry" varchar(255) null, "measure" text null, "quantity" int null, "unit" varchar(255) null, "set_on" date not null, primary key ("id"))',
    );
    this.addSql(
      'create index "target_subject_kind_subject_id_year_id_index" on "evaluation"."target" ("subject_kind", "subject_id", "year", "id")',
    );
    this.addSql('create index "target_region_id_year_id_index" on "evaluation"."target" ("region_id", "year", "id")');
    this.addSql(
      'create table "evaluation"."task" ("id" uuid not null, "version" int not null default 1, "region_id" varchar(255) not null, "county_id" varchar(255) null, "prefecture_id" varchar(255) null, "province_id" varchar(255) null, "team_id" varchar(255) null, "title" varchar(255) not null, "text" text null, "responsible" jsonb not null, "responsible_unit_ids" text[] not null, "deadline" date null, "status" varchar(255) not null, "created_on" date not null, "changed_on" date not null, primary key ("id"))',
    );
    this.addSql('create index "task_region_id_id_index" on "evaluation"."task" ("region_id", "id")');
    this.addSql('create index "task_prefecture_id_id_index" on "evaluation"."task" ("prefecture_id", "id")');
    this.addSql('create index "task_province_id_id_index" on "evaluation"."task" ("province_id", "id")');
    this.addSql('create index "task_deadline_id_index" on "evaluation"."task" ("deadline", "id")');
    this.addSql('create index "task_team_id_id_index" on "evaluation"."task" ("team_id", "id")');
    this.addSql(
      'create index "task_responsible_unit_ids_index" on "evaluation"."task" using gin ("responsible_unit_ids")',
    );
    this.addSql('alter table "evaluation"."case_study" add "criteria" text[] not null default \'{}\'');
    this.addSql('alter table "evaluation"."service_record" add "team_id" varchar(255) null');
    this.addSql('alter table "evaluation"."service_record" alter column "appointment_id" drop not null');
    this.addSql(
      'create index "service_record_team_id_date_id_index" on "evaluation"."service_record" ("team_id", "date", "id")',
    );
    this.addSql(
      'alter table "evaluation"."training_record" add "trainee_category" varchar(255) null, add "session_count" int null, add "attendance_count" int null, add "trainee_digests" text[] not null default \'{}\'',
    );
    this.addSql(
      'create index "training_record_county_id_date_id_index" on "evaluation"."training_record" ("county_id", "date", "id")',
    );
    this.addSql(
      'create index "training_record_province_id_date_id_index" on "evaluation"."training_record" ("province_id", "date", "id")',
    );
  }
}
