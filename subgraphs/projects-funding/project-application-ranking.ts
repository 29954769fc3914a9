import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { addRanked, ranking } from '../ranking.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { knownForm } from './from-graph.ts';
import { applicationVisibility, ProjectApplicationRef } from './project-application.ts';
import { ProjectApplication, ProjectCall } from './tables/project-call.ts';

const RankedRef = addRanked(builder, types, {
  name: 'RankedProjectApplication',
  description: 'An application and its position in the order of its call. Point: projectApplicationRanking.',
  field: 'application',
  type: ProjectApplicationRef,
});

builder.queryField('projectApplicationRanking', (t) =>
  t.field({
    type: [RankedRef],
    nullable: true,
    authenticated: true,
    description:
      'All applications of a call in the order of the priority rules, those ranked alike as they came; you get the ones that you may see, at their position among all. The grades are those of the day of submission, so that the order does not shift under the applicants. Null for an unknown call.',
    args: { call: t.arg.id({ required: true }), ...standingArgs(t as never) },
    async resolve(_root, { call: callId, ...args }, context) {
      const call = await loadById(context, ProjectCall, knownForm(callId, 'call'));
      if (!call) return null;
      const applications = await context.em.find(ProjectApplication, { callId: call.id }, { orderBy: { id: 'asc' } });
      const judged = applications.map((application) => ({
        thing: application,
        decision: decideStanding(
          context,
          'projectApplicationRanking',
          regionsOf(call),
          {
            'projectCall.level': call.level,
            'projectApplication.leadLatestGrade': application.leadGrade,
            'projectApplication.leadTeamLatestGrade': application.leadTeamGrade,
            'projectApplication.beneficiaryKind': application.beneficiaryKind,
            'projectApplication.inPoorVillage': application.inPoorVillage,
            'projectApplication.leadCategory': application.leadCategory ?? undefined,
            'projectApplication.jointWithScopeRegion': application.jointWithScopeRegion ?? undefined,
            'region.inTeamScope': application.inTeamScope ?? undefined,
          },
          args,
        ),
      }));
      return ranking(judged).filter(({ thing }) => applicationVisibility.allows(context, thing));
    },
  }),
);
