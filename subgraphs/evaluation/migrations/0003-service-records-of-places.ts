import { Migration } from '@mikro-orm/migrations';

export class Migration0003 extends Migration {
  override up(): void {
    this.addSql(
      'create index "service_record_receiving_unit_id_date_id_index" on "evaluation"."service_record" ("receiving_unit_id", "date", "id")',
    );
    // Who asks for a county asks all three columns. Without the common values of these the planner takes a county's id for
    // a rare prefecture, and reads the newest rows of the nation until it has fifty.
    for (const column of ['county_id', 'prefecture_id', 'province_id']) {
      this.addSql(`alter table "evaluation"."service_record" alter column "${column}" set statistics 400`);
    }
  }
}
