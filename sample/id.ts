import { createHash } from 'node:crypto';

function assemble(time: number, rest: string, variant: string): string {
  const at = time.toString(16).padStart(12, '0');
  return `${at.slice(0, 8)}-${at.slice(8)}-7${rest.slice(0, 3)}-${variant}${rest.slice(3, 6)}-${rest.slice(6, 18)}`;
}

/**
 * The id (UUID v7) of something named: the same name and day make the same id. Its time is the day, so that lists in the
 * order of ids are in the order of time; `order` tells apart what happened on one day.
 */
export function idOf(name: string, day: string, order = 0): string {
  const digest = createHash('sha256').update(name).digest('hex');
  const variant = '89ab'[Number.parseInt(digest.charAt(0), 16) % 4] as string;
  return assemble(Date.parse(`${day}T00:00:00Z`) + order, digest.slice(1), variant);
}

const hex = (number: number, digits: number) => number.toString(16).padStart(digits, '0');
const NUMBERED_FROM = Date.parse('2024-01-01T00:00:00Z');

/**
 * The id (UUID v7) of row `number` of a kind at a place, for loads in which a digest for each row costs too much. Rows
 * of one place lie together, so that an index grows at its end. Kinds and places are below 4096.
 */
export function numberedId(kind: number, place: number, number: number): string {
  return assemble(NUMBERED_FROM + place, `${hex(kind, 3)}${hex(place, 3)}${hex(number, 12)}`, '8');
}
