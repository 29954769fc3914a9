import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v5 as uuidOf } from 'uuid';
import { Region, RegionStatus } from '../tables/region.ts';
import { loadGeography, loadRegionStatuses } from './geography.ts';

const NAMESPACE = '6f6e8a52-2d1c-4f0e-9f2a-7b1f3f0c5a11';
const CHUNK = 1_000;

/** Puts the vendored regions and their statuses into an empty database; does nothing when regions are there. */
export async function seedGeography(em: SqlEntityManager): Promise<void> {
  if ((await em.count(Region)) > 0) return;
  const regions = loadGeography().map((row) => ({ ...row, path: [...row.path].reverse() }));
  const statuses = loadRegionStatuses().map((row) => ({
    // Derived from the content, so that seeding twice cannot make two of one.
    id: uuidOf(`${row.regionId} ${row.kind} ${row.from} ${row.value}`, NAMESPACE),
    ...row,
  }));
  await em.transactional(async (tx) => {
    for (let at = 0; at < regions.length; at += CHUNK) await tx.insertMany(Region, regions.slice(at, at + CHUNK));
    await tx.insertMany(RegionStatus, statuses);
  });
}
