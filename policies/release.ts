import { canonical, digestOf } from './canonical.ts';
import { leafProblems } from './check-leaf.ts';
import { type Condition, leavesOf } from './condition.ts';
import { isOfType } from './facts.ts';
import { parseJson, releaseLimits } from './json.ts';
import type { Pack, Release } from './pack.ts';
import { below, type PackProblem, problem, refuseIfAny } from './problem.ts';
import { shapeProblems } from './shape.ts';

/** Freezes what of a pack is law. Cases and baselines stay out: better tests do not make another law. */
export const bundle = (pack: Pack): Release => {
  const { baselines, cases, rankingCases, entryCases, coverage, clauses, ...content } = pack;
  const law = { format: 1, ...content } as const;
  // Through its canonical text: a bundle made from a working tree is the very value that its file will be read as.
  return JSON.parse(canonical({ ...law, digest: digestOf(law) })) as Release;
};

const conditionsOf = (release: Release): [string, Condition][] =>
  release.rules.flatMap(({ appliesWhen, requires }, at) => {
    const path = below('/rules', at);
    const required: [string, Condition] = [below(path, 'requires'), requires];
    return appliesWhen ? [[below(path, 'appliesWhen'), appliesWhen] as [string, Condition], required] : [required];
  });

/** Comparisons of a release that its own declarations do not allow; the digest alone proves only that no one slipped. */
const meaningProblems = (release: Release, file: string): PackProblem[] => {
  const words = { facts: release.facts, parameters: new Map(release.parameters.map((one) => [one.id, one])) };
  const values = release.parameters.flatMap(({ type, values, platformDefault }, at) =>
    [...values, ...(platformDefault ? [platformDefault] : [])].every(
      ({ value }) => value === null || isOfType[type](value),
    )
      ? []
      : [problem('VALUE_TYPE', file, below('/parameters', at), type)],
  );
  const comparisons = conditionsOf(release).flatMap(([path, condition]) =>
    [...leavesOf(condition)].flatMap((leaf) =>
      leafProblems(leaf, words).map(({ code, detail }) => problem(code, file, path, detail)),
    ),
  );
  return [...values, ...comparisons];
};

/**
 * Reads a release, from its text or already parsed, and verifies its shape, its meaning and its digest.
 * Throws a PackError that names the file.
 */
export const loadRelease = (json: unknown, file = 'release'): Release => {
  const parsed = typeof json === 'string' ? parseJson(file, json, releaseLimits) : { value: json };
  if ('problems' in parsed) refuseIfAny(parsed.problems);
  const value = 'value' in parsed ? parsed.value : undefined;
  const wrong = shapeProblems('release', file, value);
  if (wrong.length > 0) refuseIfAny([problem('RELEASE_FORMAT', file, '', wrong[0]?.path), ...wrong]);
  const release = value as Release;
  const { digest, ...content } = release;
  const actual = digestOf(content);
  if (actual !== digest) refuseIfAny([problem('RELEASE_DIGEST', file, '/digest', actual)]);
  refuseIfAny(meaningProblems(release, file));
  return release;
};

/** Whether version a is newer (> 0), the same (0) or older (< 0) than b; both `major.minor.patch`. */
export const compareVersions = (a: string, b: string): number => {
  const right = b.split('.').map(Number);
  const steps = a.split('.').map((part, at) => Number(part) - (right[at] ?? 0));
  return steps.find((step) => step !== 0) ?? 0;
};

/** The text of a release file. */
export const releaseText = (release: Release): string => `${JSON.stringify(release, null, 1)}\n`;
