import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';

/** The page that the graph hands out at most. */
const PAGE = 200;

const GRADES = /* GraphQL */ `
  query AppointmentGrades($ids: [ID!]!, $first: Int!, $asOf: Date!) {
    appointments(filter: { ids: $ids }, first: $first) {
      edges { node { id publishedGrade(asOf: $asOf) } }
    }
  }
`;

interface Grades {
  readonly appointments: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly publishedGrade: string | null } }[];
  };
}

/** What the fact says of somebody who has never been graded. */
export const NOT_GRADED = 'none';

/**
 * The latest grade of an appointment that was published on a day or before, `none` when there is none: asked of the
 * graph, for grades are another subgraph's, and together for all appointments that the request asks for at once. Never
 * call it in a transaction.
 */
export async function latestGrade(context: Context, appointmentId: string, asOf: string): Promise<string> {
  const loader = loaderOf<string, string>(context, `latestGrades:${asOf}`, async (ids) => {
    const found: (readonly [string, string])[] = [];
    for (let at = 0; at < ids.length; at += PAGE) {
      const { appointments } = await context.graph<Grades>(GRADES, {
        ids: ids.slice(at, at + PAGE),
        first: PAGE,
        asOf,
      });
      for (const { node } of appointments.edges) found.push([node.id, node.publishedGrade ?? NOT_GRADED]);
    }
    return found;
  });
  return (await loader.load(appointmentId)) ?? NOT_GRADED;
}
