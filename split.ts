import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createDemoIssuer } from './gateway/issuer.ts';
import { announce } from './sample/announce.ts';
import { askOverHttp } from './sample/ask.ts';
import { parseCommand, print, TOKEN_SECONDS } from './sample/command.ts';
import { loadSample } from './sample/load.ts';
import { personas } from './sample/personas.ts';
import { portSetting, SettingError, setting } from './settings.ts';
import { openDatabase } from './subgraphs/database.ts';
import { subgraphs } from './subgraphs/index.ts';

/**
 * `DATABASE_URL=postgres://... npm run start:split`: the graph as it runs in docker-compose.yml, on one machine: the
 * gateway and each subgraph its own process, HTTP between them, a PostgreSQL server below, and the demo issuer.
 */
const started = Date.now();
const say = (text: string) => console.log(`${((Date.now() - started) / 1_000).toFixed(1).padStart(6)} s  ${text}`);
const children: ChildProcess[] = [];
let stopping = false;

function run(part: string, port: number, env: NodeJS.ProcessEnv): void {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'serve.ts'), part], {
    stdio: ['ignore', 'inherit', 'inherit'],
    env: { ...process.env, ...env, HOST: '127.0.0.1', PORT: String(port), TEPAI_LOG: process.env.TEPAI_LOG ?? 'warn' },
  });
  child.once('exit', (code) => {
    if (stopping) return;
    console.error(`${part} ended (${code}); stopping the others`);
    stop(1);
  });
  children.push(child);
}

function stop(code: number): void {
  if (stopping) return;
  stopping = true;
  const ended = children.map((child) =>
    child.exitCode === null ? new Promise((done) => child.once('exit', done)) : Promise.resolve(),
  );
  for (const child of children) child.kill('SIGTERM');
  void Promise.all(ended).then(() => process.exit(code));
}

async function ready(url: string): Promise<void> {
  const until = Date.now() + 60_000;
  while (Date.now() < until && !stopping) {
    const answer = await fetch(url).catch(() => null);
    if (answer?.ok) return;
    await new Promise((done) => setTimeout(done, 150));
  }
  throw new Error(`${url} was not ready within a minute`);
}

async function main(): Promise<void> {
  const command = parseCommand(process.argv.slice(2));
  const dataDir = resolve(process.env.TEPAI_DATA ?? join(import.meta.dirname, '.data'));
  mkdirSync(dataDir, { recursive: true });
  if (command.kind !== 'start') return print(command, dataDir);
  const { scale } = command;
  const url = setting('DATABASE_URL');
  const port = portSetting('PORT', 4000);
  const internalKey = process.env.TEPAI_INTERNAL_KEY ?? randomBytes(32).toString('base64url');
  const issuer = await createDemoIssuer({ dataDir, personas });
  const jwksUri = await issuer.listen();
  const gatewayUrl = `http://127.0.0.1:${port}`;
  const common = { TEPAI_INTERNAL_KEY: internalKey, TEPAI_GATEWAY_URL: gatewayUrl, DATABASE_URL: url };
  const urls: Record<string, string> = {};
  for (const [index, { name }] of subgraphs.entries()) {
    const at = port + 1 + index;
    urls[`TEPAI_${name.toUpperCase().replaceAll('-', '_')}_URL`] = `http://127.0.0.1:${at}/graphql`;
    say(`starting ${name} on port ${at}`);
    run(name, at, common);
  }
  say(`starting the gateway on port ${port}`);
  run('gateway', port, {
    ...common,
    ...urls,
    TEPAI_ISSUER: issuer.issuer,
    TEPAI_AUDIENCE: issuer.audience,
    TEPAI_JWKS_URI: jwksUri,
  });
  process.once('SIGINT', () => stop(0));
  process.once('SIGTERM', () => stop(0));
  await ready(`${gatewayUrl}/readyz`);
  const tokens = new Map<string, string>();
  for (const { subject } of personas) {
    tokens.set(subject, await issuer.mint(subject, { expiresInSeconds: TOKEN_SECONDS }));
  }
  if (!process.argv.includes('--empty')) {
    const database = await openDatabase({ url });
    await loadSample({ database, ask: askOverHttp(gatewayUrl, tokens), scale, say });
    await database.close();
  }
  say('ready');
  announce(gatewayUrl, { tabs: false });
}

main().catch((error) => {
  console.error(error instanceof SettingError ? error.message : error);
  stop(2);
});
