import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { composeServices } from '@theguild/federation-composition';
import { type ExecutionResult, type GraphQLSchema, graphql, parse } from 'graphql';
import { jwtVerify } from 'jose';
import { peopleSchema, peopleSdl } from './people.ts';
import { teamsSchema, teamsSdl } from './teams.ts';

export const internalKey = 'an internal key for tests, long enough';

export interface TestContext {
  readonly viewer: unknown;
  readonly counts: { mutations: number };
}

/** One subgraph of the tests: a handler, and what it was asked. */
export interface TestSubgraph {
  readonly name: string;
  readonly counts: { mutations: number };
  readonly seen: { query: string; variables: unknown; headers: Readonly<Record<string, string>> }[];
  handler(request: {
    query: string;
    variables: Readonly<Record<string, unknown>>;
    operationName: string | undefined;
    headers: Readonly<Record<string, string>>;
  }): Promise<ExecutionResult>;
}

function createTestSubgraph(name: string, schema: GraphQLSchema): TestSubgraph {
  const counts = { mutations: 0 };
  const seen: TestSubgraph['seen'] = [];
  return {
    name,
    counts,
    seen,
    async handler({ query, variables, operationName, headers }) {
      seen.push({ query, variables, headers });
      const checks = { issuer: 'tepai-gateway', audience: 'tepai-subgraph', algorithms: ['HS256'] };
      const { payload } = await jwtVerify(
        headers['x-tepai-viewer'] ?? '',
        new TextEncoder().encode(internalKey),
        checks,
      );
      return graphql({
        schema,
        source: query,
        variableValues: variables,
        operationName: operationName ?? null,
        contextValue: { viewer: payload.viewer, counts },
      });
    },
  };
}

export const createPeople = () => createTestSubgraph('people', peopleSchema);
export const createTeams = () => createTestSubgraph('teams', teamsSchema);

/** The supergraph of people and teams; `peopleText` replaces the first's own SDL. */
export function composeTestSupergraph(peopleText: string = peopleSdl): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'people', url: 'http://people.invalid/graphql', typeDefs: parse(peopleText) },
    { name: 'teams', url: 'http://teams.invalid/graphql', typeDefs: parse(teamsSdl) },
  ]);
  if (!supergraphSdl) throw new Error(`the test supergraph does not compose: ${errors?.join('; ')}`);
  return supergraphSdl;
}

/** Serves a subgraph over real HTTP; `server` is given to be broken. */
export async function serveSubgraph({
  handler,
}: TestSubgraph): Promise<{ url: string; server: Server; close(): Promise<void> }> {
  const server = createServer(async (request, response) => {
    if (request.url === '/readyz') return void response.writeHead(200).end();
    const parts: Buffer[] = [];
    for await (const part of request as AsyncIterable<Buffer>) parts.push(part);
    const { query, variables, operationName } = JSON.parse(Buffer.concat(parts).toString());
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    try {
      const answer = JSON.stringify(await handler({ query, variables, operationName, headers }));
      response.writeHead(200, { 'content-type': 'application/json' }).end(answer);
    } catch {
      response.writeHead(500).end('no');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const close = async () => {
    if (!server.listening) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, server, close };
}
