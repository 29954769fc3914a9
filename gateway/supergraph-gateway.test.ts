import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startTestBed, type TestBed } from './testdata/start.ts';

const beds: TestBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

async function start(...parameters: Parameters<typeof startTestBed>): Promise<TestBed> {
  const bed = await startTestBed(...parameters);
  beds.push(bed);
  return bed;
}

describe('a subgraph that goes', () => {
  it('in the middle of a query leaves the rest of the answer and no hint of where it lived', async () => {
    const bed = await start('http', {
      wrap: (transport) => ({
        ...transport,
        send: (request) =>
          request.query.includes('slow')
            ? transport.send({ ...request, signal: AbortSignal.timeout(5_000) })
            : transport.send(request),
      }),
    });
    const asked = bed.gateway.execute({ query: '{ person(id: "p2") { name } slow(ms: 3000) }' });
    while (bed.teams.seen.length === 0) await new Promise((resolve) => setTimeout(resolve, 5));
    await bed.stopTeams();
    const answer = await asked;
    expect(answer.data).toEqual({ person: { name: 'Li Si' }, slow: null });
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect(JSON.stringify(answer)).not.toMatch(/127\.0\.0\.1|ECONN|localhost|socket/i);
  });

  it('in the middle of a mutation is not asked again', async () => {
    let sent = 0;
    const bed = await start('http', {
      wrap: (transport) => ({
        ...transport,
        send: (request) => {
          if (request.kind === 'mutation') sent += 1;
          return transport.send(request);
        },
      }),
    });
    bed.breakTeams();
    const viewer = { subject: 's', kind: 'user', person: null, roles: [], scopes: ['team:write'] } as const;
    const answer = await bed.gateway.execute({ query: 'mutation { teamActivate(id: 1) { id } }', viewer });
    expect(answer.errors?.map(({ extensions }) => extensions?.code)).toEqual(['SUBGRAPH_UNAVAILABLE']);
    expect([sent, bed.arrivals()]).toEqual([1, 1]);
  });
});

it('signs a viewer once for a request, however long that takes', async () => {
  const bed = await start('local', {
    wrap: (transport) => ({
      ...transport,
      send: async (request) => {
        const answer = await transport.send(request);
        await wait(1_100);
        return answer;
      },
    }),
  });
  await bed.gateway.execute({ query: '{ teams { leader { name } } }' });
  const signed = [...bed.teams.seen, ...bed.people.seen].map(({ headers }) => headers['x-tepai-viewer']);
  expect([signed.length, new Set(signed).size]).toEqual([2, 1]);
});

describe('the executor', () => {
  it('can be another', async () => {
    const bed = await start('local', { executor: async () => ({ data: { teams: [] } }) });
    expect(await bed.gateway.execute({ query: '{ teams { id } }' })).toMatchObject({
      status: 200,
      data: { teams: [] },
    });
    expect(bed.teams.seen).toEqual([]);
  });
});
