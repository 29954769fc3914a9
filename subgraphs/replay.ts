import { GraphQLError } from 'graphql';
import { sha256 } from '../policies/canonical.ts';
import type { Registry } from '../policies/registry.ts';
import { replay, UnknownRelease } from '../policies/replay.ts';
import type { StoredDecision } from './decision.ts';

/**
 * Decides a record again under the pack versions it names and answers the new record.
 *
 * @throws GraphQLError RELEASE_UNKNOWN when one of them is not here
 */
export async function replayRecord(record: string, registry: Registry): Promise<string> {
  try {
    return await replay(record, registry);
  } catch (error) {
    if (!(error instanceof UnknownRelease)) throw error;
    throw new GraphQLError('A pack version that this was decided under is not published here.', {
      extensions: { code: 'RELEASE_UNKNOWN', messageZh: '作出该决策所依据的政策包版本未在此发布。' },
    });
  }
}

/** Decides a stored decision again under the pack versions it names and compares every byte. */
export async function replayStored(
  stored: StoredDecision,
  registry: Registry,
): Promise<{ same: boolean; digest: string }> {
  const again = await replayRecord(stored.record, registry);
  return { same: again === stored.record, digest: sha256(again) };
}
