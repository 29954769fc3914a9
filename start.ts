import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { assemble } from './assemble.ts';
import { createDemoIssuer } from './gateway/issuer.ts';
import { createLogger } from './gateway/log.ts';
import { createVerifier } from './gateway/viewer.ts';
import { openRegistry } from './policies/registry.ts';
import { announce, explorerTabs } from './sample/announce.ts';
import { askInProcess } from './sample/ask.ts';
import { parseCommand, print, TOKEN_SECONDS } from './sample/command.ts';
import { loadSample } from './sample/load.ts';
import { personas } from './sample/personas.ts';
import { portSetting, supergraphSdl } from './settings.ts';
import { openDatabase } from './subgraphs/database.ts';
import { subgraphs } from './subgraphs/index.ts';

/**
 * `npm start`: the whole graph on one machine, in one process, with an embedded database and the demonstration data.
 * `npm start -- --scale 0.1` loads a tenth of the nation beside it; DATABASE_URL uses a PostgreSQL server.
 */
const started = Date.now();
const say = (text: string) => console.log(`${((Date.now() - started) / 1_000).toFixed(1).padStart(6)} s  ${text}`);

/** A secret that is made once and kept with the data, so that tokens live through a restart. */
function keptSecret(dataDir: string): Uint8Array {
  const file = join(dataDir, 'internal.key');
  if (!existsSync(file)) writeFileSync(file, randomBytes(32).toString('base64url'), { mode: 0o600 });
  return new TextEncoder().encode(readFileSync(file, 'utf8'));
}

async function main(): Promise<void> {
  process.env.APOLLO_TELEMETRY_DISABLED ??= 'true';
  const command = parseCommand(process.argv.slice(2));
  const dataDir = resolve(process.env.TEPAI_DATA ?? join(import.meta.dirname, '.data'));
  mkdirSync(dataDir, { recursive: true });
  if (command.kind !== 'start') return print(command, dataDir);
  const { scale } = command;
  const issuer = await createDemoIssuer({ dataDir, personas });
  const url = process.env.DATABASE_URL;
  say(url ? 'opening the database server' : `opening the embedded database in ${dataDir}`);
  const database = await openDatabase(url ? { url } : { dataDir: join(dataDir, 'postgres') });
  const internalKey = keptSecret(dataDir);
  const jwksUri = await issuer.listen();
  const tokens = new Map<string, string>();
  for (const { subject } of personas) {
    tokens.set(subject, await issuer.mint(subject, { expiresInSeconds: TOKEN_SECONDS }));
  }
  say('migrating, and loading the regions of China');
  const graph = await assemble({
    database,
    registry: openRegistry(process.env.TEPAI_PACKS),
    internalKey,
    supergraphSdl: supergraphSdl(),
    logger: createLogger({ level: process.env.TEPAI_LOG ?? 'warn' }),
    verify: createVerifier({
      issuer: issuer.issuer,
      audience: issuer.audience,
      jwksUri,
      internalKey,
      services: subgraphs.map(({ name }) => name),
    }),
    explorer: { tabs: explorerTabs(tokens) },
    routes: { '/.well-known/jwks.json': issuer.jwks },
  });
  let stopping: Promise<void> | null = null;
  const stop = () => {
    stopping ??= (async () => {
      console.log('\nstopping');
      await graph.close();
      await issuer.close();
      await database.close();
    })();
    return stopping;
  };
  const stopAndExit = () =>
    void stop().then(
      () => process.exit(0),
      (error) => {
        console.error(error);
        process.exit(1);
      },
    );
  process.once('SIGINT', stopAndExit);
  process.once('SIGTERM', stopAndExit);

  try {
    await loadSample({ database, ask: askInProcess(graph.gateway), scale, say });
    // Also what an earlier process stored and could not send any more.
    await graph.settled();
  } catch (error) {
    // Stopped in the middle: the next start goes on from there.
    if (stopping) return;
    throw error;
  }
  const { url: address } = await graph.gateway.listen(portSetting('PORT', 4000), process.env.HOST ?? '127.0.0.1');
  say('ready');
  announce(address, { tabs: true });
}

main().catch((error) => {
  console.error(error?.code ? `${error.code}: ${error.message}` : error);
  process.exit(1);
});
