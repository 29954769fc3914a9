import { setTimeout as wait } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { AnswerPolicies } from './authorize.ts';
import type { Contracts } from './contract.ts';
import { contractRoutes } from './contract-routes.ts';
import type { ExplorerOptions } from './explorer.ts';
import { createHealth } from './health.ts';
import { createHttpServer, type Route } from './http.ts';
import { defaultLimits, type Limits } from './limits.ts';
import { createPipeline, type ExecuteRequest, type ExecuteResult } from './pipeline.ts';
import type { Executor } from './supergraph-gateway.ts';
import type { SubgraphTransport } from './transport.ts';
import type { Verify } from './viewer.ts';

export interface GatewayOptions {
  readonly supergraphSdl: string;
  /** The way to each subgraph of the supergraph, by its name there. Closed with the gateway. */
  readonly transports: Readonly<Record<string, SubgraphTransport>>;
  readonly verify: Verify;
  /** Signs the viewer for subgraphs. At least 32 bytes; a text stands for its UTF-8 bytes. */
  readonly internalKey: string | Uint8Array;
  readonly logger: Logger;
  readonly limits?: Partial<Limits>;
  /** Answers @policy. Needed when the supergraph uses it. */
  readonly policies?: AnswerPolicies;
  /** Subgraph error codes callers may see, besides the common ones. */
  readonly passCodes?: readonly string[];
  readonly executor?: Executor;
  /** Which callers see which part of the graph. Without it everybody sees all of it. */
  readonly contracts?: Contracts;
  readonly explorer?: ExplorerOptions;
  /** Further paths of the HTTP server, by exact path (a demo issuer's key set, for one). */
  readonly routes?: Readonly<Record<string, Route>>;
  /** Takes every other path (the pages). Without it they are NOT_FOUND. */
  readonly fallback?: Route;
  /** How long `/readyz` says 503 before users are turned away, for a load balancer to notice. */
  readonly drainDelayMs?: number;
}

export interface Gateway {
  /** The schema callers see. */
  readonly sdl: string;
  execute(request: ExecuteRequest): Promise<ExecuteResult>;
  /** Opens the HTTP door; port 0 takes any free one. Resolves with the address it can be reached at. */
  listen(port: number, host?: string): Promise<{ url: string; port: number }>;
  /** Not ready, then no more users, then waits for what is at work (at most `limits.drainMs`), then closes all. */
  close(): Promise<void>;
}

/** The one public door of the graph. Throws when it could not keep what the supergraph demands. */
export async function createGateway(options: GatewayOptions): Promise<Gateway> {
  const limits: Limits = { ...defaultLimits, ...options.limits };
  const pipeline = await createPipeline(options, limits);
  const health = createHealth({
    supergraph: async () => pipeline.sdl.length > 0,
    ...Object.fromEntries(
      Object.entries(options.transports).map(([name, transport]) => [`subgraph:${name}`, () => transport.ready()]),
    ),
  });
  const http = createHttpServer({
    pipeline,
    health,
    limits,
    logger: options.logger,
    explorer: options.explorer,
    routes: { ...(options.contracts ? contractRoutes(options.contracts) : {}), ...options.routes },
    fallback: options.fallback,
  });
  let closing: Promise<void> | undefined;

  async function close(): Promise<void> {
    const until = performance.now() + (options.drainDelayMs ?? 0) + limits.drainMs;
    health.drain();
    await wait(options.drainDelayMs ?? 0);
    const patience = new AbortController();
    await Promise.race([pipeline.drain(), wait(limits.drainMs, undefined, patience).catch(() => {})]);
    patience.abort();
    await http.close(Math.max(100, until - performance.now()));
    await pipeline.stop();
    await Promise.all(Object.values(options.transports).map((transport) => transport.close()));
  }

  return {
    sdl: pipeline.sdl,
    execute: pipeline.execute,
    listen: http.listen,
    close: () => (closing ??= close()),
  };
}
