import { addDays, daysBetween } from '../civil-date.ts';

const daysIn = (year: number, month: number) => new Date(Date.UTC(year, month, 0)).getUTCDate();

/** The same day so many months later; the last day of a month that is too short for it. */
export function addMonths(date: string, months: number): string {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const count = year * 12 + (month - 1) + months;
  const [inYear, inMonth] = [Math.floor(count / 12), (count % 12) + 1];
  const inDay = Math.min(day, daysIn(inYear, inMonth));
  return [String(inYear).padStart(4, '0'), ...[inMonth, inDay].map((part) => String(part).padStart(2, '0'))].join('-');
}

/** The length of a term, first and last day included: full calendar months, and the days left over. */
export function termLength(from: string, to: string): { readonly months: number; readonly days: number } {
  const end = addDays(to, 1);
  let months = 0;
  while (addMonths(from, months + 1) <= end) months += 1;
  return { months, days: daysBetween(addMonths(from, months), end) };
}
