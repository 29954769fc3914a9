import type { Comparison, Operand, Where } from './where.ts';

// SQL expressions and relations are code: two of them are the same only if they are one object.
const identities = new WeakMap<object, number>();
let lastIdentity = 0;
const identityOf = (thing: object): number => {
  let identity = identities.get(thing);
  if (identity === undefined) {
    identity = ++lastIdentity;
    identities.set(thing, identity);
  }
  return identity;
};

// A list stands for the set of its values.
const valueKey = (value: unknown): unknown => (Array.isArray(value) ? [...new Set<unknown>(value)].sort() : value);
const operandKey = (operand: Operand): unknown => {
  if ('value' in operand) return { value: valueKey(operand.value) };
  const { mapping } = operand;
  return 'column' in mapping ? { column: mapping.column } : { code: identityOf(mapping) };
};
const comparisonKey = ({ left, operator, right, percent }: Comparison): string =>
  JSON.stringify([operandKey(left), operator, operandKey(right), percent ?? null]);

/** A tree without booleans inside, without an `all` in an `all` or an `any` in an `any`, and its one text. */
interface Keyed {
  readonly where: Where;
  readonly key: string;
  readonly kind: 'all' | 'any' | 'leaf';
  /** The parts of an `all` or an `any` by their texts. */
  readonly parts: ReadonlyMap<string, Keyed>;
}
type Parts = ReadonlyMap<string, Keyed>;

const leaf = (where: Where, key: string): Keyed => ({ where, key, kind: 'leaf', parts: new Map() });
const always = leaf(true, 'true');
const never = leaf(false, 'false');

/** What it is made of if it is of this kind, otherwise itself alone. */
const partsAs = (kind: 'all' | 'any', keyed: Keyed): Parts =>
  keyed.kind === kind ? keyed.parts : new Map([[keyed.key, keyed]]);

const joined = (kind: 'all' | 'any', parts: Parts): Keyed => {
  const [first] = parts.values();
  if (!first) return kind === 'all' ? always : never;
  if (parts.size === 1) return first;
  const wheres = [...parts.values()].map(({ where }) => where);
  const where = kind === 'all' ? { all: wheres } : { any: wheres };
  return { where, key: `${kind}(${[...parts.keys()].sort().join(',')})`, kind, parts };
};

const isWithin = (smaller: Parts, larger: Parts) =>
  smaller.size <= larger.size && [...smaller.keys()].every((key) => larger.has(key));

/** Flat, each part once, and none that another makes idle: `a and (a or b)` is `a`, and so is `a or (a and b)`. */
const partsOf = (kind: 'all' | 'any', given: readonly Keyed[]): Parts => {
  const flat = new Map<string, Keyed>();
  for (const one of given) for (const [key, part] of partsAs(kind, one)) if (!flat.has(key)) flat.set(key, part);
  flat.delete(kind === 'all' ? always.key : never.key);
  const inner = [...flat].map(([key, part]) => ({ key, part, of: partsAs(kind === 'all' ? 'any' : 'all', part) }));
  const needed = inner.filter((one) => !inner.some((other) => other !== one && isWithin(other.of, one.of)));
  return new Map(needed.map(({ key, part }) => [key, part]));
};

const disjunction = (given: readonly Keyed[]): Keyed =>
  given.some(({ where }) => where === true) ? always : joined('any', partsOf('any', given));

/** `(x or a) and (x or b)` is `x or (a and b)`: the database can then look for `x` by an index. */
const conjunction = (given: readonly Keyed[]): Keyed => {
  if (given.some(({ where }) => where === false)) return never;
  const parts = partsOf('all', given);
  const branches = [...parts.values()].map((part) => partsAs('any', part));
  const [first, ...others] = branches;
  const common = new Set([...(first?.keys() ?? [])].filter((key) => others.every((other) => other.has(key))));
  if (!first || others.length === 0 || common.size === 0) return joined('all', parts);
  const shared = [...first].filter(([key]) => common.has(key)).map(([, part]) => part);
  const rest = branches.map((one) => disjunction([...one].filter(([key]) => !common.has(key)).map(([, part]) => part)));
  return disjunction([...shared, conjunction(rest)]);
};

const keyed = (where: Where): Keyed => {
  if (typeof where === 'boolean') return where ? always : never;
  if ('all' in where) return conjunction(where.all.map(keyed));
  if ('any' in where) return disjunction(where.any.map(keyed));
  return leaf(where, comparisonKey(where));
};

/**
 * The same rows, asked with fewer comparisons: booleans folded, repetitions and what another part already implies left
 * out, what every part of a conjunction has in common said once. Two packs that restrict alike cost the database what one of them does.
 */
export const simplify = (where: Where): Where => keyed(where).where;
