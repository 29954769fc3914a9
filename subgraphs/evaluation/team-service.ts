import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { Meeting } from './tables/gathering.ts';
import { Report } from './tables/report.ts';
import { LedgerEntry, Task } from './tables/task.ts';

/*
 * What was done in the name of a team between two days, both included: one query for all teams that a request asks about.
 */

interface Served {
  readonly onSiteDays: number;
  readonly remoteServices: number;
}

/** How often each id stands in a list. */
function counted(ids: readonly string[]): [string, number][] {
  return [...Map.groupBy(ids, (id) => id)].map(([id, all]) => [id, all.length]);
}

/** Distinct days of on-site service, and remote services begun. */
export async function services(context: Context, team: string, first: string, last: string): Promise<Served> {
  const loader = loaderOf<string, Served>(context, `services:${first}:${last}`, async (teams) => {
    const rows: { team: string; days: string; remote: string }[] = await context.em.execute(
      `select r."team_id" as "team", count(distinct d."day") filter (where r."mode" = 'on-site') as "days",
         count(distinct r."id") filter (where r."mode" = 'remote' and r."date" >= ?) as "remote"
       from ?? r
       cross join lateral generate_series(greatest(r."date", ?::date), least(r."ends_on", ?::date), interval '1 day') as d("day")
       where r."team_id" in (?) and r."date" <= ?::date and r."ends_on" >= ?::date group by 1`,
      [first, `${context.em.config.get('schema')}.service_record`, first, last, [...teams], last, first],
    );
    return rows.map(({ team: id, days, remote }) => [id, { onSiteDays: Number(days), remoteServices: Number(remote) }]);
  });
  return (await loader.load(team)) ?? { onSiteDays: 0, remoteServices: 0 };
}

/** Ledger entries on its tasks and progress reports about it. */
export async function progressEntries(context: Context, team: string, first: string, last: string): Promise<number> {
  const loader = loaderOf<string, number>(context, `progress:${first}:${last}`, async (teams) => {
    const teamId = { $in: [...teams] };
    const within = { $gte: first, $lte: last };
    const tasks = await context.em.find(Task, { teamId }, { fields: ['id', 'teamId'] });
    const owner = new Map(tasks.map((task) => [task.id, task.teamId as string]));
    const ofTasks = { taskId: { $in: [...owner.keys()] }, date: within };
    const entries = await context.em.find(LedgerEntry, ofTasks, { fields: ['taskId'] });
    const progress = { teamId, kind: 'progress', submittedOn: within };
    const reports = await context.em.find(Report, progress, { fields: ['teamId'] });
    return counted([
      ...entries.map(({ taskId }) => owner.get(taskId) as string),
      ...reports.map((report) => report.teamId as string),
    ]);
  });
  return (await loader.load(team)) ?? 0;
}

/** Consultations that it held. */
export async function consultations(context: Context, team: string, first: string, last: string): Promise<number> {
  const loader = loaderOf<string, number>(context, `consultations:${first}:${last}`, async (teams) => {
    const where = { teamId: { $in: [...teams] }, kind: 'consultation', date: { $gte: first, $lte: last } };
    const meetings = await context.em.find(Meeting, where, { fields: ['teamId'] });
    return counted(meetings.map(({ teamId }) => teamId as string));
  });
  return (await loader.load(team)) ?? 0;
}
