import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, normalize, relative } from 'node:path';
import { describe, expect, it } from '@jest/globals';

const root = join(import.meta.dirname, '..');

/** Who may import whom: each folder with what it may import besides itself and npm. A folder that is not here may import anything. */
const may: Record<string, readonly string[]> = {
  policies: [],
  gateway: ['policies'],
  paper: ['policies'],
  'subgraphs/personnel': ['subgraphs', 'policies'],
  'subgraphs/projects-funding': ['subgraphs', 'policies'],
  'subgraphs/evaluation': ['subgraphs', 'policies'],
  'subgraphs/policy': ['subgraphs', 'policies'],
  schema: ['subgraphs/index.ts', 'policies'],
};

/** What policies must never reach: it is a pure library. The loaders and the command line read files and nothing more. */
const neverInPolicies =
  /^(graphql|@apollo\/|@mikro-orm\/|@pothos\/|pg|kysely|undici|jose|pino|node:(http|https|net|child_process))/;
const clockOrEnvironment = /\b(Date\.now\(|new Date\(\)|process\.env|Math\.random\()/;

function sources(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory())
      return ['node_modules', 'testdata', 'packs', '.data'].includes(entry.name) ? [] : sources(path);
    return entry.name.endsWith('.ts') ? [path] : [];
  });
}

function imports(file: string): string[] {
  const text = readFileSync(join(root, file), 'utf8');
  const found = text.matchAll(/(?:\bfrom\s+|\bimport\s+|\bimport\(\s*)['"]([^'"]+)['"]/g);
  return [...found].map((match) => match[1] as string);
}

const folderOf = (file: string) =>
  Object.keys(may)
    .filter((folder) => file.startsWith(`${folder}/`))
    .sort((a, b) => b.length - a.length)[0];

/** True when `target` lies in what `folder` may import. `subgraphs` as a permission means the kernel, not the subgraphs. */
function permitted(folder: string, target: string): boolean {
  if (target.startsWith(`${folder}/`)) return true;
  return (may[folder] ?? []).some((open) =>
    open === 'subgraphs' ? dirname(target) === 'subgraphs' : target === open || target.startsWith(`${open}/`),
  );
}

const files = ['policies', 'gateway', 'paper', 'subgraphs', 'schema']
  .flatMap(sources)
  .filter((file) => !file.endsWith('.test.ts'));

describe('boundaries', () => {
  it('finds the sources it speaks of', () => {
    expect(files.length).toBeGreaterThan(60);
    for (const folder of Object.keys(may)) expect(files.some((file) => file.startsWith(`${folder}/`))).toBe(true);
  });

  it('lets no folder import what it may not', () => {
    const breaches = files.flatMap((file) => {
      const folder = folderOf(file);
      if (!folder) return [];
      return imports(file)
        .filter((specifier) => specifier.startsWith('.'))
        .map((specifier) => relative(root, normalize(join(root, dirname(file), specifier))))
        .filter((target) => !permitted(folder, target))
        .map((target) => `${file} imports ${target}`);
    });
    expect(breaches).toEqual([]);
  });

  it('keeps the graph, the tables, the network, the clock and the environment out of policies', () => {
    const breaches = files
      .filter((file) => file.startsWith('policies/'))
      .flatMap((file) => [
        ...imports(file)
          .filter((specifier) => neverInPolicies.test(specifier))
          .map((name) => `${file} imports ${name}`),
        ...(clockOrEnvironment.test(readFileSync(join(root, file), 'utf8')) && !file.endsWith('-cli.ts')
          ? [`${file} reads the clock, chance or the environment`]
          : []),
      ]);
    expect(breaches).toEqual([]);
  });

  it('names no region, pack or document in code', () => {
    // `national` is the code of a level of government too; what that pack is about is told by other words.
    const packs = readdirSync(join(root, 'policies/packs')).filter((pack) => !['platform', 'national'].includes(pack));
    const regional = readFileSync(join(root, 'subgraphs/personnel/geography/divisions.json'), 'utf8');
    expect(regional).toContain('焦作');
    const names = [...packs, '焦作', '湖南', '百色', '河南', '广西', '产业顾问', 'advisor-group'];
    const pattern = new RegExp(names.join('|'), 'i');
    const started = readdirSync(root).filter((file) => file.endsWith('.ts'));
    const breaches = [...files, ...sources('bench'), ...started]
      .filter((file) => !file.startsWith('subgraphs/personnel/geography/'))
      .filter((file) => pattern.test(readFileSync(join(root, file), 'utf8')));
    expect(breaches).toEqual([]);
  });

  it('has no file so long that nobody knows which room they are in', () => {
    const long = files.filter((file) => readFileSync(join(root, file), 'utf8').split('\n').length > 320);
    expect(long).toEqual([]);
  });
});
