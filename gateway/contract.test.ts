import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Contracts } from './contract.ts';
import { startTestBed, type TestBed } from './testdata/start.ts';

const sdl = /* GraphQL */ `
  type Query { teams: [Team!]! }
  type Team { id: ID! title: String! }
`;
const contract = { name: 'riverside', sdl, terms: { team: { zh: '服务队', en: 'squad' } }, changelog: '# riverside\n' };
const contracts: Contracts = {
  list: () => [contract],
  of: async ({ roles }) => (roles.some(({ region }) => region === 'r-1') ? contract : null),
};
let bed: TestBed;
let url: string;
let officer: string;
let auditor: string;

beforeAll(async () => {
  bed = await startTestBed('local', { contracts });
  ({ url } = await bed.gateway.listen(0));
  officer = await bed.issuer.mint('officer-1');
  auditor = await bed.issuer.mint('auditor-1');
});
afterAll(() => bed?.close());

const ask = (query: string, token?: string) => bed.gateway.execute({ query, ...(token ? { token } : {}) });
const codes = ({ errors }: Awaited<ReturnType<typeof ask>>) => errors?.map(({ extensions }) => extensions?.code);

describe('a caller with a contract', () => {
  it('asks what is in it, and is refused the rest before any subgraph is asked', async () => {
    expect(await ask('{ teams { id title } }', officer)).toMatchObject({
      status: 200,
      data: { teams: [{ id: 't1', title: 'Tea' }, { id: 't2' }] },
    });
    const seen = bed.teams.seen.length;
    const refused = await ask('{ teams { id active } }', officer);
    expect(refused.status).toBe(400);
    expect(codes(refused)).toEqual(['NOT_IN_CONTRACT']);
    expect(refused.errors?.[0]?.extensions).toMatchObject({
      contract: 'riverside',
      reason: expect.stringContaining('active'),
    });
    expect(codes(await ask('mutation { teamActivate(id: "t1") { id } }', officer))).toEqual(['NOT_IN_CONTRACT']);
    expect(bed.teams.seen.length).toBe(seen);
  });

  it('is told of its own schema only', async () => {
    const { data } = await ask(
      '{ __schema { mutationType { name } } team: __type(name: "Team") { fields { name } } }',
      officer,
    );
    expect(data).toEqual({
      __schema: { mutationType: null },
      team: { fields: [{ name: 'id' }, { name: 'title' }] },
    });
    const named = await bed.gateway.execute({
      query: 'query A { teams { id } } query B { ...S } fragment S on Query { __type(name: "Person") { name } }',
      operationName: 'B',
      token: officer,
    });
    expect(named.data).toEqual({ __type: null });
    expect(codes(await ask('{ __schema { queryType { name } } teams { id } }', officer))).toEqual([
      'INTROSPECTION_ALONE',
    ]);
    expect((await ask('{ __typename teams { __typename id } }', officer)).status).toBe(200);
  });
});

describe('a caller without one', () => {
  it.each<[string, () => string | undefined]>([
    ['auditor', () => auditor],
    ['nobody', () => undefined],
  ])('(%s) sees the whole graph', async (_who, token) => {
    expect((await ask('{ teams { id active } }', token())).status).toBe(200);
    const { data } = await ask('{ __type(name: "Person") { name } }', token());
    expect(data).toEqual({ __type: { name: 'Person' } });
  });
});

describe('a contract is downloaded', () => {
  it('from a list, as schema, terms and changelog, and not again while it is the same', async () => {
    const list = (await (await fetch(`${url}/contracts`)).json()) as {
      contracts: { schema: string; terms: string; changelog: string }[];
    };
    const [one] = list.contracts;
    const schema = await fetch(`${url}${one?.schema}`, { headers: { 'accept-encoding': 'identity' } });
    expect(await schema.text()).toBe(sdl);
    const etag = schema.headers.get('etag') as string;
    expect(etag).toBe(`"${createHash('sha256').update(sdl).digest('hex').slice(0, 32)}"`);
    const held = { 'if-none-match': etag, 'accept-encoding': 'identity' };
    expect((await fetch(`${url}${one?.schema}`, { headers: held })).status).toBe(304);
    expect(await (await fetch(`${url}${one?.terms}`)).json()).toEqual(contract.terms);
    expect(await (await fetch(`${url}${one?.changelog}`)).text()).toBe(contract.changelog);
    expect((await fetch(`${url}/contracts/nowhere.graphql`)).status).toBe(404);
  });
});
