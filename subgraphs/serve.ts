import { AsyncLocalStorage } from 'node:async_hooks';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { MigrationObject } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { type EntitySchema, MikroORM, type SqlEntityManager } from '@mikro-orm/postgresql';
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  parse,
  validate,
} from 'graphql';
import type { Registry } from '../policies/registry.ts';
import { storeAccesses } from './access.ts';
import { civilDate } from './civil-date.ts';
import type { Context, GraphQuery } from './context.ts';
import { type Database, sharedDialect } from './database.ts';
import { maskErrors } from './mask-errors.ts';
import { type Relay, startRelay } from './outbox.ts';
import { recordEntities } from './record.ts';
import { askStatuses, createStatusDirectory, type ReadStatuses, type StatusDirectory } from './status-directory.ts';
import { afterChangeOf } from './status-watch.ts';
import { NotFromGateway, verifyViewer } from './viewer.ts';

/** What a subgraph is: its graph, its tables, and how it finds the ancestors of a region. */
export interface SubgraphDefinition {
  readonly name: string;
  /** The PostgreSQL schema that is this subgraph's alone. */
  readonly tables: string;
  readonly schema: GraphQLSchema;
  readonly entities: readonly EntitySchema[];
  readonly migrations: readonly MigrationObject[];
  /** What the ORM cannot say of the tables, such as triggers: part of the first migration. */
  readonly statements?: readonly string[];
  /** Loads reference data into the migrated tables; does nothing when it is there. */
  seed?(em: SqlEntityManager): Promise<void>;
  regionPath(id: string, em: SqlEntityManager, graph: GraphQuery): Promise<readonly string[]>;
  /** For the subgraph that keeps the statuses of regions: how it reads them, and the table they stand in. */
  readonly statuses?: {
    readonly entity: string;
    read(em: SqlEntityManager, ...question: Parameters<ReadStatuses>): ReturnType<ReadStatuses>;
  };
}

export interface SubgraphRequest {
  readonly query: string;
  readonly variables?: Record<string, unknown> | undefined;
  readonly operationName?: string | null | undefined;
  /** Lower-case names. `x-tepai-viewer` is the gateway's signature and is required. */
  readonly headers: Readonly<Record<string, string | undefined>>;
}

export interface Log {
  error(fields: Record<string, unknown>, message: string): void;
}

export interface SubgraphOptions {
  readonly database: Database;
  readonly registry: Registry;
  readonly internalKey: Uint8Array;
  readonly graph: GraphQuery;
  readonly log: Log;
  /** The clock; tests set it. */
  readonly now?: () => Date;
  /** A status of a region was changed here: others in this process may hold another. */
  readonly statusesChanged?: () => void;
}

export interface Subgraph {
  readonly name: string;
  readonly schema: GraphQLSchema;
  readonly orm: MikroORM;
  readonly relay: Relay;
  /** What this subgraph knows of the statuses by which packs govern. */
  readonly statuses: StatusDirectory;
  execute(request: SubgraphRequest): Promise<FormattedExecutionResult>;
  ready(): Promise<boolean>;
  /** Serves over HTTP and resolves with the port (0: any free one). */
  listen(port: number, host?: string): Promise<number>;
  close(): Promise<void>;
}

const DOCUMENTS = 1_000;
const MIGRATION_LOCK = 7_463_021;
/** An import of 100,000 rows. The gateway holds its own callers to less. */
const MAX_BODY = 64 * 1024 * 1024;

/** Makes the ORM of one subgraph on the shared database. It never touches another subgraph's tables. */
export function openOrm(definition: SubgraphDefinition, database: Database): Promise<MikroORM> {
  return MikroORM.init({
    entities: [...recordEntities, ...definition.entities],
    dbName: 'postgres',
    schema: definition.tables,
    driverOptions: sharedDialect(database),
    extensions: [Migrator],
    // The ORM's own lines are not JSON and quote values; what goes wrong is thrown, and logged by us.
    logger: () => {},
    migrations: {
      migrationsList: [...definition.migrations],
      tableName: `${definition.tables}.migration`,
      snapshot: false,
    },
  });
}

/** Several copies of a process may start at once on one server: the first migrates, the others find it done. */
async function oneAtATime(database: Database, work: () => Promise<void>): Promise<void> {
  if (database.kind === 'embedded') return work();
  const client = await database.pool.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await work();
  } finally {
    await client.query('select pg_advisory_unlock($1)', [MIGRATION_LOCK]).catch(() => {});
    client.release();
  }
}

/** A document cache: the gateway sends the same few texts again and again. */
function documents(schema: GraphQLSchema) {
  const known = new Map<string, DocumentNode | readonly GraphQLError[]>();
  return (query: string): DocumentNode | readonly GraphQLError[] => {
    const cached = known.get(query);
    if (cached) return cached;
    let made: DocumentNode | readonly GraphQLError[];
    try {
      const document = parse(query);
      const errors = validate(schema, document);
      made = errors.length > 0 ? errors : document;
    } catch (error) {
      made = [error as GraphQLError];
    }
    if (known.size >= DOCUMENTS) known.delete(known.keys().next().value as string);
    known.set(query, made);
    return made;
  };
}

