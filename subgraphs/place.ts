import { p } from '@mikro-orm/postgresql';
import type { GraphQuery } from './context.ts';
import { refuse } from './refuse.ts';

type Maybe = string | null | undefined;

/** The divisions that a row lies in, kept on the row so that packs, visibility and counts need no join. */
export interface Divisions {
  readonly countyId?: Maybe;
  readonly prefectureId?: Maybe;
  readonly provinceId?: Maybe;
}

/** A row that also says which region it is of: one of the divisions, or a smaller one. */
export interface Placed extends Divisions {
  readonly regionId: string;
}

/** Where something lies, as the graph answers it. */
export interface Place extends Placed {
  readonly countyId: string | null;
  readonly prefectureId: string | null;
  readonly provinceId: string | null;
  /** The region and its ancestors, own id first. */
  readonly path: readonly string[];
  readonly level: string;
}

/** The columns of `Placed`, for a table. */
export function placeColumns() {
  return {
    regionId: p.string(),
    countyId: p.string().nullable(),
    prefectureId: p.string().nullable(),
    provinceId: p.string().nullable(),
  };
}

/** The divisions of a place, to spread into a new row. */
export function divisionsOf({ countyId, prefectureId, provinceId }: Divisions) {
  return { countyId: countyId ?? null, prefectureId: prefectureId ?? null, provinceId: provinceId ?? null };
}

/** All columns of a place, to spread into a new row. */
export function placeColumnsOf(placed: Placed) {
  return { regionId: placed.regionId, ...divisionsOf(placed) };
}

/** The regions of a row, smallest first, up to the country: those whose packs govern it. */
export function regionsOf(row: Divisions & { readonly regionId?: Maybe }): string[] {
  const regions = [row.regionId, row.countyId, row.prefectureId, row.provinceId, 'cn'];
  return [...new Set(regions.filter((id) => typeof id === 'string'))];
}

/** The rows that lie in a region whose level is known: a condition on one column. Smaller ones than a county hold none. */
export function liesIn(region: {
  readonly id: string;
  readonly level: string;
}): Partial<Record<keyof Divisions, string>> {
  if (region.level === 'country') return {};
  if (region.level === 'province') return { provinceId: region.id };
  return region.level === 'prefecture' ? { prefectureId: region.id } : { countyId: region.id };
}

/** The rows of `Placed` that lie in a region or below it, when its level is not known. */
export function rowsWithin(region: string): Record<string, unknown> {
  if (region === 'cn') return {};
  return { $or: [{ regionId: region }, { countyId: region }, { prefectureId: region }, { provinceId: region }] };
}

/** What to ask of a region so that `placeOf` can read it: a village lies in a township, county, prefecture, province. */
export const PLACE_FIELDS =
  'id level path parent { id level parent { id level parent { id level parent { id level } } } }';

/** A region as the graph answers `PLACE_FIELDS`. */
export interface GraphRegion {
  readonly id: string;
  readonly level: string;
  readonly path: readonly string[];
  readonly parent?: Ancestor | null;
}

interface Ancestor {
  readonly id: string;
  readonly level: string;
  readonly parent?: Ancestor | null;
}

/** Reads the answer to `PLACE_FIELDS`. */
export function placeOf(region: GraphRegion): Place {
  const line: Ancestor[] = [];
  for (let at: Ancestor | null | undefined = region; at; at = at.parent) line.push(at);
  const at = (level: string) => line.find((one) => one.level === level)?.id ?? null;
  return {
    regionId: region.id,
    countyId: at('COUNTY'),
    prefectureId: at('PREFECTURE'),
    provinceId: at('PROVINCE'),
    path: region.path,
    level: region.level.toLowerCase(),
  };
}

const KEPT = 5_000;
// By graph: several graphs may run in one process, and what one has answered is nothing to another.
const remembered = new WeakMap<GraphQuery, Map<string, Place>>();

/**
 * The place of a region, asked of the graph, or null when there is no such region. A region keeps its id only as long as
 * it keeps its place, so an answer stays true and is remembered; that there is no such region may not, and is asked again.
 */
export async function knownPlace(graph: GraphQuery, id: string): Promise<Place | null> {
  let places = remembered.get(graph);
  if (!places) {
    places = new Map();
    remembered.set(graph, places);
  }
  const known = places.get(id);
  if (known) return known;
  const { region } = await graph<{ region: GraphRegion | null }>(
    `query KnownPlace($id: ID!) { region(id: $id) { ${PLACE_FIELDS} } }`,
    { id },
  );
  if (!region) return null;
  const place = placeOf(region);
  if (places.size >= KEPT) places.delete(places.keys().next().value as string);
  places.set(id, place);
  return place;
}

/** Ends a query about a region that does not exist. @throws GraphQLError REGION_UNKNOWN */
export function regionUnknown(id: string): never {
  return refuse('REGION_UNKNOWN', `There is no region ${id}.`, `没有地区 ${id}。`);
}
