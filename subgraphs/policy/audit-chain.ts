import { canonical, sha256 } from '../../policies/canonical.ts';

export type AuditKind = 'decision' | 'access';

/** A line of the audit trail: what it is about, and how it hangs on the line before. */
export interface AuditLink {
  /** From 1, without gaps. */
  readonly position: number;
  readonly kind: AuditKind;
  /** Id of the decision, or of the access. */
  readonly entry: string;
  /** SHA-256 of the entry's record. */
  readonly digest: string;
  /** When the trail took it in, ISO 8601 in UTC. */
  readonly at: string;
  /** Hash of the line before; 64 zeros at the beginning. */
  readonly previous: string;
  readonly hash: string;
}
/** A line with the record that it vouches for, as an export has it. */
export interface AuditLine extends AuditLink {
  readonly record: string;
}

export const FIRST = '0'.repeat(64);

/** The hash of a line: of everything in it, the hash of the line before included. */
export const hashOf = ({ position, kind, entry, digest, at, previous }: Omit<AuditLink, 'hash'>): string =>
  sha256(canonical({ position, kind, entry, digest, at, previous }));

export type AuditFault = 'record' | 'hash' | 'previous' | 'position' | 'repeated' | 'head' | 'unreadable';

/** How far a trail is sound, and what is wrong at the first line that is not. */
export interface AuditVerdict {
  readonly lines: number;
  readonly head: { readonly position: number; readonly hash: string };
  readonly fault: { readonly position: number; readonly what: AuditFault } | null;
}

/**
 * Reads a trail from its first line on and stops at the first that was changed, left out, put in or moved. `head` is a
 * position and hash that somebody wrote down earlier: without it, lines cut off at the end cannot be missed.
 */
export class AuditReader {
  #lines = 0;
  #previous = FIRST;
  #fault: AuditVerdict['fault'] = null;
  readonly #entries = new Set<string>();
  readonly #expected: { readonly position: number; readonly hash: string } | null;
  #metExpected = false;

  constructor(head: { readonly position: number; readonly hash: string } | null = null) {
    this.#expected = head;
  }

  /** Takes the next line; null for one that could not be read. Answers whether the trail is still sound. */
  read(line: AuditLine | null): boolean {
    if (this.#fault) return false;
    const position = this.#lines + 1;
    const what = line === null ? 'unreadable' : this.#faultOf(line, position);
    if (line === null || what) {
      this.#fault = { position, what: what ?? 'unreadable' };
      return false;
    }
    this.#lines = position;
    this.#previous = line.hash;
    this.#entries.add(`${line.kind} ${line.entry}`);
    if (this.#expected?.position === position) this.#metExpected = true;
    return true;
  }

  #faultOf(line: AuditLine, position: number): AuditFault | null {
    if (line.position !== position) return 'position';
    if (line.previous !== this.#previous) return 'previous';
    if (line.hash !== hashOf(line)) return 'hash';
    if (line.digest !== sha256(line.record)) return 'record';
    if (this.#entries.has(`${line.kind} ${line.entry}`)) return 'repeated';
    return this.#expected?.position === position && this.#expected.hash !== line.hash ? 'head' : null;
  }

  verdict(): AuditVerdict {
    const cut = !this.#fault && this.#expected !== null && !this.#metExpected && this.#expected.position > 0;
    return {
      lines: this.#lines,
      head: { position: this.#lines, hash: this.#previous },
      fault: cut ? { position: this.#lines + 1, what: 'head' } : this.#fault,
    };
  }
}
