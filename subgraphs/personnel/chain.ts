import type { Chain, ChainStep, Release } from '../../policies/pack.ts';
import { type Jurisdiction, lawOf } from '../law.ts';
import { type Divisions, regionsOf } from '../place.ts';
import { UserError } from '../user-error.ts';

/** A chain and the release it is read from. */
export interface ChainFound {
  readonly release: Release;
  readonly chain: Chain;
}

/** @throws UserError CHAIN_AMBIGUOUS when there are several */
export function onlyOne(fit: readonly ChainFound[]): ChainFound | null {
  if (fit.length > 1) {
    const packs = fit.map(({ release, chain }) => `${release.pack.id}.${chain.id}`).join(', ');
    throw new UserError('CHAIN_AMBIGUOUS', 'chain', {
      zh: `有多个程序可用（${packs}），请指明。`,
      en: `There are several chains (${packs}): name one.`,
    });
  }
  return fit[0] ?? null;
}

/**
 * The chain with this id that the packs in force have, or that of one of them.
 *
 * @throws UserError CHAIN_UNKNOWN, CHAIN_AMBIGUOUS
 */
export function namedChain(releases: readonly Release[], named: string, pack: string | null = null): ChainFound {
  const fit = releases
    .filter((release) => !pack || release.pack.id === pack)
    .flatMap((release) => release.chains.map((chain) => ({ release, chain })))
    .filter(({ chain }) => chain.id === named);
  const found = onlyOne(fit);
  if (found) return found;
  throw new UserError('CHAIN_UNKNOWN', 'chain', {
    zh: `当日有效的政策包没有程序“${named}”。`,
    en: `No pack in force that day has a chain "${named}".`,
  });
}

/** What follows a chain: where it lies, and the pack and version under which it was opened. */
export interface Chained extends Divisions {
  readonly regionId?: string;
  readonly packId?: string | null | undefined;
  readonly packVersion?: string | null | undefined;
  readonly chainId?: string | null | undefined;
}

/** The chain that something follows, as its pack has it on a day; as it was at the opening once the pack has run out. */
export function chainOf(registry: Jurisdiction, row: Chained, on: string): Chain | null {
  const { packId, packVersion, chainId } = row;
  if (!packId || !packVersion) return null;
  const governing = lawOf(registry, regionsOf(row), on).find((release) => release.pack.id === packId);
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
