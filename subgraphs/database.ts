import { mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { PGlite, types as pgliteTypes } from '@electric-sql/pglite';
import { createPgConfig } from '@electric-sql/pglite/node-postgres';
import { PostgresDialect } from 'kysely';
import pg from 'pg';
import { lockDataDirectory } from './data-lock.ts';

/** Where the rows live: an embedded PostgreSQL in this process, or a server. */
export interface Database {
  readonly kind: 'embedded' | 'server';
  /** One pool for every subgraph of this process. On the embedded engine it has exactly one session. */
  readonly pool: pg.Pool;
  /** Resolves false instead of throwing when the database cannot answer. */
  ready(): Promise<boolean>;
  /** The embedded engine itself, for bulk loads that its wire protocol cannot carry. */
  readonly embedded: PGlite | null;
  close(): Promise<void>;
}

// Dates stay text: a civil date has no time zone, and a JavaScript Date would give it one.
const types = new pg.TypeOverrides();
for (const oid of [pgliteTypes.DATE, pgliteTypes.TIMESTAMP, pgliteTypes.TIMESTAMPTZ, pgliteTypes.INTERVAL]) {
  types.setTypeParser(oid, (value: string) => value);
}

async function answers(pool: pg.Pool): Promise<boolean> {
  try {
    await pool.query('select 1');
    return true;
  } catch {
    return false;
  }
}

/** The files of an embedded database are not a whole database: damaged, or of another program. */
class DataUnreadable extends Error {
  readonly code = 'DATA_UNREADABLE';

  constructor(dataDir: string, cause: unknown) {
    super(
      `${dataDir} 不是完整的数据库，无法打开；请恢复备份，或移走该目录后重新启动。 ${dataDir} is not a whole database: restore a copy of it, or move it away and start anew.`,
      { cause },
    );
  }
}

async function openEmbedded(dataDir: string | null, copyOf?: Blob): Promise<Database> {
  let unlock = () => {};
  if (dataDir) {
    mkdirSync(dirname(dataDir), { recursive: true });
    unlock = lockDataDirectory(dataDir);
  }
  const embedded = await PGlite.create({
    ...(dataDir ? { dataDir } : {}),
    ...(copyOf ? { loadDataDir: copyOf } : {}),
  }).catch((cause: unknown) => {
    unlock();
    throw dataDir ? new DataUnreadable(dataDir, cause) : cause;
  });
  class EmbeddedClient extends pg.Client {
    constructor() {
      super({ ...createPgConfig(embedded), types } as unknown as pg.ClientConfig);
    }
  }
  const pool = new pg.Pool({
    Client: EmbeddedClient as unknown as pg.PoolConfig['Client'],
    max: 1,
    idleTimeoutMillis: 0,
    connectionTimeoutMillis: 30_000,
  });
  let closed: Promise<void> | null = null;
  return {
    kind: 'embedded',
    pool,
    embedded,
    ready: () => answers(pool),
    close() {
      closed ??= pool
        .end()
        .then(() => embedded.close())
        .finally(unlock);
      return closed;
    },
  };
}

function openServer(url: string): Database {
  const pool = new pg.Pool({
    connectionString: url,
    types,
    max: 20,
    connectionTimeoutMillis: 5_000,
    statement_timeout: 30_000,
    application_name: 'tepai',
  });
  // Without a listener, an idle connection that the server drops would end the process.
  pool.on('error', () => {});
  // And the same for one that is in use but between two statements of a transaction: the next statement says it.
  pool.on('connect', (client) => client.on('error', () => {}));
  let closed: Promise<void> | null = null;
  return {
    kind: 'server',
    pool,
    embedded: null,
    ready: () => answers(pool),
    close() {
      closed ??= pool.end();
      return closed;
    },
  };
}

/**
 * Opens the database: the server at `url`, or the embedded engine in `dataDir` (`null`: in memory), there as a copy of
 * another one's dump if given.
 *
 * @throws DataDirectoryInUse when another process has the directory
 */
export function openDatabase(where: { url?: string; dataDir?: string | null; copyOf?: Blob }): Promise<Database> {
  return where.url ? Promise.resolve(openServer(where.url)) : openEmbedded(where.dataDir ?? null, where.copyOf);
}

/** The dialect that lets several ORMs share the one pool: none of them may close it. */
export function sharedDialect(database: Database): PostgresDialect {
  return new PostgresDialect({ pool: { connect: () => database.pool.connect(), end: async () => {} } as never });
}
