import { request as httpRequest } from 'node:http';
import { gunzipSync } from 'node:zlib';
import { afterEach, describe, expect, it } from '@jest/globals';
import { startTestBed, type TestBed } from './testdata/start.ts';

const beds: TestBed[] = [];
afterEach(async () => {
  for (const bed of beds.splice(0)) await bed.close();
});

// fetch unpacks and follows; what goes over the wire is seen from here.
function raw(url: string, headers: Record<string, string>, method = 'GET') {
  return new Promise<{ status: number; headers: Record<string, unknown>; body: Buffer }>((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, body: Buffer.concat(parts) }),
      );
    });
    sent.on('error', reject);
    sent.end();
  });
}

describe('the schema', () => {
  it('is given as text, packed to whom takes it, and not twice to the same', async () => {
    const bed = await startTestBed();
    beds.push(bed);
    const { url } = await bed.gateway.listen(0);
    const plain = await raw(`${url}/schema.graphql`, {});
    expect(plain.body.toString()).toBe(`${bed.gateway.sdl}\n`);
    expect(plain.body.toString()).not.toContain('join__');
    const packed = await raw(`${url}/schema.graphql`, { 'accept-encoding': 'br, gzip' });
    expect(packed.headers['content-encoding']).toBe('gzip');
    expect(gunzipSync(packed.body).equals(plain.body)).toBe(true);
    expect(packed.headers.etag).not.toBe(plain.headers.etag);
    expect(packed.headers.vary).toBe('Accept-Encoding');
    const again = await raw(`${url}/schema.graphql`, { 'if-none-match': `"other", ${plain.headers.etag}` });
    expect([again.status, again.body.length]).toEqual([304, 0]);
    expect((await raw(`${url}/schema.graphql`, { 'if-none-match': '"other"' })).status).toBe(200);
    expect(
      (await raw(`${url}/schema.graphql`, { 'accept-encoding': 'gzip;q=0' })).headers['content-encoding'],
    ).toBeUndefined();
    const head = await raw(`${url}/schema.graphql`, {}, 'HEAD');
    expect([head.status, head.body.length, head.headers['content-length']]).toEqual([
      200,
      0,
      String(plain.body.length),
    ]);
  });
});
