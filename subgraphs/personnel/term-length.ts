import { addDays, addMonths, daysBetween } from '../../policies/day.ts';

/** The length of a term, first and last day included: full calendar months, and the days left over. */
export function termLength(from: string, to: string): { readonly months: number; readonly days: number } {
  const end = addDays(to, 1);
  let months = 0;
  while (addMonths(from, months + 1) <= end) months += 1;
  return { months, days: daysBetween(addMonths(from, months), end) };
}
