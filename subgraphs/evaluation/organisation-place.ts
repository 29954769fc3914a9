import { possibleIds } from '../ask-many.ts';
import type { GraphQuery } from '../context.ts';
import { type GraphRegion, PLACE_FIELDS, type Place, placeOf } from '../place.ts';

/** The place of an organisation, or null when there is no such organisation. */
export async function organisationPlace(graph: GraphQuery, id: string): Promise<Place | null> {
  if (possibleIds([id]).length === 0) return null;
  const { organisation } = await graph<{ organisation: { region: GraphRegion } | null }>(
    `query OrganisationPlace($id: ID!) { organisation(id: $id) { region { ${PLACE_FIELDS} } } }`,
    { id },
  );
  return organisation ? placeOf(organisation.region) : null;
}
