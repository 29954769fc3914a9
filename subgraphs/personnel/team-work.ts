import { validate } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { MAX_PAGE } from '../connection.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';

const WORK = /* GraphQL */ `
  query TeamWork($ids: [ID!]!, $first: Int!, $asOf: Date!) {
    teams(filter: { ids: $ids }, first: $first) {
      edges {
        node {
          id
          termTargetCount(asOf: $asOf)
          taskTypesCovered(asOf: $asOf)
          unfiledLeaderAssessments(asOf: $asOf)
          openConsequences(asOf: $asOf)
        }
      }
    }
  }
`;

interface Work {
  readonly id: string;
  readonly termTargetCount: number;
  readonly taskTypesCovered: readonly string[];
  readonly unfiledLeaderAssessments: number;
  readonly openConsequences: number;
}

/**
 * What is on record of a team's work on a day: its targets, what they cover, and what its assessments left undone. Asked
 * of the graph, once for all teams that the request asks for at once. Never call it in a transaction.
 */
export async function teamWork(context: Context, teamId: string, asOf: string): Promise<Facts> {
  if (!validate(teamId)) return {};
  const loader = loaderOf<string, Work>(context, `teamWork:${asOf}`, async (ids) => {
    const found: (readonly [string, Work])[] = [];
    for (let at = 0; at < ids.length; at += MAX_PAGE) {
      const variables = { ids: ids.slice(at, at + MAX_PAGE), first: MAX_PAGE, asOf };
      const { teams } = await context.graph<{ teams: { edges: { node: Work }[] } }>(WORK, variables);
      for (const { node } of teams.edges) found.push([node.id, node]);
    }
    return found;
  });
  const work = await loader.load(teamId);
  if (!work) return {};
  return {
    'team.termTargetCount': work.termTargetCount,
    'team.taskTypesCovered': work.taskTypesCovered,
    'team.unfiledLeaderAssessments': work.unfiledLeaderAssessments,
    'team.openConsequences': work.openConsequences,
  };
}
