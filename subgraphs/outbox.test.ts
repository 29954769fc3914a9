import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { MikroORM } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { type Database, openDatabase } from './database.ts';
import { subgraphs } from './index.ts';
import { startRelay } from './outbox.ts';
import { DecisionRecord, OutboxEvent } from './record.ts';
import { openOrm, type SubgraphDefinition } from './serve.ts';

let database: Database;
let orm: MikroORM;
/** The ids of each request that was sent. */
let requests: string[][];

beforeAll(async () => {
  database = await openDatabase({ dataDir: null });
  orm = await openOrm(subgraphs[0] as SubgraphDefinition, database);
  await orm.schema.create();
});
afterAll(async () => {
  await orm.close();
  await database.close();
});
beforeEach(async () => {
  requests = [];
  await orm.em.fork().nativeDelete(OutboxEvent, {});
});

/** Stores decisions whose records have so many bytes, as a mutation does, and answers their ids. */
async function store(sizes: readonly number[]): Promise<string[]> {
  const em = orm.em.fork();
  const ids = sizes.map((size) => {
    const id = uuid();
    em.create(DecisionRecord, {
      id,
      at: new Date('2022-06-01T00:00:00Z'),
      actor: 'clerk',
      point: 'teamActivate',
      subjectType: 'Team',
      subjectId: id,
      region: 'cn',
      process: null,
      actedAs: [],
      outcome: 'allow',
      asOf: '2022-06-01',
      record: '"'.repeat(size),
      digest: '',
    });
    em.create(OutboxEvent, {
      id: uuid(),
      at: new Date(),
      type: 'decision.recorded',
      payload: { decisionId: id },
      sentAt: null,
    });
    return id;
  });
  await em.flush();
  return ids;
}

const relayTo = (take: (body: string) => void) =>
  startRelay(
    'a subgraph',
    orm,
    async <Data>(query: string, variables: Record<string, unknown>) => {
      take(JSON.stringify({ query, variables }));
      requests.push((variables.entries as { id: string }[]).map(({ id }) => id));
      return {} as Data;
    },
    () => {},
  );

describe('the outbox relay', () => {
  it('sends no more at once than the gateway takes in, everything once, and in order', async () => {
    const ids = await store([40_000, 40_000, 40_000, 120_000, 1_000, 1_000]);
    const relay = relayTo((body) => expect(Buffer.byteLength(body)).toBeLessThan(256 * 1024));
    await relay.drain();
    expect(requests.map(({ length }) => length)).toEqual([2, 1, 1, 2]);
    expect(requests.flat()).toEqual(ids);
    await relay.drain();
    expect(requests).toHaveLength(4);
    await relay.stop();
  });

  it('keeps what the receiver did not take, and sends it again', async () => {
    const ids = await store([10, 10]);
    let away = true;
    const relay = relayTo(() => {
      if (away) throw new Error('away');
    });
    await expect(relay.drain()).rejects.toThrow('away');
    expect(requests).toEqual([]);
    away = false;
    await relay.drain();
    expect(requests).toEqual([ids]);
    await relay.stop();
  });
});
