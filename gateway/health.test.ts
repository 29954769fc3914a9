import { expect, it } from '@jest/globals';
import { createHealth } from './health.ts';

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
