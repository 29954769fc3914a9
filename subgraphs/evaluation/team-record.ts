import type { Facts } from '../../policies/facts.ts';
import type { Context } from '../context.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { openConsequences } from './consequence-assessment.ts';
import { TeamRef } from './external.ts';
import { readsTeamService } from './service-record.ts';
import { Assessment } from './tables/assessment.ts';
import { Meeting } from './tables/gathering.ts';
import { Report } from './tables/report.ts';
import { LedgerEntry, Task } from './tables/task.ts';
import { teamFacts, teamOf } from './team.ts';
import { countTermTargets, taskTypesCovered } from './team-target.ts';

const asOf = { type: 'Date', description: 'Today if absent.' } as const;

builder.objectFields(TeamRef, (t) => ({
  termTargetCount: t.int({
    description: 'Term targets on record for its present term.',
    args: { asOf: t.arg(asOf) },
    async resolve({ id }, args, context) {
      const on = args.asOf ?? context.today;
      const team = await teamOf(context, id, on);
      return team ? countTermTargets(context.em, team, on) : 0;
    },
  }),
  taskTypesCovered: t.stringList({
    description: 'Task types for which the present term has a target or a service given in its name.',
    args: { asOf: t.arg(asOf) },
    async resolve({ id }, args, context) {
      const on = args.asOf ?? context.today;
      const team = await teamOf(context, id, on);
      return team ? taskTypesCovered(context.em, team, on) : [];
    },
  }),
  unfiledLeaderAssessments: t.int({
    description: 'Assessments of a leader of it with a result that are not filed, whatever the year.',
    args: { asOf: t.arg(asOf) },
    resolve({ id }, args, context) {
      const on = args.asOf ?? context.today;
      return context.em.count(Assessment, {
        teamId: id,
        subjectKind: 'leader',
        recordedOn: { $lte: on },
        $or: [{ filedOn: null }, { filedOn: { $gt: on } }],
      });
    },
  }),
  openConsequences: t.int({
    description:
      "Of its results that bar next year's money: units that were not told, and rectifications that are not verified.",
    args: { asOf: t.arg(asOf) },
    resolve: ({ id }, args, context) => openConsequences(context, id, args.asOf ?? context.today),
  }),
}));

interface Progress {
  readonly onSiteDays: number;
  readonly remoteServices: number;
}

/** Distinct days of on-site service, and remote services, given in the name of a team in a year, up to a day. */
async function services(context: Context, team: string, first: string, last: string): Promise<Progress> {
  const rows: { days: string; remote: string }[] = await context.em.execute(
    `select count(distinct d."day") filter (where r."mode" = 'on-site') as "days",
       count(distinct r."id") filter (where r."mode" = 'remote' and r."date" >= ?) as "remote"
     from ?? r
     cross join lateral generate_series(greatest(r."date", ?::date), least(r."ends_on", ?::date), interval '1 day') as d("day")
     where r."team_id" = ? and r."date" <= ?::date and r."ends_on" >= ?::date`,
    [first, `${context.em.config.get('schema')}.service_record`, first, last, team, last, first],
  );
  return { onSiteDays: Number(rows[0]?.days ?? 0), remoteServices: Number(rows[0]?.remote ?? 0) };
}

/** Ledger entries on its tasks and progress reports about it. */
async function progressEntries(context: Context, teamId: string, first: string, last: string): Promise<number> {
  const within = { $gte: first, $lte: last };
  const tasks = await context.em.find(Task, { teamId }, { fields: ['id'] });
  const entries = await context.em.count(LedgerEntry, { taskId: { $in: tasks.map(({ id }) => id) }, date: within });
  return entries + (await context.em.count(Report, { teamId, kind: 'progress', submittedOn: within }));
}

const consultations = (context: Context, teamId: string, first: string, last: string): Promise<number> =>
  context.em.count(Meeting, { teamId, kind: 'consultation', date: { $gte: first, $lte: last } });

const earlier = (a: string, b: string): string => (a < b ? a : b);

builder.objectField(TeamRef, 'serviceProgress', (t) =>
  t.field({
    type: types.DecisionRef,
    nullable: true,
    description:
      'What the packs say of its service in a year, up to `asOf`. Point: teamServiceProgress. Not stored. Null when you may not read its service records. Error: PACK_UNKNOWN.',
    args: { year: t.arg.int({ required: true }), ...standingArgs(t as never) },
    async resolve({ id }, { year, ...law }, context) {
      const day = law.asOf ?? context.today;
      const team = await teamOf(context, id, day);
      if (!team || !readsTeamService(context, team)) return null;
      const [first, last] = [`${year}-01-01`, earlier(day, `${year}-12-31`)];
      const served = await services(context, id, first, last);
      const facts: Facts = {
        ...teamFacts(team),
        'team.onSiteDays': served.onSiteDays,
        'team.remoteServiceCount': served.remoteServices,
        'team.progressEntryCount': await progressEntries(context, id, first, last),
        'team.serviceYearEnded': day >= `${year}-12-31`,
        'team.consultationsFirstHalf': await consultations(context, id, first, earlier(day, `${year}-06-30`)),
        'team.consultationsSecondHalf': await consultations(context, id, `${year}-07-01`, last),
        'team.firstHalfEnded': day >= `${year}-06-30`,
      };
      return decideStanding(context, 'teamServiceProgress', team.place.path, facts, law);
    },
  }),
);
