import { p } from '@mikro-orm/postgresql';

/** An amount in fen. PostgreSQL refuses a negative one, whatever the code says. */
export function fenColumn(column: string) {
  return p.bigint('number').check(`${column} >= 0`);
}
