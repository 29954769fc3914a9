import { addWorkingDays } from './calendar.ts';
import type { DutyStatus } from './case.ts';
import { addDays, addMonths } from './day.ts';
import { isInForce, type Obligation, type PackContent, type WindowText } from './pack.ts';
import { parameterOn } from './parameter.ts';

/** The days between which a duty is to be done, both included. */
export interface Window {
  readonly from: string;
  readonly to: string;
  /** Counted over years whose public holidays nobody knows yet. */
  readonly provisional: boolean;
}
/** When something happened that a window is counted from, such as `engagement-end`. */
export type Events = Readonly<Record<string, string>>;

type Parameters = Pick<PackContent, 'parameters'>;
interface Moment {
  readonly date: string;
  readonly provisional: boolean;
}

const sure = (date: string): Moment => ({ date, provisional: false });

/** Reads one end of a window; null when it hangs on an event that has not happened, or is not known. */
const momentOf = (text: string, year: number, events: Events): Moment | null => {
  if (/^\d{4}-\d{2}-\d{2}$/.test(text)) return sure(text);
  if (/^\d{2}-\d{2}$/.test(text)) return sure(`${year}-${text}`);
  const [, event = '', sign = '+', amount = '0', unit = 'd'] =
    /^([a-z][a-z-]*[a-z])(?:([+-])(\d+)(wd|d|m|y))?$/.exec(text) ?? [];
  const at = Object.hasOwn(events, event) ? events[event] : undefined;
  if (at === undefined) return null;
  const count = Number(`${sign}${amount}`);
  if (unit === 'd') return sure(addDays(at, count));
  if (unit === 'wd') return addWorkingDays(at, count);
  return sure(addMonths(at, unit === 'y' ? 12 * count : count));
};

const lengthOf = ({ length }: WindowText, { parameters }: Parameters, asOf: string): number | null => {
  const parameter = parameters.find(({ id }) => id === length?.parameter);
  const value = parameter ? parameterOn(parameter, asOf).value : null;
  return typeof value === 'number' ? value : null;
};

const resolve = (text: WindowText, year: number, events: Events, pack: Parameters): Window | null => {
  const from = momentOf(text.from, year, events);
  if (!from) return null;
  const days = text.length ? lengthOf(text, pack, from.date) : null;
  const to = days !== null ? sure(addDays(from.date, days)) : text.to ? momentOf(text.to, year, events) : null;
  if (!to) return null;
  // A window of every year that ends before it begins ends in the next year.
  const end = to.date < from.date && text.to ? (momentOf(text.to, year + 1, events) ?? to) : to;
  return { from: from.date, to: end.date, provisional: from.provisional || to.provisional };
};

/**
 * The windows of a duty in a year, in their order. With `after`, the first window that has not ended by that event, be it
 * a later year's. Empty when no date says, or an event it hangs on is not known.
 */
export const windowsOf = (duty: Obligation, year: number, pack: Parameters, events: Events = {}): Window[] => {
  const texts = duty.windows ?? (duty.window ? [duty.window] : []);
  const inYear = (one: number) => texts.flatMap((text) => resolve(text, one, events, pack) ?? []);
  if (duty.after === undefined) return inYear(year);
  const event = Object.hasOwn(events, duty.after) ? events[duty.after] : undefined;
  if (event === undefined) return [];
  const start = Number(event.slice(0, 4));
  return [...inYear(start), ...inYear(start + 1)].filter(({ to }) => to >= event).slice(0, 1);
};

/** Whether a duty comes by the calendar, rather than by an event of its own or whenever somebody wants. */
export const isRecurring = ({ recurrence }: Obligation): boolean =>
  recurrence === 'once' ||
  recurrence === 'monthly' ||
  recurrence === 'quarterly' ||
  recurrence === 'half-yearly' ||
  recurrence === 'yearly';

/** Whether a pack asks for a duty in a year: in its years, and in force at the beginning or the end of its window. */
export const isAsked = (duty: Obligation, pack: Pick<PackContent, 'pack' | 'parameters'>, year: number): boolean => {
  const [first, last] = duty.years ?? [year, year];
  if (year < first || year > last) return false;
  const { effective } = pack.pack;
  const windows = windowsOf(duty, year, pack);
  if (windows.length === 0) {
    return duty.window?.from.length === 10 || duty.recurrence === 'once'
      ? false
      : isInForce(effective, `${year}-01-01`) || isInForce(effective, `${year}-12-31`);
  }
  return windows.some(
    ({ from, to }) => from.startsWith(String(year)) && (isInForce(effective, from) || isInForce(effective, to)),
  );
};

/** How many acts a duty takes; null when the law says neither a number nor nothing. */
export const countOf = (duty: Obligation, { parameters }: Parameters, asOf: string): number | null => {
  if (!duty.count) return 1;
  const parameter = parameters.find(({ id }) => id === duty.count?.parameter);
  const value = parameter ? parameterOn(parameter, asOf).value : null;
  return typeof value === 'number' ? value : null;
};

/** How a duty stands, and on which day it was done with. */
export interface Standing {
  readonly status: DutyStatus;
  readonly on: string | null;
}

interface Done {
  readonly days: readonly string[];
  readonly count: number | null;
  /** Only acts within the window count, even where one is enough: what is asked for in each half is not done in another. */
  readonly isCounted?: boolean;
  readonly waivedOn?: string | null;
}

/**
 * How a duty with a window stands on a day, given the days of the acts that satisfy it. What takes several acts is done
 * with the last of them, counted from the opening of the window. Without a window it is never due and never late.
 */
export const standingOn = (window: Window | null, acts: Done, asOf: string): Standing => {
  const { count, isCounted = count !== 1, waivedOn } = acts;
  if (waivedOn && waivedOn <= asOf) return { status: 'waived', on: waivedOn };
  const counted = [...acts.days]
    .filter((day) => day <= asOf && (!isCounted || !window || (window.from <= day && day <= window.to)))
    .sort();
  const on = count === null ? undefined : counted[Math.max(count, 1) - 1];
  if (on !== undefined) {
    if (window && on < window.from) return { status: 'early', on };
    return { status: window && on > window.to ? 'late' : 'satisfied', on };
  }
  if (!window || asOf < window.from) return { status: 'generated', on: null };
  return { status: asOf <= window.to ? 'due' : 'late', on: null };
};
