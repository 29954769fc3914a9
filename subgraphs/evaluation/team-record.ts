import type { Facts } from '../../policies/facts.ts';
import { loaderOf } from '../loader.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { openConsequences } from './consequence-assessment.ts';
import { TeamRef } from './external.ts';
import { readsTeamService } from './service-record.ts';
import { Assessment } from './tables/assessment.ts';
import { teamFacts, teamOf } from './team.ts';
import { consultations, progressEntries, services } from './team-service.ts';
import { taskTypesCovered, termTargetsOf } from './team-target.ts';

const asOf = { type: 'Date', description: 'Today if absent.' } as const;

builder.objectFields(TeamRef, (t) => ({
  termTargetCount: t.int({
    description: 'Term targets on record for its present term.',
    args: { asOf: t.arg(asOf) },
    async resolve({ id }, args, context) {
      const on = args.asOf ?? context.today;
      const team = await teamOf(context, id, on);
      return team ? (await termTargetsOf(context, team, on)).length : 0;
    },
  }),
  taskTypesCovered: t.stringList({
    description: 'Task types for which the present term has a target or a service given in its name.',
    args: { asOf: t.arg(asOf) },
    async resolve({ id }, args, context) {
      const on = args.asOf ?? context.today;
      const team = await teamOf(context, id, on);
      return team ? taskTypesCovered(context, team, on) : [];
    },
  }),
  unfiledLeaderAssessments: t.int({
    description: 'Assessments of a leader of it with a result that are not filed, whatever the year.',
    args: { asOf: t.arg(asOf) },
    async resolve({ id }, args, context) {
      const on = args.asOf ?? context.today;
      const loader = loaderOf<string, number>(context, `unfiled:${on}`, async (ids) => {
        const rows = await context.em.find(
          Assessment,
          {
            teamId: { $in: [...ids] },
            subjectKind: 'leader',
            recordedOn: { $lte: on },
            $or: [{ filedOn: null }, { filedOn: { $gt: on } }],
          },
          { fields: ['teamId'] },
        );
        return [...Map.groupBy(rows, ({ teamId }) => teamId as string)].map(([team, own]) => [team, own.length]);
      });
      return (await loader.load(id)) ?? 0;
    },
  }),
  openConsequences: t.int({
    description:
      "Of its results that bar next year's money: units that were not told, and rectifications that are not verified.",
    args: { asOf: t.arg(asOf) },
    resolve: ({ id }, args, context) => openConsequences(context, id, args.asOf ?? context.today),
  }),
}));

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
      const half = earlier(day, `${year}-06-30`);
      const [served, entries, firstHalf, secondHalf] = await Promise.all([
        services(context, id, first, last),
        progressEntries(context, id, first, last),
        consultations(context, id, first, half),
        consultations(context, id, `${year}-07-01`, last),
      ]);
      const facts: Facts = {
        ...teamFacts(team),
        'team.onSiteDays': served.onSiteDays,
        'team.remoteServiceCount': served.remoteServices,
        'team.progressEntryCount': entries,
        'team.serviceYearEnded': day >= `${year}-12-31`,
        'team.consultationsFirstHalf': firstHalf,
        'team.consultationsSecondHalf': secondHalf,
        'team.firstHalfEnded': day >= `${year}-06-30`,
      };
      return decideStanding(context, 'teamServiceProgress', team.place.path, facts, law);
    },
  }),
);
