import { compile } from '../../policies/compile.ts';
import { evaluate } from '../../policies/evaluate.ts';
import { pageSize } from '../connection.ts';
import { regionsOf } from '../place.ts';
import { addRanked, ranking } from '../ranking.ts';
import { packsFor } from '../standing.ts';
import { AppointmentRef } from './appointment.ts';
import { latestGrade } from './appointment-grade.ts';
import { builder, types } from './builder.ts';
import { whereMayRead } from './party.ts';
import { Appointment } from './tables/appointment.ts';
import { whereWithin } from './within.ts';

const RankedRef = addRanked(builder, types, {
  name: 'RenewalRank',
  description: 'A place in the order in which engagements are renewed.',
  field: 'appointment',
  type: AppointmentRef,
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
      const first = pageSize(args.first);
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
          return { thing: appointment, decision: evaluate({ packs, point: 'renewalRanking', asOf, facts }) };
        }),
      );
      return ranking(decided).slice(0, first);
    },
  }),
);
