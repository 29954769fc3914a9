import { isAsked, type Window, windowsOf } from '../../policies/duty.ts';
import type { Obligation as Duty, Release } from '../../policies/pack.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import type { Place } from '../place.ts';
import { packsFor } from '../standing.ts';

import { ownersIn } from './obligation-owner.ts';

import { EvaluationBatch } from './tables/evaluation-batch.ts';
import { Settlement } from './tables/obligation.ts';

/** How an obligation was done with, and when. */
export interface Settled {
  readonly outcome: 'satisfied' | 'waived';
  readonly on: string;
  /** Evidence, or the reason of a waiver; null where an act in the graph is the evidence. */
  readonly text: string | null;
}

/** One obligation of a region in a year, or one occurrence of it. */
export interface Obligation {
  readonly id: string;
  readonly release: Release;
  readonly duty: Duty;
  readonly regionId: string;
  readonly year: number;
  readonly occurrence: string | null;
  readonly owners: readonly string[];
  readonly window: Window | null;
  readonly settled: Settled | null;
}

/** The parts of an obligation's id; the same obligation has the same id however often it is asked for. */
export interface ObligationKey {
  readonly pack: string;
  readonly entry: string;
  readonly regionId: string;
  readonly year: number;
  /** Which of several windows of the year, from 1; null where there is one or none. */
  readonly window: number | null;
}

export const idOf = ({ pack, entry, regionId, year, window }: ObligationKey): string =>
  [pack, entry, regionId, window === null ? year : `${year}w${window}`].join(':');

/** The id of one occurrence of what comes by an event, or of the obligation as such. */
export const occurrenceId = (id: string, occurrence: string | null): string =>
  occurrence === null ? id : `${id}:${occurrence}`;

/** Reads the id of an obligation that has no occurrence; null when it is none. */
export function keyOf(id: string): ObligationKey | null {
  const [pack, entry, regionId, when, ...more] = id.split(':');
  const [, year, window] = /^(\d{4})(?:w(\d{1,3}))?$/.exec(when ?? '') ?? [];
  if (!pack || !entry || !regionId || !year || more.length > 0) return null;
  return { pack, entry, regionId, year: Number(year), window: window ? Number(window) : null };
}

/** The law of a year: whatever governs at its beginning or its end, or one named pack. */
function lawOfYear(context: Context, path: readonly string[], year: number, pack: string | null): Release[] {
  if (pack) return [...packsFor(context, path, { pack })];
  const both = [`${year}-01-01`, `${year}-12-31`].flatMap((day) => lawOf(context.registry, path, day));
  return [...new Map(both.map((release) => [release.pack.id, release])).values()];
}

/** What the packs ask of a region in a year, without how it stands. */
export function generated(
  context: Context,
  place: Place,
  year: number,
  pack: string | null,
): Omit<Obligation, 'settled'>[] {
  const regionId = place.path[0] as string;
  return lawOfYear(context, place.path, year, pack).flatMap((release) =>
    release.obligations.flatMap((duty) => {
      const owners = ownersIn(duty, release, place);
      if (owners.length === 0 || !isAsked(duty, release, year)) return [];
      const windows = windowsOf(duty, year, release);
      return (windows.length === 0 ? [null] : windows).map((window, at) => {
        const key = { pack: release.pack.id, entry: duty.id, regionId, year, window: duty.windows ? at + 1 : null };
        return { id: idOf(key), release, duty, regionId, year, occurrence: null, owners, window };
      });
    }),
  );
}

/** The days on which all batches of a region and year had got as far as each of their mutations; absent: not all have. */
async function batchDates(context: Context, regionId: string, year: number): Promise<Record<string, string>> {
  const batches = await context.em.find(EvaluationBatch, { evaluatorRegionId: regionId, year });
  const last = (dates: (string | null | undefined)[]): string | undefined =>
    dates.length > 0 && dates.every((date) => typeof date === 'string') ? [...dates].sort().at(-1) : undefined;
  const dates = {
    evaluationBatchOpen: last(batches.map(({ openedOn }) => openedOn)),
    evaluationPublish: last(batches.map(({ publishedOn }) => publishedOn)),
    evaluationBatchClose: last(batches.map(({ closedOn }) => closedOn)),
  };
  return Object.fromEntries(Object.entries(dates).filter(([, date]) => date !== undefined)) as Record<string, string>;
}

export const settledBy = (row: Settlement): Settled => ({
  outcome: row.outcome as Settled['outcome'],
  on: row.on,
  text: row.text ?? null,
});

/** The obligations of a region in a year, each once, with how they were done with; in the order of their windows. */
export async function obligationsOf(
  context: Context,
  place: Place,
  year: number,
  pack: string | null,
): Promise<Obligation[]> {
  const asked = generated(context, place, year, pack);
  const regionId = place.path[0] as string;
  const rows = await context.em.find(Settlement, { regionId, year }, { orderBy: { id: 'asc' } });
  const done = await batchDates(context, regionId, year);
  const list = asked.flatMap((item): Obligation[] => {
    const whole = rows.find((row) => row.id === item.id);
    const own = rows.filter((row) => row.id.startsWith(`${item.id}:`));
    const act = item.duty.satisfiedBy.flatMap((point) => done[point] ?? []).sort()[0];
    const byAct: Settled | null = act ? { outcome: 'satisfied', on: act, text: null } : null;
    return [
      { ...item, settled: whole ? settledBy(whole) : byAct },
      ...own.map((row) => ({ ...item, id: row.id, occurrence: row.occurrence ?? null, settled: settledBy(row) })),
    ];
  });
  const order = (item: Obligation) => `${item.window?.from ?? '~'} ${item.id}`;
  return list.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
