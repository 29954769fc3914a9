import { GraphQLError } from 'graphql';
import type { Decision } from '../../policies/decision.ts';
import type { Context } from '../context.ts';
import { everyNode } from '../every-node.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { regionUnknown } from './expense-category.ts';
import { TeamRef } from './external.ts';
import { plausibleYears } from './input.ts';
import { positions } from './project-application-ranking.ts';

interface Ranked {
  readonly position: number;
  readonly team: { readonly id: string };
  readonly decision: Decision;
}

const RankedRef = builder.objectRef<Ranked>('RankedTeamFunding').implement({
  description: 'A team and its position in the order in which money goes to teams.',
  fields: (t) => ({
    position: t.exposeInt('position', { description: 'From 1. Teams that the rules rank alike share a position.' }),
    team: t.field({ type: TeamRef, resolve: (ranked) => ranked.team }),
    decision: t.field({
      type: types.DecisionRef,
      description: 'Its rank, and the rules behind it. Point: fundingRanking.',
      resolve: (ranked) => ranked.decision,
    }),
  }),
});

const TEAMS = /* GraphQL */ `
  query TeamsForMoney($within: ID!, $on: Date!, $year: Int!, $after: String) {
    list: teams(filter: { within: $within, activeOn: $on }, first: 200, after: $after) {
      edges { node { id kind level assessmentOutcome(year: $year, asOf: $on) region { path inTeamScope(asOf: $on) } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface Candidate {
  readonly id: string;
  readonly kind: string | null;
  readonly level: string;
  readonly assessmentOutcome: string | null;
  readonly region: { readonly path: readonly string[]; readonly inTeamScope: boolean | null };
}

/** The teams that are active in a region on a day, with what an order of them asks; two hundred at a time. */
const candidates = (context: Context, within: string, on: string, year: number): Promise<Candidate[]> =>
  everyNode<Candidate>(context.graph, TEAMS, { within, on, year });

builder.queryField('fundingRanking', (t) =>
  t.field({
    type: [RankedRef],
    authenticated: true,
    description:
      'The teams active in a region in the order in which the priority rules give them money of a level, source and year; those ranked alike in the order in which they were formed. Errors: REGION_UNKNOWN, YEAR_INVALID, PACK_UNKNOWN; FORBIDDEN for whoever holds no role in the region.',
    args: {
      region: t.arg.id({ required: true }),
      year: t.arg.int({ required: true, description: 'Of the money; the outcomes are of the year before.' }),
      payerLevel: t.arg.string({ required: true, description: 'national, province, prefecture, county or unit.' }),
      source: t.arg.string({ required: true, description: 'A code, such as province-special.' }),
      ...standingArgs(t as never),
    },
    async resolve(_root, { region, year: asked, payerLevel, source, ...args }, context) {
      const [year] = plausibleYears(asked, asked);
      const path = await context.regionPath(region);
      if (path.length === 0) throw regionUnknown(region);
      // Outcomes of assessments are for those who work there.
      if (context.viewer.kind !== 'service' && !context.viewer.roles.some((held) => path.includes(held.region))) {
        throw new GraphQLError('You hold no role in this region.', {
          extensions: { code: 'FORBIDDEN', messageZh: '您在该地域没有角色。' },
        });
      }
      const on = args.asOf ?? context.today;
      const ranked = (await candidates(context, region, on, year - 1)).map((team) => {
        const facts = {
          'fundingLine.payerLevel': payerLevel,
          'fundingLine.source': source,
          'fundingLine.year': year,
          'fundingLine.previousYearOutcome': team.assessmentOutcome ?? 'none',
          'team.kind': team.kind ?? undefined,
          'team.level': team.level,
          'region.inTeamScope': team.region.inTeamScope ?? undefined,
        };
        return { team, decision: decideStanding(context, 'fundingRanking', team.region.path, facts, args) };
      });
      ranked.sort((one, other) => other.decision.rank - one.decision.rank);
      const places = positions(ranked.map(({ decision }) => decision.rank));
      return ranked.map((one, index) => ({ ...one, position: places[index] as number }));
    },
  }),
);
