import type { Chain, ChainStep, Release } from '../../policies/pack.ts';
import type { Registry } from '../../policies/registry.ts';
import { lawOf } from '../law.ts';
import { regionsOf } from '../place.ts';
import { UserError } from '../user-error.ts';
import type { Selection } from './tables/selection.ts';

/** Chains of this concept lead to a list of persons; the tier of the last step is the tier that selects. */
const CONCEPT = 'selection.chain';

const selectsAt = (chain: Chain) => chain.steps.at(-1)?.level;

/**
 * The chain that the packs in force have for a tier, or null where the law has none. With `named`, that chain.
 *
 * @throws UserError CHAIN_UNKNOWN, CHAIN_AMBIGUOUS when two packs have one for the tier
 */
export function findChain(
  releases: readonly Release[],
  level: string,
  named: string | null,
): { readonly release: Release; readonly chain: Chain } | null {
  const all = releases.flatMap((release) => release.chains.map((chain) => ({ release, chain })));
  const fit = named
    ? all.filter(({ chain }) => chain.id === named)
    : all.filter(({ chain }) => chain.concept === CONCEPT && selectsAt(chain) === level);
  if (named && fit.length === 0) {
    throw new UserError('CHAIN_UNKNOWN', 'chain', {
      zh: `当日有效的政策包没有程序“${named}”。`,
      en: `No pack in force that day has a chain "${named}".`,
    });
  }
  if (fit.length > 1) {
    const packs = fit.map(({ release, chain }) => `${release.pack.id}.${chain.id}`).join(', ');
    throw new UserError('CHAIN_AMBIGUOUS', 'chain', {
      zh: `该层级有多个选聘程序（${packs}），请指明。`,
      en: `There are several chains for this level (${packs}): name one.`,
    });
  }
  return fit[0] ?? null;
}

/** The chain that a round follows, as its pack has it on a day; as it was at the opening once the pack has run out. */
export function chainOf(registry: Registry, selection: Selection, on: string): Chain | null {
  const { packId, packVersion, chainId } = selection;
  if (!packId || !packVersion) return null;
  const governing = lawOf(registry, regionsOf(selection), on).find((release) => release.pack.id === packId);
  const release = governing ?? registry.named(packId, packVersion);
  return release?.chains.find((chain) => chain.id === chainId) ?? null;
}

/**
 * The step of a chain with this key; without a key the first one that is not done.
 *
 * @throws UserError STEP_UNKNOWN, STEP_DONE, STEP_REQUIRED when there is none left to choose
 */
export function chooseStep(
  chain: Chain | null,
  key: string | null | undefined,
  done: readonly string[],
): { readonly key: string; readonly step: ChainStep | null } {
  const chosen = key?.trim() || chain?.steps.find((step) => !done.includes(step.key))?.key;
  if (!chosen) {
    throw new UserError('STEP_REQUIRED', 'step', { zh: '请说明办理哪一步骤。', en: 'Say which step.' });
  }
  const step = chain?.steps.find((one) => one.key === chosen) ?? null;
  if (chain && !step) {
    throw new UserError('STEP_UNKNOWN', 'step', {
      zh: `程序“${chain.title.zh}”没有步骤“${chosen}”。`,
      en: `The chain "${chain.title.en}" has no step "${chosen}".`,
    });
  }
  if (done.includes(chosen)) {
    throw new UserError('STEP_DONE', 'step', {
      zh: `步骤“${chosen}”已办理。`,
      en: `The step "${chosen}" is done already.`,
    });
  }
  return { key: chosen, step };
}
