import type { FormattedExecutionResult } from 'graphql';
import { Pool } from 'undici';
import { isExecutionResult, type SubgraphRequest, type SubgraphTransport, TransportError } from './transport.ts';

export interface HttpTransportOptions {
  /** The subgraph's GraphQL address. */
  readonly url: string;
  /** Where the subgraph says whether it is ready (answers 200 if so). */
  readonly readyPath?: string;
  readonly connections?: number;
  readonly connectTimeoutMs?: number;
  /** Upper bound of silence on the wire, for callers whose own signal is later. */
  readonly deadlineMs?: number;
  readonly maxResponseBytes?: number;
}

// The connection was not made, or was lost: worth one more try, for a query.
const connectErrors = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'EAI_AGAIN',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
]);
const timeouts = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/**
 * A subgraph in another process, over HTTP/1.1 with kept connections.
 * A query is asked once more when the connection failed; a mutation never, since it may have been carried out.
 */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { origin, pathname, search } = new URL(options.url);
  const deadlineMs = options.deadlineMs ?? 30_000;
  const pool = new Pool(origin, {
    connections: options.connections ?? 32,
    connect: { timeout: options.connectTimeoutMs ?? 2_000 },
    keepAliveTimeout: 30_000,
    headersTimeout: deadlineMs,
    bodyTimeout: deadlineMs,
    maxResponseSize: options.maxResponseBytes ?? 32 * 2 ** 20,
  });

  async function once(request: SubgraphRequest, body: string): Promise<FormattedExecutionResult> {
    const response = await pool.request({
      method: 'POST',
      path: pathname + search,
      headers: { ...request.headers, 'content-type': 'application/json', accept: 'application/json' },
      body,
      signal: request.signal,
    });
    const text = await response.body.text();
    const answer: unknown = JSON.parse(text);
    if (!isExecutionResult(answer)) throw new Error(`status ${response.statusCode} without a GraphQL answer`);
    return answer;
  }

  return {
    async send(request) {
      const { query, variables, operationName } = request;
      const body = JSON.stringify({ query, variables, operationName });
      try {
        return await once(request, body).catch((error: unknown) => {
          if (request.kind !== 'query' || request.signal.aborted || !connectErrors.has(codeOf(error))) throw error;
          return once(request, body);
        });
      } catch (error) {
        const late = request.signal.aborted || timeouts.has(codeOf(error));
        throw new TransportError(late ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE', error);
      }
    },

    async ready() {
      try {
        const path = options.readyPath ?? '/readyz';
        const response = await pool.request({ method: 'GET', path, signal: AbortSignal.timeout(2_000) });
        await response.body.dump();
        return response.statusCode === 200;
      } catch {
        return false;
      }
    },

    close: () => pool.destroy(),
  };
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'string' ? code : '';
}
