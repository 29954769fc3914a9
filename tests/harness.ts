import pino from 'pino';
import { type Assembled, assemble } from '../assemble.ts';
import type { Viewer } from '../gateway/viewer.ts';
import { openRegistry, type Registry } from '../policies/registry.ts';
import { compose } from '../schema/compose.ts';
import { type Database, openDatabase } from '../subgraphs/database.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { template } from './template.ts';

/** A role as a test writes it: `['county-st-dept', 'cn-410821']`, or with the organisation it is held for. */
export type Held = readonly [role: string, region: string, organisation?: string];

/** Who a test asks as. */
export function persona(
  subject: string,
  roles: readonly Held[] = [],
  more: { person?: string; scopes?: readonly string[] } = {},
): Viewer {
  return {
    subject,
    kind: 'user',
    person: more.person ?? null,
    roles: roles.map(([role, region, organisation]) => ({ role, region, organisation: organisation ?? null })),
    scopes: more.scopes ?? [],
  };
}

export const anonymous: Viewer = { subject: 'anonymous', kind: 'anonymous', person: null, roles: [], scopes: [] };

export interface Answer<Data> {
  readonly data: Data;
  readonly errors: readonly {
    message: string;
    path?: readonly (string | number)[];
    extensions?: Record<string, unknown>;
  }[];
}

/** The whole graph for one test file: real packs, real tables, requests through the gateway. */
export interface Graph extends Assembled {
  readonly database: Database;
  readonly registry: Registry;
  /** Asks and answers both data and errors. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
  ask<Data = any>(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Answer<Data>>;
  /** Asks and throws unless there are no errors. */
  // biome-ignore lint/suspicious/noExplicitAny: as above
  get<Data = any>(viewer: Viewer, query: string, variables?: Record<string, unknown>): Promise<Data>;
  stop(): Promise<void>;
}

let composed: string | undefined;

/** Composed of the subgraphs as they are, once in a process. */
function supergraph(): string {
  composed ??= compose(subgraphs).supergraph;
  return composed;
}

interface Running {
  readonly database: Database;
  readonly registry: Registry;
  readonly assembled: Assembled;
}

interface GraphOptions {
  readonly today?: string;
  readonly packs?: string;
  readonly url?: string;
  readonly contracts?: string;
}

async function run(options: GraphOptions): Promise<Running> {
  const database = await openDatabase(options.url ? { url: options.url } : { dataDir: null, copyOf: await template() });
  const registry = openRegistry(options.packs);
  const today = options.today;
  const assembled = await assemble({
    database,
    registry,
    supergraphSdl: supergraph(),
    internalKey: new TextEncoder().encode('a key that only this test process knows'),
    logger: pino({ level: process.env.TEPAI_TEST_LOG ?? 'fatal' }),
    verify: async () => {
      throw new Error('tests ask as a viewer, not with a token');
    },
    ...(options.contracts ? { contracts: options.contracts } : {}),
    // How long the gateway waits is the matter of its own tests; others must not fail because the machine is busy.
    limits: { subgraphMs: 60_000, operationMs: 90_000 },
    ...(today ? { now: () => new Date(`${today}T04:00:00Z`) } : {}),
  });
  return { database, registry, assembled };
}

/**
 * Starts the graph on an empty database with the regions of China in it: in memory, or on a server's `url`. `today` is
 * the day it takes for today; `packs` another folder of packs, `contracts` of contracts.
 */
export async function startGraph(options: GraphOptions = {}): Promise<Graph> {
  let held: Running | null = await run(options);
  // A test file keeps its graph in a variable that lives as long as the process: a stopped one must hold no memory.
  const running = (): Running => {
    if (!held) throw new Error('the graph is stopped');
    return held;
  };
  const graph: Graph = {
    get database() {
      return running().database;
    },
    get registry() {
      return running().registry;
    },
    get gateway() {
      return running().assembled.gateway;
    },
    get subgraphs() {
      return running().assembled.subgraphs;
    },
    settled: () => running().assembled.settled(),
    close: () => running().assembled.close(),
    async ask(viewer, query, variables = {}) {
      const result = await graph.gateway.execute({ query, variables, viewer });
      return { data: result.data as never, errors: result.errors ?? [] };
    },
    async get(viewer, query, variables) {
      const { data, errors } = await graph.ask(viewer, query, variables);
      if (errors.length > 0)
        throw new Error(
          errors
            .map((error) => `${error.path?.join('.')}: ${error.message} ${JSON.stringify(error.extensions)}`)
            .join('\n'),
        );
      return data;
    },
    async stop() {
      const { assembled, database } = running();
      held = null;
      await assembled.close();
      await database.close();
    },
  };
  return graph;
}
