import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { AssessmentRef } from './assessment.ts';
import { builder, types } from './builder.ts';
import { bearings } from './consequence-assessment.ts';
import { AppointmentRef, TeamRef } from './external.ts';
import { Assessment } from './tables/assessment.ts';

interface Asked {
  readonly year: number;
  readonly asOf?: string | null | undefined;
}

/** Outcome of the latest result about a subject that covers a year, with one query for all that the request asks for. */
function outcomeOf(context: Context, column: 'teamId' | 'appointmentId', id: string, { year, asOf }: Asked) {
  const loader = loaderOf<string, string>(context, `outcome:${column}:${year}:${asOf}`, async (ids) => {
    const rows = await context.em.find(
      Assessment,
      {
        [column]: { $in: [...ids] },
        // An assessment of a person in the team is not one of the team.
        ...(column === 'teamId' ? { personId: null } : {}),
        year,
        outcome: { $ne: null },
        recordedOn: { $ne: null, ...(asOf ? { $lte: asOf } : {}) },
      },
      { orderBy: { date: 'asc', id: 'asc' } },
    );
    // In ascending order, so that the latest stays.
    return rows.map((row) => [row[column] as string, row.outcome as string] as const);
  });
  return loader.load(id);
}

for (const [ref, column] of [
  [TeamRef, 'teamId'],
  [AppointmentRef, 'appointmentId'],
] as const) {
  builder.objectFields(ref, (t) => ({
    assessmentOutcome: t.string({
      nullable: true,
      authenticated: true,
      description:
        'Outcome of the latest assessment of it that covers the year: a code of the pack. Null when there is none.',
      args: {
        year: t.arg.int({ required: true }),
        asOf: t.arg({ type: 'Date', description: 'Only what was recorded on this day or earlier.' }),
      },
      resolve: ({ id }, args, context) => outcomeOf(context, column, id, args),
    }),
  }));
}

type Bearing = ReturnType<typeof bearings>[number] & { readonly assessment: Assessment };

const BearingRef = builder.objectRef<Bearing>('AssessmentConsequence').implement({
  description: 'A rule on the money of the year after that speaks of the outcome.',
  fields: (t) => ({
    year: t.int({ description: 'The year it bears on.', resolve: ({ assessment }) => assessment.year + 1 }),
    met: t.boolean({ description: 'The outcome is as the rule wants it.', resolve: ({ isMet }) => isMet }),
    rule: t.string({ resolve: ({ finding }) => finding.rule }),
    effect: t.string({ description: 'Of the rule, such as deny or rank.', resolve: ({ finding }) => finding.effect }),
    title: t.field({ type: types.Bilingual, resolve: ({ finding }) => finding.title }),
    citation: t.field({ type: types.Citation, resolve: ({ finding }) => finding.citation }),
  }),
});

builder.objectFields(AssessmentRef, (t) => ({
  consequences: t.field({
    type: [BearingRef],
    description: 'What its outcome means for the money of the year after, by the packs in force when it was recorded.',
    resolve: (assessment, _args, context) => bearings(context, assessment).map((one) => ({ ...one, assessment })),
  }),
}));
