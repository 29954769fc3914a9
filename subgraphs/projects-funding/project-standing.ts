import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { ProjectRef } from './project.ts';
import { contentFacts, noticeFacts, publicFacts, rowFacts } from './project-facts.ts';
import { servedByTeam } from './project-library.ts';
import { regionFacts } from './region-facts.ts';

builder.objectFields(ProjectRef, (t) => ({
  standing: t.field({
    type: types.DecisionRef,
    authenticated: true,
    description:
      'Whether the project is as the packs in force on a day want it: what is stated of it, noticed, disclosed and tracked. Point: projectStanding.',
    args: standingArgs(t as never),
    async resolve(project, args, context) {
      const on = args.asOf ?? context.today;
      const { 'region.inTeamScope': inTeamScope } = await regionFacts(context, project, on);
      const facts = {
        ...rowFacts(project, on),
        ...contentFacts(project),
        ...(await noticeFacts(context.em, project, on)),
        ...(await publicFacts(context.em, project, on)),
        'project.servedByTeam': await servedByTeam(context, project, on),
        'region.inTeamScope': inTeamScope,
      };
      return decideStanding(context, 'projectStanding', project.path, facts, args);
    },
  }),
}));
