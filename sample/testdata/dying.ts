import type pg from 'pg';
import type { Database } from '../../subgraphs/database.ts';

/** A database that dies in the middle of a transaction, after so many statements of one connection. */
export function dying(database: Database, after: number): Database {
  let left = after;
  const connect = async () => {
    const client = await database.pool.connect();
    const failing = Object.create(client) as pg.PoolClient;
    failing.query = ((...args: Parameters<typeof client.query>) => {
      left -= 1;
      if (left === 0) return Promise.reject(new Error('the power failed'));
      return client.query(...args);
    }) as typeof client.query;
    failing.release = () => client.release();
    return failing;
  };
  return {
    ...database,
    pool: new Proxy(database.pool, { get: (pool, key) => (key === 'connect' ? connect : bound(pool, key)) }),
  };
}

function bound(pool: pg.Pool, key: string | symbol): unknown {
  const value = Reflect.get(pool, key);
  return typeof value === 'function' ? value.bind(pool) : value;
}
