import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packsFolder } from './load.ts';
import type { Governs, Release } from './pack.ts';
import { isInForce } from './pack.ts';
import { PackError, type PackProblem, problem } from './problem.ts';
import { compareVersions, loadRelease } from './release.ts';

export interface Subject {
  /** The subject's region and all that contain it. */
  readonly regions: readonly string[];
  /** Statuses of those regions on the date. */
  readonly statuses: readonly string[];
  readonly asOf: string;
}

const governs = (law: Governs, { regions, statuses }: Subject): boolean => {
  if ('regions' in law) return law.regions.some((region) => regions.includes(region));
  return 'status' in law ? statuses.includes(law.status) : law.everywhere;
};

/** The releases that are law for a subject on a date, sorted by pack. More than one can be: a county has several regimes. */
export const governing = (releases: readonly Release[], subject: Subject): Release[] =>
  releases
    .filter(({ pack }) => isInForce(pack.effective, subject.asOf) && governs(pack.governs, subject))
    .sort((a, b) => (a.pack.id < b.pack.id ? -1 : 1));

type Versions = ReadonlyMap<string, Release>;

const latestOf = (versions: Versions): Release[] =>
  [...versions.values()].sort((a, b) => compareVersions(b.pack.version, a.pack.version)).slice(0, 1);

const readReleases = (folder: string, pack: string): Map<string, Release> => {
  const versions = new Map<string, Release>();
  const place = join(folder, pack, 'releases');
  for (const name of readdirSync(place).sort()) {
    const file = `${pack}/releases/${name}`;
    const release = loadRelease(readFileSync(join(place, name), 'utf8'), file);
    if (release.pack.id !== pack || name !== `${release.pack.version}.json`)
      throw new PackError([problem('WRONG_ID', file, '/pack', `${release.pack.id} ${release.pack.version}`)]);
    versions.set(release.pack.version, release);
  }
  return versions;
};

/** The published packs of a folder. */
export interface Registry {
  /** The latest published version of each pack, sorted by pack. */
  latest(): readonly Release[];
  /** One published version, or undefined. */
  named(pack: string, version: string): Release | undefined;
  /** Every published release with this digest's law; what a stored decision refers to. */
  withDigest(digest: string): Release | undefined;
  /** The published versions of a pack, newest first. */
  versions(pack: string): readonly Release[];
  governing(subject: Subject): Release[];
  /**
   * Reads the folder again. A pack that cannot be read keeps what was last read of it, and its problems are returned:
   * a bad file must not take the law away.
   */
  refresh(): readonly PackProblem[];
}

/** Opens the packs of a folder. Throws a PackError if a release cannot be read at first: there is no last good one yet. */
export const openRegistry = (folder: string = packsFolder): Registry => {
  let packs = new Map<string, Versions>();
  let latest: readonly Release[] = [];
  const refresh = (): readonly PackProblem[] => {
    const problems: PackProblem[] = [];
    const next = new Map<string, Versions>();
    const folders = readdirSync(folder, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    for (const { name } of folders.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const kept = packs.get(name);
      try {
        const versions = readReleases(folder, name);
        if (versions.size > 0) next.set(name, versions);
      } catch (error) {
        if (error instanceof PackError) problems.push(...error.problems);
        else if ((error as { code?: string }).code !== 'ENOENT') throw error;
        if (kept) next.set(name, kept);
      }
    }
    packs = next;
    latest = [...next.values()].flatMap(latestOf);
    return problems;
  };
  const [first, ...rest] = refresh();
  if (first) throw new PackError([first, ...rest]);
  const versions = (pack: string) =>
    [...(packs.get(pack)?.values() ?? [])].sort((a, b) => compareVersions(b.pack.version, a.pack.version));
  return {
    latest: () => latest,
    named: (pack, version) => packs.get(pack)?.get(version),
    withDigest: (digest) => {
      for (const releases of packs.values()) for (const one of releases.values()) if (one.digest === digest) return one;
      return undefined;
    },
    versions,
    governing: (subject) => governing(latest, subject),
    refresh,
  };
};
