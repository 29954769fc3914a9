import { Migration } from '@mikro-orm/migrations';

export class Migration0001 extends Migration {
  override up(): void {
    this.addSql('create schema if not exists "policy"');
    this.addSql(
      'create table "policy"."decision" ("id" uuid not null, "at" timestamptz not null, "actor" varchar(255) not null, "point" varchar(255) not null, "subject_type" varchar(255) not null, "subject_id" varchar(255) not null, "region" varchar(255) not null, "process" varchar(255) null, "acted_as" text[] not null, "outcome" varchar(255) not null, "as_of" date not null, "record" text not null, "digest" varchar(255) not null, primary key ("id"))',
    );
    this.addSql(
      'create index "decision_subject_type_subject_id_id_index" on "policy"."decision" ("subject_type", "subject_id", "id")',
    );
    this.addSql('create index "decision_region_id_index" on "policy"."decision" ("region", "id")');
    this.addSql('create index "decision_process_actor_index" on "policy"."decision" ("process", "actor")');
    this.addSql(
      'create table "policy"."decision_log" ("id" uuid not null, "subgraph" varchar(255) not null, "at" timestamptz not null, "actor" varchar(255) not null, "point" varchar(255) not null, "subject_type" varchar(255) not null, "subject_id" varchar(255) not null, "region" varchar(255) not null, "region_path" text[] not null, "outcome" varchar(255) not null, "as_of" date not null, "record" text not null, "digest" varchar(255) not null, "received_at" timestamptz not null, primary key ("id"))',
    );
    this.addSql('create index "decision_log_subject_id_id_index" on "policy"."decision_log" ("subject_id", "id")');
    this.addSql('create index "decision_log_actor_id_index" on "policy"."decision_log" ("actor", "id")');
    this.addSql('create index "decision_log_point_id_index" on "policy"."decision_log" ("point", "id")');
    this.addSql('create index "decision_log_at_id_index" on "policy"."decision_log" ("at", "id")');
    this.addSql('create index "decision_log_region_path_index" on "policy"."decision_log" using gin ("region_path")');
    this.addSql(
      'create table "policy"."outbox" ("id" uuid not null, "at" timestamptz not null, "type" varchar(255) not null, "payload" jsonb not null, "sent_at" timestamptz null, primary key ("id"))',
    );
    this.addSql('create index "outbox_sent_at_id_index" on "policy"."outbox" ("sent_at", "id")');
    this.addSql(
      'create table "policy"."submission" ("actor" varchar(255) not null, "key" varchar(255) not null, "point" varchar(255) not null, "input_digest" varchar(255) not null, "subject_id" varchar(255) null, "decision_id" uuid null, "at" timestamptz not null, primary key ("actor", "key"))',
    );
    this.addSql(
      'create function "policy"."refuse_change"() returns trigger language plpgsql as $$ begin raise exception \'decisions are append-only\' using errcode = \'55000\'; end $$',
    );
    this.addSql(
      'create trigger "decision_append_only" before update or delete on "policy"."decision" for each row execute function "policy"."refuse_change"()',
    );
    this.addSql(
      'create trigger "decision_log_append_only" before update or delete on "policy"."decision_log" for each row execute function "policy"."refuse_change"()',
    );
    this.addSql(
      'create trigger "decision_log_no_truncate" before truncate on "policy"."decision_log" for each statement execute function "policy"."refuse_change"()',
    );
  }
}
