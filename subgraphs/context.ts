import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type DataLoader from 'dataloader';
import type { Seen } from './access.ts';
import type { Jurisdiction } from './law.ts';
import type { Viewer } from './viewer.ts';

/** Asks the whole graph, through the gateway, as this subgraph: how facts travel. Throws when the graph answers an error. */
export type GraphQuery = <Data>(
  document: string,
  variables: Record<string, unknown>,
  requestId?: string,
) => Promise<Data>;

/** What a resolver has: one per request. */
export interface Context {
  readonly viewer: Viewer;
  /** Reads for this request. Mutations use the transaction that `mutate` hands them, never this one. */
  readonly em: SqlEntityManager;
  readonly registry: Jurisdiction;
  readonly graph: GraphQuery;
  /** Today in Asia/Shanghai, 'YYYY-MM-DD'. */
  readonly today: string;
  readonly now: Date;
  readonly requestId: string;
  /** What the caller says it needs the answer for; null: it said nothing. */
  readonly purpose: string | null;
  /** Personal data that this request shows without a mask. */
  readonly seen: Seen;
  /** Batching loaders of this request, made on first use: `loaderOf(context, key, batch)`. */
  readonly loaders: Map<string, DataLoader<unknown, unknown>>;
  /** A region and its ancestors, own id first; empty when there is no such region. */
  regionPath(id: string): Promise<readonly string[]>;
  /** Tells the outbox relay that there is something to send. */
  readonly eventsStored: () => void;
}
