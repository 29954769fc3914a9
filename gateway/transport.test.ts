import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import type { ExecutionResult } from 'graphql';
import type { SubgraphRequest, SubgraphTransport } from './transport.ts';
import { createHttpTransport } from './transport-http.ts';
import { createLocalTransport } from './transport-local.ts';

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

type Answer = (asked: { query: string; variables: unknown; headers: Record<string, string> }) => Promise<unknown>;

const request = (changes: Partial<SubgraphRequest> = {}): SubgraphRequest => ({
  subgraph: 'people',
  kind: 'query',
  query: '{ a }',
  variables: { x: 1 },
  operationName: 'Asked',
  headers: { 'x-tepai-viewer': 'signed' },
  signal: AbortSignal.timeout(5_000),
  ...changes,
});

async function serve(handle: (request: IncomingMessage, response: ServerResponse, body: string) => unknown) {
  const server = createServer(async (incoming, response) => {
    const parts: Buffer[] = [];
    for await (const part of incoming as AsyncIterable<Buffer>) parts.push(part);
    await handle(incoming, response, Buffer.concat(parts).toString());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  closers.push(async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`;
  const transport = createHttpTransport({ url });
  closers.push(() => transport.close());
  return { server, transport, url };
}

const kinds: Record<string, (answer: Answer, ready?: () => Promise<boolean>) => Promise<SubgraphTransport>> = {
  local: async (answer, ready) =>
    createLocalTransport({ handler: (asked) => answer(asked) as Promise<ExecutionResult>, ...(ready && { ready }) }),
  http: async (answer, ready) => {
    const { transport } = await serve(async (incoming, response, body) => {
      if (incoming.url === '/readyz') return response.writeHead((await (ready?.() ?? true)) ? 200 : 503).end();
      try {
        const { query, variables } = JSON.parse(body);
        const text = JSON.stringify(
          await answer({ query, variables, headers: incoming.headers as Record<string, string> }),
        );
        return response.writeHead(200).end(text);
      } catch {
        return response.writeHead(500).end('<html>broken</html>');
      }
    });
    return transport;
  },
};

describe.each(Object.entries(kinds))('the %s transport', (_kind, create) => {
  it('carries query, variables and headers there, and data and errors back', async () => {
    const seen: unknown[] = [];
    const transport = await create(async ({ query, variables, headers }) => {
      seen.push([query, variables, headers['x-tepai-viewer']]);
      return { data: { a: 1 }, errors: [{ message: 'half', path: ['a'], extensions: { code: 'NOT_FOUND' } }] };
    });
    const answer = await transport.send(request());
    expect(seen).toEqual([['{ a }', { x: 1 }, 'signed']]);
    expect(answer).toEqual({
      data: { a: 1 },
      errors: [{ message: 'half', path: ['a'], extensions: { code: 'NOT_FOUND' } }],
    });
  });

  it.each([
    ['throws', async () => Promise.reject(new Error('boom'))],
    ['answers a page', async () => '<html></html>'],
    ['answers nothing', async () => ({})],
    ['answers errors that are none', async () => ({ errors: 'many' })],
    ['answers no errors and no data', async () => ({ errors: [] })],
  ])('says SUBGRAPH_UNAVAILABLE of a subgraph that %s', async (_name, answer) => {
    const transport = await create(answer);
    await expect(transport.send(request())).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });

  it('says SUBGRAPH_TIMEOUT when the time is over, at once', async () => {
    const transport = await create(() => wait(3_000, { data: {} }, { ref: false }));
    const started = performance.now();
    const late = transport.send(request({ signal: AbortSignal.timeout(60) }));
    await expect(late).rejects.toMatchObject({ code: 'SUBGRAPH_TIMEOUT' });
    expect(performance.now() - started).toBeLessThan(1_500);
  });

  it('does not ask at all when the time was over before', async () => {
    let asked = 0;
    const transport = await create(async () => ({ data: { n: ++asked } }));
    await expect(transport.send(request({ signal: AbortSignal.abort() }))).rejects.toMatchObject({
      code: 'SUBGRAPH_TIMEOUT',
    });
    expect(asked).toBe(0);
  });

  it('is as ready as the subgraph says', async () => {
    let ready = true;
    const transport = await create(
      async () => ({ data: {} }),
      async () => ready,
    );
    expect(await transport.ready()).toBe(true);
    ready = false;
    expect(await transport.ready()).toBe(false);
  });

  it('is unavailable and not ready once closed', async () => {
    const transport = await create(async () => ({ data: {} }));
    await transport.close();
    await expect(transport.send(request())).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(await transport.ready()).toBe(false);
  });
});

describe('over HTTP', () => {
  it('keeps its connections', async () => {
    const { server, transport } = await serve((_incoming, response) => response.end('{"data":{}}'));
    let connections = 0;
    server.on('connection', () => {
      connections += 1;
    });
    for (let i = 0; i < 20; i += 1) await transport.send(request());
    expect(connections).toBeLessThanOrEqual(2);
  });

  it.each([
    ['query', 2],
    ['mutation', 1],
  ] as const)('sends a %s whose connection breaks %i time(s)', async (kind, times) => {
    let asked = 0;
    const { transport } = await serve((incoming) => {
      asked += 1;
      incoming.socket.destroy();
    });
    await expect(transport.send(request({ kind }))).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(asked).toBe(times);
  });

  it('has its query answered by the second try', async () => {
    let asked = 0;
    const { transport } = await serve((incoming, response) => {
      asked += 1;
      return asked === 1 ? incoming.socket.destroy() : response.end('{"data":{"a":2}}');
    });
    expect(await transport.send(request())).toEqual({ data: { a: 2 } });
  });

  it('does not repeat a query that was answered, however badly', async () => {
    let asked = 0;
    const { transport } = await serve((_incoming, response) => {
      asked += 1;
      return response.writeHead(502).end('bad gateway');
    });
    await expect(transport.send(request())).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
    expect(asked).toBe(1);
  });

  it('takes a GraphQL answer whatever its status', async () => {
    const { transport } = await serve((_incoming, response) => {
      response.writeHead(401).end('{"errors":[{"message":"no signature"}]}');
    });
    expect(await transport.send(request())).toEqual({ errors: [{ message: 'no signature' }] });
  });

  it('says SUBGRAPH_UNAVAILABLE when the subgraph goes in the middle of its answer', async () => {
    const { transport } = await serve((incoming, response) => {
      response.writeHead(200, { 'content-length': 100 });
      response.write('{"data":');
      setTimeout(() => incoming.socket.destroy(), 20);
    });
    await expect(transport.send(request({ kind: 'mutation' }))).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });

  it('does not take more than it was told to', async () => {
    const { url } = await serve((_incoming, response) =>
      response.end(JSON.stringify({ data: { a: 'x'.repeat(5_000) } })),
    );
    const transport = createHttpTransport({ url, maxResponseBytes: 1_000 });
    closers.push(() => transport.close());
    await expect(transport.send(request())).rejects.toMatchObject({ code: 'SUBGRAPH_UNAVAILABLE' });
  });
});
