import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Measured {
  readonly decisions: { readonly pack: string; readonly points: readonly string[] };
  readonly duties: { readonly pack: string; readonly year: number };
  readonly table: { readonly pack: string; readonly indicator: string; readonly year: number };
}

/** Which packs are measured, and what of them: data, for no code names a pack. */
export const measured: Measured = JSON.parse(readFileSync(join(import.meta.dirname, 'measured.json'), 'utf8'));
