import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { notFound, UserError } from '../user-error.ts';
import { isValidOn } from './geography/geography.ts';
import { Region } from './tables/region.ts';

/** Where a region lies, itself included. */
export async function placeOf(
  tx: SqlEntityManager,
  region: Region,
): Promise<Record<'provinceId' | 'prefectureId' | 'countyId', string | null>> {
  const regions = await tx.find(Region, { id: { $in: region.path } });
  const at = (level: string) => regions.find((one) => one.level === level)?.id ?? null;
  return { provinceId: at('province'), prefectureId: at('prefecture'), countyId: at('county') };
}

/**
 * Loads a county and holds its row, so that what is counted in a county (its brigade, its signed teams) is counted by
 * one act at a time. Whoever holds a team as well takes the team first.
 *
 * @throws UserError NOT_FOUND, COUNTY_INVALID for another level, COUNTY_NOT_VALID when there is no such county that day
 */
export async function lockCounty(tx: SqlEntityManager, id: string, on: string, field = 'county'): Promise<Region> {
  const county = await tx.findOne(Region, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!county) throw notFound(field);
  if (county.level !== 'county') {
    throw new UserError('COUNTY_INVALID', field, {
      zh: `${county.name}不是县级地域。`,
      en: `${county.name} is not a county-level region.`,
    });
  }
  if (!isValidOn({ validFrom: county.validFrom ?? null, validTo: county.validTo ?? null }, on)) {
    throw new UserError('COUNTY_NOT_VALID', field, {
      zh: `${county.name}在 ${on} 不存在（尚未设立或已撤销）。`,
      en: `${county.name} does not exist on ${on}: not yet established, or abolished.`,
    });
  }
  return county;
}
