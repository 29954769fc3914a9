import { possibleIds } from '../ask-many.ts';
import type { Context, GraphQuery } from '../context.ts';
import { loaderOf } from '../loader.ts';

const KINDS = `query EvaluationServiceObjects($ids: [ID!]!, $first: Int!) {
  serviceObjects(ids: $ids, first: $first) { edges { node { id kind } } }
}`;

// The graph's largest page.
const AT_ONCE = 200;

type Found = { serviceObjects: { edges: { node: { id: string; kind: string } }[] } };

async function kinds(graph: GraphQuery, ids: readonly string[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const possible = possibleIds(ids);
  for (let at = 0; at < possible.length; at += AT_ONCE) {
    const answer = await graph<Found>(KINDS, { ids: possible.slice(at, at + AT_ONCE), first: AT_ONCE });
    for (const { node } of answer.serviceObjects.edges) found.set(node.id, node.kind);
  }
  return found;
}

/** The kind of a service object, asked together with the others that this request asks for; null when there is none. */
export function objectKindOf(context: Context, id: string): Promise<string | null> {
  return loaderOf<string, string>(context, 'serviceObjectKind', (ids) => kinds(context.graph, ids)).load(id);
}
