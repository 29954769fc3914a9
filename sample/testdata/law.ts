// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
export type Get = (subject: string, query: string, variables?: Record<string, unknown>) => Promise<any>;

/** A rule that does not pass, and what that has for an effect. */
interface Failing {
  readonly rule: string;
  readonly effect: string;
}

/** What to ask of a decision: the rules that it does not pass. */
export const FAILING = 'findings(outcomes: [FAIL]) { rule effect }';

/** The rules of some decisions that fail and are more than shown, in the order of their ids, each once. */
export const broken = (...decisions: readonly { readonly findings: readonly Failing[] }[]): string[] =>
  [
    ...new Set(
      decisions.flatMap(({ findings }) => findings.filter(({ effect }) => effect !== 'inform').map(({ rule }) => rule)),
    ),
  ].sort();

/** Names with what each breaks; who breaks nothing is left out. */
export const breakers = (
  each: readonly (readonly [name: string, rules: readonly string[]])[],
): Record<string, string[]> =>
  Object.fromEntries(each.filter(([, rules]) => rules.length > 0).map(([name, rules]) => [name, [...rules]]));

/** All nodes of a list: `document` takes $after and asks for `field`, its edges and pageInfo. */
export async function everyNode(get: Get, subject: string, document: string, field: string) {
  // biome-ignore lint/suspicious/noExplicitAny: as above
  const nodes: any[] = [];
  let after: string | null = null;
  do {
    const { [field]: page } = await get(subject, document, { after });
    for (const { node } of page.edges) nodes.push(node);
    after = page.pageInfo.hasNextPage ? page.pageInfo.endCursor : null;
  } while (after);
  return nodes;
}
