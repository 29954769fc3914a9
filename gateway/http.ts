import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { HeaderMap } from '@apollo/server';
import type { Logger } from 'pino';
import { createAsset } from './asset.ts';
import { failure } from './errors.ts';
import { createExplorer, type ExplorerOptions } from './explorer.ts';
import type { Health } from './health.ts';
import type { Limits } from './limits.ts';
import { describeError } from './log.ts';
import type { Pipeline } from './pipeline.ts';

/** Answers one path. What it throws is answered for it as INTERNAL_ERROR. */
export type Route = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

interface HttpOptions {
  readonly pipeline: Pipeline;
  readonly health: Health;
  readonly limits: Limits;
  readonly logger: Logger;
  readonly explorer: ExplorerOptions | undefined;
  readonly routes: Readonly<Record<string, Route>>;
  readonly fallback: Route | undefined;
}

const securityHeaders = {
  'X-Content-Type-Options': 'nosniff',
  'X-Frame-Options': 'DENY',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Cache-Control': 'no-store',
};

/** The gateway's HTTP server. Every answer carries X-Request-Id, the caller's own when it is a sane one. */
export function createHttpServer(options: HttpOptions) {
  const { pipeline, health, limits } = options;
  const schema = createAsset(`${pipeline.sdl}\n`, 'text/plain; charset=utf-8');

  const own: Record<string, (request: IncomingMessage, response: ServerResponse, requestId: string) => unknown> = {
    '/graphql': graphql,
    '/explorer': createExplorer(options.explorer ?? {}),
    '/schema.graphql': schema,
    '/livez': (_request, response) => sendJson(response, 200, { status: 'alive' }),
    '/readyz': async (_request, response) => {
      const { status, body } = await health.check();
      sendJson(response, status, body);
    },
  };

  async function graphql(request: IncomingMessage, response: ServerResponse, requestId: string): Promise<void> {
    let body: unknown;
    if (request.method === 'POST') {
      const text = await readBody(request, limits.bodyBytes);
      if (text === undefined) {
        // Part of the body may still be coming, so the connection cannot be used again.
        response.setHeader('Connection', 'close');
        return refuse(
          response,
          requestId,
          failure('BODY_TOO_LARGE', { status: 413, details: { limit: limits.bodyBytes } }),
        );
      }
      if (/^application\/([\w.-]+\+)?json\b/i.test(request.headers['content-type'] ?? '')) {
        try {
          body = JSON.parse(text);
        } catch {
          return refuse(response, requestId, failure('BODY_INVALID', { status: 400 }));
        }
        if (Array.isArray(body)) return refuse(response, requestId, failure('BATCHING_DISABLED', { status: 400 }));
      }
    } else if (request.method !== 'GET') {
      response.setHeader('Allow', 'GET, POST');
      return refuse(response, requestId, failure('METHOD_NOT_ALLOWED', { status: 405 }));
    }
    const headers = new HeaderMap();
    for (const [name, value] of Object.entries(request.headers)) {
      if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
    }
    const search = new URL(request.url ?? '/', 'http://gateway').search;
    const answer = await pipeline.answer({ method: request.method, headers, search, body }, requestId);
    for (const [name, value] of answer.headers) response.setHeader(name, value);
    if (answer.body.kind !== 'complete') throw new Error('an answer in parts was not asked for');
    send(response, answer.status ?? 200, answer.body.string);
  }

  function refuse(response: ServerResponse, requestId: string, error: ReturnType<typeof failure>): void {
    const { status, errors } = pipeline.refuse(error, requestId);
    sendJson(response, status, { errors });
  }

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const asked = request.headers['x-request-id'];
    const requestId = typeof asked === 'string' && /^[\w-]{8,64}$/.test(asked) ? asked : randomUUID();
    response.setHeader('X-Request-Id', requestId);
    for (const [name, value] of Object.entries(securityHeaders)) response.setHeader(name, value);
    // A kept connection would outlive the server's wish to close.
    if (health.closing) response.setHeader('Connection', 'close');
    try {
      const path = pathOf(request);
      const route = (own[path] ?? options.routes[path] ?? options.fallback) as (typeof own)[string] | undefined;
      if (!route) return refuse(response, requestId, failure('NOT_FOUND', { status: 404 }));
      if (path in own && path !== '/graphql' && request.method !== 'GET' && request.method !== 'HEAD') {
        response.setHeader('Allow', 'GET, HEAD');
        return refuse(response, requestId, failure('METHOD_NOT_ALLOWED', { status: 405 }));
      }
      await route(request, response, requestId);
    } catch (error) {
      options.logger.error({ requestId, err: describeError(error) }, 'a route failed');
      if (response.headersSent) response.destroy();
      else refuse(response, requestId, failure('INTERNAL_ERROR', { status: 500 }));
    }
  }

  const server = createServer(
    { requestTimeout: 30_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 },
    (request, response) => {
      void handle(request, response);
    },
  );

  return {
    async listen(port: number, host = '127.0.0.1'): Promise<{ url: string; port: number }> {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.once('error', reject);
      server.listen(port, host, resolve);
      await promise;
      server.off('error', reject);
      const taken = (server.address() as AddressInfo).port;
      return { url: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`, port: taken };
    },

    /** Takes no more connections, lets answers being written go out, and after `ms` cuts what still hangs on. */
    async close(ms: number): Promise<void> {
      if (!server.listening) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      const timer = setTimeout(() => server.closeAllConnections(), ms);
      await promise;
      clearTimeout(timer);
    },
  };
}

function pathOf(request: IncomingMessage): string {
  try {
    return new URL(request.url ?? '/', 'http://gateway').pathname;
  } catch {
    return '';
  }
}

// Undefined when there is more than may be read. What is too much is still taken in for a while, unkept: an answer
// sent while the caller is writing is an answer the caller does not see.
async function readBody(request: IncomingMessage, most: number): Promise<string | undefined> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= most) parts.push(part);
    else parts.length = 0;
    if (size > 16 * most) break;
  }
  return size > most ? undefined : Buffer.concat(parts).toString('utf8');
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  send(response, status, JSON.stringify(value));
}

function send(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Length': Buffer.byteLength(text) });
  response.end(text);
}
