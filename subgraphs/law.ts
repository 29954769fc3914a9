import { type CompiledPack, compile } from '../policies/compile.ts';
import { isInForce, type Release } from '../policies/pack.ts';
import type { Registry } from '../policies/registry.ts';

const compiled = new Map<string, CompiledPack>();

/** The compiled form of a release, made once: a digest is one text for ever. */
export function compiledOf(release: Release): CompiledPack {
  const known = compiled.get(release.digest);
  if (known) return known;
  const made = compile(release);
  compiled.set(release.digest, made);
  return made;
}

/** The releases that govern a place, given with its ancestors, on a day. */
export function lawOf(registry: Registry, regions: readonly string[], asOf: string): Release[] {
  return registry.governing({ regions, statuses: [], asOf });
}

/** Every release that is in force somewhere on a day. */
export function lawInForce(registry: Registry, asOf: string): Release[] {
  return registry.latest().filter((release) => isInForce(release.pack.effective, asOf));
}
