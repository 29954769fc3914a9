import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseJson } from './json.ts';
import type { Text } from './pack.ts';
import { type PackProblem, problem } from './problem.ts';
import { shapeProblems } from './shape.ts';

/** A published version taken back. It governs nothing any more; what was decided under it stands and can be replayed. */
export interface Withdrawal {
  readonly version: string;
  /** The civil date on which it was taken back. */
  readonly on: string;
  readonly reason: Text;
}

/** The withdrawals of a pack, from its `withdrawals.json`; none if there is no such file, or with what is wrong in it. */
export const readWithdrawals = (
  folder: string,
  pack: string,
): { readonly withdrawals: readonly Withdrawal[]; readonly problems: readonly PackProblem[] } => {
  const file = `${pack}/withdrawals.json`;
  if (!existsSync(join(folder, file))) return { withdrawals: [], problems: [] };
  const parsed = parseJson(file, readFileSync(join(folder, file), 'utf8'));
  const problems = 'problems' in parsed ? parsed.problems : shapeProblems('withdrawals', file, parsed.value);
  if ('problems' in parsed || problems.length > 0) return { withdrawals: [], problems };
  const withdrawals = parsed.value as readonly Withdrawal[];
  const unpublished = withdrawals.filter(
    ({ version }) => !existsSync(join(folder, pack, 'releases', `${version}.json`)),
  );
  return {
    withdrawals,
    problems: unpublished.map(({ version }) => problem('UNKNOWN_FILE', file, '', `releases/${version}.json`)),
  };
};
