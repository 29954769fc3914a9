import type { FormattedExecutionResult } from 'graphql';

/** One fetch of a query plan, on its way to a subgraph. */
export interface SubgraphRequest {
  readonly subgraph: string;
  /** A mutation is never sent twice: whoever carries it must know which it is. */
  readonly kind: 'query' | 'mutation';
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly operationName: string | undefined;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborts when the time for this request is over. */
  readonly signal: AbortSignal;
}

/**
 * The way to one subgraph.
 * `send` answers with what the subgraph answered, errors included, and throws only a `TransportError`.
 */
export interface SubgraphTransport {
  send(request: SubgraphRequest): Promise<FormattedExecutionResult>;
  /** True when the subgraph itself says it can work. Never throws. */
  ready(): Promise<boolean>;
  /** Cuts what is still under way. */
  close(): Promise<void>;
}

/** No answer from a subgraph: it cannot be reached, broke off, answered nonsense, or took too long. */
export class TransportError extends Error {
  readonly code: 'SUBGRAPH_UNAVAILABLE' | 'SUBGRAPH_TIMEOUT';

  constructor(code: TransportError['code'], cause: unknown) {
    super(code === 'SUBGRAPH_TIMEOUT' ? 'the subgraph did not answer in time' : 'the subgraph gave no answer', {
      cause,
    });
    this.name = 'TransportError';
    this.code = code;
  }
}

/** Whether a value is a GraphQL answer at all: a proxy's page or an empty object is not. */
export function isExecutionResult(value: unknown): value is FormattedExecutionResult {
  if (typeof value !== 'object' || value === null) return false;
  const { data, errors } = value as Record<string, unknown>;
  if (errors !== undefined && !Array.isArray(errors)) return false;
  return (typeof data === 'object' && data !== undefined) || (Array.isArray(errors) && errors.length > 0);
}
