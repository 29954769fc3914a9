import { afterEach, describe, expect, it } from '@jest/globals';
import type { GraphQLFormattedError } from 'graphql';
import { jwtVerify, SignJWT } from 'jose';
import { internalKey } from './testdata/serve.ts';
import { startTestBed, type TestBed } from './testdata/start.ts';

const key = new TextEncoder().encode(internalKey);
const beds: TestBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

async function start(...parameters: Parameters<typeof startTestBed>): Promise<TestBed> {
  const bed = await startTestBed(...parameters);
  beds.push(bed);
  return bed;
}

interface Answer {
  status: number;
  data?: unknown;
  errors?: readonly GraphQLFormattedError[];
}
type Ask = (
  query: string,
  token?: string,
  rest?: { variables?: Record<string, unknown>; operationName?: string },
) => Promise<Answer>;

/** The two ways in. What is true of one must be true of the other. */
const doors: Record<string, (bed: TestBed) => Promise<Ask>> = {
  'in process': async (bed) => (query, token, rest) =>
    bed.gateway.execute({ query, ...(token && { token }), ...rest }) as Promise<Answer>,
  'over HTTP': async (bed) => {
    const { url } = await bed.gateway.listen(0);
    return async (query, token, rest) => {
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
        body: JSON.stringify({ query, ...rest }),
      });
      return { status: response.status, ...(await response.json()) };
    };
  },
};

const codes = ({ errors }: Answer) => errors?.map(({ extensions }) => extensions?.code);

