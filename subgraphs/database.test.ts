import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
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

describe('a damaged directory', () => {
  it('is told in a line, and is not held for ever', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'tepai-damaged-'));
    const dataDir = join(folder, 'postgres');
    mkdirSync(dataDir);
    writeFileSync(join(dataDir, 'PG_VERSION'), '9\n');
    const refused = { code: 'DATA_UNREADABLE', message: expect.stringContaining(dataDir) };
    await expect(openDatabase({ dataDir })).rejects.toMatchObject(refused);
    // The same again: not that somebody has it open.
    await expect(openDatabase({ dataDir })).rejects.toMatchObject(refused);
    rmSync(folder, { recursive: true });
  });
});
