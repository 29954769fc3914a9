import { allOf, anyOf, compare, negationOf, operators, type Truth } from './condition.ts';
import type { Finding, LeafResult, ParameterUse } from './decision.ts';
import type { Facts, FactValue } from './facts.ts';
import { factsOfGates, type Gate } from './generate.ts';
import { overrideFor } from './override.ts';
import type { Outcome, Override, Release, Rule } from './pack.ts';
import { changesFor, rightValue, shownValue } from './remedy.ts';
import { normal, type Test, type Tree } from './tree.ts';
import { wording } from './wording.ts';

/** A rule ready to be judged with its whole trace. */
export interface RuleTrace {
  readonly rule: Rule;
  readonly gate: Gate;
  judge(facts: Facts, overrides: readonly Override[]): Finding;
}
type Part = LeafResult['part'];
type Evaluate = (facts: Facts, leaves: LeafResult[]) => Truth;

const evaluateTest = ({ fact, operator, right }: Test, part: Part): Evaluate => {
  const { test } = operators[operator];
  return (facts, leaves) => {
    const left = facts[fact];
    const value = rightValue(right, facts);
    const isKnown = left !== undefined && value !== undefined;
    const result = isKnown ? test(left, value) : undefined;
    const shown = value === undefined ? shownValue(right, facts) : value;
    leaves.push({ part, fact, operator, value: shown, actual: left ?? null, result: result ?? null });
    return result;
  };
};

/** Kleene evaluation of the tree as written: every comparison is made, so that every one can be shown. */
const evaluation = (tree: Tree, part: Part): Evaluate => {
  if ('not' in tree) {
    const inner = evaluation(tree.not, part);
    return (facts, leaves) => negationOf(inner(facts, leaves));
  }
  if ('all' in tree || 'any' in tree) {
    const parts = ('all' in tree ? tree.all : tree.any).map((one) => evaluation(one, part));
    // One truth settles the whole (false for all, true for any), else one unknown leaves it open.
    const settling = !('all' in tree);
    return (facts, leaves) => {
      let isSettled = false;
      let isOpen = false;
      for (const one of parts) {
        const truth = one(facts, leaves);
        if (truth === settling) isSettled = true;
        else if (truth === undefined) isOpen = true;
      }
      return isSettled ? settling : isOpen ? undefined : !settling;
    };
  }
  return evaluateTest(tree, part);
};

/** What an unknown tree is missing: absent facts and parameters without a value, not those that no longer matter. */
const missingIn = (tree: Tree, facts: Facts, into: Set<string>): Truth => {
  if ('not' in tree) return negationOf(missingIn(tree.not, facts, into));
  if ('all' in tree || 'any' in tree) {
    const below = new Set<string>();
    const truths = ('all' in tree ? tree.all : tree.any).map((part) => missingIn(part, facts, below));
    const truth = 'all' in tree ? allOf(truths) : anyOf(truths);
    if (truth === undefined) for (const id of below) into.add(id);
    return truth;
  }
  const { fact, operator, right } = tree;
  if (facts[fact] === undefined) into.add(fact);
  if (right.kind === 'fact' && facts[right.fact] === undefined) into.add(right.fact);
  if (right.kind === 'percent' && facts[right.of] === undefined) into.add(right.of);
  if (right.kind === 'absent') into.add(right.parameter);
  return compare(operator, facts[fact], rightValue(right, facts));
};

const nothingMissing: readonly string[] = [];
const noOverride = { overridden: null, note: null };

const outcomeOf = (applies: Truth, requires: Truth): Outcome => {
  if (applies === false) return 'not-applicable';
  if (applies === undefined || requires === undefined) return 'undetermined';
  return requires ? 'pass' : 'fail';
};

/** Prepares a rule for `evaluate`; `parameters` are those it compares with or shows, as of the date. */
export const traced = (
  rule: Rule,
  gate: Gate,
  parameters: Readonly<Record<string, ParameterUse>>,
  release: Release,
): RuleTrace => {
  const { applies, requires } = gate;
  const typeOf = (id: string) => release.facts[id]?.type ?? release.parameters.find((one) => one.id === id)?.type;
  const words = { typeOf, parameters, vocabulary: release.pack.vocabulary };
  const message = wording(rule.message, words);
  const remedy = wording(rule.remedy, words);
  const ids = factsOfGates([gate]);
  const isApplicable = applies && evaluation(applies, 'appliesWhen');
  const isMet = evaluation(requires, 'requires');
  const goal = normal(requires);
  const { id, norm = id, title, concept = null, force, effect, citation, reading = null } = rule;
  const pack = release.pack.id;
  return {
    rule,
    gate,
    judge(facts, overrides) {
      const leaves: LeafResult[] = [];
      const applicable = isApplicable ? isApplicable(facts, leaves) : true;
      const met = isMet(facts, leaves);
      const outcome = outcomeOf(applicable, met);
      const read: Record<string, FactValue> = {};
      for (const fact of ids) {
        const value = facts[fact];
        if (value !== undefined) read[fact] = value;
      }
      let missing = nothingMissing;
      if (outcome === 'undetermined') {
        const absent = new Set<string>();
        if (applies) missingIn(applies, facts, absent);
        missingIn(requires, facts, absent);
        missing = [...absent].sort();
      }
      const { overridden, note } = overrides.length === 0 ? noOverride : overrideFor(rule, outcome, overrides);
      return {
        rule: id,
        pack,
        norm,
        title,
        concept,
        force,
        effect,
        outcome,
        overridden,
        note,
        message: message(facts),
        citation,
        reading,
        facts: read,
        parameters,
        leaves,
        missing,
        wouldPass: outcome === 'fail' ? { text: remedy(facts), changes: changesFor(goal, facts) ?? [] } : null,
      };
    },
  };
};
