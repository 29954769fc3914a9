import { createHmac } from 'node:crypto';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { generateKeyPair, importJWK, type JWTPayload, jwtVerify, SignJWT } from 'jose';
import { createDemoIssuer, type DemoIssuer } from './issuer.ts';
import { anonymous, bearerOf, createVerifier, createViewerSigner, type Verify, type Viewer } from './viewer.ts';

const internalKey = 'an internal key for tests, long enough';
const bytes = new TextEncoder().encode(internalKey);
const role = { role: 'officer', region: 'r-1', organisation: null };
const service: Viewer = { subject: 'teams', kind: 'service', person: null, roles: [], scopes: ['facts'] };

let dataDir: string;
let issuer: DemoIssuer;
let jwksUri: string;
let verify: Verify;
let good: string;

beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'viewer-'));
  issuer = await createDemoIssuer({
    dataDir,
    personas: [
      { subject: 'u-1', person: 'p-1', roles: [role], scopes: ['a', 'b'] },
      { subject: 'u-2', person: null, roles: [{ role: '', region: 'r', organisation: null }], scopes: [] },
    ],
  });
  jwksUri = await issuer.listen();
  verify = createVerifier({ issuer: 'tepai-demo', audience: 'tepai', jwksUri, internalKey, services: ['teams'] });
  good = await issuer.mint('u-1');
});
afterAll(async () => {
  await issuer.close();
  await rm(dataDir, { recursive: true });
});

const refused = (reason: string) => ({
  extensions: { code: 'UNAUTHENTICATED', reason, http: { status: 401 } },
});

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');

async function internal(claims: JWTPayload, changes: { alg?: string; key?: Uint8Array; life?: string } = {}) {
  return new SignJWT({ iss: 'tepai-subgraph:teams', aud: 'tepai-gateway', ...claims })
    .setProtectedHeader({ alg: changes.alg ?? 'HS256' })
    .setExpirationTime(changes.life ?? '60s')
    .sign(changes.key ?? bytes);
}

describe('a token of the issuer', () => {
  it('stands for the viewer in its claims', async () => {
    expect(await verify(good)).toEqual({
      subject: 'u-1',
      kind: 'user',
      person: 'p-1',
      roles: [role],
      scopes: ['a', 'b'],
    });
  });

  it('is TOKEN_EXPIRED when it is, tolerating a few seconds of clock', async () => {
    await expect(verify(await issuer.mint('u-1', { expiresInSeconds: -30 }))).rejects.toMatchObject(
      refused('TOKEN_EXPIRED'),
    );
    expect(await verify(await issuer.mint('u-1', { expiresInSeconds: -2 }))).toMatchObject({ subject: 'u-1' });
  });

  it('is TOKEN_FOREIGN at a door of another audience or issuer', async () => {
    const elsewhere = createVerifier({ issuer: 'tepai-demo', audience: 'elsewhere', jwksUri });
    await expect(elsewhere(good)).rejects.toMatchObject(refused('TOKEN_FOREIGN'));
    const other = createVerifier({ issuer: 'someone-else', audience: 'tepai', jwksUri });
    await expect(other(good)).rejects.toMatchObject(refused('TOKEN_FOREIGN'));
  });

  it('is TOKEN_INVALID when it never ends or names nobody, though the issuer signed it', async () => {
    const jwk = JSON.parse(await readFile(join(dataDir, 'demo-issuer-key.json'), 'utf8'));
    const key = await importJWK(jwk, 'ES256');
    const sign = (claims: JWTPayload) =>
      new SignJWT({ iss: 'tepai-demo', aud: 'tepai', ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: jwk.kid })
        .sign(key);
    const exp = Math.floor(Date.now() / 1000) + 60;
    expect(await verify(await sign({ sub: 'u', exp }))).toMatchObject({ subject: 'u', person: null, scopes: [] });
    await expect(verify(await sign({ sub: 'u' }))).rejects.toMatchObject(refused('TOKEN_INVALID'));
    await expect(verify(await sign({ exp }))).rejects.toMatchObject(refused('TOKEN_INVALID'));
  });

  it('is TOKEN_INVALID where its algorithm is not on the list', async () => {
    const strict = createVerifier({ issuer: 'tepai-demo', audience: 'tepai', jwksUri, algorithms: ['RS256'] });
    await expect(strict(good)).rejects.toMatchObject(refused('TOKEN_INVALID'));
  });

  it('is refused whole when a role in it cannot be read', async () => {
    await expect(verify(await issuer.mint('u-2'))).rejects.toMatchObject(refused('TOKEN_INVALID'));
  });
});

