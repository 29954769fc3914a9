import { below, capped, type PackProblem, problem } from './problem.ts';

export interface Limits {
  readonly bytes: number;
  /** Members of one list or object. */
  readonly members: number;
  /** Values in the whole text. */
  readonly values: number;
}
/** For one file of a pack. What follows the parser takes time by the square of a list that is wrong throughout. */
export const fileLimits: Limits = { bytes: 1_048_576, members: 1000, values: 50_000 };
/** For a release, which holds a whole pack. */
export const releaseLimits: Limits = { bytes: 16 * 1_048_576, members: 5000, values: 1_000_000 };
export const maximumDepth = 64;
const forbidden = new Set(['__proto__', 'constructor', 'prototype']);

interface Container {
  readonly path: string;
  /** Keys seen so far; undefined for an array. */
  readonly keys: Set<string> | undefined;
  key: string | number;
}

const stringEnd = (text: string, start: number): number => {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
  return at;
};

const nextSolid = (text: string, at: number): string | undefined => {
  let next = at;
  while (text[next] === ' ' || text[next] === '\n' || text[next] === '\r' || text[next] === '\t') next++;
  return text[next];
};

/** Which limit of nesting or number the text exceeds, without parsing it. */
const excess = (text: string, limits: Limits): ['TOO_DEEP' | 'TOO_MANY', number] | undefined => {
  const members: number[] = [];
  let values = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at);
    else if (character === '{' || character === '[') members.push(1);
    else if (character === '}' || character === ']') members.pop();
    if (character !== ',' && character !== '{' && character !== '[') continue;
    if (character === ',' && members.length > 0) {
      const count = (members.pop() as number) + 1;
      members.push(count);
      if (count > limits.members) return ['TOO_MANY', limits.members];
    }
    if (++values > limits.values) return ['TOO_MANY', limits.values];
    if (members.length > maximumDepth) return ['TOO_DEEP', maximumDepth];
  }
  return undefined;
};

/** What valid JSON hides from whoever only sees the parsed value: keys that repeat or reach a prototype. */
const hiddenKeys = (file: string, text: string): PackProblem[] => {
  const problems: PackProblem[] = [];
  const open: Container[] = [];
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    const container = open.at(-1);
    if (character === '"') {
      const end = stringEnd(text, at);
      if (container?.keys && nextSolid(text, end + 1) === ':') {
        const key = JSON.parse(text.slice(at, end + 1)) as string;
        const path = below(container.path, key);
        if (forbidden.has(key)) problems.push(problem('FORBIDDEN_KEY', file, path, key));
        if (container.keys.has(key)) problems.push(problem('DUPLICATE_KEY', file, path, key));
        container.keys.add(key);
        container.key = key;
      }
      at = end;
    } else if (character === '{' || character === '[') {
      const path = container ? below(container.path, container.key) : '';
      open.push({ path, keys: character === '{' ? new Set() : undefined, key: 0 });
    } else if (character === '}' || character === ']') open.pop();
    else if (character === ',' && container && typeof container.key === 'number') container.key++;
  }
  return problems;
};

/**
 * Parses JSON that may be hostile: size first, then nesting without recursion, then keys
 * that a later reader could misunderstand. Never throws.
 */
export const parseJson = (
  file: string,
  text: string,
  limits: Limits = fileLimits,
): { value: unknown } | { problems: PackProblem[] } => {
  if (Buffer.byteLength(text) > limits.bytes)
    return { problems: [problem('FILE_TOO_LARGE', file, '', `> ${limits.bytes} B`)] };
  const exceeded = excess(text, limits);
  if (exceeded) return { problems: [problem(exceeded[0], file, '', String(exceeded[1]))] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [problem('NOT_JSON', file, '', (error as Error).message)] };
  }
  const problems = hiddenKeys(file, text);
  return problems.length > 0 ? { problems: capped(problems, file, (one) => one) } : { value };
};
