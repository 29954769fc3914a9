import type { Decision } from '../../policies/decision.ts';
import { loadById } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { knownForm } from './from-graph.ts';
import { applicationVisibility, ProjectApplicationRef } from './project-application.ts';
import { ProjectApplication, ProjectCall } from './tables/project-call.ts';

interface Ranked {
  readonly position: number;
  readonly application: ProjectApplication;
  readonly decision: Decision;
}

const RankedRef = builder.objectRef<Ranked>('RankedProjectApplication').implement({
  description: 'An application and its position in the order of its call.',
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: 'From 1. Applications that the rules rank alike share a position.',
    }),
    application: t.field({ type: ProjectApplicationRef, resolve: (ranked) => ranked.application }),
    decision: t.field({
      type: types.DecisionRef,
      description: 'Its rank, and the rules behind it. Point: projectApplicationRanking.',
      resolve: (ranked) => ranked.decision,
    }),
  }),
});

/** The positions of things that are sorted by rank: equals share one, and the next one counts them all. */
export function positions(ranks: readonly number[]): number[] {
  return ranks.map((rank) => ranks.indexOf(rank) + 1);
}

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
      const decided = applications.map((application) => ({
        application,
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
      // The sort is stable: who came first stays first among equals.
      decided.sort((one, other) => other.decision.rank - one.decision.rank);
      const places = positions(decided.map(({ decision }) => decision.rank));
      return decided
        .map((one, index) => ({ ...one, position: places[index] as number }))
        .filter(({ application }) => applicationVisibility.allows(context, application));
    },
  }),
);
