import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import type { Registry } from '../../policies/registry.ts';
import { Posting } from './tables/posting.ts';
import { Procedure } from './tables/procedure.ts';

/** Postings that hold on a day: begun, and neither past their last day nor ended before it. */
export function postedOn(on: string) {
  return {
    from: { $lte: on },
    $and: [{ $or: [{ to: null }, { to: { $gte: on } }] }, { $or: [{ endedOn: null }, { endedOn: { $gt: on } }] }],
  };
}

/** The chain by which a region gets a leader bears this concept. */
export const LEADER_CHAIN = 'leader.selection';

/** The completed selections of a leader of a region that settled on somebody by a day, the latest first. Other chains may name a person too. */
async function settledSelections(
  tx: SqlEntityManager,
  registry: Registry,
  regionId: string,
  on: string,
): Promise<Procedure[]> {
  const completed = await tx.find(
    Procedure,
    { regionId, status: 'completed', finalPersonId: { $ne: null }, completedOn: { $lte: on } },
    { orderBy: { completedOn: 'desc', id: 'desc' } },
  );
  return completed.filter(({ packId, packVersion, chainId }) =>
    registry.named(packId, packVersion)?.chains.some(({ id, concept }) => id === chainId && concept === LEADER_CHAIN),
  );
}

/** The latest completed selection of a leader of a region that settled on a person; null when there is none by that day. */
export async function latestSettled(
  tx: SqlEntityManager,
  registry: Registry,
  regionId: string,
  on: string,
): Promise<Procedure | null> {
  return (await settledSelections(tx, registry, regionId, on))[0] ?? null;
}

/** Whether a person is the one on whom some completed selection of a leader of a region settled by a day. */
export async function settledOn(
  tx: SqlEntityManager,
  registry: Registry,
  regionId: string,
  personId: string,
  on: string,
): Promise<boolean> {
  return (await settledSelections(tx, registry, regionId, on)).some(({ finalPersonId }) => finalPersonId === personId);
}

/** What is known of the others who are posted to a region when one more is. */
export async function postedFacts(
  tx: SqlEntityManager,
  posting: { readonly regionId: string; readonly kind: string; readonly post: string; readonly personId: string },
  from: string,
): Promise<Facts> {
  const { regionId, kind, post, personId } = posting;
  const others = await tx.find(Posting, { regionId, kind, ...postedOn(from) });
  return {
    'posting.samePostInForce': others.length,
    'posting.postHolders': others.filter((other) => other.post === post).length,
    'posting.personHoldsOther': others.some((other) => other.personId === personId),
    'posting.teamSizeAfter': new Set([...others.map((other) => other.personId), personId]).size,
  };
}
