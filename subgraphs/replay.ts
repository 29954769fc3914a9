import { createHash } from 'node:crypto';
import type { Registry } from '../policies/registry.ts';
import { replay } from '../policies/replay.ts';
import type { StoredDecision } from './decision.ts';

/** Decides a stored decision again under the pack versions it names and compares every byte. */
export async function replayStored(
  stored: StoredDecision,
  registry: Registry,
): Promise<{ same: boolean; digest: string }> {
  const again = await replay(stored.record, registry);
  return { same: again === stored.record, digest: createHash('sha256').update(again).digest('hex') };
}
