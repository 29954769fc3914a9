import { openContracts } from './contracts.ts';
import { createGateway, type Gateway } from './gateway/gateway.ts';
import { createLogger } from './gateway/log.ts';
import { createHttpTransport } from './gateway/transport-http.ts';
import { createVerifier } from './gateway/viewer.ts';
import { createPaper } from './paper/door.ts';
import { openRegistry } from './policies/registry.ts';
import { contractsFolder, errorCodes, portSetting, SettingError, setting, supergraphSdl } from './settings.ts';
import { openDatabase } from './subgraphs/database.ts';
import { GraphError } from './subgraphs/graph-error.ts';
import { subgraphs } from './subgraphs/index.ts';
import { remoteGraph } from './subgraphs/remote-graph.ts';
import { createSubgraph } from './subgraphs/serve.ts';

/**
 * One process of the graph when each part runs on its own: `node serve.ts gateway` or `node serve.ts <subgraph>`.
 * Settings come from the environment; README lists them.
 */
const part = process.argv[2] ?? '';
const logger = createLogger({ level: process.env.TEPAI_LOG ?? 'info' });
const host = setting('HOST', '0.0.0.0');

async function serveGateway(): Promise<() => Promise<void>> {
  const internalKey = setting('TEPAI_INTERNAL_KEY');
  const names = subgraphs.map(({ name }) => name);
  const asService = { subject: 'service:gateway', kind: 'service', person: null, roles: [], scopes: [] } as const;
  const ask = async <Data>(query: string, variables: Record<string, unknown>) => {
    const { data, errors } = await gateway.execute({ query, variables, viewer: asService });
    if (errors?.length) throw new GraphError('gateway', errors);
    return data as Data;
  };
  const gateway: Gateway = await createGateway({
    contracts: openContracts(openRegistry(process.env.TEPAI_PACKS), contractsFolder, () => ask),
    supergraphSdl: supergraphSdl(),
    transports: Object.fromEntries(
      names.map((name) => [
        name,
        createHttpTransport({
          url: setting(`TEPAI_${name.toUpperCase().replaceAll('-', '_')}_URL`),
          // An import of 100,000 rows is silent for longer than any other answer; those are bound by the gateway's limits.
          deadlineMs: 180_000,
        }),
      ]),
    ),
    verify: createVerifier({
      issuer: setting('TEPAI_ISSUER'),
      audience: setting('TEPAI_AUDIENCE', 'tepai'),
      jwksUri: setting('TEPAI_JWKS_URI'),
      internalKey,
      services: names,
    }),
    internalKey,
    logger,
    passCodes: errorCodes(),
    explorer: {},
    routes: createPaper({ execute: (question) => gateway.execute(question), now: () => new Date() }),
    drainDelayMs: Number(process.env.TEPAI_DRAIN_DELAY_MS ?? 0),
  });
  const { url } = await gateway.listen(portSetting('PORT', 4000), host);
  logger.info({ url }, 'gateway listens');
  return () => gateway.close();
}

async function serveSubgraph(name: string): Promise<() => Promise<void>> {
  const definition = subgraphs.find((candidate) => candidate.name === name);
  if (!definition) {
    throw new SettingError(`usage: node serve.ts ${['gateway', ...subgraphs.map((known) => known.name)].join(' | ')}`);
  }
  const internalKey = new TextEncoder().encode(setting('TEPAI_INTERNAL_KEY'));
  const database = await openDatabase({ url: setting('DATABASE_URL') });
  const remote = remoteGraph(name, setting('TEPAI_GATEWAY_URL'), internalKey);
  const subgraph = await createSubgraph(definition, {
    database,
    registry: openRegistry(process.env.TEPAI_PACKS),
    internalKey,
    graph: remote.graph,
    log: logger,
  });
  const port = await subgraph.listen(portSetting('PORT', 4001), host);
  logger.info({ subgraph: name, port }, 'subgraph listens');
  // What an earlier process stored and did not live to send; tried again until the gateway is there.
  subgraph.relay.kick();
  return async () => {
    await subgraph.close();
    await remote.close();
    await database.close();
  };
}

try {
  const close = part === 'gateway' ? await serveGateway() : await serveSubgraph(part);
  const stop = (signal: string) => {
    logger.info({ signal }, 'stopping');
    close().then(
      () => process.exit(0),
      (error) => {
        logger.error({ error }, 'did not stop cleanly');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
} catch (error) {
  console.error(error instanceof SettingError ? error.message : error);
  process.exit(2);
}
