import { UserError } from '../user-error.ts';

/** @throws UserError PERIOD_INVALID when an engagement would end before it begins */
export function requirePeriod(from: string, to: string): void {
  if (from <= to) return;
  throw new UserError('PERIOD_INVALID', 'to', {
    zh: `结束日期 ${to} 早于开始日期 ${from}。`,
    en: `The last day ${to} is before the first one, ${from}.`,
  });
}
