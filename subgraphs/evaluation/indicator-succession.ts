import type { Context } from '../context.ts';
import type { Place } from '../place.ts';
import type { Succession } from '../tally.ts';

/** What became by a day of the regions that a place had. */
export interface Lineage {
  /** Those that gave way to exactly one other, whose figure their records are part of. */
  readonly succession: readonly Succession[];
  /** Those that became several or none, with what they became: whose their records are nobody can say. */
  readonly unclear: ReadonlyMap<string, readonly string[]>;
}

/** So that what is recorded of these is found, and told apart from what is recorded of others. */
export const asItself = (unclear: Lineage['unclear']): Succession[] =>
  [...unclear.keys()].map((id) => ({ from: id, to: id, inside: false }));

const FORMER = /* GraphQL */ `
  query FormerRegions($within: ID!, $on: Date!) { formerRegions(within: $within, on: $on) { id now inside } }
`;
interface Former {
  readonly id: string;
  readonly now: readonly string[];
  readonly inside: boolean;
}

/** What became of the regions of a place by each of these days: the owner of regions is asked once a day. */
export async function lineagesOf(
  context: Context,
  { regionId }: Place,
  days: Iterable<string>,
): Promise<ReadonlyMap<string, Lineage>> {
  const found = new Map<string, Lineage>();
  for (const on of new Set(days)) {
    const { formerRegions } = await context.graph<{ formerRegions: Former[] }>(FORMER, { within: regionId, on });
    found.set(on, {
      succession: formerRegions.flatMap(({ id, now, inside }) =>
        now.length === 1 ? [{ from: id, to: now[0] as string, inside }] : [],
      ),
      unclear: new Map(formerRegions.flatMap(({ id, now }) => (now.length === 1 ? [] : [[id, now]]))),
    });
  }
  return found;
}
