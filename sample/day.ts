import { addDays, daysBetween } from '../policies/day.ts';
import type { Chance } from './random.ts';

/** A day from `from` to `to`, both included. */
export function dayBetween(chance: Chance, from: string, to: string): string {
  return addDays(from, chance.whole(0, daysBetween(from, to)));
}

/** The Mondays to Fridays from `from` to `to`, both included. */
export function weekdays(from: string, to: string): string[] {
  const days: string[] = [];
  for (let day = from; day <= to; day = addDays(day, 1)) {
    const weekday = new Date(`${day}T00:00:00Z`).getUTCDay();
    if (weekday > 0 && weekday < 6) days.push(day);
  }
  return days;
}

/** Nine in the morning of a day in China, when the office opens. */
export function officeHour(day: string): Date {
  return new Date(`${day}T09:00:00+08:00`);
}
