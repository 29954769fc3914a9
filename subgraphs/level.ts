import { UserError } from './user-error.ts';

/** The tiers that form, send and pay. A region's own levels are another list: a unit is no region. */
const LEVELS = ['national', 'province', 'prefecture', 'county', 'unit'];

/**
 * Accepts a tier and answers it. A code that no rule knows would slip past every rule that asks for a tier.
 *
 * @throws UserError LEVEL_INVALID
 */
export function requireLevel(level: string, field = 'level'): string {
  if (LEVELS.includes(level)) return level;
  throw new UserError('LEVEL_INVALID', field, {
    zh: `层级“${level}”不存在，应为：${LEVELS.join('、')}。`,
    en: `There is no level "${level}"; it is one of ${LEVELS.join(', ')}.`,
  });
}
