import { requireLevel } from '../level.ts';
import { UserError } from '../user-error.ts';
import type { Organisation } from './from-graph.ts';

/**
 * The level at which an organisation acts: its own, or `unit` when it acts for itself alone. A level that is typed in
 * and not checked would let a county's money pass for the prefecture's.
 *
 * @throws UserError LEVEL_INVALID, LEVEL_MISMATCH
 */
export function levelOf(level: string, organisation: Organisation, field: string): string {
  if (requireLevel(level, field) === organisation.level || level === 'unit') return level;
  throw new UserError('LEVEL_MISMATCH', field, {
    zh: `该单位的层级是 ${organisation.level}，不能以 ${level} 层级办理。`,
    en: `The organisation is of the level ${organisation.level}: it cannot act as ${level}.`,
  });
}
