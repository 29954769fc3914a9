import { Migration } from '@mikro-orm/migrations';

export class Migration0004 extends Migration {
  override up(): void {
    this.addSql(`alter table "evaluation"."assessment" add column "told" jsonb not null default '[]'`);
    // Nobody wrote down when a unit was told: the day of the latest act on the assessment is the latest that it can be.
    this.addSql(`update "evaluation"."assessment" set "told" = coalesce(
      (select jsonb_agg(jsonb_build_object('unit', u, 'on', "changed_on"::text)) from unnest("notified_unit_ids") u), '[]')`);
    this.addSql(`alter table "evaluation"."assessment" alter column "told" drop default`);
    this.addSql(`alter table "evaluation"."assessment" drop column "notified_unit_ids"`);
  }
}
