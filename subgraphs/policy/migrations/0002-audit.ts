import { Migration } from '@mikro-orm/migrations';
import { auditStatements } from '../tables/audit.ts';

export class Migration0002 extends Migration {
  override up(): void {
    this.addSql(
      'create table "policy"."audit_link" ("position" int not null, "kind" varchar(255) not null, "entry" uuid not null, "digest" varchar(255) not null, "at" varchar(255) not null, "previous" varchar(255) not null, "hash" varchar(255) not null, primary key ("position"))',
    );
    this.addSql(
      'alter table "policy"."audit_link" add constraint "audit_link_kind_entry_unique" unique ("kind", "entry")',
    );
    this.addSql(
      'create table "policy"."access_log" ("id" uuid not null, "subgraph" varchar(255) not null, "at" timestamptz not null, "actor" varchar(255) not null, "subjects" text[] not null, "record" text not null, "digest" varchar(255) not null, primary key ("id"))',
    );
    this.addSql('create index "access_log_actor_id_index" on "policy"."access_log" ("actor", "id")');
    this.addSql('create index "access_log_subjects_index" on "policy"."access_log" using gin ("subjects")');
    for (const statement of auditStatements) this.addSql(statement);
  }
}
