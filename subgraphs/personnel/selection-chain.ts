import type { Chain, Release } from '../../policies/pack.ts';
import { type ChainFound, namedChain, onlyOne } from './chain.ts';

/** Chains of this concept lead to a list of persons; the tier of the last step is the tier that selects. */
const CONCEPT = 'selection.chain';

const selectsAt = (chain: Chain) => chain.steps.at(-1)?.level;

/**
 * The chain that the packs in force have for a tier, or null where the law has none. With `named`, that chain.
 *
 * @throws UserError CHAIN_UNKNOWN, CHAIN_AMBIGUOUS when two packs have one for the tier
 */
export function findChain(releases: readonly Release[], level: string, named: string | null): ChainFound | null {
  if (named) return namedChain(releases, named);
  const all = releases.flatMap((release) => release.chains.map((chain) => ({ release, chain })));
  return onlyOne(all.filter(({ chain }) => chain.concept === CONCEPT && selectsAt(chain) === level));
}
