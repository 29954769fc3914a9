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

const operandKey = (operand: Operand): unknown => {
  if ('value' in operand) return { value: operand.value };
  const { mapping } = operand;
  return 'column' in mapping ? { column: mapping.column } : { code: identityOf(mapping) };
};
const comparisonKey = ({ left, operator, right, percent }: Comparison): string =>
  JSON.stringify([operandKey(left), operator, operandKey(right), percent ?? null]);

/** A tree without booleans inside, without an `all` in an `all` or an `any` in an `any`, and its one text. */
interface Keyed {
  readonly where: Where;
  readonly key: string;
  /** For an `any`: the texts of its parts; for anything else its own. */
  readonly branches: ReadonlySet<string>;
}
const leaf = (where: Where, key: string): Keyed => ({ where, key, branches: new Set([key]) });

const unique = (parts: readonly Keyed[]): Keyed[] => {
  const seen = new Map<string, Keyed>();
  for (const part of parts) if (!seen.has(part.key)) seen.set(part.key, part);
  return [...seen.values()];
};
const keyOf = (name: string, parts: readonly Keyed[]) =>
  `${name}(${parts
    .map(({ key }) => key)
    .sort()
    .join(',')})`;

const disjunction = (parts: readonly Keyed[]): Keyed => {
  if (parts.some(({ where }) => where === true)) return leaf(true, 'true');
  const open = unique(parts.filter(({ where }) => where !== false));
  const [first] = open;
  if (!first) return leaf(false, 'false');
  if (open.length === 1) return first;
  return {
    where: { any: open.map(({ where }) => where) },
    key: keyOf('any', open),
    branches: new Set(open.map(({ key }) => key)),
  };
};

const isWithin = (smaller: Keyed, larger: Keyed) =>
  [...smaller.branches].every((branch) => larger.branches.has(branch));

const conjunction = (parts: readonly Keyed[]): Keyed => {
  if (parts.some(({ where }) => where === false)) return leaf(false, 'false');
  const open = unique(parts.filter(({ where }) => where !== true));
  // Absorption: what is said more strictly beside it need not be asked again.
  const needed = open.filter((part) => !open.some((other) => other !== part && isWithin(other, part)));
  const [first] = needed;
  if (!first) return leaf(true, 'true');
  if (needed.length === 1) return first;
  return leaf({ all: needed.map(({ where }) => where) }, keyOf('all', needed));
};

const keyed = (where: Where): Keyed => {
  if (typeof where === 'boolean') return leaf(where, String(where));
  if ('all' in where) return conjunction(where.all.flatMap((part) => partsOf(part, 'all')).map(keyed));
  if ('any' in where) return disjunction(where.any.flatMap((part) => partsOf(part, 'any')).map(keyed));
  return leaf(where, comparisonKey(where));
};
const partsOf = (where: Where, kind: 'all' | 'any'): readonly Where[] => {
  const parts =
    typeof where === 'object' && kind in where ? (where as Record<typeof kind, readonly Where[]>)[kind] : null;
  return parts ? parts.flatMap((part) => partsOf(part, kind)) : [where];
};

/**
 * The same rows, asked with fewer comparisons: booleans folded, repetitions and what another part already implies left
 * out. Two packs that restrict alike cost the database what one of them does.
 */
export const simplify = (where: Where): Where => keyed(where).where;
