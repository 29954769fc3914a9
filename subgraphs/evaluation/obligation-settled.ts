import { addDays } from '../../policies/day.ts';
import { countOf, standingOn, windowsOf } from '../../policies/duty.ts';
import type { Context } from '../context.ts';
import type { Act } from './obligation-act.ts';
import type { Asked, Obligation } from './obligation-list.ts';
import { EvaluationBatch } from './tables/evaluation-batch.ts';
import type { Settlement } from './tables/obligation.ts';

/** How an obligation was done with, and when. */
export interface Settled {
  readonly outcome: 'satisfied' | 'waived';
  readonly on: string;
  /** Evidence, or the reason of a waiver; null where an act in the graph is the evidence. */
  readonly text: string | null;
}

/** Whether an act, or what a duty stands for, says one of these codes of itself. */
export const says = (mark: Act['marks'][string], codes: readonly string[]) =>
  (Array.isArray(mark) ? mark : [mark]).some((one) => typeof one === 'string' && codes.includes(one));

/** Done when all batches have got so far, and not with the first; and what is said to be done is stored as such. */
export const BY_BATCH = new Set([
  'evaluationBatchOpen',
  'evaluationPublish',
  'evaluationBatchClose',
  'obligationSatisfy',
]);

/** The days on which all batches of a region and year had got as far as each of their mutations; absent: not all have. */
export async function batchDates(context: Context, regionId: string, year: number): Promise<Record<string, string>> {
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
export function satisfiedBy(item: Asked, acts: ReadonlyMap<string, readonly Act[]>): Settled | null {
  const { duty, regionId, occurrence, window, release, year, marks: own } = item;
  const asked = Object.entries(duty.satisfiedWhen ?? {}).filter(([name]) => !Object.hasOwn(own, name));
  const { after, until } = aboutIn(item);
  const days = duty.satisfiedBy
    .flatMap((point) => acts.get(point) ?? [])
    .filter(({ about }) => after < about && about <= until)
    .filter((act) =>
      occurrence === null ? act.regionId === regionId || act.isDecided : act.units.includes(occurrence),
    )
    .filter(({ marks }) => asked.every(([name, codes]) => says(marks[name], codes)))
    .map(({ on }) => on);
  const done = { days, count: countOf(duty, release, `${year}-12-31`), isCounted: duty.count !== undefined };
  const { on } = standingOn(window, done, '9999-12-31');
  return on === null ? null : { outcome: 'satisfied', on, text: null };
}

/** Whether its window is the least time that something takes: whoever takes longer is not late. */
export const isLeast = ({ lateEffect }: Obligation['duty']) =>
  lateEffect === 'deny-early' || lateEffect === 'deny-next';

/** How an obligation stands on a day: as it was settled by then, or by its window. */
export function statusOn({ duty, window, settled }: Pick<Obligation, 'duty' | 'window' | 'settled'>, day: string) {
  if (settled && settled.on <= day) return settled.outcome;
  const { status } = standingOn(window, { days: [], count: 1 }, day);
  return status === 'late' && isLeast(duty) ? 'due' : (status as 'generated' | 'due' | 'late');
}
