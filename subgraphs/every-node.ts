import type { GraphQuery } from './context.ts';

interface Page<Node> {
  readonly list: {
    readonly edges: readonly { readonly node: Node }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** Every node of a list of the graph, page by page. The document takes `$after` and calls the list `list`. */
export async function everyNode<Node>(
  graph: GraphQuery,
  document: string,
  variables: Record<string, unknown>,
): Promise<Node[]> {
  const found: Node[] = [];
  for (let after: string | null = null; ; ) {
    const { list }: Page<Node> = await graph<Page<Node>>(document, { ...variables, after });
    found.push(...list.edges.map(({ node }) => node));
    if (!list.pageInfo.hasNextPage) return found;
    after = list.pageInfo.endCursor;
  }
}
