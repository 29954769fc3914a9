import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { createDemoIssuer, type DemoIssuer } from './issuer.ts';
import { createVerifier } from './viewer.ts';

const personas = [{ subject: 'u-1', person: 'p-1', roles: [], scopes: ['a'] }];
let dataDir: string;
const issuers: DemoIssuer[] = [];
beforeEach(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'issuer-'));
});
afterEach(async () => {
  for (const issuer of issuers.splice(0)) await issuer.close();
  await rm(dataDir, { recursive: true });
});

async function start(): Promise<DemoIssuer> {
  const issuer = await createDemoIssuer({ dataDir, personas });
  issuers.push(issuer);
  return issuer;
}

it('vouches after a restart for the tokens of before', async () => {
  const before = await start();
  const token = await before.mint('u-1');
  const after = await start();
  const verify = createVerifier({ issuer: after.issuer, audience: after.audience, jwksUri: await after.listen() });
  expect(await verify(token)).toMatchObject({ subject: 'u-1', person: 'p-1' });
});

it('has one key when two start at once, and leaves no draft of another', async () => {
  const started = await Promise.all(Array.from({ length: 6 }, start));
  const sets = await Promise.all(
    started.map(async (issuer) => {
      const answer = await (await fetch(await issuer.listen())).text();
      return answer;
    }),
  );
  expect(new Set(sets).size).toBe(1);
  expect(await readdir(dataDir)).toEqual(['demo-issuer-key.json']);
});

it('publishes the public half alone, and keeps the other for its owner', async () => {
  const issuer = await start();
  const { keys } = await (await fetch(await issuer.listen())).json();
  expect(keys).toEqual([
    expect.objectContaining({ kty: 'EC', crv: 'P-256', alg: 'ES256', use: 'sig', kid: expect.any(String) }),
  ]);
  expect(keys[0]).not.toHaveProperty('d');
  expect((await stat(join(dataDir, 'demo-issuer-key.json'))).mode & 0o077).toBe(0);
});

it('mints for nobody it was not told about', async () => {
  const issuer = await start();
  await expect(issuer.mint('stranger')).rejects.toMatchObject({ code: 'PERSONA_UNKNOWN' });
});

it('does not start in production', async () => {
  const before = process.env.NODE_ENV;
  process.env.NODE_ENV = 'production';
  try {
    await expect(createDemoIssuer({ dataDir, personas })).rejects.toMatchObject({ code: 'DEMO_ISSUER_IN_PRODUCTION' });
    expect(await readdir(dataDir)).toEqual([]);
  } finally {
    process.env.NODE_ENV = before;
  }
});
