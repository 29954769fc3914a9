import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { ServiceRecord } from './tables/service-record.ts';
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

/** The task types for which the present term has a target or a service given in the team's name. */
export async function taskTypesCovered(em: SqlEntityManager, team: Team, on: string): Promise<string[]> {
  const targets = await em.find(Target, termTargets(team, on), { fields: ['taskType'] });
  const date = { $lte: on, ...(team.termFrom ? { $gte: team.termFrom } : {}) };
  const services = await em.find(ServiceRecord, { teamId: team.id, date }, { fields: ['taskType'] });
  return [...new Set([...targets, ...services].flatMap(({ taskType }) => taskType ?? []))].sort();
}
