import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Public holidays that fall on weekdays, and weekends that are worked for them. Years outside `from`..`to` are not known. */
interface Holidays {
  readonly from: string;
  readonly to: string;
  readonly holidays: readonly string[];
  readonly workingWeekends: readonly string[];
}

const known: Holidays = JSON.parse(readFileSync(join(import.meta.dirname, 'holidays.json'), 'utf8'));
const holidays = new Set(known.holidays);
const workingWeekends = new Set(known.workingWeekends);

const DAY = 86_400_000;
const timeOf = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The first and last day for which public holidays are known. */
export const holidayCoverage = { from: known.from, to: known.to } as const;

/** The civil date so many calendar days later; earlier for a negative number. */
export const addDays = (date: string, days: number): string => dateOf(timeOf(date) + days * DAY);

/** Calendar days from one date to another; negative when `to` comes first. */
export const daysBetween = (from: string, to: string): number => (timeOf(to) - timeOf(from)) / DAY;

/**
 * The same day of the month so many months later, or the last day of a month that is shorter. Counting goes from the
 * date given, so that two steps of a month can differ from one of two.
 */
export const addMonths = (date: string, months: number): string => {
  const [year = 0, month = 1, day = 1] = date.split('-').map(Number);
  const first = new Date(Date.UTC(year, month - 1 + months, 1));
  const last = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate();
  first.setUTCDate(Math.min(day, last));
  return dateOf(first.getTime());
};

/** Whether a day is worked. Outside the years covered, weekends are all that is known. */
export const isWorkingDay = (date: string): boolean => {
  const weekday = new Date(timeOf(date)).getUTCDay();
  return weekday === 0 || weekday === 6 ? workingWeekends.has(date) : !holidays.has(date);
};

/** A date that was counted, and whether the counting left the years whose holidays are known. */
export interface Counted {
  readonly date: string;
  readonly provisional: boolean;
}

const isCovered = (date: string) => known.from <= date && date <= known.to;

/** The day so many working days after a date, which is itself not counted. Never answers as certain what nobody knows yet. */
export const addWorkingDays = (date: string, days: number): Counted => {
  let at = date;
  let provisional = !isCovered(date);
  for (let left = days; left > 0; ) {
    at = addDays(at, 1);
    provisional ||= !isCovered(at);
    if (isWorkingDay(at)) left -= 1;
  }
  return { date: at, provisional };
};

/** Working days after `from` up to and including `to`; 0 if `to` is not later. */
export const workingDaysBetween = (
  from: string,
  to: string,
): { readonly days: number; readonly provisional: boolean } => {
  let days = 0;
  for (let at = addDays(from, 1); at <= to; at = addDays(at, 1)) if (isWorkingDay(at)) days += 1;
  return { days, provisional: !isCovered(from) || !isCovered(to) };
};
