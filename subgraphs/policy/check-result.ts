import type { CaseResult } from '../../policies/cases.ts';
import type { Release, Text } from '../../policies/pack.ts';
import type { Warning } from '../../policies/verify.ts';

/** A reason why a pack cannot be published, with the place where to mend it. */
export interface CheckProblem {
  readonly code: string;
  /** Path inside the pack; '' for the pack as a whole. */
  readonly file: string;
  /** JSON pointer inside the file; '' for the whole of it. */
  readonly path: string;
  readonly message: Text;
}

/** What a check found. */
export interface CheckResult {
  /** The first of them, when there are very many. */
  readonly problems: readonly CheckProblem[];
  readonly problemCount: number;
  /** Null exactly when there is a problem. */
  readonly sound: {
    readonly release: Release;
    /** Its baselines, which must be allowed, and its cases. */
    readonly cases: readonly CaseResult[];
    readonly rulesWithoutCases: readonly string[];
    readonly warnings: readonly Warning[];
  } | null;
}

/** A result that is nothing but one problem of the pack as a whole. */
export function refusal(code: string, file: string, message: Text): CheckResult {
  return { problems: [{ code, file, path: '', message }], problemCount: 1, sound: null };
}
