import type { MikroORM, SqlEntityManager } from '@mikro-orm/postgresql';
import { sha256 } from '../policies/canonical.ts';
import type { GraphQuery } from './context.ts';
import { DecisionRecord, OutboxEvent } from './record.ts';

const APPEND = /* GraphQL */ `
  mutation DecisionLogAppend($entries: [DecisionLogEntryInput!]!) {
    decisionLogAppend(entries: $entries)
  }
`;

const APPEND_ACCESSES = /* GraphQL */ `
  mutation AccessLogAppend($entries: [AccessLogEntryInput!]!) {
    accessLogAppend(entries: $entries)
  }
`;

/** Sends what the transactions of one subgraph left in its outbox. */
export interface Relay {
  /** Something was stored; send soon. */
  kick(): void;
  /** Resolves when everything stored so far has been sent. Throws when the receiver cannot take it. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

const BATCH = 200;
/** Records of one request, so that it stays far below what the gateway takes in. Quotes are escaped once more on the way. */
const BATCH_BYTES = 100_000;
const RETRY_MS = 5_000;

interface Entry {
  readonly id: string;
  readonly record: string;
}

async function decisionsOf(em: SqlEntityManager, events: readonly OutboxEvent[]): Promise<Entry[]> {
  const ids = events.map((event) => String(event.payload.decisionId));
  const rows = await em.find(DecisionRecord, { id: { $in: ids } });
  const rowOf = new Map(rows.map((row) => [row.id, row]));
  return ids.map((id) => {
    const { at, actor, point, subjectType, subjectId, region, outcome, asOf, record, digest } = rowOf.get(
      id,
    ) as DecisionRecord;
    return { id, at: at.toISOString(), actor, point, subjectType, subjectId, region, outcome, asOf, record, digest };
  });
}

const accessesOf = (events: readonly OutboxEvent[]): Entry[] =>
  events.map(({ id, at, payload }) => {
    const record = String(payload.record);
    return { id, at: at.toISOString(), record, digest: sha256(record) };
  });

/**
 * Carries decisions, and accesses to personal data, from a subgraph's outbox to the national decision log, at least once and in order; the log knows a
 * decision by its id, so a repetition does no harm. A failure is tried again after five seconds.
 */
export function startRelay(
  subgraph: string,
  orm: MikroORM,
  graph: GraphQuery,
  onError: (error: unknown) => void,
): Relay {
  let running: Promise<void> | null = null;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | null = null;

  async function sendBatch(): Promise<boolean> {
    const em = orm.em.fork();
    const events = await em.find(OutboxEvent, { sentAt: null }, { orderBy: { id: 'asc' }, limit: BATCH });
    if (events.length === 0) return false;
    // One kind at a time; what is left over comes with the next batch.
    const kind = events[0]?.type;
    const alike = events.filter(({ type }) => type === kind);
    const carried = kind === 'decision.recorded' ? await decisionsOf(em, alike) : accessesOf(alike);
    const batch: { event: OutboxEvent; entry: Entry }[] = [];
    let bytes = 0;
    for (const [at, event] of alike.entries()) {
      const entry = carried[at] as Entry;
      bytes += Buffer.byteLength(entry.record);
      if (batch.length > 0 && bytes > BATCH_BYTES) break;
      batch.push({ event, entry });
    }
    const entries = batch.map(({ entry }) => ({ subgraph, ...entry }));
    await graph(kind === 'decision.recorded' ? APPEND : APPEND_ACCESSES, { entries });
    const sent = batch.map(({ event }) => event.id);
    await em.nativeUpdate(OutboxEvent, { id: { $in: sent } }, { sentAt: new Date() });
    return batch.length < events.length || events.length === BATCH;
  }

  function run(): Promise<void> {
    running ??= (async () => {
      try {
        do {
          again = false;
          while (!stopped && (await sendBatch()));
        } while (again && !stopped);
      } finally {
        running = null;
      }
    })();
    return running;
  }

  return {
    kick() {
      if (stopped) return;
      again = true;
      run().catch((error) => {
        onError(error);
        if (!stopped && !timer) {
          timer = setTimeout(() => {
            timer = null;
            this.kick();
          }, RETRY_MS).unref();
        }
      });
    },
    async drain() {
      again = true;
      await run();
    },
    async stop() {
      stopped = true;
      if (timer) clearTimeout(timer);
      await running?.catch(() => {});
    },
  };
}
