import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { type Divisions, liesIn } from '../place.ts';
import { Region } from './tables/region.ts';

/** The rows that lie in a region or below it; none when there is no such region. */
export async function whereWithin(
  context: Context,
  regionId: string,
): Promise<Partial<Record<keyof Divisions, string>>> {
  const region = await loadById(context, Region, regionId);
  return region ? liesIn(region) : { countyId: regionId };
}
