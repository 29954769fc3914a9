import { afterEach, expect, it } from '@jest/globals';
import { createHealth } from './health.ts';
import { startTestBed, type TestBed } from './testdata/start.ts';

let bed: TestBed | undefined;
afterEach(async () => {
  await bed?.close();
  bed = undefined;
});

it('asks every part anew, and once for checks that come together', async () => {
  let asked = 0;
  const health = createHealth({ part: async () => ++asked !== 2 });
  const [first, second] = await Promise.all([health.check(), health.check()]);
  expect([asked, first.status, second.status]).toEqual([1, 200, 200]);
  expect((await health.check()).body).toEqual({ status: 'not-ready', parts: { part: 'down' } });
  expect((await health.check()).status).toBe(200);
});

it.each<[string, () => Promise<boolean>]>([
  ['throws', () => Promise.reject(new Error('gone'))],
  ['never answers', () => new Promise(() => {})],
])('takes a part for down that %s', async (_name, ready) => {
  const health = createHealth({ good: async () => true, bad: ready }, 50);
  expect(await health.check()).toEqual({
    status: 503,
    body: { status: 'not-ready', parts: { good: 'ok', bad: 'down' } },
  });
});

it('is not ready once closing, however well the parts are', async () => {
  const health = createHealth({ part: async () => true });
  health.drain();
  expect(await health.check()).toEqual({ status: 503, body: { status: 'closing', parts: { part: 'ok' } } });
});

it('is asked for over HTTP, and alive is something else', async () => {
  bed = await startTestBed('http');
  const { url } = await bed.gateway.listen(0);
  const ready = await fetch(`${url}/readyz`);
  expect([ready.status, await ready.json()]).toEqual([
    200,
    { status: 'ready', parts: { supergraph: 'ok', 'subgraph:people': 'ok', 'subgraph:teams': 'ok' } },
  ]);
  await bed.stopTeams();
  const not = await fetch(`${url}/readyz`);
  expect([not.status, await not.json()]).toEqual([
    503,
    { status: 'not-ready', parts: { supergraph: 'ok', 'subgraph:people': 'ok', 'subgraph:teams': 'down' } },
  ]);
  expect((await fetch(`${url}/livez`)).status).toBe(200);
});
