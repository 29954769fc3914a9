import { Migration } from '@mikro-orm/migrations';

export class Migration0003 extends Migration {
  override up(): void {
    this.addSql("create unique index \"service_object_region_id_name_unique\" on \"projects_funding\".\"service_object\" (\"region_id\", \"name\") where \"appointment_id\" is null");
  }
}
