import type { ExecutionResult } from 'graphql';
import { isExecutionResult, type SubgraphRequest, type SubgraphTransport, TransportError } from './transport.ts';

export interface LocalTransportOptions {
  /** Answers a request in this process. It gets what a remote subgraph would get, the signed viewer included. */
  readonly handler: (request: SubgraphRequest) => Promise<ExecutionResult>;
  readonly ready?: () => Promise<boolean>;
  readonly close?: () => Promise<void>;
}

/** A subgraph in this process. Behaves as over HTTP: same deadline, same errors, a handler that throws is a subgraph that broke. */
export function createLocalTransport(options: LocalTransportOptions): SubgraphTransport {
  let closed = false;

  return {
    async send(request) {
      if (closed) throw new TransportError('SUBGRAPH_UNAVAILABLE', new Error('the transport is closed'));
      try {
        request.signal.throwIfAborted();
        const answer = await inTime(options.handler(request), request.signal);
        if (!isExecutionResult(answer)) throw new Error('no GraphQL answer');
        return answer;
      } catch (error) {
        throw new TransportError(request.signal.aborted ? 'SUBGRAPH_TIMEOUT' : 'SUBGRAPH_UNAVAILABLE', error);
      }
    },

    async ready() {
      if (closed) return false;
      return (await options.ready?.().catch(() => false)) ?? true;
    },

    async close() {
      if (closed) return;
      closed = true;
      await options.close?.();
    },
  };
}

async function inTime<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  let stop: (() => void) | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    if (stop) signal.removeEventListener('abort', stop);
  }
}
