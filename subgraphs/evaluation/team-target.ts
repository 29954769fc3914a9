import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { Target } from './tables/target.ts';
import type { Team } from './team.ts';

/** The targets on record for a team's present term. Without a stated term, all that it has. */
const termTargets = ({ id, termFrom }: Team, on: string) => ({
  subjectKind: 'team',
  subjectId: id,
  kind: 'term',
  setOn: { $lte: on },
  ...(termFrom ? { $or: [{ due: null }, { due: { $gte: termFrom } }] } : {}),
});

export const countTermTargets = (em: SqlEntityManager, team: Team, on: string): Promise<number> =>
  em.count(Target, termTargets(team, on));

type TermTarget = Pick<Target, 'subjectId' | 'taskType' | 'due'>;

/** The targets of a team's present term: one query for all teams that a request asks about. */
export async function termTargetsOf(context: Context, { id, termFrom }: Team, on: string): Promise<TermTarget[]> {
  const loader = loaderOf<string, TermTarget[]>(context, `termTargets:${on}`, async (teams) => {
    const where = { subjectKind: 'team', subjectId: { $in: [...teams] }, kind: 'term', setOn: { $lte: on } };
    const rows = await context.em.find(Target, where, { fields: ['subjectId', 'taskType', 'due'] });
    return Map.groupBy(rows as TermTarget[], ({ subjectId }) => subjectId);
  });
  return ((await loader.load(id)) ?? []).filter(({ due }) => !termFrom || !due || due >= termFrom);
}

interface Served {
  readonly team: string;
  readonly type: string;
  /** The last day by then. */
  readonly on: string;
}

/** The task types for which the present term has a target or a service given in the team's name. */
export async function taskTypesCovered(context: Context, team: Team, on: string): Promise<string[]> {
  const loader = loaderOf<string, Served[]>(context, `taskTypes:${on}`, async (teams) => {
    const rows: Served[] = await context.em.execute(
      `select "team_id" as "team", "task_type" as "type", max("date")::text as "on" from ??
       where "team_id" in (?) and "task_type" is not null and "date" <= ?::date group by 1, 2`,
      [`${context.em.config.get('schema')}.service_record`, [...teams], on],
    );
    return Map.groupBy(rows, (row) => row.team);
  });
  const [targets, services] = await Promise.all([termTargetsOf(context, team, on), loader.load(team.id)]);
  const served = (services ?? []).filter((row) => !team.termFrom || row.on >= team.termFrom).map(({ type }) => type);
  return [...new Set([...targets.flatMap(({ taskType }) => taskType ?? []), ...served])].sort();
}
