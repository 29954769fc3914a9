import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packsFolder } from './load.ts';
import type { Governs, Release } from './pack.ts';
import { isInForce } from './pack.ts';
import { PackError, type PackProblem, problem } from './problem.ts';
import { compareVersions, loadRelease } from './release.ts';
import { readWithdrawals, type Withdrawal } from './withdrawal.ts';

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

const newestFirst = (a: Release, b: Release) => compareVersions(b.pack.version, a.pack.version);

/** The release files of a folder of packs, as `<pack>/releases/<version>.json`. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, entry.name, 'releases')))
    .flatMap(({ name }) => readdirSync(join(folder, name, 'releases')).map((file) => `${name}/releases/${file}`))
    .filter((file) => file.endsWith('.json'))
    .sort();

const read = (folder: string, file: string): Release => {
  const release = loadRelease(readFileSync(join(folder, file), 'utf8'), file);
  const place = `${release.pack.id}/releases/${release.pack.version}.json`;
  if (place !== file) throw new PackError([problem('WRONG_ID', file, '/pack', place)]);
  return release;
};

/** The published packs of a folder. */
export interface Registry {
  /** The latest version of each pack that is published and not withdrawn, sorted by pack. */
  latest(): readonly Release[];
  /** The latest version of one pack that is published and not withdrawn, or undefined. */
  newest(pack: string): Release | undefined;
  /** One published version, or undefined. */
  named(pack: string, version: string): Release | undefined;
  /** The release that a stored decision names, or undefined. */
  withDigest(digest: string): Release | undefined;
  /** The published versions of a pack, newest first. */
  versions(pack: string): readonly Release[];
  /** That a published version was taken back, and why; undefined for one that was not. */
  withdrawal(pack: string, version: string): Withdrawal | undefined;
  /** The latest releases that are law for a subject on a date. */
  governing(subject: Subject): Release[];
  /**
   * Reads the folder again and returns what is wrong in it. What was read once stays: a file that is damaged, edited or
   * gone must not take the law away, nor the means to replay what was decided under it; and what was withdrawn does not
   * come back.
   */
  refresh(): readonly PackProblem[];
}

/** Opens the packs of a folder. Throws a PackError with every problem if a release cannot be read: there is no last good one yet. */
export const openRegistry = (folder: string = packsFolder): Registry => {
  const published = new Map<string, Release>();
  const digests = new Map<string, Release>();
  const withdrawn = new Map<string, Withdrawal>();
  let packs = new Map<string, Release[]>();
  let latest: readonly Release[] = [];
  const refresh = (): readonly PackProblem[] => {
    const problems: PackProblem[] = [];
    for (const file of filesIn(folder)) {
      try {
        const release = read(folder, file);
        const known = published.get(file);
        if (known && known.digest !== release.digest)
          problems.push(problem('RELEASE_EXISTS', file, '/digest', release.digest));
        if (known) continue;
        published.set(file, release);
        digests.set(release.digest, release);
      } catch (error) {
        if (error instanceof PackError) problems.push(...error.problems);
        else problems.push(problem('RELEASE_FORMAT', file, '', (error as Error).message));
      }
    }
    packs = Map.groupBy([...published.values()].sort(newestFirst), ({ pack }) => pack.id);
    for (const id of packs.keys()) {
      const read = readWithdrawals(folder, id);
      problems.push(...read.problems);
      for (const one of read.withdrawals) withdrawn.set(`${id} ${one.version}`, one);
    }
    latest = [...packs.values()]
      .flatMap((versions) => versions.find(({ pack }) => !withdrawn.has(`${pack.id} ${pack.version}`)) ?? [])
      .sort((a, b) => (a.pack.id < b.pack.id ? -1 : 1));
    return problems;
  };
  const [first, ...rest] = refresh();
  if (first) throw new PackError([first, ...rest]);
  return {
    latest: () => latest,
    newest: (id) => latest.find(({ pack }) => pack.id === id),
    named: (pack, version) => published.get(`${pack}/releases/${version}.json`),
    withDigest: (digest) => digests.get(digest),
    versions: (pack) => packs.get(pack) ?? [],
    withdrawal: (pack, version) => withdrawn.get(`${pack} ${version}`),
    governing: (subject) => governing(latest, subject),
    refresh,
  };
};
