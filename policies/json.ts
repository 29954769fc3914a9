import { below, type PackProblem, problem } from './problem.ts';

export const maximumDepth = 64;
export const maximumFileSize = 1_048_576;
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

const isTooDeep = (text: string): boolean => {
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = stringEnd(text, at);
    else if (character === '{' || character === '[') depth++;
    else if (character === '}' || character === ']') depth--;
    if (depth > maximumDepth) return true;
  }
  return false;
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
  maximumSize: number = maximumFileSize,
): { value: unknown } | { problems: PackProblem[] } => {
  if (Buffer.byteLength(text) > maximumSize)
    return { problems: [problem('FILE_TOO_LARGE', file, '', `> ${maximumSize} B`)] };
  if (isTooDeep(text)) return { problems: [problem('TOO_DEEP', file, '', String(maximumDepth))] };
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return { problems: [problem('NOT_JSON', file, '', (error as Error).message)] };
  }
  const problems = hiddenKeys(file, text);
  return problems.length > 0 ? { problems } : { value };
};
