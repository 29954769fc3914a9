import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { calculateJwkThumbprint, exportJWK, generateKeyPair, importJWK, type JWK, SignJWT } from 'jose';
import type { RoleGrant } from './viewer.ts';

/** Someone a demo can act as. */
export interface Persona {
  readonly subject: string;
  readonly person: string | null;
  readonly roles: readonly RoleGrant[];
  readonly scopes: readonly string[];
}

export interface DemoIssuerOptions {
  /** Where the signing key is kept, so that tokens outlive a restart. */
  readonly dataDir: string;
  readonly personas: readonly Persona[];
  readonly issuer?: string;
  readonly audience?: string;
}

export interface DemoIssuer {
  readonly issuer: string;
  readonly audience: string;
  /** Answers with the key set, for a path of the gateway's own server. */
  readonly jwks: (request: IncomingMessage, response: ServerResponse) => void;
  /** Opens the key set's own address on loopback; resolves with it. */
  listen(port?: number): Promise<string>;
  /** A token for a persona. Throws PERSONA_UNKNOWN. */
  mint(subject: string, options?: { expiresInSeconds?: number }): Promise<string>;
  close(): Promise<void>;
}

/**
 * An issuer that vouches for whoever it was told about, for a demo and for tests.
 * Refuses to start in production: there it would let anyone be anyone.
 */
export async function createDemoIssuer(options: DemoIssuerOptions): Promise<DemoIssuer> {
  if (process.env.NODE_ENV === 'production')
    throw coded('DEMO_ISSUER_IN_PRODUCTION', 'the demo issuer does not run in production');
  const issuer = options.issuer ?? 'tepai-demo';
  const audience = options.audience ?? 'tepai';
  const jwk = await keptKey(options.dataDir);
  const { d: _private, ...publicKey } = jwk;
  const keySet = JSON.stringify({ keys: [publicKey] });
  const key = await importJWK(jwk, 'ES256');
  const personas = new Map(options.personas.map((persona) => [persona.subject, persona]));

  const jwks = (_request: IncomingMessage, response: ServerResponse) => {
    response
      .writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(keySet) })
      .end(keySet);
  };
  const server = createServer((request, response) => {
    if (request.method === 'GET' && request.url === '/.well-known/jwks.json') jwks(request, response);
    else response.writeHead(404).end();
  });

  return {
    issuer,
    audience,
    jwks,

    async listen(port = 0) {
      const { promise, resolve, reject } = Promise.withResolvers<void>();
      server.once('error', reject);
      server.listen(port, '127.0.0.1', resolve);
      await promise;
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/.well-known/jwks.json`;
    },

    async mint(subject, { expiresInSeconds = 8 * 3600 } = {}) {
      const persona = personas.get(subject);
      if (!persona) throw coded('PERSONA_UNKNOWN', 'no such persona');
      const { person, roles, scopes } = persona;
      return new SignJWT({ person, roles, scope: scopes.join(' ') })
        .setProtectedHeader({ alg: 'ES256', kid: jwk.kid ?? '', typ: 'JWT' })
        .setIssuer(issuer)
        .setAudience(audience)
        .setSubject(subject)
        .setIssuedAt()
        .setExpirationTime(Math.floor(Date.now() / 1000) + expiresInSeconds)
        .sign(key);
    },

    async close() {
      if (!server.listening) return;
      const { promise, resolve } = Promise.withResolvers<void>();
      server.close(() => resolve());
      server.closeAllConnections();
      await promise;
    },
  };
}

async function keptKey(dataDir: string): Promise<JWK> {
  const file = join(dataDir, 'demo-issuer-key.json');
  await mkdir(dataDir, { recursive: true });
  const made = await exportJWK((await generateKeyPair('ES256', { extractable: true })).privateKey);
  const jwk = { ...made, alg: 'ES256', use: 'sig', kid: await calculateJwkThumbprint(made) };
  const draft = `${file}.${process.pid}.${jwk.kid}`;
  await writeFile(draft, JSON.stringify(jwk), { mode: 0o600 });
  // A link is made whole or not at all: of two that start at once the second takes the first's key.
  await link(draft, file).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error;
  });
  await unlink(draft);
  return JSON.parse(await readFile(file, 'utf8')) as JWK;
}

function coded(code: string, message: string): Error {
  return Object.assign(new Error(message), { code });
}
