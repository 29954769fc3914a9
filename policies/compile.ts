import { closures } from './closure.ts';
import { type Condition, leavesOf, parameterOf } from './condition.ts';
import { addDays } from './day.ts';
import type { PackVersion } from './decision.ts';
import { type FactType, isDate } from './facts.ts';
import { canGenerate, factsOfGates, type Gate, generate, type Judge } from './generate.ts';
import { comparisonCount, type Marker, marker } from './marker.ts';
import type { Release, Rule } from './pack.ts';
import { isInForce } from './pack.ts';
import { parameterOn } from './parameter.ts';
import { type RuleTrace, traced } from './trace.ts';
import { resolve } from './tree.ts';

/** A pack at one decision point in a span of days in which neither rules nor parameters change. */
export interface Segment {
  readonly rules: readonly RuleTrace[];
  /** Facts any of the rules compares, with their types. */
  readonly facts: readonly { readonly id: string; readonly type: FactType }[];
  /** The blocking rules, in the order of the judge's indexes, with their conditions on these days. */
  readonly gates: readonly (Gate & { readonly rule: Rule })[];
  readonly judge: Judge;
  /** Marks every rule and every comparison; see `mark`. */
  readonly marker: Marker;
  /** How many comparisons the rules make. */
  readonly comparisons: number;
}
export interface CompiledPack {
  readonly release: Release;
  readonly version: PackVersion;
  /** The pack at a point on a date; built once per span of days. */
  at(point: string, asOf: string): Segment;
  /** The days on which something about the point's rules changes, ascending; nothing is in force before the first. */
  daysOf(point: string): readonly string[];
}

const conditionsOf = ({ appliesWhen, requires }: Rule): Condition[] =>
  appliesWhen ? [appliesWhen, requires] : [requires];

/** The ids of the parameters a rule compares with or shows. */
const parametersOf = (rule: Rule, release: Release): Set<string> => {
  const ids = conditionsOf(rule).flatMap((condition) =>
    [...leavesOf(condition)].flatMap((leaf) => parameterOf(leaf) ?? []),
  );
  const texts = [rule.message.zh, rule.message.en, rule.remedy.zh, rule.remedy.en].join(' ');
  const shown = release.parameters.filter(({ id }) => texts.includes(`{${id}}`)).map(({ id }) => id);
  return new Set([...ids, ...shown].sort());
};

/** The days on which something about the rules changes, ascending. */
const turningDays = (rules: readonly Rule[], release: Release): string[] => {
  const days = new Set<string>();
  for (const rule of rules) {
    days.add(rule.effective.from);
    if (rule.effective.to !== undefined && rule.effective.to < '9999-12-31') days.add(addDays(rule.effective.to, 1));
    const used = parametersOf(rule, release);
    for (const { id, values } of release.parameters) if (used.has(id)) for (const { from } of values) days.add(from);
  }
  return [...days].sort();
};

const build = (release: Release, rules: readonly Rule[], asOf: string, make: typeof generate): Segment => {
  const parameters = new Map(release.parameters.map((parameter) => [parameter.id, parameterOn(parameter, asOf)]));
  const valueIn = (id: string) => parameters.get(id)?.value ?? null;
  const inForce = rules.filter(({ effective }) => isInForce(effective, asOf));
  const gateOf = ({ effect, appliesWhen, requires }: Rule): Gate => ({
    effect,
    applies: appliesWhen ? resolve(appliesWhen, valueIn) : null,
    requires: resolve(requires, valueIn),
  });
  const blocking = [
    ...inForce.filter(({ effect }) => effect === 'deny'),
    ...inForce.filter(({ effect }) => effect === 'override'),
  ];
  const facts = factsOfGates(inForce.map(gateOf)).flatMap((id) => {
    const type = release.facts[id]?.type;
    return type ? [{ id, type }] : [];
  });
  const traces = inForce.map((rule) => {
    const used = Object.fromEntries(
      [...parametersOf(rule, release)].flatMap((id) => {
        const use = parameters.get(id);
        return use ? [[id, use]] : [];
      }),
    );
    return traced(rule, gateOf(rule), used, release);
  });
  const gates = blocking.map((rule) => ({ rule, ...gateOf(rule) }));
  const all = traces.map(({ gate }) => gate);
  let judge: Judge | undefined;
  let marking: Marker | undefined;
  return {
    rules: traces,
    facts,
    gates,
    get judge() {
      judge ??= make(gates, release.facts);
      return judge;
    },
    get marker() {
      marking ??= marker(all, make === generate);
      return marking;
    },
    comparisons: comparisonCount(all),
  };
};

interface Spans {
  readonly rules: readonly Rule[];
  readonly days: readonly string[];
  readonly segments: (Segment | undefined)[];
  /** The last answer: bulk work asks about one date. */
  last: { readonly asOf: string; readonly segment: Segment } | undefined;
}

/** A point on which the pack has no rule. */
const silence: Segment = { rules: [], facts: [], gates: [], judge: () => 0, marker: () => {}, comparisons: 0 };

const create = (release: Release, make: typeof generate): CompiledPack => {
  const points = new Map<string, Spans>();
  for (const point of new Set(release.rules.flatMap(({ on }) => on))) {
    const rules = release.rules.filter(({ on }) => on.includes(point)).sort((a, b) => (a.id < b.id ? -1 : 1));
    points.set(point, { rules, days: turningDays(rules, release), segments: [], last: undefined });
  }
  return {
    release,
    version: { id: release.pack.id, version: release.pack.version, digest: release.digest },
    at(point, asOf) {
      const spans = points.get(point);
      if (!spans) return silence;
      if (spans.last?.asOf === asOf) return spans.last.segment;
      const { rules, days, segments } = spans;
      let span = days.length;
      while (span > 0 && (days[span - 1] as string) > asOf) span--;
      const segment = segments[span] ?? build(release, rules, asOf, make);
      segments[span] = segment;
      spans.last = { asOf, segment };
      return segment;
    },
    daysOf: (point) => points.get(point)?.days ?? [],
  };
};

const maximumCached = 256;
const caches = { generated: new Map<string, CompiledPack>(), closures: new Map<string, CompiledPack>() };

/**
 * Makes a release ready to decide; the same digest gives the same compiled pack. `code` says whether functions may be
 * generated from text, by default wherever that is allowed.
 */
export const compile = (release: Release, options: { readonly code?: boolean } = {}): CompiledPack => {
  const generated = options.code ?? canGenerate;
  const cache = generated ? caches.generated : caches.closures;
  const known = cache.get(release.digest);
  if (known) return known;
  const compiled = create(release, generated ? generate : closures);
  cache.set(release.digest, compiled);
  const [oldest] = cache.keys();
  if (cache.size > maximumCached && oldest !== undefined) cache.delete(oldest);
  return compiled;
};

let lastDate = '';

/** Throws unless the date is a civil date. */
export const requireDate = (asOf: string): void => {
  if (asOf === lastDate) return;
  if (isDate(asOf)) lastDate = asOf;
  else throw new RangeError(`DATE: asOf must be a civil date, got ${String(asOf)}`);
};
