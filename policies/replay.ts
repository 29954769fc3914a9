import { canonical } from './canonical.ts';
import { compile } from './compile.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import type { Release } from './pack.ts';

/** A stored decision names a version that is not here. */
export class UnknownRelease extends Error {
  readonly code = 'RELEASE_UNKNOWN';
  constructor(pack: string, version: string, digest: string) {
    super(`RELEASE_UNKNOWN: ${pack} ${version} ${digest}`);
  }
}

/** Where released versions are found by digest; a registry is one. */
export interface Releases {
  withDigest(digest: string): Release | undefined;
}

/**
 * Decides a stored decision again, from its canonical text alone: its facts and overrides, on its date, under the very
 * versions it names. The answer is canonical text; it equals the record, to the byte, if and only if nothing changed.
 * Throws an UnknownRelease.
 */
export const replay = async (record: string, releases: Releases): Promise<string> => {
  const { point, asOf, facts, overrides, packs } = JSON.parse(record) as Decision;
  const compiled = packs.map(({ id, version, digest }) => {
    const release = releases.withDigest(digest);
    if (!release) throw new UnknownRelease(id, version, digest);
    return compile(release);
  });
  return canonical(await decide({ packs: compiled, point, asOf, facts, overrides }));
};
