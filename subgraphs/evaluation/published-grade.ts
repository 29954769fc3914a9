import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { builder } from './builder.ts';
import { AppointmentRef, OrganisationRef, RegionRef, TeamRef } from './external.ts';
import type { SubjectKind } from './subject.ts';
import { Evaluation } from './tables/evaluation.ts';

interface Asked {
  readonly year?: number | null | undefined;
  readonly asOf?: string | null | undefined;
}

/** The published grade of a subject, read with one query for all that the request asks for; null when there is none. */
export async function publishedGrade(
  context: Context,
  kind: SubjectKind,
  id: string,
  { year, asOf }: Asked,
): Promise<string | null> {
  const loader = loaderOf<string, string>(context, `grade:${kind}:${year}:${asOf}`, async (ids) => {
    const rows = await context.em.find(
      Evaluation,
      {
        subjectKind: kind,
        subjectId: { $in: [...ids] },
        published: true,
        ...(year ? { year } : {}),
        ...(asOf ? { publishedOn: { $lte: asOf } } : {}),
      },
      { orderBy: { year: 'asc' }, fields: ['subjectId', 'grade'] },
    );
    // In ascending order, so that the latest year stays.
    return rows.flatMap(({ subjectId, grade }) => (grade ? [[subjectId, grade] as const] : []));
  });
  return loader.load(id);
}

const description =
  'Its published grade: of the year, or the latest when no year is given. A code of the pack; null when none is published.';

for (const [ref, kind] of [
  [AppointmentRef, 'appointment'],
  [TeamRef, 'team'],
  [OrganisationRef, 'dispatching-unit'],
  [RegionRef, 'region-work'],
] as const) {
  builder.objectFields(ref, (t) => ({
    publishedGrade: t.string({
      nullable: true,
      description,
      args: {
        year: t.arg.int(),
        asOf: t.arg({ type: 'Date', description: 'Only what was published on this day or earlier.' }),
      },
      resolve: ({ id }, args, context) => publishedGrade(context, kind, id, args),
    }),
  }));
}
