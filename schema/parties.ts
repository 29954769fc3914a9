import type { Release } from '../policies/pack.ts';

/** Packs that a caller can be under together, and the name of the schema that such a caller sees. */
export interface ContractParties {
  /** The packs' ids joined by `+`, those that govern regions first. */
  readonly name: string;
  readonly packs: readonly Release[];
}

function subsets<Item>(items: readonly Item[]): Item[][] {
  const sets: Item[][] = [[]];
  for (const item of items) sets.push(...sets.map((set) => [...set, item]));
  return sets;
}

/**
 * Every combination of packs that can govern one place: one that names regions, or none, with any of those that go by a
 * region's status. Packs that govern everywhere are part of all.
 */
export function partiesOf(latest: readonly Release[]): ContractParties[] {
  const byRegion = latest.filter(({ pack }) => 'regions' in pack.governs);
  const byStatus = latest.filter(({ pack }) => 'status' in pack.governs);
  return subsets(byStatus)
    .flatMap((statuses) => [statuses, ...byRegion.map((region) => [region, ...statuses])])
    .filter((packs) => packs.length > 0)
    .map((packs) => ({ name: packs.map(({ pack }) => pack.id).join('+'), packs }))
    .sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The decision points that packs use: where their rules stand, what their roles may do, what their calendar asks for. */
export function pointsUsed(packs: readonly Release[]): Set<string> {
  return new Set(
    packs.flatMap(({ rules, roles, obligations }) => [
      ...rules.flatMap(({ on }) => on),
      ...roles.flatMap(({ may }) => may),
      ...obligations.flatMap(({ satisfiedBy }) => satisfiedBy),
    ]),
  );
}
