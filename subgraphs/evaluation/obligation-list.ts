import { isAsked, type Window, windowsOf } from '../../policies/duty.ts';
import type { Obligation as Duty, Release } from '../../policies/pack.ts';
import type { Context } from '../context.ts';
import { lawOf } from '../law.ts';
import type { Place } from '../place.ts';
import { packsFor, type StandingArgs } from '../standing.ts';
import { actsIn } from './obligation-act.ts';
import { ownersIn } from './obligation-owner.ts';
import { BY_BATCH, batchDates, type Settled, satisfiedBy, says, settledBy } from './obligation-settled.ts';
import { isListed, isOwedIn, type Unit, unitsIn } from './obligation-unit.ts';
import { Settlement } from './tables/obligation.ts';

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
  /** What those are for which it stands. */
  readonly marks: NonNullable<Unit['marks']>;
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

type Named = Pick<StandingArgs, 'pack' | 'version'>;

/** The law of a year: whatever governs at its beginning or its end, or one named pack. */
export function lawOfYear(context: Context, path: readonly string[], year: number, named: Named): Release[] {
  if (named.pack) return [...packsFor(context, path, named)];
  const both = [`${year}-01-01`, `${year}-12-31`].flatMap((day) => lawOf(context.registry, path, day));
  return [...new Map(both.map((release) => [release.pack.id, release])).values()];
}

/** What is asked, without how it was done with. */
export type Asked = Omit<Obligation, 'settled'>;

/** One duty of a region in a year: once for each window, or for each of those it stands for. */
export function askedBy(
  place: Place,
  year: number,
  release: Release,
  duty: Duty,
  units: readonly Unit[] | null,
): Asked[] {
  const owners = ownersIn(duty, release, place);
  if (owners.length === 0 || !isAsked(duty, release, year)) return [];
  const { regionId } = place;
  const common = { release, duty, regionId, year, owners, marks: {} };
  const keyed = (at: number) =>
    idOf({
      pack: release.pack.id,
      entry: duty.id,
      regionId,
      year,
      window: duty.windows && !duty.after ? at + 1 : null,
    });
  if (!units) {
    const windows = windowsOf(duty, year, release);
    return (windows.length === 0 ? [null] : windows).map((window, at) => ({
      ...common,
      id: keyed(at),
      occurrence: null,
      title: null,
      window,
    }));
  }
  const meant = units.filter(({ marks = {} }) =>
    Object.entries(duty.satisfiedWhen ?? {}).every(([name, codes]) => says(marks[name] ?? codes[0], codes)),
  );
  const ofCalendar = windowsOf(duty, year, release);
  return meant.flatMap((unit) =>
    windowsOf(duty, year, release, unit.events)
      .map((window, at) => ({ window, at }))
      .filter(
        ({ window }) =>
          // Counted from an event, a window can lie in another year: there it is asked for.
          window.from.startsWith(String(year)) &&
          (!ofCalendar.some(({ from, to }) => from === window.from && to === window.to) || isOwedIn(window, unit)),
      )
      .map(({ window, at }) => ({
        ...common,
        id: occurrenceId(keyed(at), unit.id),
        occurrence: unit.id,
        title: unit.title,
        marks: unit.marks ?? {},
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
  for (const release of lawOfYear(context, place.path, year, { pack })) {
    for (const duty of release.obligations) {
      // Whom nobody here owes it is not looked up.
      const isOwed = isListed(duty.per) && ownersIn(duty, release, place).length > 0 && isAsked(duty, release, year);
      asked.push(
        ...askedBy(place, year, release, duty, isListed(duty.per) ? (isOwed ? await unitsOf(duty.per) : []) : null),
      );
    }
  }
  return asked;
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
