import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from '@jest/globals';
import { createDemoIssuer } from '../gateway/issuer.ts';
import { examples } from '../sample/examples.ts';
import { personas } from '../sample/personas.ts';

const root = join(import.meta.dirname, '..');
const data = mkdtempSync(join(tmpdir(), 'tepai start '));
const running = new Set<ChildProcess>();

interface Started {
  readonly process: ChildProcess;
  readonly address: string;
  readonly said: string;
}

function run(
  env: Record<string, string> = {},
  args: readonly string[] = [],
): {
  child: ChildProcess;
  said: () => string;
  ended: Promise<number | null>;
} {
  const child = spawn(process.execPath, [join(root, 'start.ts'), ...args], {
    cwd: tmpdir(),
    env: { ...process.env, PORT: '0', TEPAI_DATA: data, DATABASE_URL: '', NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk) => (said += chunk));
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running.delete(child);
      resolve(code);
    }),
  );
  return { child, said: () => said, ended };
}

/** `npm start` until it says that it can be stopped. */
async function start(): Promise<Started> {
  const { child, said, ended } = run();
  let over = false;
  void ended.then(() => {
    over = true;
  });
  while (!said().includes('Ctrl-C stops it')) {
    if (over) throw new Error(`it ended: ${said()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return {
    process: child,
    address: /^graph +(\S+)\/graphql$/m.exec(said())?.[1] as string,
    said: said(),
  };
}

/** A token as `--token` prints it: signed with the key that is kept with the data. */
async function tokenOf(persona: string): Promise<string> {
  return (await createDemoIssuer({ dataDir: data, personas })).mint(persona);
}

async function ask(started: Started, persona: string, query: string, variables: unknown = {}) {
  const response = await fetch(`${started.address}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await tokenOf(persona)}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: Record<string, never> | null; errors?: { message: string }[] };
}

const REGISTER = `mutation ($input: OrganisationRegisterInput!) {
  organisationRegister(input: $input) { organisation { id } decision { outcome } userErrors { code } } }`;

afterAll(() => {
  for (const child of running) child.kill('SIGKILL');
  rmSync(data, { recursive: true, force: true });
});

describe('npm start', () => {
  let registered = '';

  it('loads, prints what a newcomer needs, and answers the operations that it names', async () => {
    const started = await start();
    for (const { subject } of personas) expect(started.said).toContain(subject);
    expect(started.said).not.toContain('ends early');
    for (const { title, persona, query, variables } of examples) {
      expect(started.said).toContain(title);
      const { data: answer, errors } = await ask(started, persona, query, variables);
      expect(errors).toBeUndefined();
      expect(JSON.stringify(answer)).not.toBe('{}');
    }
    const explorer = await fetch(`${started.address}/explorer`);
    expect(explorer.status).toBe(200);
    const ready = await fetch(`${started.address}/readyz`);
    expect(ready.status).toBe(200);
    const input = {
      name: '新来的单位',
      type: 'institute',
      nature: 'public-institution',
      level: 'prefecture',
      region: 'cn-410800',
      on: '2024-06-03',
    };
    const { data: answer } = await ask(started, 'demo:prefecture-st-bureau', REGISTER, { input });
    const payload = answer?.organisationRegister as unknown as { organisation: { id: string } };
    registered = payload.organisation.id;
    // As a power cut of the process would: no signal handler runs.
    started.process.kill('SIGKILL');
  });

  it('loses nothing to kill -9, knows its data again, keeps its tokens, and stops cleanly', async () => {
    const started = await start();
    expect(started.said).toContain('the demonstrations are loaded already');
    const { data: answer } = await ask(started, 'demo:auditor', 'query ($id: ID!) { organisation(id: $id) { name } }', {
      id: registered,
    });
    expect(answer).toEqual({ organisation: { name: '新来的单位' } });
    const second = run();
    expect(await second.ended).toBe(1);
    expect(second.said()).toContain('DATA_DIRECTORY_IN_USE');
    const ended = new Promise((resolve) => started.process.once('exit', resolve));
    started.process.kill('SIGINT');
    expect(await ended).toBe(0);
  });

  it('prints a token of a persona that it takes, and the operations', async () => {
    const printed = run({}, ['--token', 'auditor']);
    expect(await printed.ended).toBe(0);
    const [header, claims, signature, ...more] = printed.said().trim().split('.');
    expect([more, Boolean(header && signature)]).toEqual([[], true]);
    expect(JSON.parse(Buffer.from(claims as string, 'base64url').toString())).toMatchObject({ sub: 'demo:auditor' });
    const stranger = run({}, ['--token', 'stranger']);
    expect(await stranger.ended).toBe(1);
    expect(stranger.said()).toContain('PERSONA_UNKNOWN');
    const operations = run({}, ['--examples']);
    expect(await operations.ended).toBe(0);
    for (const { query } of examples) expect(operations.said()).toContain(query);
  });

  it('gives no demonstration tokens in production', async () => {
    const { ended, said } = run({ NODE_ENV: 'production' });
    expect(await ended).toBe(1);
    expect(said()).toContain('DEMO_ISSUER_IN_PRODUCTION');
  });
});
