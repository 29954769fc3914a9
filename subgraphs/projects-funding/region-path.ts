import type { GraphQuery } from '../context.ts';

const KEPT = 5_000;
// By graph: several graphs may run in one process, and what one has answered is nothing to another.
const known = new WeakMap<GraphQuery, Map<string, readonly string[]>>();

/**
 * A region's id and its ancestors', own id first; empty when there is no such region. A region keeps its id only as
 * long as it keeps its place, so an answer stays true; that there is no such region may not, and is asked again.
 */
export async function regionPath(id: string, graph: GraphQuery): Promise<readonly string[]> {
  let paths = known.get(graph);
  if (!paths) {
    paths = new Map();
    known.set(graph, paths);
  }
  const cached = paths.get(id);
  if (cached) return cached;
  const { region } = await graph<{ region: { path: readonly string[] } | null }>(
    'query RegionPath($id: ID!) { region(id: $id) { path } }',
    { id },
  );
  if (!region) return [];
  if (paths.size >= KEPT) paths.delete(paths.keys().next().value as string);
  paths.set(id, region.path);
  return region.path;
}
