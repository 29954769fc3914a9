import { GraphQLError } from 'graphql';
import { compile } from '../../policies/compile.ts';
import type { Decision } from '../../policies/decision.ts';
import { evaluate } from '../../policies/evaluate.ts';
import { MAX_PAGE } from '../connection.ts';
import { regionsOf } from '../place.ts';
import { packsFor } from '../standing.ts';
import { AppointmentRef } from './appointment.ts';
import { latestGrade } from './appointment-grade.ts';
import { builder, types } from './builder.ts';
import { whereMayRead } from './party.ts';
import { Appointment } from './tables/appointment.ts';
import { whereWithin } from './within.ts';

interface Ranked {
  readonly position: number;
  readonly appointment: Appointment;
  readonly decision: Decision;
}

const RankedRef = builder.objectRef<Ranked>('RenewalRank').implement({
  description: 'A place in the order in which engagements are renewed.',
  fields: (t) => ({
    position: t.exposeInt('position', {
      description: '1 for those that meet most priority rules. Equals share a position: the law does not order them.',
    }),
    appointment: t.field({ type: AppointmentRef, resolve: ({ appointment }) => appointment }),
    decision: t.field({
      type: types.DecisionRef,
      description: 'The priority rules, each with its finding. Whether renewal is allowed is another question.',
      resolve: ({ decision }) => decision,
    }),
  }),
});

builder.queryField('renewalRanking', (t) =>
  t.field({
    type: [RankedRef],
    authenticated: true,
    description:
      'The engagements of a year in a region that can be renewed, in the order of the priority rules in force there. Point: renewalRanking. Errors: PAGE_SIZE_INVALID.',
    args: {
      region: t.arg.id({ required: true, description: 'The receiving county lies in this region.' }),
      year: t.arg.int({ required: true }),
      first: t.arg.int({ description: 'How many, 20 if absent, 200 at most.' }),
      asOf: t.arg({ type: 'Date', description: 'The day whose law counts, today if absent.' }),
    },
    async resolve(_root, args, context) {
      const first = args.first ?? 20;
      if (first < 0 || first > MAX_PAGE) {
        throw new GraphQLError(`A ranking shows 0 to ${MAX_PAGE}; ${first} were asked for.`, {
          extensions: { code: 'PAGE_SIZE_INVALID', messageZh: `排序显示 0 至 ${MAX_PAGE} 条，不能请求 ${first} 条。` },
        });
      }
      const where = {
        ...(await whereWithin(context, args.region)),
        year: args.year,
        status: { $in: ['active', 'ended'] },
        $and: [whereMayRead(context, ['personId', 'organisationId', 'receivingUnitId', 'published'])],
      };
      const rows = await context.em.find(Appointment, where as never, { orderBy: { id: 'asc' } });
      const asOf = args.asOf ?? context.today;
      const decided = await Promise.all(
        rows.map(async (appointment) => {
          const packs = packsFor(context, regionsOf(appointment), { asOf }).map((release) => compile(release));
          const facts = {
            'appointment.category': appointment.category,
            'appointment.latestGrade': await latestGrade(context, appointment.id, asOf),
          };
          return { appointment, decision: evaluate({ packs, point: 'renewalRanking', asOf, facts }) };
        }),
      );
      const ordered = decided.sort((a, b) => b.decision.rank - a.decision.rank);
      return ordered.slice(0, first).map(({ appointment, decision }) => ({
        position: ordered.findIndex((other) => other.decision.rank === decision.rank) + 1,
        appointment,
        decision,
      }));
    },
  }),
);
