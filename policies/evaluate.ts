import { type CompiledPack, requireDate } from './compile.ts';
import { type Decision, severities, severityOf } from './decision.ts';
import { type Facts, type FactValue, requireType } from './facts.ts';
import { overrideFor } from './override.ts';
import type { DecisionOutcome, Override, Rule } from './pack.ts';

export interface Question {
  /** The packs that govern the subject on that date (see `governing`). */
  readonly packs: readonly CompiledPack[];
  readonly point: string;
  /** Civil date on which the rules and parameters are taken. */
  readonly asOf: string;
  readonly facts: Facts;
  readonly overrides?: readonly Override[];
}

const byId = (a: CompiledPack, b: CompiledPack) => (a.version.id < b.version.id ? -1 : 1);

/** Throws when a pack is asked twice: its rules would count double. */
const inOrder = (packs: readonly CompiledPack[]): readonly CompiledPack[] => {
  if (packs.length < 2) return packs;
  const sorted = [...packs].sort(byId);
  for (let at = 1; at < sorted.length; at++)
    if (sorted[at]?.version.id === sorted[at - 1]?.version.id)
      throw new RangeError(`DUPLICATE_PACK: ${sorted[at]?.version.id}`);
  return sorted;
};

/** A copy without the facts that are only named: absent and undefined are the same. */
const known = (facts: Facts): Record<string, FactValue> => {
  const copy: Record<string, FactValue | undefined> = { ...facts };
  for (const id in copy) if (copy[id] === undefined) delete copy[id];
  return copy as Record<string, FactValue>;
};

/**
 * Decides with every finding: compiled, synchronous, the same input always the same bytes in canonical form.
 * Throws a FactError for a fact of the wrong type; a fact that is absent is only unknown.
 */
export const evaluate = ({ packs, point, asOf, facts, overrides = [] }: Question): Decision => {
  requireDate(asOf);
  const present = known(facts);
  const findings: Decision['findings'][number][] = [];
  const missing: string[] = [];
  const versions: Decision['packs'][number][] = [];
  let worst = 0;
  let rank = 0;
  for (const pack of inOrder(packs)) {
    const { rules, facts: read } = pack.at(point, asOf);
    versions.push(pack.version);
    for (const { id, type } of read) requireType(id, type, present[id]);
    for (const rule of rules) {
      const finding = rule.judge(present, overrides);
      const severity = severityOf(finding.effect, finding.outcome, finding.overridden !== null);
      if (severity > worst) worst = severity;
      if (severity === 2) missing.push(...finding.missing);
      if (finding.effect === 'rank' && finding.outcome === 'pass') rank++;
      findings.push(finding);
    }
  }
  return {
    point,
    outcome: severities[worst] as DecisionOutcome,
    asOf,
    packs: versions,
    facts: present,
    overrides,
    findings,
    missing: missing.length === 0 ? missing : [...new Set(missing)].sort(),
    rank,
  };
};

const none: readonly Override[] = [];
const never = () => false;
const isLifted = (rule: Rule | undefined, overrides: readonly Override[]) =>
  rule !== undefined && overrideFor(rule, 'fail', overrides).overridden !== null;

/** Only the outcome, without trace, for bulk work; the same as `evaluate(...).outcome`. Reads no more facts than it needs. */
export const decides = ({ packs, point, asOf, facts, overrides = none }: Question): DecisionOutcome => {
  requireDate(asOf);
  let worst = 0;
  for (const pack of packs) {
    const { judge, gates } = pack.at(point, asOf);
    const isOverridden = (gate: number) => isLifted(gates[gate]?.rule, overrides);
    const severity = judge(facts, overrides.length === 0 ? never : isOverridden);
    if (severity > worst) worst = severity;
    if (worst === 3) break;
  }
  return severities[worst] as DecisionOutcome;
};
