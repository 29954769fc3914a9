import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { isNumeric } from './check-leaf.ts';
import { parseJson } from './json.ts';
import type { Catalogue, FactEntry, Pack, Point } from './pack.ts';
import { below, type PackProblem, problem, refuseIfAny } from './problem.ts';
import { maximumFiles, maximumPackSize, readPack } from './read.ts';
import { type Kind, shapeProblems } from './shape.ts';

export const catalogueFolder: string = join(import.meta.dirname, 'catalogue');
export const packsFolder: string = join(import.meta.dirname, 'packs');

const catalogues = new Map<string, Catalogue>();

const readShaped = <T>(folder: string, file: string, kind: Kind, problems: PackProblem[]): T | undefined => {
  const parsed = parseJson(file, readFileSync(join(folder, file), 'utf8'));
  const wrong = 'problems' in parsed ? parsed.problems : shapeProblems(kind, file, parsed.value);
  problems.push(...wrong);
  return 'value' in parsed && wrong.length === 0 ? (parsed.value as T) : undefined;
};

const filesIn = (folder: string, part: string): string[] =>
  existsSync(join(folder, part)) ? readdirSync(join(folder, part)).sort() : [];

/**
 * Reads the catalogue of facts and decision points once per process. Throws a PackError with
 * every problem: a fact declared twice, a number without unit, a point that offers an unknown fact.
 */
export const loadCatalogue = (folder: string = catalogueFolder): Catalogue => {
  const loaded = catalogues.get(folder);
  if (loaded) return loaded;
  const problems: PackProblem[] = [];
  const facts: Record<string, FactEntry> = {};
  for (const name of filesIn(folder, 'facts')) {
    const file = `facts/${name}`;
    const entries = readShaped<Record<string, FactEntry>>(folder, file, 'factsFile', problems) ?? {};
    for (const [id, entry] of Object.entries(entries)) {
      if (Object.hasOwn(facts, id)) problems.push(problem('DUPLICATE_ID', file, below('', id), id));
      if (id.split('.')[0] !== basename(name, '.json'))
        problems.push(problem('WRONG_ID', file, below('', id), `${basename(name, '.json')}.*`));
      if (isNumeric(entry.type) && entry.type !== 'fen' && entry.unit === undefined)
        problems.push(problem('MISSING_UNIT', file, below('', id)));
      facts[id] = entry;
    }
  }
  const points: Record<string, Point> = {};
  for (const name of filesIn(folder, 'points')) {
    const file = `points/${name}`;
    const entries = readShaped<Record<string, Point>>(folder, file, 'points', problems) ?? {};
    for (const [id, point] of Object.entries(entries)) {
      if (Object.hasOwn(points, id)) problems.push(problem('DUPLICATE_ID', file, below('', id), id));
      for (const [at, fact] of point.facts.entries())
        if (!Object.hasOwn(facts, fact)) problems.push(problem('UNKNOWN_FACT', file, below('', id, 'facts', at), fact));
      points[id] = point;
    }
  }
  refuseIfAny(problems);
  const catalogue = { facts, points };
  catalogues.set(folder, catalogue);
  return catalogue;
};

/** The texts of a pack folder; its size is added up before anything is read. */
const readFolder = (folder: string): Record<string, string> => {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) =>
      join(entry.parentPath, entry.name)
        .slice(folder.length + 1)
        .replaceAll('\\', '/'),
    )
    .filter((name) => !name.startsWith('releases/'));
  const size = names.reduce((sum, name) => sum + statSync(join(folder, name)).size, 0);
  if (size > maximumPackSize || names.length > maximumFiles)
    refuseIfAny([problem('PACK_TOO_LARGE', '', '', `${names.length} files, ${size} B`)]);
  return Object.fromEntries(names.map((name) => [name, readFileSync(join(folder, name), 'utf8')]));
};

/** Loads and validates the working tree of a pack. Throws a PackError with every problem found. */
export const loadPack = (folder: string, catalogue: Catalogue = loadCatalogue()): Pack => {
  const { pack, problems } = readPack(readFolder(folder), catalogue);
  refuseIfAny(problems);
  if (!pack) throw new Error('a pack without problems was not read');
  if (pack.pack.id !== basename(folder)) refuseIfAny([problem('WRONG_ID', 'pack.json', '/id', basename(folder))]);
  return pack;
};

/** Checks a pack given as texts by file name, as an author's tool sends it. Same checks, no file system, never throws. */
export const checkPack = readPack;
