import { isInForce, type Release } from '../policies/pack.ts';
import type { Registry } from '../policies/registry.ts';

/** The releases that govern a place, given with its ancestors, on a day. */
export function lawOf(registry: Registry, regions: readonly string[], asOf: string): Release[] {
  return registry.governing({ regions, statuses: [], asOf });
}

/** Every release that is in force somewhere on a day. */
export function lawInForce(registry: Registry, asOf: string): Release[] {
  return registry.latest().filter((release) => isInForce(release.pack.effective, asOf));
}
