const DAY = 86_400_000;
const timeOf = (date: string) => Date.parse(`${date}T00:00:00Z`);
const dateOf = (time: number) => new Date(time).toISOString().slice(0, 10);

/** The day of the week of a civil date, 0 for Sunday. */
export const weekdayOf = (date: string): number => new Date(timeOf(date)).getUTCDay();

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
