import type pg from 'pg';
import type { Batch, Ending } from './batch.ts';

/** What of a load is done: kept in the database itself, so that it is true of exactly these rows. */
const TABLE = `
  create schema if not exists sample;
  create table if not exists sample.progress (
    part text primary key,
    rows integer not null,
    answer jsonb,
    at timestamptz not null default now()
  )`;

/** Rows of one table in one statement: more would make one message too large to hold twice. */
const AT_ONCE = 5_000;

/** Makes the table of marks unless it is there. */
export async function openProgress(pool: pg.Pool): Promise<void> {
  await pool.query(TABLE);
}

/** The parts whose names begin so, with what was kept of each. */
export async function partsDone(pool: pg.Pool, prefix: string): Promise<Map<string, unknown>> {
  const { rows } = await pool.query<{ part: string; answer: unknown }>(
    `select part, answer from sample.progress where starts_with(part, $1)`,
    [prefix],
  );
  return new Map(rows.map(({ part, answer }) => [part, answer]));
}

/** Marks a part that was not loaded from rows, with what is to be kept of it. */
export async function markDone(pool: pg.Pool, part: string, answer: unknown): Promise<void> {
  await pool.query(`insert into sample.progress (part, rows, answer) values ($1, 0, $2) on conflict do nothing`, [
    part,
    JSON.stringify(answer ?? null),
  ]);
}

async function insert(client: pg.PoolClient, name: string, rows: readonly object[]): Promise<void> {
  for (let at = 0; at < rows.length; at += AT_ONCE) {
    await client.query(`insert into ${name} select * from json_populate_recordset(null::${name}, $1)`, [
      JSON.stringify(rows.slice(at, at + AT_ONCE)),
    ]);
  }
}

async function end(client: pg.PoolClient, { name, to, where }: Ending): Promise<void> {
  const columns = Object.keys(where).map((column, at) => `"${column}" = $${at + 2}`);
  await client.query(`update ${name} set "to" = $1 where "to" is null and ${columns.join(' and ')}`, [
    to,
    ...Object.values(where),
  ]);
}

/**
 * Loads the rows of a part and marks it done, in one transaction: whenever the process dies, either both are there or
 * neither, so a load that goes on after it neither loses nor doubles a row. The mark comes first: who loads the same
 * part at once waits there, and loads nothing when the other has committed. Answers how many rows it loaded.
 */
export async function loadPart(pool: pg.Pool, part: string, batch: Batch): Promise<number> {
  const client = await pool.connect();
  let failed: Error | undefined;
  try {
    await client.query('begin');
    const mark = 'insert into sample.progress (part, rows) values ($1, $2) on conflict do nothing';
    const { rowCount } = await client.query(mark, [part, batch.size]);
    if (rowCount === 1) {
      for (const ending of batch.endings) await end(client, ending);
      for (const { name, rows } of batch.tables()) await insert(client, name, rows);
    }
    await client.query('commit');
    return rowCount === 1 ? batch.size : 0;
  } catch (error) {
    failed = error as Error;
    await client.query('rollback').catch(() => {});
    throw error;
  } finally {
    // A connection that could not even roll back must not serve anybody else.
    client.release(failed);
  }
}
