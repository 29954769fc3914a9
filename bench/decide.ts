import { Engine, type TopLevelCondition } from 'json-rules-engine';
import { compile } from '../policies/compile.ts';
import { type Condition, isParameterReference, isPercent, operators } from '../policies/condition.ts';
import { decides, evaluate } from '../policies/evaluate.ts';
import type { Facts } from '../policies/facts.ts';
import { loadPack, packsFolder } from '../policies/load.ts';
import { mark } from '../policies/mark.ts';
import { isInForce, type Release } from '../policies/pack.ts';
import { parameterOn } from '../policies/parameter.ts';
import { bundle } from '../policies/release.ts';
import { inTurn, mustEqual } from './measure.ts';

/** The same condition as json-rules-engine takes it, with the numbers of the law written in. */
function plain(condition: Condition, release: Release, asOf: string): TopLevelCondition {
  if ('all' in condition) return { all: condition.all.map((part) => plain(part, release, asOf)) };
  if ('any' in condition) return { any: condition.any.map((part) => plain(part, release, asOf)) };
  if ('not' in condition) return { not: plain(condition.not, release, asOf) };
  const { fact, operator, value } = condition;
  if (isPercent(value)) throw new Error('a point with percentages is not comparable one to one');
  if (!isParameterReference(value)) return { all: [{ fact, operator, value }] };
  const parameter = release.parameters.find(({ id }) => id === value.parameter);
  return { all: [{ fact, operator, value: parameter ? parameterOn(parameter, asOf).value : null }] };
}

/** json-rules-engine as its users run it: one engine, made once, asked again and again. */
function stockEngine(release: Release, point: string, asOf: string): (facts: Facts) => Promise<string[]> {
  const engine = new Engine([], { allowUndefinedFacts: true });
  for (const name of [
    'before',
    'onOrBefore',
    'after',
    'onOrAfter',
    'containsAll',
    'containsAny',
    'containsNone',
  ] as const) {
    engine.addOperator(name, (left, right) => operators[name].test(left as never, right as never));
  }
  for (const rule of release.rules) {
    if (!rule.on.includes(point) || !isInForce(rule.effective, asOf)) continue;
    const requires = plain(rule.requires, release, asOf);
    const conditions = rule.appliesWhen
      ? { all: [plain(rule.appliesWhen, release, asOf), { not: requires }] }
      : { not: requires };
    engine.addRule({ name: rule.id, conditions: conditions as TopLevelCondition, event: { type: rule.id } });
  }
  return async (facts) => {
    const { results } = await engine.run(facts as Record<string, unknown>);
    return results.map(({ name }) => name).sort();
  };
}

/**
 * Decisions per second at one point of a real pack: json-rules-engine; the compiled evaluator with every finding written
 * out in two languages; with every rule's outcome and every comparison's answer (what json-rules-engine returns); and the
 * outcome alone. The facts are complete, for on missing ones json-rules-engine answers otherwise; which
 * rules fail is compared on every input first.
 */
export async function benchDecide(pack: string, point: string): Promise<string> {
  const loaded = loadPack(`${packsFolder}/${pack}`);
  const release = bundle(loaded);
  const compiled = compile(release);
  const baseline = loaded.baselines[point];
  if (!baseline) throw new Error(`${pack} has no baseline for ${point}`);
  const { asOf } = baseline;
  const variants = loaded.cases.flatMap((one) =>
    'facts' in one && one.on === point && !one.without?.length ? [{ ...baseline.facts, ...one.facts } as Facts] : [],
  );
  const inputs: Facts[] = Array.from({ length: 2_000 }, (_, at) => variants[at % variants.length] as Facts);
  const stock = stockEngine(release, point, asOf);
  const question = (facts: Facts) => ({ packs: [compiled], point, asOf, facts });
  for (const facts of variants) {
    const failing = evaluate(question(facts)).findings.filter(({ outcome }) => outcome === 'fail');
    mustEqual(`${pack} ${point}`, await stock(facts), failing.map(({ rule }) => rule).sort());
  }
  const repeat = 50;
  const few = inputs.slice(0, 200);
  const took = await inTurn(5, {
    stock: async () => {
      for (const facts of few) await stock(facts);
    },
    explained: () => {
      for (const facts of inputs) evaluate(question(facts));
    },
    trace: () => {
      for (let run = 0; run < 10; run += 1) for (const facts of inputs) mark(question(facts));
    },
    fast: () => {
      for (let run = 0; run < repeat; run += 1) for (const facts of inputs) decides(question(facts));
    },
  });
  const perSecond = {
    stock: (few.length / took.stock) * 1_000,
    explained: (inputs.length / took.explained) * 1_000,
    trace: ((inputs.length * 10) / took.trace) * 1_000,
    fast: ((inputs.length * repeat) / took.fast) * 1_000,
  };
  const show = (value: number) => Math.round(value).toLocaleString('en');
  const rules = release.rules.filter((rule) => rule.on.includes(point)).length;
  const cells = [perSecond.stock, perSecond.explained, perSecond.trace, perSecond.fast].map(show);
  const ratios = [perSecond.explained, perSecond.trace, perSecond.fast].map(
    (one) => `${Math.round(one / perSecond.stock)}x`,
  );
  return `| ${[`${point} (${rules})`, ...cells, ...ratios].join(' | ')} |`;
}
