import { createHash } from 'node:crypto';
import type { Batch } from '../batch.ts';
import { regimes } from '../regimes.ts';

/** SHA-256 over every table and row of a batch, in their order. */
export function digestOf(batch: Batch): string {
  const hash = createHash('sha256');
  for (const { name, rows } of batch.tables()) hash.update(name).update(JSON.stringify(rows));
  return hash.digest('hex');
}

if (process.argv[1] === import.meta.filename) for (const { rows } of regimes) console.log(digestOf(rows()));
