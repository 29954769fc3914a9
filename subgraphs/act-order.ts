import { UserError } from './user-error.ts';

/**
 * Acts on one thing are recorded in the order of their days. An act dated before the latest one would be decided on a
 * composition that was changed since, so that a floor could be crossed by dating a removal back.
 *
 * @throws UserError ON_BEFORE_LAST_ACT
 */
export function requireOrder(latest: string, on: string): void {
  if (on >= latest) return;
  throw new UserError('ON_BEFORE_LAST_ACT', 'on', {
    zh: `办理日期 ${on} 早于该对象最近一次办理的日期 ${latest}，请按日期先后办理。`,
    en: `The act is dated ${on}, before the latest act on this object (${latest}). Record acts in the order of their days.`,
  });
}
