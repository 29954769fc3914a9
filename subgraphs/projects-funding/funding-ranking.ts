import { GraphQLError } from 'graphql';
import type { Context } from '../context.ts';
import { everyNode } from '../every-node.ts';
import { regionUnknown } from '../place.ts';
import { addRanked, ranking } from '../ranking.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { TeamRef } from './external.ts';
import { plausibleYears } from './input.ts';

const RankedRef = addRanked(builder, types, {
  name: 'RankedTeamFunding',
  description: 'A team and its position in the order in which money goes to teams. Point: fundingRanking.',
  field: 'team',
  type: TeamRef,
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
      if (path.length === 0) regionUnknown(region);
      // Outcomes of assessments are for those who work there.
      if (context.viewer.kind !== 'service' && !context.viewer.roles.some((held) => path.includes(held.region))) {
        throw new GraphQLError('You hold no role in this region.', {
          extensions: { code: 'FORBIDDEN', messageZh: '您在该地域没有角色。' },
        });
      }
      const on = args.asOf ?? context.today;
      const judged = (await candidates(context, region, on, year - 1)).map((team) => {
        const facts = {
          'fundingLine.payerLevel': payerLevel,
          'fundingLine.source': source,
          'fundingLine.year': year,
          'fundingLine.previousYearOutcome': team.assessmentOutcome ?? 'none',
          'team.kind': team.kind ?? undefined,
          'team.level': team.level,
          'region.inTeamScope': team.region.inTeamScope ?? undefined,
        };
        return { thing: team, decision: decideStanding(context, 'fundingRanking', team.region.path, facts, args) };
      });
      return ranking(judged);
    },
  }),
);
