import type { Clause, Coverage, Pack } from './pack.ts';

/** Where a clause of a document lives in its pack, and how often its cases say that it is kept and that it is not. */
export interface ClauseAccount extends Clause {
  /** Null: the clause lives nowhere. */
  readonly as: Coverage['as'] | null;
  readonly at: string | null;
  /** Cases in which what carries the clause passes, and in which it fails; null for what no case can try. */
  readonly kept: number | null;
  readonly broken: number | null;
  /** What is wrong with the account; null if nothing is. */
  readonly fault: 'homeless' | 'not-there' | 'says-other-clause' | 'untried' | null;
}

interface Carrier {
  readonly id: string;
  readonly norm?: string;
}
interface Tally {
  kept: number;
  broken: number;
}

const tallies = (pack: Pack): Map<string, Tally> => {
  const found = new Map<string, Tally>();
  const add = (id: string, side: keyof Tally) => {
    const tally = found.get(id) ?? { kept: 0, broken: 0 };
    tally[side] += 1;
    found.set(id, tally);
  };
  for (const { outcome } of pack.cases)
    for (const [rule, one] of Object.entries(outcome)) {
      if (one === 'pass') add(rule, 'kept');
      if (one === 'fail') add(rule, 'broken');
    }
  for (const one of pack.entryCases) {
    if (one.kind === 'indicator' && one.expect !== 'unknown')
      add(`indicators/${one.indicator}`, one.expect === 'met' ? 'kept' : 'broken');
  }
  return found;
};

/** Rules whose cases show only one side, or none, though the law leaves them no choice: each by its id. */
export const untriedRules = (pack: Pack): string[] => {
  const tried = tallies(pack);
  return pack.rules
    .filter(({ force }) => force === 'hard' || force === 'in-principle' || force === 'priority')
    .filter(({ id }) => !tried.get(id)?.kept || !tried.get(id)?.broken)
    .map(({ id }) => id)
    .sort();
};

const stemOf = (at: string) => at.slice(at.lastIndexOf('/') + 1, -'.json'.length);

/** What stands in a file of the pack, as far as it says which clause it carries. */
const carrierAt = (pack: Pack, at: string): Carrier | undefined => {
  const stem = stemOf(at);
  if (at.startsWith('rules/')) return pack.rules.find(({ id }) => id === `${pack.pack.id}.${stem}`);
  if (at.startsWith('indicators/')) return pack.indicators.find(({ id }) => id === stem);
  if (at.startsWith('obligations/')) return pack.obligations.find(({ id }) => id === stem);
  return undefined;
};

/** Whether a clause that no case can try stands where its account says. */
const isThere = (pack: Pack, as: Coverage['as'], at: string): boolean => {
  if (at === 'pack.json') return true;
  if (at === 'roles.json') return pack.roles.length > 0;
  if (as === 'chain') return pack.chains.some(({ id }) => at === `chains/${id}.json`);
  if (as === 'parameter') return pack.parameters.some(({ id }) => at === `parameters/${id}.json`);
  return carrierAt(pack, at) !== undefined;
};

const isBinding = ({ force }: Clause) => force === 'hard' || force === 'in-principle' || force === 'priority';

const accountOf = (clause: Clause, pack: Pack, tried: ReadonlyMap<string, Tally>): ClauseAccount => {
  const coverage = Object.hasOwn(pack.coverage, clause.id) ? pack.coverage[clause.id] : undefined;
  if (!coverage) return { ...clause, as: null, at: null, kept: null, broken: null, fault: 'homeless' };
  const { as, at } = coverage;
  const none = { ...clause, as, at, kept: null, broken: null };
  if (as !== 'rule' && as !== 'indicator' && as !== 'obligation') {
    const isHomeless = at === null && (as !== 'none' || isBinding(clause));
    if (isHomeless) return { ...none, fault: 'homeless' };
    return { ...none, fault: at !== null && !isThere(pack, as, at) ? 'not-there' : null };
  }
  const carrier = at === null ? undefined : carrierAt(pack, at);
  if (!carrier) return { ...none, fault: 'not-there' };
  if (carrier.id !== clause.id && carrier.norm !== clause.id) return { ...none, fault: 'says-other-clause' };
  if (as === 'obligation') {
    const isTried = pack.entryCases.some((one) => one.kind === 'obligation' && one.obligation === carrier.id);
    return { ...none, fault: isTried ? null : 'untried' };
  }
  // A clause can stand in several files: one to which its cases show both sides is enough for it to be tried.
  const keys =
    as === 'rule'
      ? pack.rules.filter(({ id, norm }) => id === clause.id || norm === clause.id).map(({ id }) => id)
      : pack.indicators.filter(({ norm }) => norm === clause.id).map(({ id }) => `indicators/${id}`);
  const kept = keys.reduce((sum, key) => sum + (tried.get(key)?.kept ?? 0), 0);
  const broken = keys.reduce((sum, key) => sum + (tried.get(key)?.broken ?? 0), 0);
  const isUntried = isBinding(clause) && (kept === 0 || broken === 0);
  return { ...none, kept, broken, fault: isUntried ? 'untried' : null };
};

/** The account of every clause of a pack's documents, in their order. */
export const lawAccount = (pack: Pack): ClauseAccount[] => {
  const tried = tallies(pack);
  return pack.clauses.map((clause) => accountOf(clause, pack, tried));
};