describe('a token nobody vouches for', () => {
  const claims = () => ({ ...JSON.parse(Buffer.from(good.split('.')[1] ?? '', 'base64url').toString()) });

  it.each<[string, () => string | Promise<string>]>([
    ['empty', () => ''],
    ['not a token', () => 'garbage'],
    ['three dots of nothing', () => '...'],
    ['unsigned', () => `${part({ alg: 'none' })}.${part(claims())}.`],
    ['unsigned in capitals', () => `${part({ alg: 'NONE' })}.${part(claims())}.`],
    ['unsigned with a signature', () => `${part({ alg: 'none' })}.${part(claims())}.${good.split('.')[2]}`],
    [
      'changed after signing',
      () => `${good.split('.')[0]}.${part({ ...claims(), sub: 'someone' })}.${good.split('.')[2]}`,
    ],
    [
      'of a key the issuer never published',
      async () => {
        const { privateKey } = await generateKeyPair('ES256');
        return new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid: 'unknown' }).sign(privateKey);
      },
    ],
    [
      'of another key under the published id',
      async () => {
        const { privateKey } = await generateKeyPair('ES256');
        const { kid } = JSON.parse(Buffer.from(good.split('.')[0] ?? '', 'base64url').toString());
        return new SignJWT(claims()).setProtectedHeader({ alg: 'ES256', kid }).sign(privateKey);
      },
    ],
    [
      "signed symmetrically with the issuer's public key",
      async () => {
        const key = JSON.stringify((await (await fetch(jwksUri)).json()).keys[0]);
        const text = `${part({ alg: 'HS256' })}.${part(claims())}`;
        return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
      },
    ],
    ['of the issuer, signed with the internal key', () => internal({ ...claims() })],
    ['with a header that is not read', () => `${part({ alg: 'ES256', crit: ['x'], x: 1 })}.${part(claims())}.AAAA`],
    ['with an algorithm that does not exist', () => `${part({ alg: 'XX999' })}.${part(claims())}.AAAA`],
    ['with an algorithm that is a number', () => `${part({ alg: 7 })}.${part(claims())}.AAAA`],
  ])('is TOKEN_INVALID: %s', async (_name, make) => {
    await expect(verify(await make())).rejects.toMatchObject(refused('TOKEN_INVALID'));
  });

  it('is TOKEN_FOREIGN when it does not even claim to be of the issuer', async () => {
    const { privateKey } = await generateKeyPair('ES256');
    const token = await new SignJWT({ ...claims(), iss: 'another' })
      .setProtectedHeader({ alg: 'ES256' })
      .sign(privateKey);
    await expect(verify(token)).rejects.toMatchObject(refused('TOKEN_FOREIGN'));
    const { iss: _iss, ...rest } = claims();
    const nobody = await new SignJWT(rest).setProtectedHeader({ alg: 'ES256' }).sign(privateKey);
    await expect(verify(nobody)).rejects.toMatchObject(refused('TOKEN_FOREIGN'));
  });

  it('is not blamed when the issuer cannot be asked', async () => {
    const away = createVerifier({ issuer: 'tepai-demo', audience: 'tepai', jwksUri: 'http://127.0.0.1:1/jwks' });
    await expect(away(good)).rejects.toMatchObject({
      extensions: { code: 'ISSUER_UNAVAILABLE', http: { status: 503 } },
    });
  });
});

describe('a token of a subgraph', () => {
  it('stands for the service', async () => {
    expect(await verify(await internal({ viewer: service }))).toEqual(service);
  });

  it.each<[string, string, () => Promise<string>]>([
    [
      'TOKEN_FOREIGN',
      'a subgraph not on the list',
      () => internal({ iss: 'tepai-subgraph:strangers', viewer: service }),
    ],
    ['TOKEN_FOREIGN', 'one meant for subgraphs', () => internal({ aud: 'tepai-subgraph', viewer: service })],
    ['TOKEN_FOREIGN', "the gateway's own signature of a viewer", () => createViewerSigner(internalKey)(service)],
    ['TOKEN_INVALID', 'another key', () => internal({ viewer: service }, { key: new Uint8Array(32) })],
    ['TOKEN_INVALID', 'another algorithm', () => internal({ viewer: service }, { alg: 'HS384' })],
    ['TOKEN_INVALID', 'a user in it', () => internal({ viewer: { ...service, kind: 'user' } })],
    ['TOKEN_INVALID', 'no viewer in it', () => internal({})],
    ['TOKEN_EXPIRED', 'a time long past', () => internal({ viewer: service }, { life: '-60s' })],
  ])('is %s with %s', async (reason, _name, make) => {
    await expect(verify(await make())).rejects.toMatchObject(refused(reason));
  });

  it('is TOKEN_INVALID when it never ends', async () => {
    const claims = { iss: 'tepai-subgraph:teams', aud: 'tepai-gateway', viewer: service };
    const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(bytes);
    await expect(verify(token)).rejects.toMatchObject(refused('TOKEN_INVALID'));
  });

  it('is foreign where no internal key is set', async () => {
    const usersOnly = createVerifier({ issuer: 'tepai-demo', audience: 'tepai', jwksUri });
    await expect(usersOnly(await internal({ viewer: service }))).rejects.toMatchObject(refused('TOKEN_FOREIGN'));
  });
});

describe('the viewer as signed for subgraphs', () => {
  it('is whole, for subgraphs only, and for a minute', async () => {
    const checks = { issuer: 'tepai-gateway', audience: 'tepai-subgraph', algorithms: ['HS256'] };
    const { payload: claims } = await jwtVerify(await createViewerSigner(internalKey)(anonymous), bytes, checks);
    expect(claims.viewer).toEqual(anonymous);
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(60);
  });

  it('is not signed with a key too short to be one', () => {
    expect(() => createViewerSigner('short')).toThrow(expect.objectContaining({ code: 'INTERNAL_KEY_WEAK' }));
  });
});

describe('the Authorization header', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['Bearer abc', 'abc'],
    ['bearer  abc ', 'abc'],
  ])('%s carries %s', (value, token) => expect(bearerOf(value)).toBe(token));

  it.each(['Basic abc', 'Bearer', 'Bearer a b', 'abc'])('%s is refused, not taken for no token', async (value) => {
    await expect((async () => bearerOf(value))()).rejects.toMatchObject(refused('TOKEN_INVALID'));
  });
});
