import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { type Place, regionsOf } from '../place.ts';
import type { StandingArgs } from '../standing.ts';
import { actsIn } from './obligation-act.ts';
import { type Asked, askedBy, lawOfYear } from './obligation-list.ts';
import { BY_BATCH, satisfiedBy, settledBy, statusOn } from './obligation-settled.ts';
import { ofTask } from './obligation-unit.ts';
import { Settlement } from './tables/obligation.ts';
import type { Task } from './tables/task.ts';

/** The smallest region of a row's own, then each that it lies in: a duty on a task may be owed at any level. */
function placesOf(task: Task): Place[] {
  const { countyId = null, prefectureId = null, provinceId = null } = task;
  const levels = new Map([
    [countyId, 'county'],
    [prefectureId, 'prefecture'],
    [provinceId, 'province'],
    ['cn', 'country'],
  ]);
  const path = regionsOf(task);
  return path.map((regionId, at) => ({
    regionId,
    countyId,
    prefectureId,
    provinceId,
    path: path.slice(at),
    level: levels.get(regionId) ?? 'village',
  }));
}

/** The smallest region that all these lie in. */
function commonPlace(tasks: readonly Task[]): Place {
  const [first, ...others] = tasks.map(placesOf) as [Place[], ...Place[][]];
  const isCommon = ({ regionId }: Place) => others.every((places) => places.some((one) => one.regionId === regionId));
  return first.find(isCommon) as Place;
}

/** What the calendar asks for tasks up to a day, once for each level at which somebody owes it. */
function askedFor(context: Context, tasks: readonly Task[], { day, ...named }: Law): Asked[] {
  const last = Number(day.slice(0, 4));
  const asked: Asked[] = [];
  for (const task of tasks) {
    for (const place of placesOf(task)) {
      for (let year = Number(task.createdOn.slice(0, 4)); year <= last; year += 1) {
        for (const release of lawOfYear(context, place.path, year, named)) {
          for (const duty of release.obligations) {
            const units = Object.hasOwn(ofTask, duty.per ?? '') ? ofTask[duty.per as keyof typeof ofTask](task) : [];
            if (units.length > 0) asked.push(...askedBy(place, year, release, duty, units));
          }
        }
      }
    }
  }
  return asked.filter(({ window }) => window !== null && window.to < day);
}

type Law = Pick<StandingArgs, 'pack' | 'version'> & { readonly day: string };

/** How many obligations of each task are late on a day; what several levels owe together is one. */
async function overdueOf(context: Context, tasks: readonly Task[], law: Law): Promise<[Task, number][]> {
  const asked = askedFor(context, tasks, law);
  if (asked.length === 0) return tasks.map((task) => [task, 0]);
  const occurrences = [...new Set(asked.map(({ occurrence }) => occurrence))];
  const rows = await context.em.find(Settlement, {
    regionId: { $in: [...new Set(asked.map(({ regionId }) => regionId))] },
    year: { $in: [...new Set(asked.map(({ year }) => year))] },
    occurrence: { $in: occurrences },
  });
  const stored = new Map(rows.map((row) => [row.id, settledBy(row)]));
  const points = new Set(asked.flatMap(({ duty }) => duty.satisfiedBy).filter((point) => !BY_BATCH.has(point)));
  const acts = await actsIn(context, [...points], {
    place: commonPlace(tasks),
    // A report on the first weeks of a year may be older than the year.
    from: `${Math.min(...asked.map(({ year }) => year)) - 1}-10-01`,
    to: law.day,
    tasks: tasks.map(({ id }) => id),
  });
  const late = new Map<string, boolean>();
  for (const item of asked) {
    const { duty, release, occurrence, window } = item;
    const settled = stored.get(item.id) ?? satisfiedBy(item, acts);
    const key = JSON.stringify([release.pack.id, duty.id, occurrence, window]);
    late.set(key, (late.get(key) ?? true) && statusOn({ duty, window, settled }, law.day) === 'late');
  }
  const count = new Map<string, number>();
  for (const [key, isLate] of late) {
    const [task = ''] = String((JSON.parse(key) as string[])[2]).split('/');
    if (isLate) count.set(task, (count.get(task) ?? 0) + 1);
  }
  return tasks.map((task) => [task, count.get(task.id) ?? 0]);
}

/**
 * The obligations of the calendar for a task whose window has ended by `day` and that are neither satisfied nor waived
 * then. All tasks that a request asks about cost as many statements as one. @throws GraphQLError PACK_UNKNOWN
 */
export async function overdueObligations(context: Context, task: Task, law: Law): Promise<number> {
  const name = `overdue:${law.day}:${law.pack ?? ''}:${law.version ?? ''}`;
  const loader = loaderOf<Task, number>(context, name, (tasks) => overdueOf(context, tasks, law));
  return (await loader.load(task)) ?? 0;
}
