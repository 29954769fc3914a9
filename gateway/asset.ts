import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';

const compress = promisify(gzip);

export type SendAsset = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** A text that does not change while the server runs: answers with an ETag, 304 to who has it, gzip to who takes it. */
export function createAsset(
  text: string,
  contentType: string,
  headers: Readonly<Record<string, string>> = {},
): SendAsset {
  const plain = Buffer.from(text);
  // As changelogs write it, so that who holds a text can find its entry.
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 32);
  let packed: Promise<Buffer> | undefined;

  return async (request, response) => {
    const zipped = /\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))/.test(String(request.headers['accept-encoding'] ?? ''));
    const etag = zipped ? `"${hash}-gz"` : `"${hash}"`;
    response.setHeader('ETag', etag);
    response.setHeader('Vary', 'Accept-Encoding');
    response.setHeader('Cache-Control', 'no-cache');
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    const held = String(request.headers['if-none-match'] ?? '').split(/\s*,\s*/);
    if (held.includes(etag) || held.includes(`W/${etag}`)) {
      response.writeHead(304).end();
      return;
    }
    packed ??= zipped ? compress(plain) : undefined;
    const body = zipped && packed ? await packed : plain;
    response.writeHead(200, {
      'Content-Type': contentType,
      'Content-Length': body.length,
      ...(zipped && { 'Content-Encoding': 'gzip' }),
    });
    response.end(request.method === 'HEAD' ? undefined : body);
  };
}
