import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { addDays, weekdayOf } from './day.ts';

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

/** The first and last day for which public holidays are known. */
export const holidayCoverage = { from: known.from, to: known.to } as const;

/** Whether a day is worked. Outside the years covered, weekends are all that is known. */
export const isWorkingDay = (date: string): boolean => {
  const weekday = weekdayOf(date);
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
