import { askMany, possibleIds } from '../ask-many.ts';
import type { Context, GraphQuery } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { type GraphRegion, PLACE_FIELDS, type Place, placeOf } from '../place.ts';

interface Placed {
  readonly region: GraphRegion;
}
const WANTED = { field: 'organisation', selection: `region { ${PLACE_FIELDS} }` };

async function places(graph: GraphQuery, ids: readonly string[], today: string): Promise<Map<string, Place>> {
  const found = await askMany<Placed>(graph, WANTED, possibleIds(ids), today);
  return new Map([...found].map(([id, { region }]) => [id, placeOf(region)]));
}

/** The place of an organisation, asked together with the others that this request asks for; null when there is none. */
export function organisationPlaceOf(context: Context, id: string): Promise<Place | null> {
  return loaderOf<string, Place>(context, 'organisationPlace', (ids) => places(context.graph, ids, context.today)).load(
    id,
  );
}