describe.each([
  ['local', 'in process'],
  ['local', 'over HTTP'],
  ['http', 'in process'],
  ['http', 'over HTTP'],
] as const)('with %s subgraphs, asked %s', (kind, door) => {
  async function open(options: Parameters<typeof startTestBed>[1] = {}) {
    const bed = await start(kind, options);
    const ask = await (doors[door] as (bed: TestBed) => Promise<Ask>)(bed);
    return { bed, ask, officer: await bed.issuer.mint('officer-1'), auditor: await bed.issuer.mint('auditor-1') };
  }

  it('joins what two subgraphs know', async () => {
    const { ask } = await open();
    expect(await ask('{ teams { id leader { name } } }')).toEqual({
      status: 200,
      data: {
        teams: [
          { id: 't1', leader: { name: '张三丰' } },
          { id: 't2', leader: { name: 'Li Si' } },
        ],
      },
    });
  });

  it('tells each subgraph who asks, signed once for a request, and under which id', async () => {
    const { bed, ask, officer } = await open();
    await ask('{ teams { leader { name } } }', officer);
    const first = [...bed.teams.seen, ...bed.people.seen].map(({ headers }) => headers);
    expect(first).toHaveLength(2);
    expect(new Set(first.map((headers) => headers['x-tepai-viewer'])).size).toBe(1);
    expect(new Set(first.map((headers) => headers['x-request-id'])).size).toBe(1);
    const { payload } = await jwtVerify(first[0]?.['x-tepai-viewer'] ?? '', key, {
      issuer: 'tepai-gateway',
      audience: 'tepai-subgraph',
    });
    expect(payload.viewer).toEqual({
      subject: 'officer-1',
      kind: 'user',
      person: 'p2',
      roles: [{ role: 'officer', region: 'r-1', organisation: null }],
      scopes: ['team:write', 'salary:read'],
    });
    await ask('{ teams { id } }');
    const { payload: next } = await jwtVerify(bed.teams.seen[1]?.headers['x-tepai-viewer'] ?? '', key);
    expect(next.viewer).toMatchObject({ kind: 'anonymous', person: null, roles: [], scopes: [] });
  });

  it('never passes the caller’s token on', async () => {
    const { bed, ask, officer } = await open();
    await ask('{ teams { leader { name } } }', officer);
    expect(JSON.stringify([...bed.teams.seen, ...bed.people.seen])).not.toContain(officer);
  });

  it('runs a mutation for whoever may, once', async () => {
    const { bed, ask, officer } = await open();
    const answer = await ask('mutation ($id: ID!) { teamActivate(id: $id) { active } }', officer, {
      variables: { id: 't1' },
    });
    expect(answer).toEqual({ status: 200, data: { teamActivate: { active: true } } });
    expect(bed.teams.counts.mutations).toBe(1);
  });

  it.each<[string, string, 'officer' | 'auditor' | undefined, number, string]>([
    ['a login', '{ whoami }', undefined, 401, 'UNAUTHENTICATED'],
    ['a scope', '{ salary }', 'officer', 403, 'FORBIDDEN'],
    ['a policy', '{ person(id: "p1") { phone } }', 'auditor', 403, 'FORBIDDEN'],
    [
      'a policy, deep in a fragment',
      '{ teams { leader { ...F } } } fragment F on Person { phone }',
      'auditor',
      403,
      'FORBIDDEN',
    ],
    ['a scope, beside what is public', '{ teams { id } salary }', 'officer', 403, 'FORBIDDEN'],
    [
      'a scope for one of two changes',
      'mutation { teamRename(id: 1, title: "x") { id } teamActivate(id: 1) { id } }',
      'auditor',
      403,
      'FORBIDDEN',
    ],
  ])('refuses the whole operation, asking no subgraph, for want of %s', async (_name, query, who, status, code) => {
    const { bed, ask, officer, auditor } = await open();
    const answer = await ask(query, who && { officer, auditor }[who]);
    expect([answer.status, codes(answer), answer.data]).toEqual([status, [code], undefined]);
    expect([...bed.teams.seen, ...bed.people.seen]).toEqual([]);
  });

  it.each([
    ['sql', 'INTERNAL_ERROR'],
    ['unlisted', 'INTERNAL_ERROR'],
    ['leaking', 'INTERNAL_ERROR'],
    ['posing', 'INTERNAL_ERROR'],
    ['own', 'TEAM_FULL'],
    ['known', 'NOT_FOUND'],
  ])('shows of a subgraph error (%s) only %s, whether the field may be null or not', async (how, code) => {
    const { ask } = await open({ passCodes: ['TEAM_FULL'] });
    for (const field of ['broken', 'must']) {
      const answer = await ask(`query ($how: String!) { ${field}(how: $how) }`, undefined, { variables: { how } });
      expect(answer.status).toBe(200);
      expect(answer.data).toEqual(field === 'must' ? null : { broken: null });
      expect(codes(answer)).toEqual([code]);
      expect(answer.errors?.[0]).toMatchObject({ path: [field], extensions: { messageZh: expect.any(String) } });
      expect(JSON.stringify(answer)).not.toMatch(/id_card|select|secret|10\.1\.2\.3|张三丰|stack|serviceName|go away/);
      expect(Object.keys(answer.errors?.[0]?.extensions ?? {}).sort()).toEqual(
        code === 'INTERNAL_ERROR' ? ['code', 'logId', 'messageZh'] : ['code', 'messageZh'],
      );
    }
  });

  it('calls a hole in the answer an error', async () => {
    const { ask } = await open();
    const answer = await ask('{ teamOfNobody { id leader { name } } }');
    expect([answer.data, codes(answer)]).toEqual([{ teamOfNobody: null }, ['INCOMPLETE_ANSWER']]);
  });

  it('gives what it has when one subgraph is too slow, and says which', async () => {
    const { ask } = await open({ limits: { subgraphMs: 700 } });
    const answer = await ask('{ person(id: "p2") { name } slow(ms: 5000) }');
    expect(answer.data).toEqual({ person: { name: 'Li Si' }, slow: null });
    expect(answer.errors).toEqual([
      expect.objectContaining({ extensions: expect.objectContaining({ code: 'SUBGRAPH_TIMEOUT', subgraph: 'teams' }) }),
    ]);
  });

  it('holds the whole operation to its time, not only each request', async () => {
    const { ask } = await open({ limits: { operationMs: 120, subgraphMs: 5_000 } });
    const started = performance.now();
    expect(codes(await ask('{ slow(ms: 5000) }'))).toEqual(['SUBGRAPH_TIMEOUT']);
    expect(performance.now() - started).toBeLessThan(4_000);
  });

  it('refuses what it cannot choose, an empty name included', async () => {
    const { bed, ask } = await open();
    const two = 'query A { teams { id } } mutation B { teamActivate(id: 1) { id } }';
    expect(codes(await ask(two))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
    expect(codes(await ask(two, undefined, { operationName: 'C' }))).toEqual(['OPERATION_RESOLUTION_FAILURE']);
    await ask(two, undefined, { operationName: '' });
    const lone = await ask('mutation { teamActivate(id: 1) { id } }', undefined, { operationName: '' });
    expect(lone.status).toBeGreaterThanOrEqual(400);
    expect([bed.teams.counts.mutations, bed.teams.seen]).toEqual([0, []]);
  });

  it('decides on each operation of a text for itself', async () => {
    const { ask } = await open();
    const two = 'query A { teams { id } } query B { whoami }';
    expect(await ask(two, undefined, { operationName: 'A' })).toMatchObject({ status: 200 });
    expect(await ask(two, undefined, { operationName: 'B' })).toMatchObject({ status: 401 });
    expect(await ask(two, undefined, { operationName: 'A' })).toMatchObject({ status: 200 });
  });

  it('keeps to its limits before it plans', async () => {
    const { bed, ask } = await open({ limits: { depth: 2, pageSize: 5 } });
    expect(await ask('{ teams { id } }')).toMatchObject({ status: 200 });
    const seen = bed.people.seen.length + bed.teams.seen.length;
    const deep = await ask('{ teams { leader { id } } }');
    expect([deep.status, codes(deep)]).toEqual([400, ['QUERY_TOO_DEEP']]);
    const page = await ask('query ($n: Int) { people(first: $n) { __typename } }', undefined, {
      variables: { n: 6 },
    });
    expect([page.status, codes(page)]).toEqual([400, ['PAGE_TOO_LARGE']]);
    expect(page.errors?.[0]?.extensions).toMatchObject({ limit: 5 });
    expect(bed.people.seen.length + bed.teams.seen.length).toBe(seen);
  });

  it('lets a subgraph ask as itself', async () => {
    const { ask } = await open();
    const viewer = { subject: 'teams', kind: 'service', person: null, roles: [], scopes: ['auditor'] };
    const token = await new SignJWT({ viewer })
      .setProtectedHeader({ alg: 'HS256' })
      .setIssuer('tepai-subgraph:teams')
      .setAudience('tepai-gateway')
      .setExpirationTime('60s')
      .sign(key);
    const answer = await ask('{ whoami salary }', token);
    expect(answer).toMatchObject({ status: 200, data: { salary: 42 } });
    expect(JSON.parse((answer.data as { whoami: string }).whoami)).toEqual(viewer);
  });

  it('can be asked what it is', async () => {
    const { ask } = await open();
    expect(await ask('{ __schema { mutationType { name } } __type(name: "Team") { kind } }')).toMatchObject({
      data: { __schema: { mutationType: { name: 'Mutation' } }, __type: { kind: 'OBJECT' } },
    });
  });

  it('logs who did what with which end, and nothing of what was said', async () => {
    const { bed, ask, officer } = await open();
    const variables = { id: 'canary-7', title: '秘密的题目' };
    await ask(
      'mutation Rename($id: ID!, $title: String!) { teamRename(id: $id, title: $title) { title leader { name phone } } }',
      officer,
      { variables },
    );
    await ask('{ broken(how: "sql") whoami }', officer);
    await ask('{ whoami }', `${officer}x`);
    await ask('{ teamRename }');
    const requests = bed.logged().filter(({ msg }) => msg === 'request');
    expect(requests[0]).toMatchObject({
      operation: 'mutation',
      operationName: 'Rename',
      operationHash: expect.stringMatching(/^[0-9a-f]{16}$/),
      status: 200,
      ms: expect.any(Number),
      viewer: expect.stringMatching(/^[\w-]{16}$/),
      requestId: expect.any(String),
      codes: [],
    });
    expect(requests.map(({ status, codes: list }) => [status, list])).toEqual([
      [200, []],
      [200, ['INTERNAL_ERROR']],
      [401, ['UNAUTHENTICATED']],
      [400, ['GRAPHQL_VALIDATION_FAILED']],
    ]);
    for (const secret of [
      'canary',
      '秘密',
      '张三丰',
      '1380000',
      'officer-1',
      '"p2"',
      officer.slice(0, 20),
      officer.slice(-20),
      'eyJ',
    ]) {
      expect(bed.logText()).not.toContain(secret);
    }
  });
});
