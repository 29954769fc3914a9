import { isInForce, type Release } from '../policies/pack.ts';
import type { Registry } from '../policies/registry.ts';
import type { StatusDirectory } from './status-directory.ts';

/** The published packs, and where those lie that govern by a status of a region. */
export interface Jurisdiction extends Registry {
  readonly statuses: Pick<StatusDirectory, 'of' | 'holders'>;
}

/** The releases that govern a place, given with its ancestors, smallest first, on a day. */
export function lawOf(registry: Jurisdiction, regions: readonly string[], asOf: string): Release[] {
  return registry.governing({ regions, statuses: registry.statuses.of(regions, asOf), asOf });
}

/** Every release that is in force somewhere on a day. */
export function lawInForce(registry: Registry, asOf: string): Release[] {
  return registry.latest().filter((release) => isInForce(release.pack.effective, asOf));
}
