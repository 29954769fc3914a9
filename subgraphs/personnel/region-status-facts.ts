import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { placeOf } from './place.ts';
import { Region, RegionStatus } from './tables/region.ts';

/** Statuses that stand on a day. */
export function standsOn(on: string) {
  return {
    $and: [{ $or: [{ from: null }, { from: { $lte: on } }] }, { $or: [{ to: null }, { to: { $gt: on } }] }],
  };
}

/** The values of some statuses of regions as recorded for a day, by region and kind. What was never recorded is left out. */
export async function statusesOf(
  tx: SqlEntityManager,
  regionIds: readonly string[],
  kinds: readonly string[],
  on: string,
): Promise<Map<string, Map<string, boolean>>> {
  const rows = await tx.find(
    RegionStatus,
    { regionId: { $in: [...regionIds] }, kind: { $in: [...kinds] }, ...standsOn(on) },
    { orderBy: { from: 'asc', id: 'asc' } },
  );
  const found = new Map<string, Map<string, boolean>>();
  for (const { regionId, kind, value } of rows) {
    const values = found.get(regionId) ?? new Map<string, boolean>();
    found.set(regionId, values.set(kind, value));
  }
  return found;
}

/** The value of one status of a region on a day; undefined when none was recorded. */
export async function statusOf(
  tx: SqlEntityManager,
  regionId: string,
  kind: string,
  on: string,
): Promise<boolean | undefined> {
  return (await statusesOf(tx, [regionId], [kind], on)).get(regionId)?.get(kind);
}

/** The regions with a status on a day, of those that lie in one region. */
export async function regionsWith(tx: SqlEntityManager, kind: string, within: string, on: string): Promise<Region[]> {
  const rows = await tx.find(RegionStatus, { kind, value: true, ...standsOn(on) }, { fields: ['regionId'] });
  if (rows.length === 0) return [];
  const ids = [...new Set(rows.map(({ regionId }) => regionId))];
  return tx.find(Region, { id: { $in: ids }, path: { $contains: [within] } }, { orderBy: { id: 'asc' } });
}

const SCOPE = 'in-team-scope';

/**
 * Whether a region is in the scope of teams. A list of them is complete for its province: who has no record there is not
 * on it. A province without a list leaves it open.
 */
async function inTeamScope(
  tx: SqlEntityManager,
  region: Region,
  provinceId: string | null,
  on: string,
): Promise<boolean | undefined> {
  const own = await statusOf(tx, region.id, SCOPE, on);
  if (own !== undefined || !provinceId) return own;
  return (await regionsWith(tx, SCOPE, provinceId, on)).length > 0 ? false : undefined;
}

/** What is known of a region on a day, whatever is decided about in it. */
export async function regionFacts(tx: SqlEntityManager, region: Region, on: string): Promise<Facts> {
  const { provinceId } = await placeOf(tx, region);
  return {
    'region.level': region.level,
    'region.province': provinceId ?? undefined,
    'region.inTeamScope': await inTeamScope(tx, region, provinceId, on),
    'region.deputyHeadPosted': await statusOf(tx, region.id, 'deputy-head-posted', on),
  };
}
