import { createHash } from 'node:crypto';

/**
 * One text for one value: JSON with sorted keys and no spaces; absent and undefined are the same.
 * Throws on what JSON cannot say exactly (NaN, infinity, bigint, functions), so that equal texts mean equal values.
 */
export const canonical = (value: unknown): string => {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return JSON.stringify(value);
  if (typeof value === 'number' && Number.isFinite(value)) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (typeof value !== 'object') throw new TypeError(`not JSON: ${String(value)}`);
  const record = value as Record<string, unknown>;
  const members = Object.keys(record)
    .sort()
    .flatMap((key) => (record[key] === undefined ? [] : [`${JSON.stringify(key)}:${canonical(record[key])}`]));
  return `{${members.join(',')}}`;
};

/** The hexadecimal SHA-256 of a text in UTF-8. */
export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** `sha256:` and the hexadecimal digest of the canonical form. */
export const digestOf = (value: unknown): string => `sha256:${sha256(canonical(value))}`;
