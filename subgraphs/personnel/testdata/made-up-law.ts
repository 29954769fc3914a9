import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadPack, packsFolder } from '../../../policies/load.ts';
import { bundle, releaseText } from '../../../policies/release.ts';

/** A county of the made-up region, and the prefecture whose pack it is. */
export const MADE_UP_COUNTY = 'cn-533323';
export const MADE_UP_PREFECTURE = 'cn-533300';

const both = (title: string) => ({ zh: title, en: title });

/** A step of a made-up chain, taken by one body. */
export const madeUpStep = (no: number, key: string, body: string, more: object = {}) => ({
  key,
  no,
  title: both(key),
  bodies: [body],
  level: 'county',
  documents: [],
  citation: { document: 'yunling-measures', article: '一', phrase: key },
  ...more,
});

/**
 * A folder of packs with the platform's and a region's made up for a test: what its roles may do, and its chains. For
 * what no published law says, or says of its last step only. Give it back with `remove`.
 */
export function madeUpLaw(law: {
  readonly may: Readonly<Record<string, readonly string[]>>;
  readonly chains?: readonly { readonly id: string }[];
}) {
  const folder = mkdtempSync(join(tmpdir(), 'tepai-law-'));
  cpSync(join(packsFolder, 'platform'), join(folder, 'platform'), { recursive: true });
  const own = join(folder, 'yunling');
  cpSync(join(import.meta.dirname, '../../../tests/testdata/new-region'), own, { recursive: true });
  const roles = Object.entries(law.may).map(([role, may]) => ({ role, title: both(role), level: 'county', may }));
  writeFileSync(join(own, 'roles.json'), JSON.stringify(roles));
  mkdirSync(join(own, 'chains'));
  for (const chain of law.chains ?? []) writeFileSync(join(own, `chains/${chain.id}.json`), JSON.stringify(chain));
  mkdirSync(join(own, 'releases'));
  writeFileSync(join(own, 'releases/1.0.0.json'), releaseText(bundle(loadPack(own))));
  return { packs: folder, remove: () => rmSync(folder, { recursive: true }) };
}
