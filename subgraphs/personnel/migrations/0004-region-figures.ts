import { Migration } from '@mikro-orm/migrations';

export class Migration0004 extends Migration {
  override up(): void {
    this.addSql(
      'create table "personnel"."region_figure" ("id" uuid not null, "region_id" varchar(255) not null, "kind" varchar(255) not null, "value" int not null, "on" date not null, "source" varchar(255) null, primary key ("id"))',
    );
    this.addSql(
      'create index "region_figure_region_id_kind_on_index" on "personnel"."region_figure" ("region_id", "kind", "on")',
    );
  }
}
