import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createGateway, type Gateway, type GatewayOptions } from '../gateway.ts';
import { createDemoIssuer, type DemoIssuer, type Persona } from '../issuer.ts';
import { createLogger } from '../log.ts';
import type { SubgraphTransport } from '../transport.ts';
import { createHttpTransport } from '../transport-http.ts';
import { createLocalTransport } from '../transport-local.ts';
import { createVerifier } from '../viewer.ts';
import {
  composeTestSupergraph,
  createPeople,
  createTeams,
  internalKey,
  serveSubgraph,
  type TestSubgraph,
} from './serve.ts';

export const personas: Persona[] = [
  { subject: 'auditor-1', person: 'p1', roles: [], scopes: ['auditor'] },
  {
    subject: 'officer-1',
    person: 'p2',
    roles: [{ role: 'officer', region: 'r-1', organisation: null }],
    scopes: ['team:write', 'salary:read'],
  },
];

export interface TestBed {
  readonly gateway: Gateway;
  readonly issuer: DemoIssuer;
  readonly people: TestSubgraph;
  readonly teams: TestSubgraph;
  /** Every line logged so far, parsed. */
  readonly logged: () => Record<string, unknown>[];
  readonly logText: () => string;
  /** Takes the teams' server away (only over HTTP). */
  stopTeams(): Promise<void>;
  /** From now on the teams' server breaks off every connection that asks it something. */
  breakTeams(): void;
  /** How often it was asked since. */
  arrivals(): number;
  close(): Promise<void>;
}

/** A whole gateway over two subgraphs, in this process or over real HTTP, with a real issuer on loopback. */
export async function startTestBed(
  kind: 'local' | 'http' = 'local',
  options: Partial<GatewayOptions> & { wrap?: (transport: SubgraphTransport) => SubgraphTransport } = {},
): Promise<TestBed> {
  const dataDir = await mkdtemp(join(tmpdir(), 'gateway-'));
  const issuer = await createDemoIssuer({ dataDir, personas });
  const jwksUri = await issuer.listen();
  const people = createPeople();
  const teams = createTeams();
  const servers: Awaited<ReturnType<typeof serveSubgraph>>[] = [];
  let arrivals = 0;
  const { wrap = (transport) => transport, ...rest } = options;
  const lines: string[] = [];

  async function transportTo(subgraph: TestSubgraph): Promise<SubgraphTransport> {
    if (kind === 'local') return wrap(createLocalTransport({ handler: subgraph.handler }));
    const server = await serveSubgraph(subgraph);
    servers.push(server);
    return wrap(createHttpTransport({ url: server.url }));
  }

  const gateway = await createGateway({
    supergraphSdl: composeTestSupergraph(),
    transports: { people: await transportTo(people), teams: await transportTo(teams) },
    verify: createVerifier({
      issuer: issuer.issuer,
      audience: issuer.audience,
      jwksUri,
      internalKey,
      services: ['people', 'teams'],
    }),
    internalKey,
    logger: createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } }),
    policies: ({ policies, viewer }) =>
      Object.fromEntries(policies.map((name) => [name, viewer.subject === 'officer-1'])),
    ...rest,
  });

  return {
    gateway,
    issuer,
    people,
    teams,
    logged: () => lines.map((line) => JSON.parse(line)),
    logText: () => lines.join(''),
    stopTeams: async () => servers[1]?.close(),
    breakTeams() {
      servers[1]?.server.removeAllListeners('request').on('request', (request) => {
        arrivals += 1;
        request.socket.destroy();
      });
    },
    arrivals: () => arrivals,
    async close() {
      await gateway.close();
      for (const server of servers) await server.close();
      await issuer.close();
      await rm(dataDir, { recursive: true });
    },
  };
}
