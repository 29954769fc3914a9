import type { GraphQuery } from '../context.ts';
import { possibleIds } from './ask-many.ts';

/** Where something lies: what packs, visibility and reports are chosen by. */
export interface Place {
  /** The region and its ancestors, own id first. */
  readonly path: readonly string[];
  readonly level: string;
  readonly countyId: string | null;
  readonly prefectureId: string | null;
  readonly provinceId: string | null;
}

/** A region as the graph answers it. */
export interface GraphRegion {
  readonly id: string;
  readonly level: string;
  readonly path: readonly string[];
  readonly parent?: { readonly id: string; readonly level: string; readonly parent?: GraphRegion['parent'] } | null;
}

/** What to ask of a region to know its place. Put it after a document that spreads `...Place`. */
export const PLACE = /* GraphQL */ `
  fragment Place on Region {
    id
    level
    path
    parent { id level parent { id level } }
  }
`;

/** Reads the answer to `PLACE`. */
export function placeOf(region: GraphRegion): Place {
  const lineage = [region, region.parent, region.parent?.parent];
  const at = (level: string) => lineage.find((one) => one?.level === level)?.id ?? null;
  return {
    path: region.path,
    level: region.level.toLowerCase(),
    countyId: at('COUNTY'),
    prefectureId: at('PREFECTURE'),
    provinceId: at('PROVINCE'),
  };
}

/** The columns by which a row says where it lies. */
export interface PlaceColumns {
  readonly countyId?: string | null;
  readonly prefectureId?: string | null;
  readonly provinceId?: string | null;
}

/** The regions of a row, nearest first, up to the country. */
export function regionsOf(row: PlaceColumns): string[] {
  return [row.countyId, row.prefectureId, row.provinceId, 'cn'].filter((id) => typeof id === 'string');
}

/** The rows that lie in a place, as a condition on their columns. */
export function within({ level, path }: Place): { [Column in keyof PlaceColumns]?: string } {
  const own = path[0] as string;
  if (level === 'county') return { countyId: own };
  if (level === 'prefecture') return { prefectureId: own };
  return level === 'province' ? { provinceId: own } : {};
}

/** The place's columns for a new row. */
export function placeColumns({ countyId, prefectureId, provinceId }: Place) {
  return { countyId, prefectureId, provinceId };
}

const REGION = /* GraphQL */ `
  query EvaluationRegion($id: ID!) {
    region(id: $id) { ...Place }
  }
  ${PLACE}
`;

async function regionPlace(graph: GraphQuery, id: string): Promise<Place | null> {
  const { region } = await graph<{ region: GraphRegion | null }>(REGION, { id });
  return region ? placeOf(region) : null;
}

const ORGANISATION = /* GraphQL */ `
  query EvaluationOrganisation($id: ID!) {
    organisation(id: $id) { region { ...Place } }
  }
  ${PLACE}
`;

/** The place of an organisation, or null when there is no such organisation. */
export async function organisationPlace(graph: GraphQuery, id: string): Promise<Place | null> {
  if (possibleIds([id]).length === 0) return null;
  const { organisation } = await graph<{ organisation: { region: GraphRegion } | null }>(ORGANISATION, { id });
  return organisation ? placeOf(organisation.region) : null;
}

const REMEMBERED = 5_000;
const remembered = new WeakMap<GraphQuery, Map<string, Place>>();

/**
 * The place of a region, or null when there is no such region. Remembered for as long as the process asks the same
 * graph: a region that moves gets another id.
 */
export async function knownPlace(graph: GraphQuery, id: string): Promise<Place | null> {
  let places = remembered.get(graph);
  if (!places) {
    places = new Map();
    remembered.set(graph, places);
  }
  const known = places.get(id);
  if (known) return known;
  const place = await regionPlace(graph, id);
  if (places.size >= REMEMBERED) places.clear();
  if (place) places.set(id, place);
  return place;
}
