import { GraphQLError } from 'graphql';
import { UserError } from '../user-error.ts';

/**
 * An amount that an act is about: more than nothing. That it is whole, not negative and below 2^53 is the scalar's care.
 *
 * @throws UserError AMOUNT_ZERO
 */
export function moreThanNothing(amountFen: number, field = 'amountFen'): number {
  if (amountFen > 0) return amountFen;
  throw new UserError('AMOUNT_ZERO', field, { zh: '金额须大于零。', en: 'The amount must be more than zero.' });
}

/**
 * The sum of amounts that are exact each for itself.
 *
 * @throws UserError AMOUNT_TOO_LARGE when the sum would no longer be exact
 */
export function sumFen(amounts: readonly number[], field = 'amountFen'): number {
  const sum = amounts.reduce((total, amount) => total + amount, 0);
  if (Number.isSafeInteger(sum)) return sum;
  throw new UserError('AMOUNT_TOO_LARGE', field, {
    zh: '合计金额超出可精确记录的范围。',
    en: 'The total is too large to be kept exactly.',
  });
}

const isPlausible = (year: number) => year >= 2000 && year <= 2100;

/** @throws UserError YEAR_INVALID */
export function plausibleYear(year: number, field = 'year'): number {
  if (isPlausible(year)) return year;
  throw new UserError('YEAR_INVALID', field, {
    zh: `年度 ${year} 不在 2000 至 2100 之间。`,
    en: `The year ${year} is not between 2000 and 2100.`,
  });
}

/**
 * The years that a query asks for, in their order.
 *
 * @throws GraphQLError YEAR_INVALID
 */
export function plausibleYears(from: number, to: number): [number, number] {
  if (isPlausible(from) && isPlausible(to) && from <= to) return [from, to];
  throw new GraphQLError(`The years ${from} to ${to} are not between 2000 and 2100, the earlier first.`, {
    extensions: { code: 'YEAR_INVALID', messageZh: `年度 ${from} 至 ${to} 不在 2000 至 2100 之间，或先后颠倒。` },
  });
}

const LONGEST_TEXT = 2_000;

/**
 * A text that must say something.
 *
 * @throws UserError TEXT_REQUIRED, TEXT_TOO_LONG
 */
export function stated(text: string, field: string): string {
  const trimmed = text.trim();
  if (!trimmed) throw new UserError('TEXT_REQUIRED', field, { zh: '此项不能为空。', en: 'This must not be empty.' });
  if (trimmed.length <= LONGEST_TEXT) return trimmed;
  throw new UserError('TEXT_TOO_LONG', field, {
    zh: `此项最长 ${LONGEST_TEXT} 字。`,
    en: `This may have at most ${LONGEST_TEXT} characters.`,
  });
}

/**
 * A day on which something happened that is recorded on a later or the same day.
 *
 * @throws UserError DATE_AFTER_ACT
 */
export function notAfter(day: string, on: string, field: string): string {
  if (day <= on) return day;
  throw new UserError('DATE_AFTER_ACT', field, {
    zh: `日期 ${day} 晚于办理日期 ${on}。`,
    en: `The date ${day} is after the day of the act, ${on}.`,
  });
}
