import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import type { AuditLine } from './audit-chain.ts';

const TRAIL = /* GraphQL */ `
  query AuditTrail($after: Int) {
    auditTrail(after: $after) { position kind entry digest at previous hash record }
  }
`;

/** Asks one page of the trail; throws with what the graph answered if it does not give it. */
export type AskTrail = (after: number) => Promise<readonly AuditLine[]>;

/** Writes the whole trail, one JSON line an entry, and returns the last line's position and hash. */
export async function exportTrail(ask: AskTrail, write: (text: string) => Promise<void>): Promise<string> {
  let head = '0:';
  for (let after = 0; ; ) {
    const lines = await ask(after);
    const last = lines.at(-1);
    if (!last) return head;
    await write(lines.map((line) => `${JSON.stringify(line)}\n`).join(''));
    after = last.position;
    head = `${last.position}:${last.hash}`;
  }
}

/** Asks over HTTP as the auditor whose token this is. */
export function overHttp(url: string, token: string): AskTrail {
  return async (after) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query: TRAIL, variables: { after } }),
    });
    const { data, errors } = (await response.json()) as {
      data?: { auditTrail: AuditLine[] };
      errors?: readonly { message: string; extensions?: { code?: string } }[];
    };
    if (errors?.length || !data)
      throw new Error(errors?.map((one) => `${one.extensions?.code} ${one.message}`).join('; '));
    return data.auditTrail;
  };
}

/** What failed, in a line: an address that does not answer says so only in what caused it. */
const reasonOf = (error: unknown): string =>
  error instanceof Error ? (error.cause instanceof Error ? error.cause.message : error.message) : String(error);

if (import.meta.main) {
  const [file, url = 'http://127.0.0.1:4000/graphql'] = process.argv.slice(2);
  const token = process.env.TEPAI_TOKEN;
  if (!file || !token) {
    console.error('TEPAI_TOKEN=<token with the scope audit:read> npm run audit:export <file.jsonl> [graph address]');
    process.exitCode = 2;
  } else {
    // Nobody takes a part for the whole: the trail has the name it was asked for once its last line is written.
    const part = `${file}.part`;
    try {
      // Exclusive: an earlier export is evidence and is not written over.
      await (await open(file, 'wx')).close();
      const out = createWriteStream(part);
      const head = await exportTrail(overHttp(url, token), async (text) => {
        if (!out.write(text)) await once(out, 'drain');
      });
      out.end();
      await once(out, 'close');
      await rename(part, file);
      console.log(`${file}  head ${head}`);
    } catch (error) {
      const isTaken = (error as NodeJS.ErrnoException).code === 'EEXIST';
      if (!isTaken) await Promise.all([rm(part, { force: true }), rm(file, { force: true })]);
      console.error(
        `✗ ${isTaken ? '已有此文件，不予覆盖 this file is there already and is kept' : '未能导出 not exported'}: ${reasonOf(error)}`,
      );
      process.exitCode = 1;
    }
  }
}
