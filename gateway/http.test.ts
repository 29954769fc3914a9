import { request as httpRequest } from 'node:http';
import { afterEach, describe, expect, it } from '@jest/globals';
import { generateKeyPair, SignJWT } from 'jose';
import { defaultLimits } from './limits.ts';
import { internalKey } from './testdata/serve.ts';
import { startTestBed, type TestBed } from './testdata/start.ts';
import { createViewerSigner, type Viewer } from './viewer.ts';

const beds: TestBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

async function open(...parameters: Parameters<typeof startTestBed>) {
  const bed = await startTestBed(...parameters);
  beds.push(bed);
  const { url } = await bed.gateway.listen(0);
  const post = (body: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
  return { bed, url, post };
}

const codeOf = async (response: Response) => (await response.json()).errors[0].extensions.code;

describe('a token over HTTP', () => {
  it.each<[string, (bed: TestBed) => Promise<string>, string]>([
    ['expired', (bed) => bed.issuer.mint('officer-1', { expiresInSeconds: -60 }), 'TOKEN_EXPIRED'],
    [
      'of another issuer',
      async () => {
        const { privateKey } = await generateKeyPair('ES256');
        return new SignJWT({ iss: 'elsewhere', sub: 'u', aud: 'tepai' })
          .setProtectedHeader({ alg: 'ES256' })
          .setExpirationTime('1h')
          .sign(privateKey);
      },
      'TOKEN_FOREIGN',
    ],
    [
      'unsigned',
      async () => {
        const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
        return `${part({ alg: 'none' })}.${part({ iss: 'tepai-demo', aud: 'tepai', sub: 'u', exp: 4e9, scope: 'auditor' })}.`;
      },
      'TOKEN_INVALID',
    ],
    ['that is none', async () => 'garbage', 'TOKEN_INVALID'],
  ])('%s is 401 even for what is public', async (_name, make, reason) => {
    const { bed, post } = await open();
    const response = await post({ query: '{ teams { id } }' }, { authorization: `Bearer ${await make(bed)}` });
    expect(response.status).toBe(401);
    expect(response.headers.get('www-authenticate')).toMatch(/^Bearer/);
    expect((await response.json()).errors).toEqual([
      expect.objectContaining({ extensions: { code: 'UNAUTHENTICATED', reason, messageZh: expect.any(String) } }),
    ]);
    expect(bed.teams.seen).toEqual([]);
  });

  it('in another scheme is refused', async () => {
    const { post } = await open();
    expect((await post({ query: '{ teams { id } }' }, { authorization: 'Basic dTpw' })).status).toBe(401);
  });

  it('of the kind subgraphs get is of no use, and does not reach them', async () => {
    const { bed, post } = await open();
    const forged = { subject: 'forged', kind: 'user', person: null, roles: [], scopes: ['auditor'] };
    const signed = await createViewerSigner(internalKey)(forged as Viewer);
    expect((await post({ query: '{ salary }' }, { 'x-tepai-viewer': signed })).status).toBe(401);
    expect((await post({ query: '{ salary }' }, { authorization: `Bearer ${signed}` })).status).toBe(401);
    await post({ query: '{ teams { id } }' }, { 'x-tepai-viewer': signed });
    expect(bed.teams.seen.map(({ headers }) => headers['x-tepai-viewer'] === signed)).toEqual([false]);
  });

  it('is not needed for what is public', async () => {
    const { post } = await open();
    expect(await (await post({ query: '{ teams { id } }' })).json()).toEqual({
      data: { teams: [{ id: 't1' }, { id: 't2' }] },
    });
  });
});

describe('every answer', () => {
  it.each(['/graphql', '/livez', '/readyz', '/schema.graphql', '/nowhere', '//', '/%'])(
    'of %s has an id and safe headers',
    async (path) => {
      const { url } = await open();
      const response = await fetch(url + path);
      await response.arrayBuffer();
      expect(response.headers.get('x-request-id')).toMatch(/^[\w-]{36}$/);
      expect(response.headers.get('x-content-type-options')).toBe('nosniff');
      expect(response.headers.get('x-frame-options')).toBe('DENY');
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(response.headers.get('x-powered-by')).toBeNull();
    },
  );

  it('has the caller’s own id when it is a sane one, in the log and at the subgraph too', async () => {
    const { bed, post } = await open();
    const id = 'caller-0123456789';
    expect((await post({ query: '{ teams { id } }' }, { 'x-request-id': id })).headers.get('x-request-id')).toBe(id);
    expect(bed.teams.seen[0]?.headers['x-request-id']).toBe(id);
    expect(bed.logged()).toContainEqual(expect.objectContaining({ requestId: id, msg: 'request' }));
    for (const bad of ['short', 'x'.repeat(200), '{"a":"injected"}']) {
      expect((await post({ query: '{ teams { id } }' }, { 'x-request-id': bad })).headers.get('x-request-id')).not.toBe(
        bad,
      );
    }
  });
});

describe('a request that is none', () => {
  it.each<[string, string, Record<string, string>, number, string]>([
    ['not JSON', '{"query":', {}, 400, 'BODY_INVALID'],
    ['a batch', '[{"query":"{ teams { id } }"}]', {}, 400, 'BATCHING_DISABLED'],
    ['nothing in it', '{}', {}, 400, 'BAD_REQUEST'],
    ['a number for a query', '{"query":7}', {}, 400, 'BAD_REQUEST'],
    [
      'a form, as another site would send it',
      '{"query":"{ teams { id } }"}',
      { 'content-type': 'text/plain' },
      400,
      'BAD_REQUEST',
    ],
    [
      'a persisted query',
      '{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"x"}}}',
      {},
      200,
      'PERSISTED_QUERY_NOT_SUPPORTED',
    ],
    ['no such field', '{"query":"{ nope }"}', {}, 400, 'GRAPHQL_VALIDATION_FAILED'],
    [
      'a value of the wrong kind',
      '{"query":"query ($i: ID!) { person(id: $i) { id } }","variables":{"i":[1]}}',
      {},
      400,
      'BAD_USER_INPUT',
    ],
    ['a syntax error', '{"query":"{ teams { id }"}', {}, 400, 'GRAPHQL_PARSE_FAILED'],
    [
      'a query too long',
      JSON.stringify({ query: `{ ${'teams { id } '.repeat(2_000)} }` }),
      {},
      400,
      'QUERY_TOO_MANY_TOKENS',
    ],
  ])('%s', async (_name, body, headers, status, code) => {
    const { bed, post } = await open();
    const response = await post(body, headers);
    expect([response.status, await codeOf(response)]).toEqual([status, code]);
    expect(bed.teams.seen).toEqual([]);
  });

  it('a change asked for by GET', async () => {
    const { bed, url } = await open();
    const query = encodeURIComponent('mutation { teamRename(id: 1, title: "x") { id } }');
    const response = await fetch(`${url}/graphql?query=${query}`, { headers: { 'apollo-require-preflight': '1' } });
    expect(response.status).toBe(405);
    expect(bed.teams.counts.mutations).toBe(0);
  });

  it('a GET that a page of another site could make', async () => {
    const { url } = await open();
    const address = `${url}/graphql?query=${encodeURIComponent('{ teams { id } }')}`;
    expect((await fetch(address)).status).toBe(400);
    expect((await fetch(address, { headers: { 'apollo-require-preflight': '1' } })).status).toBe(200);
  });

  it.each(['PUT', 'DELETE', 'OPTIONS'])('%s', async (method) => {
    const { url } = await open();
    for (const path of ['/graphql', '/livez', '/schema.graphql']) {
      const response = await fetch(url + path, { method });
      expect([response.status, await codeOf(response)]).toEqual([405, 'METHOD_NOT_ALLOWED']);
    }
  });

  it.each([
    ['a little', defaultLimits.bodyBytes + 64 * 1024],
    ['far', 6 * defaultLimits.bodyBytes],
  ])('%s too large, told so and cut off', async (_name, size) => {
    const { url } = await open();
    const answer = await new Promise<{ status: number | undefined; text: string }>((resolve, reject) => {
      const headers = { 'content-type': 'application/json' };
      const sent = httpRequest(`${url}/graphql`, { method: 'POST', headers }, (response) => {
        let text = '';
        response.on('data', (part) => {
          text += part;
        });
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      sent.on('error', reject);
      const part = 'x'.repeat(64 * 1024);
      for (let written = 0; written < size; written += part.length) sent.write(part);
      sent.end();
    });
    expect([answer.status, JSON.parse(answer.text).errors[0].extensions]).toEqual([
      413,
      expect.objectContaining({ code: 'BODY_TOO_LARGE', limit: defaultLimits.bodyBytes }),
    ]);
    expect((await fetch(`${url}/livez`)).status).toBe(200);
  });

  it('has no landing page and no way to see plans', async () => {
    const { url, post } = await open();
    const page = await fetch(`${url}/graphql`, { headers: { accept: 'text/html' } });
    expect([page.status, page.headers.get('content-type')]).toEqual([400, expect.not.stringContaining('html')]);
    const answer = await post({ query: '{ teams { id } }' }, { 'apollo-query-plan-experimental': '1' });
    expect(await answer.json()).not.toHaveProperty('extensions');
  });
});

describe('further paths', () => {
  it('are answered by whom they were given to, the rest by the fallback', async () => {
    const { bed, url } = await open('local', {
      routes: {
        '/mine': (_request, response) => void response.end('mine'),
        '/broken': () => Promise.reject(new Error('secret words')),
      },
      fallback: (request, response) => void response.end(`page of ${request.url}`),
    });
    expect(await (await fetch(`${url}/mine`)).text()).toBe('mine');
    expect(await (await fetch(`${url}/teams?x=1`)).text()).toBe('page of /teams?x=1');
    const broken = await fetch(`${url}/broken`);
    const text = await broken.text();
    expect([broken.status, text.includes('INTERNAL_ERROR'), text.includes('secret')]).toEqual([500, true, false]);
    expect(bed.logged()).toContainEqual(
      expect.objectContaining({ msg: 'a route failed', requestId: broken.headers.get('x-request-id') }),
    );
  });
});
