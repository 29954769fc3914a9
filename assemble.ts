import type { Logger } from 'pino';
import { openContracts } from './contracts.ts';
import { createGateway, type Gateway, type GatewayOptions } from './gateway/gateway.ts';
import { createLocalTransport } from './gateway/transport-local.ts';
import { createPaper } from './paper/door.ts';
import type { Registry } from './policies/registry.ts';
import { contractsFolder, errorCodes } from './settings.ts';
import type { GraphQuery } from './subgraphs/context.ts';
import type { Database } from './subgraphs/database.ts';
import { GraphError } from './subgraphs/graph-error.ts';
import { subgraphs } from './subgraphs/index.ts';
import { createSubgraph, type Subgraph } from './subgraphs/serve.ts';

export interface AssembleOptions
  extends Pick<GatewayOptions, 'supergraphSdl' | 'verify' | 'explorer' | 'routes' | 'limits'> {
  readonly database: Database;
  readonly registry: Registry;
  readonly internalKey: Uint8Array;
  readonly logger: Logger;
  readonly now?: () => Date;
  /** Where the contracts of the packs are. */
  readonly contracts?: string;
}

/** The whole graph in one process. */
export interface Assembled {
  readonly gateway: Gateway;
  readonly subgraphs: ReadonlyMap<string, Subgraph>;
  /** Resolves when every decision so far is in the national log. */
  settled(): Promise<void>;
  /** Stops asking, finishes what is at work, then closes everything but the database. */
  close(): Promise<void>;
}

/** Puts the gateway and every subgraph into this process, on one database, without a network between them. */
export async function assemble(options: AssembleOptions): Promise<Assembled> {
  const { database, registry, internalKey, logger, now } = options;
  const running = new Map<string, Subgraph>();
  let gateway: Gateway | null = null;
  const opened = () => {
    if (!gateway) throw new Error('the gateway is not open yet');
    return gateway;
  };

  const askAs =
    (name: string): GraphQuery =>
    async <Data>(query: string, variables: Record<string, unknown>, requestId?: string) => {
      const viewer = { subject: `service:${name}`, kind: 'service', person: null, roles: [], scopes: [] } as const;
      const result = await opened().execute({ query, variables, viewer, ...(requestId ? { requestId } : {}) });
      if (result.errors?.length) throw new GraphError(name, result.errors);
      return result.data as Data;
    };

  for (const definition of subgraphs) {
    running.set(
      definition.name,
      await createSubgraph(definition, {
        database,
        registry,
        internalKey,
        graph: askAs(definition.name),
        log: logger,
        statusesChanged: () => {
          for (const { statuses } of running.values()) statuses.expire();
        },
        ...(now ? { now } : {}),
      }),
    );
  }
  const paper = createPaper({ execute: (question) => opened().execute(question), now: now ?? (() => new Date()) });
  gateway = await createGateway({
    ...options,
    routes: { ...paper, ...options.routes },
    passCodes: errorCodes(),
    contracts: openContracts(registry, options.contracts ?? contractsFolder, () => askAs('gateway')),
    transports: Object.fromEntries(
      [...running].map(([name, subgraph]) => [
        name,
        createLocalTransport({
          handler: (request) => subgraph.execute(request) as never,
          ready: () => subgraph.ready(),
        }),
      ]),
    ),
  });
  const open = gateway;
  // What an earlier process stored and did not live to send.
  for (const subgraph of running.values()) subgraph.relay.kick();
  return {
    gateway: open,
    subgraphs: running,
    async settled() {
      for (const subgraph of running.values()) await subgraph.relay.drain();
    },
    async close() {
      await open.close();
      for (const subgraph of [...running.values()].reverse()) await subgraph.close();
    },
  };
}
