import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { ProjectRef } from './project.ts';
import { contentFacts, daysOf, isDisclosed, rowFacts } from './project-facts.ts';
import { servedByTeam } from './project-library.ts';
import { noticesOf } from './project-notice.ts';
import { disclosuresOf } from './project-tracking.ts';
import { regionFacts } from './region-facts.ts';
import { ProjectTracking } from './tables/project.ts';

/** How often a project was tracked up to a day: one query for all that the request asks about. */
async function trackedBy(context: Context, project: string, on: string): Promise<number> {
  const loader = loaderOf<string, number>(context, `trackings:${on}`, async (ids) => {
    const where = { projectId: { $in: [...ids] }, trackedOn: { $lte: on } };
    const rows = await context.em.find(ProjectTracking, where, { fields: ['projectId'] });
    return [...Map.groupBy(rows, ({ projectId }) => projectId)].map(([id, own]) => [id, own.length] as const);
  });
  return (await loader.load(project)) ?? 0;
}

builder.objectFields(ProjectRef, (t) => ({
  standing: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description:
      'Whether the project is as the packs in force on a day want it: what is stated of it, noticed, disclosed and tracked. Point: projectStanding.',
    args: standingArgs(t as never),
    async resolve(project, args, context) {
      const on = args.asOf ?? context.today;
      const [region, notices, disclosures, trackings, served] = await Promise.all([
        regionFacts(context, project, on),
        noticesOf(context, project.id),
        disclosuresOf(context, project.id),
        trackedBy(context, project.id, on),
        servedByTeam(context, project, on),
      ]);
      const facts = {
        ...rowFacts(project, on),
        ...contentFacts(project),
        ...daysOf(notices, on),
        'project.disclosed': isDisclosed(disclosures, on),
        'project.trackingCount': trackings,
        'project.servedByTeam': served,
        'region.inTeamScope': region['region.inTeamScope'],
      };
      return decideStanding(context, 'projectStanding', project.path, facts, args);
    },
  }),
}));
