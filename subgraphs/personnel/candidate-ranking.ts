import { GraphQLError } from 'graphql';
import { compile } from '../../policies/compile.ts';
import type { Decision } from '../../policies/decision.ts';
import { evaluate } from '../../policies/evaluate.ts';
import { MAX_PAGE } from '../connection.ts';
import { loadById } from '../loader.ts';
import { packsFor, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { NominationRef, TeamPart } from './nomination.ts';
import { nominatedFacts } from './nomination-facts.ts';
import { actsFor } from './nomination-list.ts';
import { Nomination } from './tables/nomination.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';

interface Ranked {
  readonly position: number;
  readonly nomination: Nomination;
  readonly decision: Decision;
}

const RankedRef = builder.objectRef<Ranked>('CandidateRank').implement({
  description: 'A place in the order of those put forward.',
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: '1 for those that meet most priority rules. Equals share a position: the law does not order them.',
    }),
    nomination: t.field({ type: NominationRef, resolve: ({ nomination }) => nomination }),
    decision: t.field({
      type: types.DecisionRef,
      description: 'The priority rules, each with its finding. Who may be appointed is another question.',
      resolve: ({ decision }) => decision,
    }),
  }),
});

builder.queryField('candidateRanking', (t) =>
  t.field({
    type: [RankedRef],
    authenticated: true,
    description:
      'Those put forward for a team, or for a region that has none yet, in the order of the priority rules in force there. Empty for who does not act there. Point: candidateRanking. Errors: PAGE_SIZE_INVALID, PACK_UNKNOWN.',
    args: {
      team: t.arg.id(),
      region: t.arg.id({ description: 'Where there is no team yet.' }),
      kind: t.arg({ type: TeamPart, required: true }),
      first: t.arg.int({ description: 'How many, 20 if absent, 200 at most.' }),
      ...standingArgs(t as never),
    },
    async resolve(_root, args, context) {
      const first = args.first ?? 20;
      if (first < 0 || first > MAX_PAGE) {
        throw new GraphQLError(`A ranking shows 0 to ${MAX_PAGE}; ${first} were asked for.`, {
          extensions: { code: 'PAGE_SIZE_INVALID', messageZh: `排序显示 0 至 ${MAX_PAGE} 条，不能请求 ${first} 条。` },
        });
      }
      const team = args.team ? await loadById(context, Team, args.team) : null;
      const regionId = team?.regionId ?? (args.team ? null : args.region);
      const region = regionId ? await loadById(context, Region, regionId) : null;
      if (!region || !(await actsFor(context, team ? { team } : { region }))) return [];
      const asOf = args.asOf ?? context.today;
      const packs = packsFor(context, region.path, args).map((release) => compile(release));
      const rows = await context.em.find(
        Nomination,
        { teamId: team?.id ?? null, regionId: region.id, kind: args.kind, submittedOn: { $lte: asOf } },
        { orderBy: { id: 'asc' } },
      );
      const decided = [];
      for (const nomination of rows) {
        const person = (await loadById(context, Person, nomination.personId)) as Person;
        const facts = {
          ...(await nominatedFacts(context.em, nomination, person, asOf)),
          'team.kind': team?.kind ?? nomination.teamKind ?? undefined,
          'team.level': team?.level,
          'person.titleLevel': person.titleLevel ?? undefined,
          'person.education': person.education ?? undefined,
        };
        decided.push({ nomination, decision: evaluate({ packs, point: 'candidateRanking', asOf, facts }) });
      }
      const ordered = decided.sort((a, b) => b.decision.rank - a.decision.rank);
      return ordered.slice(0, first).map(({ nomination, decision }) => ({
        position: ordered.findIndex((other) => other.decision.rank === decision.rank) + 1,
        nomination,
        decision,
      }));
    },
  }),
);
