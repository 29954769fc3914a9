import { type Citation, type Entry, isInForce, type Release, type Text } from '../../policies/pack.ts';
import type { Place } from '../place.ts';

/** An entry of a pack's calendar: what is to be done, by whom, for whom, when. */
export interface Duty {
  readonly id: string;
  readonly title: Text;
  /** Role codes of the pack. */
  readonly owner: readonly string[];
  readonly recipient: readonly string[];
  /** yearly, once, irregular, per-engagement, per-selection ... */
  readonly recurrence: string;
  /** MM-DD, or YYYY-MM-DD for what is due once; other words are moments that only another part of the graph knows. */
  readonly window: { readonly from?: string; readonly to?: string } | null;
  readonly platformDefault: boolean;
  readonly lateEffect: string;
  /** Mutations by which it is done. */
  readonly satisfiedBy: readonly string[];
  /** First and last year, when the pack limits them. */
  readonly years: readonly number[] | null;
  readonly note: Text | null;
  readonly citation: Citation | null;
}

/** The days between which it is to be done; null when no date says. */
export interface Window {
  readonly from: string;
  readonly to: string;
}

/** Reads an entry of `obligations/`. */
export function readDuty(entry: Entry): Duty {
  const { owner, recipient, recurrence, window, platformDefault, lateEffect, satisfiedBy, years, note, citation } =
    entry as Entry & Partial<Omit<Duty, 'id' | 'title'>>;
  return {
    id: entry.id,
    title: entry.title,
    owner: owner ?? [],
    recipient: recipient ?? [],
    recurrence: recurrence ?? 'irregular',
    window: window ?? null,
    platformDefault: platformDefault ?? false,
    lateEffect: lateEffect ?? 'none',
    satisfiedBy: satisfiedBy ?? [],
    years: years ?? null,
    note: note ?? null,
    citation: citation ?? null,
  };
}

/** Whether it comes once in a year or once at all; otherwise each occurrence is settled by itself. */
export const isSingle = ({ recurrence }: Duty): boolean => recurrence === 'yearly' || recurrence === 'once';

const dated = (text: string | undefined, year: number): string | null => {
  if (text && /^\d{4}-\d{2}-\d{2}$/.test(text)) return text;
  return text && /^\d{2}-\d{2}$/.test(text) ? `${year}-${text}` : null;
};

/** The window of a year. One that ends before it begins ends in the next year. */
export function windowOf(duty: Duty, year: number): Window | null {
  if (!isSingle(duty) || !duty.window) return null;
  const from = dated(duty.window.from, year);
  const to = dated(duty.window.to, year);
  if (!from || !to) return null;
  return { from, to: to < from ? (dated(duty.window.to, year + 1) as string) : to };
}

/** Whether a pack asks for it in a year. */
export function isAsked(duty: Duty, release: Release, year: number): boolean {
  const { effective } = release.pack;
  const window = windowOf(duty, year) ?? { from: `${year}-01-01`, to: `${year}-12-31` };
  if (Number(window.from.slice(0, 4)) !== year) return false;
  const [first = year, last = year] = duty.years ?? [];
  if (year < first || year > last) return false;
  return isInForce(effective, window.from) || isInForce(effective, window.to);
}

const TIERS = ['country', 'national', 'province', 'prefecture', 'county'];

/**
 * The owners for which a region answers: the bodies of its own tier. Those below the county, such as units, are listed
 * with the county; those whose tier the pack does not give, with the region that the pack names.
 */
export function ownersIn(duty: Duty, release: Release, place: Place): string[] {
  const { governs } = release.pack;
  const named = !('regions' in governs) || governs.regions.includes(place.path[0] ?? '');
  return duty.owner.filter((owner) => {
    const level = release.roles.find(({ role }) => role === owner)?.level;
    if (level === undefined) return named;
    const tier = level === 'national' ? 'country' : level;
    return TIERS.includes(tier) ? tier === place.level : place.level === 'county';
  });
}

export type Status = 'generated' | 'due' | 'satisfied' | 'late' | 'waived';

/** How it stands on a day. Without a date it is never late. */
export function statusOn(
  window: Window | null,
  settled: { readonly outcome: 'satisfied' | 'waived'; readonly on: string } | null,
  asOf: string,
): Status {
  if (settled && settled.on <= asOf) return settled.outcome;
  if (!window || asOf < window.from) return 'generated';
  return asOf <= window.to ? 'due' : 'late';
}
