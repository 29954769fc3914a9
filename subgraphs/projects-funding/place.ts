type Maybe = string | null | undefined;

/** Where something lies, as a row keeps it. */
export interface Placed {
  readonly regionId: string;
  readonly countyId?: Maybe;
  readonly prefectureId?: Maybe;
  readonly provinceId?: Maybe;
}

/** What to ask of a region so that `placeOf` can read it. */
export const PLACE_FIELDS = 'id level parent { id level parent { id level parent { id level } } }';

export interface RegionAnswer {
  readonly id: string;
  readonly level: string;
  readonly parent?: RegionAnswer | null;
}

/** A region's own id and those of the county, prefecture and province that it is or lies in. */
export function placeOf(region: RegionAnswer): Placed {
  const line: RegionAnswer[] = [];
  for (let at: RegionAnswer | null | undefined = region; at; at = at.parent) line.push(at);
  const at = (level: string) => line.find((one) => one.level === level)?.id ?? null;
  return { regionId: region.id, countyId: at('COUNTY'), prefectureId: at('PREFECTURE'), provinceId: at('PROVINCE') };
}

/** The columns of a place, to spread into a new row. */
export function placeColumnsOf({ regionId, countyId, prefectureId, provinceId }: Placed) {
  return {
    regionId,
    countyId: countyId ?? null,
    prefectureId: prefectureId ?? null,
    provinceId: provinceId ?? null,
  };
}

/** The regions whose packs govern something that lies there, its own first, up to the country. */
export function regionsOf(placed: Placed): readonly string[] {
  const above = [placed.countyId, placed.prefectureId, placed.provinceId, 'cn'];
  return [...new Set([placed.regionId, ...above.filter((id) => typeof id === 'string')])];
}

/** The rows that lie in a region or below it, as a condition on the columns of a place. */
export function rowsWithin(region: string): Record<string, unknown> {
  if (region === 'cn') return {};
  return { $or: [{ countyId: region }, { prefectureId: region }, { provinceId: region }] };
}
