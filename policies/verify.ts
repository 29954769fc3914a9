import { cellsOf } from './cells.ts';
import { type CompiledPack, compile } from './compile.ts';
import { allOf, anyOf, compare, negationOf, type Truth } from './condition.ts';
import type { Facts } from './facts.ts';
import type { Outcome, Pack, Release, Rule, Text } from './pack.ts';
import { bundle } from './release.ts';
import { rightValue } from './remedy.ts';
import type { RuleTrace } from './trace.ts';
import { type Tree, testsOf } from './tree.ts';

const said = {
  NEVER_APPLIES: ['appliesWhen 永不成立', 'appliesWhen can never be true'],
  NEVER_PASSES: ['该规则永不可能通过', 'no facts can pass this rule'],
  ALWAYS_PASSES: ['该规则总是通过，等于没有规则', 'no facts can fail this rule: it is no rule'],
  UNUSED_PARAMETER: ['参数未被任何规则、指标或义务使用', 'no rule, target or duty uses this parameter'],
  NO_PASSING_CASE: ['没有通过的案例', 'no case passes this rule'],
  NO_FAILING_CASE: ['没有不通过的案例', 'no case fails this rule'],
} as const satisfies Record<string, readonly [string, string]>;

export interface Warning {
  readonly code: keyof typeof said;
  /** False for what may be meant: a value the law states can be there only to be read and compared. */
  readonly isMistake: boolean;
  /** The id of the rule or parameter. */
  readonly about: string;
  /** The first day on which it is so; null where days do not matter. */
  readonly from: string | null;
  readonly message: Text;
}
const warning = (code: keyof typeof said, about: string, from: string | null = null): Warning => {
  const [zh, en] = said[code];
  return { code, isMistake: code !== 'UNUSED_PARAMETER', about, from, message: { zh, en } };
};

const truthOf = (tree: Tree, facts: Facts): Truth => {
  if ('not' in tree) return negationOf(truthOf(tree.not, facts));
  if ('all' in tree) return allOf(tree.all.map((part) => truthOf(part, facts)));
  if ('any' in tree) return anyOf(tree.any.map((part) => truthOf(part, facts)));
  return compare(tree.operator, facts[tree.fact], rightValue(tree.right, facts));
};

/**
 * What is wrong with a rule whatever the facts. Nothing is said of a rule that waits for a parameter, nor that one which
 * only informs always passes: it is there to be shown.
 */
const emptiness = (
  { gate: { effect, applies, requires } }: RuleTrace,
  { facts }: Release,
): Warning['code'] | undefined => {
  const tests = [...(applies ? testsOf(applies) : []), ...testsOf(requires)];
  if (tests.some(({ right }) => right.kind === 'absent')) return undefined;
  const cells = cellsOf(tests, facts);
  const applicable = cells?.filter((cell) => !applies || truthOf(applies, cell));
  if (!applicable) return undefined;
  if (applicable.length === 0) return 'NEVER_APPLIES';
  const passing = applicable.filter((cell) => truthOf(requires, cell)).length;
  if (passing === 0) return 'NEVER_PASSES';
  return passing === applicable.length && effect !== 'inform' ? 'ALWAYS_PASSES' : undefined;
};

const emptyRules = (release: Release, compiled: CompiledPack): Warning[] => {
  const found = new Map<string, Warning>();
  for (const point of new Set(release.rules.flatMap(({ on }) => on)))
    for (const day of compiled.daysOf(point))
      for (const trace of compiled.at(point, day).rules) {
        const code = found.has(trace.rule.id) ? undefined : emptiness(trace, release);
        if (code) found.set(trace.rule.id, warning(code, trace.rule.id, day));
      }
  return [...found.values()];
};

const unusedParameters = ({ parameters, rules, indicators, obligations }: Release): Warning[] => {
  // References stand as {"parameter": id} or {"lengthOf": id}, and in texts as {id}.
  const text = JSON.stringify([rules, indicators, obligations]);
  const isUsed = (id: string) =>
    text.includes(`"parameter":"${id}"`) || text.includes(`"lengthOf":"${id}"`) || text.includes(`{${id}}`);
  return parameters.filter(({ id }) => !isUsed(id)).map(({ id }) => warning('UNUSED_PARAMETER', id));
};

const needsCases = ({ force }: Rule) => force === 'hard' || force === 'in-principle' || force === 'priority';

const untried = ({ rules, cases }: Pack): Warning[] => {
  const tried = new Map<string, Set<Outcome>>();
  for (const { outcome } of cases)
    for (const [rule, expected] of Object.entries(outcome))
      tried.set(rule, (tried.get(rule) ?? new Set()).add(expected));
  return rules
    .filter(needsCases)
    .flatMap(({ id }) => [
      ...(tried.get(id)?.has('pass') ? [] : [warning('NO_PASSING_CASE', id)]),
      ...(tried.get(id)?.has('fail') ? [] : [warning('NO_FAILING_CASE', id)]),
    ]);
};

/**
 * What can be said of a valid pack without deciding anything real: rules that no facts can pass or fail, parameters that
 * nothing uses, and binding rules that no case passes or fails.
 */
export const verify = (pack: Pack): Warning[] => {
  const release = bundle(pack);
  return [...emptyRules(release, compile(release)), ...unusedParameters(release), ...untried(pack)];
};
