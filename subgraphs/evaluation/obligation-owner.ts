import type { Obligation, Release } from '../../policies/pack.ts';
import type { Place } from '../place.ts';

const TIERS = ['country', 'national', 'province', 'prefecture', 'county'];

/**
 * The owners for which a region answers: the bodies of its own tier. Those below the county, such as units, are listed
 * with the county; those whose tier the pack does not give, with the region that the pack names.
 */
export function ownersIn(duty: Obligation, release: Release, place: Place): string[] {
  const { governs } = release.pack;
  const named = !('regions' in governs) || governs.regions.includes(place.path[0] ?? '');
  return duty.owner.filter((owner) => {
    const level = release.roles.find(({ role }) => role === owner)?.level;
    if (level === undefined) return named;
    const tier = level === 'national' ? 'country' : level;
    return TIERS.includes(tier) ? tier === place.level : place.level === 'county';
  });
}
