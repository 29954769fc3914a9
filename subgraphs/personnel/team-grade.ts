import { MAX_PAGE } from '../connection.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { NOT_GRADED } from './appointment-grade.ts';

const GRADES = /* GraphQL */ `
  query TeamGrades($ids: [ID!]!, $first: Int!, $asOf: Date!) {
    teams(filter: { ids: $ids }, first: $first) {
      edges { node { id publishedGrade(asOf: $asOf) } }
    }
  }
`;

interface Grades {
  readonly teams: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly publishedGrade: string | null } }[];
  };
}

/**
 * The latest grade of a team that was published on a day or before, `none` when there is none: asked of the graph, once
 * for all teams that the request asks for at once. Never call it in a transaction.
 */
export async function latestTeamGrade(context: Context, teamId: string, asOf: string): Promise<string> {
  const loader = loaderOf<string, string>(context, `latestTeamGrades:${asOf}`, async (ids) => {
    const found: (readonly [string, string])[] = [];
    for (let at = 0; at < ids.length; at += MAX_PAGE) {
      const variables = { ids: ids.slice(at, at + MAX_PAGE), first: MAX_PAGE, asOf };
      const { teams } = await context.graph<Grades>(GRADES, variables);
      for (const { node } of teams.edges) found.push([node.id, node.publishedGrade ?? NOT_GRADED]);
    }
    return found;
  });
  return (await loader.load(teamId)) ?? NOT_GRADED;
}
