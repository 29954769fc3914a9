import { type Almanac, Engine, type NestedCondition, type TopLevelCondition } from 'json-rules-engine';
import {
  type Condition,
  isFactReference,
  isParameterReference,
  isPercent,
  type Leaf,
  type OperatorName,
  operators,
} from './condition.ts';
import type { Question } from './evaluate.ts';
import { isInForce, type Outcome } from './pack.ts';
import { parameterOn } from './parameter.ts';

/** What json-rules-engine does not have of its own; the rest it compares itself. */
const added = [
  'before',
  'onOrBefore',
  'after',
  'onOrAfter',
  'containsAll',
  'containsAny',
  'containsNone',
] as const satisfies readonly OperatorName[];

type Json = NestedCondition;
/** Defines what a comparison speaks of and says by which name the engine knows it. */
interface Names {
  fact(id: string): string;
  parameter(id: string): string;
  /** A fact that is another times a percentage, so that the engine compares two whole numbers. */
  product(fact: string, percent: number | string): string;
}

const known = (fact: string): Json => ({ fact, operator: 'notEqual', value: null, priority: 2 });

const percentOperators: Partial<Record<OperatorName, string>> = {
  atMostPercentOf: 'lessThanInclusive',
  atLeastPercentOf: 'greaterThanInclusive',
};

/** The comparison as json-rules-engine understands it, and the facts that must be known for it. */
const compared = ({ fact: id, operator, value }: Leaf, names: Names): { leaf: Json; needs: string[] } => {
  const fact = names.fact(id);
  if (isPercent(value)) {
    const percent = isParameterReference(value.percent) ? names.parameter(value.percent.parameter) : value.percent;
    const part = names.product(fact, 100);
    const share = names.product(names.fact(value.of.fact), percent);
    const leaf = { fact: part, operator: percentOperators[operator] ?? operator, value: { fact: share } };
    return { leaf, needs: [part, share] };
  }
  if (isFactReference(value)) return { leaf: { fact, operator, value }, needs: [fact, names.fact(value.fact)] };
  if (!isParameterReference(value)) return { leaf: { fact, operator, value }, needs: [fact] };
  const right = names.parameter(value.parameter);
  return { leaf: { fact, operator, value: { fact: right } }, needs: [fact, right] };
};

/**
 * "Certainly true", or with `wanted` false "certainly false", as ordinary json-rules-engine JSON. The engine itself takes
 * missing data for an answer (`notEqual` and `notIn` pass, `5 >= null` passes), so every comparison is guarded by the
 * presence of what it compares. Guards come first by priority: `in` throws on a missing list.
 */
const certain = (condition: Condition, wanted: boolean, names: Names): TopLevelCondition => {
  if ('not' in condition) return certain(condition.not, !wanted, names);
  if ('all' in condition || 'any' in condition) {
    const parts = ('all' in condition ? condition.all : condition.any).map((part) => certain(part, wanted, names));
    return 'all' in condition === wanted ? { all: parts } : { any: parts };
  }
  const { leaf, needs } = compared(condition, names);
  return { all: [...needs.map(known), wanted ? leaf : { not: leaf }] };
};

const multiply = (fact: string, percent: number | string) => async (_: unknown, almanac: Almanac) => {
  const whole = await almanac.factValue<number | null>(fact);
  const times = typeof percent === 'number' ? percent : await almanac.factValue<number | null>(percent);
  return whole === null || times === null ? null : BigInt(whole) * BigInt(times);
};

/** A fresh engine for one decision: a shared one drops rules when runs overlap. */
const prepare = ({ packs, point, asOf, facts }: Question): { engine: Engine; rules: Map<string, boolean> } => {
  const engine = new Engine();
  for (const name of added)
    engine.addOperator(name, (left, right) => operators[name].test(left as never, right as never));
  const defined = new Set<string>();
  const define = (id: string, value: unknown) => {
    if (!defined.has(id)) engine.addFact(id, value, { cache: false });
    defined.add(id);
    return id;
  };
  const rules = new Map<string, boolean>();
  for (const { release } of packs) {
    const names: Names = {
      fact: (id) => define(id, facts[id] ?? null),
      parameter(id) {
        const parameter = release.parameters.find((one) => one.id === id);
        return define(`parameter ${release.pack.id} ${id}`, parameter ? parameterOn(parameter, asOf).value : null);
      },
      product: (fact, percent) => define(`${percent} × ${fact}`, multiply(fact, percent)),
    };
    for (const { id, on, effective, appliesWhen, requires } of release.rules) {
      if (!on.includes(point) || !isInForce(effective, asOf)) continue;
      rules.set(id, appliesWhen !== undefined);
      const ask = (question: string, conditions: TopLevelCondition) =>
        engine.addRule({ name: `${question} ${id}`, conditions, event: { type: question } });
      ask('passes', certain(requires, true, names));
      ask('fails', certain(requires, false, names));
      if (!appliesWhen) continue;
      ask('applies', certain(appliesWhen, true, names));
      ask('exempts', certain(appliesWhen, false, names));
    }
  }
  return { engine, rules };
};

/**
 * The outcome of every rule in force, by json-rules-engine. Facts must have been checked for their types: the engine
 * compares a text with a number without complaint.
 */
export const consult = async (question: Question): Promise<Map<string, Outcome>> => {
  const { engine, rules } = prepare(question);
  const { results } = await engine.run();
  const held = new Set(results.map(({ name }) => name));
  const outcomes = new Map<string, Outcome>();
  for (const [id, isConditional] of rules) {
    if (isConditional && held.has(`exempts ${id}`)) outcomes.set(id, 'not-applicable');
    else if (isConditional && !held.has(`applies ${id}`)) outcomes.set(id, 'undetermined');
    else if (held.has(`passes ${id}`)) outcomes.set(id, 'pass');
    else outcomes.set(id, held.has(`fails ${id}`) ? 'fail' : 'undetermined');
  }
  return outcomes;
};
