import { defineEntity, p } from '@mikro-orm/postgresql';

/** The chain over all decisions and accesses, in the order in which they came in. */
const AuditLinkSchema = defineEntity({
  name: 'AuditLinkRow',
  tableName: 'audit_link',
  properties: {
    position: p.integer().primary().autoincrement(false),
    /** decision or access. */
    kind: p.string(),
    entry: p.uuid(),
    digest: p.string(),
    /** ISO 8601 as it was hashed: a time that the database rounds would not hash alike. */
    at: p.string(),
    previous: p.string(),
    hash: p.string(),
  },
  uniques: [{ properties: ['kind', 'entry'] }],
});
export class AuditLinkRow extends AuditLinkSchema.class {}
AuditLinkSchema.setClass(AuditLinkRow);

/** Who was shown which persons' data unmasked. */
const AccessSchema = defineEntity({
  name: 'LoggedAccess',
  tableName: 'access_log',
  properties: {
    id: p.uuid().primary(),
    subgraph: p.string(),
    at: p.datetime(),
    actor: p.string(),
    /** Ids of the persons whose data was shown. */
    subjects: p.array(),
    /** The access as canonical JSON. */
    record: p.text(),
    /** SHA-256 of `record`. */
    digest: p.string(),
  },
  indexes: [{ properties: ['actor', 'id'] }, { properties: ['subjects'], type: 'gin' }],
});
export class LoggedAccess extends AccessSchema.class {}
AccessSchema.setClass(LoggedAccess);

export const auditTables = [AuditLinkSchema, AccessSchema];

/** The chain and the accesses are appended and never changed: the database refuses, whoever asks. */
export const auditStatements = ['audit_link', 'access_log'].flatMap((table) => [
  `create trigger "${table}_append_only" before update or delete on "policy"."${table}" for each row execute function "policy"."refuse_change"()`,
  `create trigger "${table}_no_truncate" before truncate on "policy"."${table}" for each statement execute function "policy"."refuse_change"()`,
]);
