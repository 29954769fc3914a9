import { canonical } from '../../policies/canonical.ts';
import { below } from '../../policies/problem.ts';

/** One place where two JSON values differ. A value that is absent on one side is undefined there. */
export interface Difference {
  /** JSON pointer. */
  readonly path: string;
  readonly from: unknown;
  readonly to: unknown;
}

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const same = (from: unknown, to: unknown) =>
  from === to || (from !== undefined && to !== undefined && canonical(from) === canonical(to));

const keysOf = (from: object, to: object) => [...new Set([...Object.keys(from), ...Object.keys(to)])].sort();
const at = (value: Readonly<Record<string, unknown>>, key: string) =>
  Object.hasOwn(value, key) ? value[key] : undefined;

/** The members of two objects that differ, by name, each whole: what a reader compares. */
export function changedFields(from: object, to: object): Difference[] {
  const [before, after] = [from as Record<string, unknown>, to as Record<string, unknown>];
  return keysOf(from, to)
    .map((path) => ({ path, from: at(before, path), to: at(after, path) }))
    .filter((field) => !same(field.from, field.to));
}

/** The smallest places where two JSON values differ, at most `most` of them, in the order of their pointers. */
export function differences(from: unknown, to: unknown, most: number): Difference[] {
  const found: Difference[] = [];
  const walk = (a: unknown, b: unknown, path: string): void => {
    if (found.length >= most || same(a, b)) return;
    if (Array.isArray(a) && Array.isArray(b)) {
      for (let index = 0; index < Math.max(a.length, b.length); index++) walk(a[index], b[index], below(path, index));
    } else if (isRecord(a) && isRecord(b)) {
      for (const key of keysOf(a, b)) walk(at(a, key), at(b, key), below(path, key));
    } else found.push({ path, from: a, to: b });
  };
  walk(from, to, '');
  return found;
}
