import { expect, it } from '@jest/globals';
import { describeOnPostgres } from '../tests/postgres.ts';
import { openDatabase } from './database.ts';

describeOnPostgres('a server that stops', (server) => {
  it('ends neither the process nor the pool, also between two statements of a transaction', async () => {
    const database = await openDatabase({ url: await server().database() });
    const client = await database.pool.connect();
    await client.query('begin');
    await server().pause();
    expect(await database.ready()).toBe(false);
    await expect(client.query('select 1')).rejects.toThrow();
    client.release(true);
    await server().resume();
    expect(await database.ready()).toBe(true);
    await database.close();
  });
});
