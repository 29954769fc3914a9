import { compile } from '../../policies/compile.ts';
import { evaluate } from '../../policies/evaluate.ts';
import { pageSize } from '../connection.ts';
import { loadById } from '../loader.ts';
import { addRanked, ranking } from '../ranking.ts';
import { showInFull } from '../restricted.ts';
import { packsFor, standingArgs } from '../standing.ts';
import { builder, types } from './builder.ts';
import { NominationRef, TeamPart } from './nomination.ts';
import { nominatedFacts, standingOn } from './nomination-facts.ts';
import { actsFor } from './nomination-list.ts';
import { Nomination } from './tables/nomination.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';

const RankedRef = addRanked(builder, types, {
  name: 'CandidateRank',
  description: 'A place in the order of those put forward.',
  field: 'nomination',
  type: NominationRef,
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
      const first = pageSize(args.first);
      const team = args.team ? await loadById(context, Team, args.team) : null;
      const regionId = team?.regionId ?? (args.team ? null : args.region);
      const region = regionId ? await loadById(context, Region, regionId) : null;
      if (!region || !(await actsFor(context, team ? { team } : { region }))) return [];
      const asOf = args.asOf ?? context.today;
      const packs = packsFor(context, region.path, args).map((release) => compile(release));
      const rows = await context.em.find(
        Nomination,
        {
          teamId: team?.id ?? null,
          regionId: region.id,
          kind: args.kind,
          submittedOn: { $lte: asOf },
          ...standingOn(asOf),
        },
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
        const decision = evaluate({ packs, point: 'candidateRanking', asOf, facts });
        // Who does not act there has been turned away above.
        decided.push({ thing: nomination, decision: showInFull(decision) });
      }
      return ranking(decided).slice(0, first);
    },
  }),
);
