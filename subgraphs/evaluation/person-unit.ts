import { askMany, possibleIds } from '../ask-many.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';

interface Employed {
  readonly organisation: { readonly id: string };
}

/** The unit of a person, asked together with the others that this request asks for; null when there is no such person. */
export function personUnitOf(context: Context, person: string): Promise<string | null> {
  return loaderOf<string, string>(context, 'personUnit', async (ids) => {
    const wanted = { field: 'person', selection: 'organisation { id }' };
    const found = await askMany<Employed>(context.graph, wanted, possibleIds(ids), context.today);
    return [...found].map(([id, { organisation }]) => [id, organisation.id] as const);
  }).load(person);
}