/** The purpose as the gateway passes it on: percent-encoded, for a header holds no Chinese. */
const purposeOf = (header: string | undefined): string | null => (header ? decodeURIComponent(header) : null);

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) throw new Error('request too large');
    chunks.push(chunk as Buffer);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function answer(response: ServerResponse, status: number, body: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8' });
  response.end(JSON.stringify(body));
}

/** Opens a subgraph: migrates its tables, starts its outbox relay, and answers requests that the gateway signed. */
export async function createSubgraph(definition: SubgraphDefinition, options: SubgraphOptions): Promise<Subgraph> {
  const { database, registry, internalKey, graph, log } = options;
  const clock = options.now ?? (() => new Date());
  const orm = await openOrm(definition, database);
  await oneAtATime(database, async () => {
    await orm.migrator.up();
    await definition.seed?.(orm.em.fork());
  });
  const relay = startRelay(definition.name, orm, graph, (error) =>
    log.error({ subgraph: definition.name, error: String(error) }, 'outbox relay failed'),
  );
  const documentOf = documents(definition.schema);
  // One function for the process, for answers are remembered by it; the request's id comes along by its scope.
  const scope = new AsyncLocalStorage<string>();
  const asked: GraphQuery = (document, variables) => graph(document, variables, scope.getStore());
  const { statuses: kept } = definition;
  const statuses = createStatusDirectory(
    registry,
    kept ? (...question) => kept.read(orm.em.fork(), ...question) : askStatuses(graph),
  );
  if (kept)
    afterChangeOf(orm, kept.entity, () => {
      statuses.expire();
      options.statusesChanged?.();
    });
  const jurisdiction = { ...registry, statuses };
  let server: Server | null = null;

  async function run(request: SubgraphRequest): Promise<ExecutionResult> {
    const viewer = await verifyViewer(request.headers['x-tepai-viewer'], internalKey);
    const document = documentOf(request.query);
    if (Array.isArray(document)) return { errors: document };
    const now = clock();
    const requestId = request.headers['x-request-id'] ?? '';
    await statuses.fresh();
    const em = orm.em.fork();
    const paths = new Map<string, Promise<readonly string[]>>();
    const context: Context = {
      viewer,
      em,
      registry: jurisdiction,
      graph: asked,
      now,
      today: civilDate(now),
      requestId,
      purpose: purposeOf(request.headers['x-tepai-purpose']),
      seen: new Map(),
      loaders: new Map(),
      regionPath(id) {
        let path = paths.get(id);
        if (!path) {
          path = definition.regionPath(id, em, asked);
          paths.set(id, path);
        }
        return path;
      },
      eventsStored: () => relay.kick(),
    };
    const question = {
      schema: definition.schema,
      document: document as DocumentNode,
      variableValues: request.variables,
      operationName: request.operationName,
      contextValue: context,
    };
    const result = await scope.run(requestId, () => execute(question));
    await storeAccesses(context);
    return result;
  }

  const subgraph: Subgraph = {
    name: definition.name,
    schema: definition.schema,
    orm,
    relay,
    statuses,
    async execute(request) {
      try {
        return maskErrors(await run(request), log, request.headers['x-request-id']);
      } catch (error) {
        if (!(error instanceof NotFromGateway)) throw error;
        return { errors: [new GraphQLError(error.message, { extensions: { code: error.code } }).toJSON()] };
      }
    },
    ready: () => database.ready(),
    async listen(port, host = '127.0.0.1') {
      const http = createServer((request, response) => {
        handle(request, response).catch((error) => {
          log.error({ subgraph: definition.name, error: String(error) }, 'request failed');
          answer(response, 500, { errors: [{ message: 'Internal error', extensions: { code: 'INTERNAL_ERROR' } }] });
        });
      });
      server = http;
      async function handle(request: IncomingMessage, response: ServerResponse) {
        if (request.url === '/livez') return answer(response, 200, { ok: true });
        if (request.url === '/readyz') {
          const ok = await subgraph.ready();
          return answer(response, ok ? 200 : 503, { ok });
        }
        if (request.method !== 'POST' || request.url !== '/graphql') return answer(response, 404, {});
        let body: Pick<SubgraphRequest, 'query' | 'variables' | 'operationName'>;
        try {
          body = JSON.parse(await readBody(request));
        } catch {
          return answer(response, 400, { errors: [{ message: 'Bad request', extensions: { code: 'BAD_REQUEST' } }] });
        }
        const headers = request.headers as Record<string, string | undefined>;
        return answer(response, 200, await subgraph.execute({ ...body, headers }));
      }
      await new Promise<void>((resolve, reject) => {
        http.once('error', reject);
        http.listen(port, host, resolve);
      });
      const address = http.address();
      return typeof address === 'object' && address ? address.port : port;
    },
    async close() {
      await new Promise<void>((resolve) => {
        if (!server) return resolve();
        server.close(() => resolve());
        server.closeIdleConnections();
      });
      await relay.stop();
      await orm.close();
    },
  };
  return subgraph;
}
