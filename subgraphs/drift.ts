import type { MikroORM } from '@mikro-orm/postgresql';

/**
 * The statements by which a database's tables would become what the entities say: none when they agree. The ORM would
 * drop triggers it does not know; ours are written by hand and are not for it to judge.
 */
export async function drift(orm: MikroORM): Promise<string[]> {
  const sql = await orm.schema.getUpdateSchemaSQL({ dropTables: false });
  return statementsOf(sql).filter((statement) => !/^drop (trigger|function) if exists /.test(statement));
}

/** The statements of a script that the ORM wrote, without the one that sets the client's encoding. */
export function statementsOf(sql: string): string[] {
  return sql
    .split(/;\s*\n/)
    .map((statement) => statement.trim().replace(/;$/, ''))
    .filter((statement) => statement && !statement.startsWith('set names'));
}
