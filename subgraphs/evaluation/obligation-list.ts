import { addDays } from '../../policies/day.ts';
import { countOf, isAsked, standingOn, type Window, windowsOf } from '../../policies/duty.ts';
import type { Obligation as Duty, Release } from '../../policies/pack.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import type { Place } from '../place.ts';
import { packsFor } from '../standing.ts';
import { type Act, actsIn } from './obligation-act.ts';
import { ownersIn } from './obligation-owner.ts';
import { isListed, type Unit, unitsIn } from './obligation-unit.ts';
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
  /** What those are called for which it stands; null for the region as a whole. */
  readonly title: string | null;
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

/** Reads the id of an obligation, with or without an occurrence; null when it is none. */
export function keyOf(id: string): ObligationKey | null {
  const [pack, entry, regionId, when] = id.split(':');
  const [, year, window] = /^(\d{4})(?:w(\d{1,3}))?$/.exec(when ?? '') ?? [];
  if (!pack || !entry || !regionId || !year) return null;
  return { pack, entry, regionId, year: Number(year), window: window ? Number(window) : null };
}

/** The law of a year: whatever governs at its beginning or its end, or one named pack. */
function lawOfYear(context: Context, path: readonly string[], year: number, pack: string | null): Release[] {
  if (pack) return [...packsFor(context, path, { pack })];
  const both = [`${year}-01-01`, `${year}-12-31`].flatMap((day) => lawOf(context.registry, path, day));
  return [...new Map(both.map((release) => [release.pack.id, release])).values()];
}

type Asked = Omit<Obligation, 'settled'>;

const says = (mark: Act['marks'][string], codes: readonly string[]) =>
  (Array.isArray(mark) ? mark : [mark]).some((one) => typeof one === 'string' && codes.includes(one));

/** One duty of a region in a year: once for each window, or for each of those it stands for. */
async function askedBy(
  place: Place,
  year: number,
  release: Release,
  duty: Duty,
  unitsOf: (per: string) => Promise<Unit[]>,
): Promise<Asked[]> {
  const owners = ownersIn(duty, release, place);
  if (owners.length === 0 || !isAsked(duty, release, year)) return [];
  const { regionId } = place;
  const common = { release, duty, regionId, year, owners };
  const keyed = (at: number) =>
    idOf({
      pack: release.pack.id,
      entry: duty.id,
      regionId,
      year,
      window: duty.windows && !duty.after ? at + 1 : null,
    });
  if (!isListed(duty.per)) {
    const windows = windowsOf(duty, year, release);
    return (windows.length === 0 ? [null] : windows).map((window, at) => ({
      ...common,
      id: keyed(at),
      occurrence: null,
      title: null,
      window,
    }));
  }
  const units = (await unitsOf(duty.per)).filter(({ marks = {} }) =>
    Object.entries(duty.satisfiedWhen ?? {}).every(([name, codes]) => says(marks[name] ?? codes[0], codes)),
  );
  return units.flatMap((unit) =>
    windowsOf(duty, year, release, unit.events)
      // Counted from an event, a window can lie in another year: there it is asked for.
      .flatMap((window, at) => (window.from.startsWith(String(year)) ? [{ window, at }] : []))
      .map(({ window, at }) => ({
        ...common,
        id: occurrenceId(keyed(at), unit.id),
        occurrence: unit.id,
        title: unit.title,
        window,
      })),
  );
}

/** What the packs ask of a region in a year, without how it stands. */
export async function generated(context: Context, place: Place, year: number, pack: string | null): Promise<Asked[]> {
  const listed = new Map<string, Promise<Unit[]>>();
  const unitsOf = (per: string) => {
    const units = listed.get(per) ?? unitsIn(context, per, place, year);
    listed.set(per, units);
    return units;
  };
  const asked: Asked[] = [];
  for (const release of lawOfYear(context, place.path, year, pack)) {
    for (const duty of release.obligations) asked.push(...(await askedBy(place, year, release, duty, unitsOf)));
  }
  return asked;
}

/** Done when all batches have got so far, and not with the first; and what is said to be done is stored as such. */
const BY_BATCH = new Set(['evaluationBatchOpen', 'evaluationPublish', 'evaluationBatchClose', 'obligationSatisfy']);

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

/** The days between which an act must be about to belong to a window: after the window before, until the year's end for the last. */
function aboutIn({ duty, year, release, window }: Asked): { readonly after: string; readonly until: string } {
  const whole = { after: `${year - 1}-12-31`, until: `${year}-12-31` };
  if (!window) return whole;
  const windows = windowsOf(duty, year, release);
  const at = windows.findIndex(({ from }) => from === window.from);
  // From an event on: whatever comes after it, however late.
  if (at === -1) return { after: addDays(window.from, -1), until: '9999-12-31' };
  const before = windows[at - 1];
  const isLast = at === windows.length - 1;
  return {
    after: before?.to ?? whole.after,
    until: isLast && window.to < whole.until ? whole.until : window.to,
  };
}

/** How the acts in the graph satisfy an obligation; null while they do not. */
function satisfiedBy(item: Asked, acts: ReadonlyMap<string, readonly Act[]>): Settled | null {
  const { duty, regionId, occurrence, window, release, year } = item;
  const { after, until } = aboutIn(item);
  const days = duty.satisfiedBy
    .flatMap((point) => acts.get(point) ?? [])
    .filter(({ about }) => after < about && about <= until)
    .filter((act) =>
      occurrence === null ? act.regionId === regionId || act.isDecided : act.units.includes(occurrence),
    )
    .filter(({ marks }) => Object.entries(duty.satisfiedWhen ?? {}).every(([name, codes]) => says(marks[name], codes)))
    .map(({ on }) => on);
  const done = { days, count: countOf(duty, release, `${year}-12-31`), isCounted: duty.count !== undefined };
  const { on } = standingOn(window, done, '9999-12-31');
  return on === null ? null : { outcome: 'satisfied', on, text: null };
}

/** The obligations of a region in a year, each once, with how they were done with; in the order of their windows. */
export async function obligationsOf(
  context: Context,
  place: Place,
  year: number,
  pack: string | null,
): Promise<Obligation[]> {
  const asked = await generated(context, place, year, pack);
  const regionId = place.path[0] as string;
  const rows = await context.em.find(Settlement, { regionId, year }, { orderBy: { id: 'asc' } });
  const done = await batchDates(context, regionId, year);
  const points = new Set(asked.flatMap(({ duty }) => duty.satisfiedBy).filter((point) => !BY_BATCH.has(point)));
  const acts = await actsIn(context, [...points], { place, from: `${year - 1}-10-01`, to: `${year + 1}-12-31` });
  const list = asked.flatMap((item): Obligation[] => {
    const whole = rows.find((row) => row.id === item.id);
    const own = rows.filter((row) => row.id.startsWith(`${item.id}:`));
    const act = item.duty.satisfiedBy.flatMap((point) => done[point] ?? []).sort()[0];
    const byAct: Settled | null = act ? { outcome: 'satisfied', on: act, text: null } : satisfiedBy(item, acts);
    return [
      { ...item, settled: whole ? settledBy(whole) : byAct },
      ...own
        .filter(({ id }) => !asked.some((other) => other.id === id))
        .map((row) => ({ ...item, id: row.id, occurrence: row.occurrence ?? null, settled: settledBy(row) })),
    ];
  });
  const order = (item: Obligation) => `${item.window?.from ?? '~'} ${item.id}`;
  return list.sort((a, b) => (order(a) < order(b) ? -1 : 1));
}
