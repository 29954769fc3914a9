import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { createDemoIssuer } from '../../gateway/issuer.ts';
import { subgraphs } from '../../subgraphs/index.ts';
import { freePort } from '../postgres-server.ts';
import type { Door, Persona } from './door.ts';

const SERVE = resolve(import.meta.dirname, '../../serve.ts');

/** The graph as it is run in earnest: a gateway and four subgraphs, each a process of its own. */
export interface Processes extends Door {
  readonly gateway: string;
  /** Where each subgraph answers, by its name. */
  readonly addresses: ReadonlyMap<string, string>;
  readonly issuer: string;
  /** A token as the demo's issuer gives it to a persona. */
  token(persona: Persona, expiresInSeconds?: number): Promise<string>;
  /** Asks with an Authorization header as it is written, or with none; answers the HTTP status too. */
  // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
  post(url: string, headers: Record<string, string>, query: string, variables?: object): Promise<any>;
  /** What each part is that the gateway's readiness speaks of. */
  readiness(): Promise<{ status: number; parts: Record<string, string> }>;
  untilReady(): Promise<void>;
  /** Asks every process to end and answers their exit codes by name. */
  stop(): Promise<Record<string, number | null>>;
}

const urlSetting = (name: string) => `TEPAI_${name.toUpperCase().replaceAll('-', '_')}_URL`;

/** Starts every process on an empty database and resolves when the gateway says that all are ready. */
export async function startProcesses(url: string): Promise<Processes> {
  const dataDir = mkdtempSync(join(tmpdir(), 'tepai-issuer-'));
  // Each persona gets an issuer of its own, all with the one key that is kept in the folder; the first publishes it.
  const issuer = await createDemoIssuer({ dataDir, personas: [] });
  const jwksUri = await issuer.listen();
  const names = subgraphs.map(({ name }) => name);
  const addresses = new Map<string, string>();
  for (const name of names) addresses.set(name, `http://127.0.0.1:${await freePort()}`);
  const gateway = `http://127.0.0.1:${await freePort()}`;
  const said = new Map<string, string>();
  const children = new Map<string, ChildProcess>();
  const tokens = new Map<string, string>();
  const env = {
    PATH: process.env.PATH ?? '',
    HOST: '127.0.0.1',
    TEPAI_LOG: 'warn',
    TEPAI_INTERNAL_KEY: randomBytes(32).toString('base64url'),
    TEPAI_GATEWAY_URL: gateway,
    DATABASE_URL: url,
    TEPAI_ISSUER: issuer.issuer,
    TEPAI_AUDIENCE: issuer.audience,
    TEPAI_JWKS_URI: jwksUri,
    ...Object.fromEntries(names.map((name) => [urlSetting(name), `${addresses.get(name)}/graphql`])),
  };
  for (const [name, address] of [...addresses, ['gateway', gateway] as const]) {
    const child = spawn(process.execPath, [SERVE, name], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...env, PORT: new URL(address).port },
    });
    const hear = (chunk: unknown) => said.set(name, `${said.get(name) ?? ''}${chunk}`.slice(-4_000));
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    children.set(name, child);
  }

  const processes: Processes = {
    gateway,
    addresses,
    issuer: issuer.issuer,
    async token(persona, expiresInSeconds) {
      const { subject, person, roles, scopes } = persona;
      const own = await createDemoIssuer({ dataDir, personas: [{ subject, person, roles, scopes }] });
      return own.mint(subject, expiresInSeconds === undefined ? {} : { expiresInSeconds });
    },
    async post(address, headers, query, variables = {}) {
      const body = JSON.stringify({ query, variables });
      const all = { 'content-type': 'application/json', ...headers };
      const response = await fetch(`${address}/graphql`, { method: 'POST', headers: all, body });
      // biome-ignore lint/suspicious/noExplicitAny: as above
      const answer = (await response.json()) as any;
      return { status: response.status, data: answer.data ?? null, errors: answer.errors ?? [] };
    },
    async ask(persona, document, variables = {}) {
      if (persona.kind === 'anonymous') return processes.post(gateway, {}, document, variables);
      const key = JSON.stringify(persona);
      const token = tokens.get(key) ?? (await processes.token(persona));
      tokens.set(key, token);
      return processes.post(gateway, { authorization: `Bearer ${token}` }, document, variables);
    },
    async readiness() {
      const response = await fetch(`${gateway}/readyz`);
      return { status: response.status, parts: ((await response.json()) as { parts: Record<string, string> }).parts };
    },
    async untilReady() {
      for (const until = Date.now() + 150_000; Date.now() < until; ) {
        for (const [name, { exitCode, signalCode }] of children)
          if (exitCode !== null || signalCode)
            throw new Error(`${name} ended (${exitCode ?? signalCode}): ${said.get(name)}`);
        const answer = await processes.readiness().catch(() => null);
        if (answer?.status === 200) return;
        await new Promise((done) => setTimeout(done, 100));
      }
      throw new Error(`not ready in time: ${JSON.stringify([...said])}`);
    },
    async stop() {
      const codes: Record<string, number | null> = {};
      await Promise.all(
        [...children].map(async ([name, child]) => {
          if (child.exitCode === null && child.signalCode === null) {
            const ended = once(child, 'exit');
            child.kill('SIGTERM');
            await ended;
          }
          codes[name] = child.exitCode;
        }),
      );
      await issuer.close();
      rmSync(dataDir, { recursive: true, force: true });
      return codes;
    },
  };
  try {
    await processes.untilReady();
  } catch (error) {
    for (const child of children.values()) child.kill('SIGKILL');
    await processes.stop();
    throw error;
  }
  return processes;
}
