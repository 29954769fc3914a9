import { parentPort, workerData } from 'node:worker_threads';
import { compile } from '../../policies/compile.ts';
import { decides, evaluate } from '../../policies/evaluate.ts';
import { consult } from '../../policies/oracle.ts';
import type { Override } from '../../policies/pack.ts';
import { loadRelease } from '../../policies/release.ts';
import { asOfs, type Random, randomFacts, randomOf, randomRelease } from './generator.ts';

export interface Work {
  readonly fromSeed: number;
  readonly toSeed: number;
  readonly decisionsEach: number;
}
export interface Report {
  readonly decisions: number;
  readonly outcomes: Readonly<Record<string, number>>;
  readonly differences: readonly unknown[];
}

const overridesOf = (random: Random): Override[] =>
  random.chance(0.3)
    ? [{ rule: 'invented.r0', reason: random.pick(['', 'urgent']), role: random.pick(['chief', 'clerk']), actor: 'p' }]
    : [];

const compare = async ({ fromSeed, toSeed, decisionsEach }: Work): Promise<Report> => {
  const outcomes: Record<string, number> = {};
  const differences: unknown[] = [];
  let decisions = 0;
  for (let seed = fromSeed; seed < toSeed; seed++) {
    const random = randomOf(seed);
    const release = randomRelease(random);
    // The generator must stay within what an author may write; checking every release would cost more than the comparison.
    if (seed % 100 === 0) loadRelease(release);
    const packs = [compile(release, { code: true })];
    const closures = [compile(release, { code: false })];
    for (let no = 0; no < decisionsEach; no++) {
      const facts = randomFacts(random, no % 2 === 0 ? 0.3 : 0.05);
      const question = { packs, point: 'row', asOf: random.pick(asOfs), facts, overrides: overridesOf(random) };
      const traced = evaluate(question);
      const engine = await consult(question);
      const generated = decides(question);
      const closed = decides({ ...question, packs: closures });
      const isSame =
        traced.findings.length === engine.size &&
        traced.findings.every(({ rule, outcome }) => engine.get(rule) === outcome) &&
        generated === traced.outcome &&
        closed === traced.outcome;
      if (!isSame) differences.push({ seed, no, traced: traced.outcome, engine: [...engine], generated, closed });
      outcomes[traced.outcome] = (outcomes[traced.outcome] ?? 0) + 1;
      decisions++;
    }
  }
  return { decisions, outcomes, differences: differences.slice(0, 5) };
};

parentPort?.postMessage(await compare(workerData as Work));
