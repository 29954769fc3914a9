import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compile } from '../compile.ts';
import { loadCatalogue, loadPack } from '../load.ts';
import type { Catalogue, Pack, Release } from '../pack.ts';
import { bundle } from '../release.ts';

/** An invented region's pack, small enough to be read whole, and the catalogue it speaks in. */
export const packsFolder: string = join(import.meta.dirname, 'packs');
export const folder: string = join(packsFolder, 'arden');
export const catalogue: Catalogue = loadCatalogue(join(import.meta.dirname, 'catalogue'));
export const pack: Pack = loadPack(folder, catalogue);
export const release: Release = bundle(pack);
export const compiled = compile(release);

/** The texts of the pack's files by name, as an author's tool would send them. */
export const files = (): Record<string, string> => {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    names.map((entry) => {
      const path = join(entry.parentPath, entry.name);
      return [path.slice(folder.length + 1), readFileSync(path, 'utf8')];
    }),
  );
};

/** The pack's texts with one file changed as a value. */
export const changed = <T>(file: string, change: (value: T) => unknown): Record<string, string> => {
  const texts = files();
  const value = JSON.parse(texts[file] ?? '{}') as T;
  return { ...texts, [file]: JSON.stringify(change(value)) };
};

/** A question at a point on the facts and date of its baseline. */
export const ask = (point: string, facts: Readonly<Record<string, unknown>> = {}) => {
  const baseline = pack.baselines[point];
  return {
    packs: [compiled],
    point,
    asOf: baseline?.asOf ?? '2021-06-01',
    facts: { ...baseline?.facts, ...facts } as Record<
      string,
      string | number | boolean | readonly string[] | undefined
    >,
  };
};
