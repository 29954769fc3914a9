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
  NO_OPEN_CASE: ['没有待定的案例', 'no case shows that this rule stays open'],
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

interface Reach {
  readonly applies: boolean;
  readonly passes: boolean;
  readonly fails: boolean;
}

/** What a rule can come to on some known facts; undefined when there are too many to look at. */
const reachOf = ({ gate: { applies, requires } }: RuleTrace, { facts }: Release): Reach | undefined => {
  const cells = cellsOf([...(applies ? testsOf(applies) : []), ...testsOf(requires)], facts);
  const applicable = cells?.filter((cell) => !applies || truthOf(applies, cell));
  if (!applicable) return undefined;
  const truths = new Set(applicable.map((cell) => truthOf(requires, cell)));
  return { applies: applicable.length > 0, passes: truths.has(true), fails: truths.has(false) };
};

const isWaiting = ({ gate: { applies, requires } }: RuleTrace) =>
  [...(applies ? testsOf(applies) : []), ...testsOf(requires)].some(({ right }) => right.kind === 'absent');

/** Every rule on every first day of a span in which nothing changes. */
function* spansOf(release: Release, compiled: CompiledPack): Generator<{ day: string; trace: RuleTrace }> {
  for (const point of new Set(release.rules.flatMap(({ on }) => on)))
    for (const day of compiled.daysOf(point)) for (const trace of compiled.at(point, day).rules) yield { day, trace };
}

/**
 * Rules that come to the same whatever the facts. Nothing is said of a rule that waits for a parameter, nor that one
 * which only informs always passes: it is there to be shown.
 */
const emptiness = (trace: RuleTrace, reach: Reach): Warning['code'] | undefined => {
  if (isWaiting(trace)) return undefined;
  if (!reach.applies) return 'NEVER_APPLIES';
  if (!reach.passes) return 'NEVER_PASSES';
  return reach.fails || trace.rule.effect === 'inform' ? undefined : 'ALWAYS_PASSES';
};

const needsCases = ({ force }: Rule) => force === 'hard' || force === 'in-principle' || force === 'priority';

/** The outcomes that cases must show: both sides where a rule has them, else that it stays open. */
const dueOutcomes = (reaches: readonly (Reach | undefined)[]): Outcome[] => {
  const passes = reaches.some((reach) => reach?.passes ?? true);
  const fails = reaches.some((reach) => reach?.fails ?? true);
  return passes || fails
    ? [...(passes ? ['pass' as const] : []), ...(fails ? ['fail' as const] : [])]
    : ['undetermined'];
};

const caseWarnings = { pass: 'NO_PASSING_CASE', fail: 'NO_FAILING_CASE', undetermined: 'NO_OPEN_CASE' } as const;

const untried = (pack: Pack, reaches: ReadonlyMap<string, readonly (Reach | undefined)[]>): Warning[] => {
  const shown = new Set(pack.cases.flatMap(({ outcome }) => Object.entries(outcome).map((one) => one.join(' '))));
  return pack.rules.filter(needsCases).flatMap(({ id }) =>
    dueOutcomes(reaches.get(id) ?? [])
      .filter((outcome) => !shown.has(`${id} ${outcome}`))
      .map((outcome) => warning(caseWarnings[outcome as keyof typeof caseWarnings], id)),
  );
};

const unusedParameters = ({ parameters, rules, indicators, obligations }: Release): Warning[] => {
  // References stand as {"parameter": id} or {"lengthOf": id}, and in texts as {id}.
  const text = JSON.stringify([rules, indicators, obligations]);
  const isUsed = (id: string) =>
    text.includes(`"parameter":"${id}"`) || text.includes(`"lengthOf":"${id}"`) || text.includes(`{${id}}`);
  return parameters.filter(({ id }) => !isUsed(id)).map(({ id }) => warning('UNUSED_PARAMETER', id));
};

/**
 * What can be said of a valid pack without deciding anything real: rules that no facts can pass or fail, parameters that
 * nothing uses, and binding rules that no case shows passing and failing.
 */
export const verify = (pack: Pack): Warning[] => {
  const release = bundle(pack);
  const reaches = new Map<string, (Reach | undefined)[]>();
  const empty = new Map<string, Warning>();
  for (const { day, trace } of spansOf(release, compile(release))) {
    const { id } = trace.rule;
    const reach = reachOf(trace, release);
    reaches.set(id, [...(reaches.get(id) ?? []), reach]);
    const code = reach && emptiness(trace, reach);
    if (code && !empty.has(id)) empty.set(id, warning(code, id, day));
  }
  return [...empty.values(), ...unusedParameters(release), ...untried(pack, reaches)];
};
