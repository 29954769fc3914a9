import { join } from 'node:path';
import type { Case, ObligationCase, PackCase, RankingCase } from '../../policies/case.ts';
import type { Facts } from '../../policies/facts.ts';
import { loadCatalogue, loadPack, packsFolder } from '../../policies/load.ts';

export const pack = loadPack(join(packsFolder, 'jiaozuo'));
const { points } = loadCatalogue();

/** A case as it stands on its day: everything that the pack holds to be true then. */
export interface Situation {
  readonly id: string;
  readonly point: string;
  readonly on: string;
  /** The facts of the point's baseline, and over them those of the case. */
  readonly facts: Facts;
}

const isScenario = (one: { readonly scenario?: string }) => one.scenario !== undefined;

/** Every scenario of the pack that is decided, at whatever kind of point. */
export const decided: readonly Case[] = pack.cases.filter(isScenario);

/** Every scenario of the pack that puts candidates in an order. */
export const ranked: readonly RankingCase[] = pack.rankingCases.filter(isScenario);

/** Every scenario of the pack that asks its calendar. */
export const scheduled: readonly (ObligationCase | PackCase)[] = pack.entryCases
  .filter(isScenario)
  .filter((one) => one.kind !== 'indicator');

export const kindOf = (point: string): string | undefined => points[point]?.kind;

const dayOf = ({ on, asOf }: Case | RankingCase) => asOf ?? pack.baselines[on]?.asOf ?? pack.pack.effective.from;

const over = (point: string, facts: Facts): Record<string, Facts[string]> => ({
  ...pack.baselines[point]?.facts,
  ...facts,
});

/** The situation of a decided scenario. */
export function situationOf(one: Case): Situation {
  const facts = over(one.on, one.facts);
  for (const id of one.without ?? []) delete facts[id];
  return { id: one.id, point: one.on, on: dayOf(one), facts };
}

/** One situation for each candidate of a ranking. */
export function candidatesOf(one: RankingCase): Situation[] {
  return one.candidates.map(({ id, facts }) => ({ id, point: one.on, on: dayOf(one), facts: over(one.on, facts) }));
}
