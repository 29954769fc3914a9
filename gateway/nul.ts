import { type DocumentNode, visit } from 'graphql';

const NUL = '\u0000';

/** Whether a value holds the character NUL in a text or a key. No database text can have it, and none is wanted. */
export function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes(NUL);
  if (Array.isArray(value)) return value.some(holdsNul);
  if (typeof value !== 'object' || value === null) return false;
  return Object.entries(value).some(([key, one]) => key.includes(NUL) || holdsNul(one));
}

/** Whether a text written out in an operation holds it. */
export function writesNul(document: DocumentNode): boolean {
  let found = false;
  visit(document, {
    StringValue: ({ value }) => {
      found ||= value.includes(NUL);
    },
  });
  return found;
}
