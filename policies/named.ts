import type { Condition, Leaf } from './condition.ts';
import { below, type PackProblem, problem } from './problem.ts';

/** A condition as authors write it: it may name another. */
export type Authored =
  | { readonly all: readonly Authored[] }
  | { readonly any: readonly Authored[] }
  | { readonly not: Authored }
  | { readonly condition: string }
  | Leaf;
export type NamedConditions = Readonly<Record<string, Authored>>;
export type Part =
  | { readonly kind: 'leaf'; readonly leaf: Leaf; readonly path: string }
  | { readonly kind: 'name'; readonly name: string; readonly path: string };

export const maximumNodes = 1000;
/** Each level is two of JSON, and a release must stay within the depth that is read. */
const maximumDepth = 24;

/** The comparisons and names of a condition as written, each with its JSON pointer. */
export function* partsOf(condition: Authored, path: string): Generator<Part> {
  if ('all' in condition)
    for (const [at, part] of condition.all.entries()) yield* partsOf(part, below(path, 'all', at));
  else if ('any' in condition)
    for (const [at, part] of condition.any.entries()) yield* partsOf(part, below(path, 'any', at));
  else if ('not' in condition) yield* partsOf(condition.not, below(path, 'not'));
  else if ('condition' in condition) yield { kind: 'name', name: condition.condition, path: below(path, 'condition') };
  else yield { kind: 'leaf', leaf: condition, path };
}

const limits = `> ${maximumNodes}, depth > ${maximumDepth}`;

interface Size {
  readonly nodes: number;
  readonly depth: number;
}
const sizeOf = (condition: Authored, sizes: ReadonlyMap<string, Size>): Size => {
  if ('condition' in condition) return sizes.get(condition.condition) ?? { nodes: 1, depth: 1 };
  const parts =
    'all' in condition ? condition.all : 'any' in condition ? condition.any : 'not' in condition ? [condition.not] : [];
  let nodes = 1;
  let depth = 0;
  for (const part of parts) {
    const size = sizeOf(part, sizes);
    nodes += size.nodes;
    depth = Math.max(depth, size.depth);
  }
  return { nodes, depth: depth + 1 };
};
const isTooLarge = ({ nodes, depth }: Size) => nodes > maximumNodes || depth > maximumDepth;

const namesIn = (condition: Authored): string[] =>
  [...partsOf(condition, '')].flatMap((part) => (part.kind === 'name' ? [part.name] : []));

export interface Inliner {
  readonly problems: readonly PackProblem[];
  /** The condition without names, or what hinders that; null when a problem reported elsewhere does. */
  inline(condition: Authored, file: string, path: string): Condition | PackProblem | null;
}

/**
 * Prepares the named conditions of a pack. Circles are found without recursion, and sizes are
 * added up before anything is copied: names that double each other would fill the memory.
 */
export const inliner = (named: NamedConditions, file = 'conditions.json'): Inliner => {
  const problems: PackProblem[] = [];
  const sizes = new Map<string, Size>();
  const broken = new Set<string>();
  for (const start of Object.keys(named)) {
    const trail: { name: string; rest: string[] }[] = [];
    const open = new Set<string>();
    const enter = (name: string) => {
      const condition = Object.hasOwn(named, name) ? named[name] : undefined;
      if (!condition || sizes.has(name) || broken.has(name)) return;
      trail.push({ name, rest: namesIn(condition) });
      open.add(name);
    };
    enter(start);
    for (let top = trail.at(-1); top; top = trail.at(-1)) {
      const next = top.rest.pop();
      if (next === undefined) {
        trail.pop();
        open.delete(top.name);
        const condition = named[top.name] as Authored;
        const size = sizeOf(condition, sizes);
        if (namesIn(condition).some((name) => broken.has(name))) broken.add(top.name);
        else if (isTooLarge(size)) {
          broken.add(top.name);
          problems.push(problem('CONDITION_TOO_LARGE', file, below('', top.name), limits));
        }
        sizes.set(top.name, size);
      } else if (open.has(next)) {
        const names = trail.map(({ name }) => name).slice([...open].indexOf(next));
        const isNews = names.some((name) => !broken.has(name));
        for (const name of names) broken.add(name);
        if (isNews) problems.push(problem('CONDITION_CYCLE', file, below('', next), [...names, next].join(' → ')));
      } else enter(next);
    }
  }
  const copy = (condition: Authored): Condition => {
    if ('all' in condition) return { all: condition.all.map(copy) };
    if ('any' in condition) return { any: condition.any.map(copy) };
    if ('not' in condition) return { not: copy(condition.not) };
    return 'condition' in condition ? copy(named[condition.condition] as Authored) : condition;
  };
  return {
    problems,
    inline(condition, from, path) {
      const names = namesIn(condition);
      if (names.some((name) => !Object.hasOwn(named, name) || broken.has(name))) return null;
      if (isTooLarge(sizeOf(condition, sizes))) return problem('CONDITION_TOO_LARGE', from, path, limits);
      return copy(condition);
    },
  };
};
