import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { type AuditKind, FIRST, hashOf } from './audit-chain.ts';
import { AuditLinkRow } from './tables/audit.ts';

const CHAIN_LOCK = 7_463_022;

/** Holds the end of the chain until the transaction ends: lines come in one after another, whoever sends them. */
export async function holdChain(tx: SqlEntityManager): Promise<void> {
  await tx.execute('select pg_advisory_xact_lock(?)', [CHAIN_LOCK]);
}

/** Hangs entries on the end of the chain, which must be held. None of them may hang there already. */
export async function appendLinks(
  tx: SqlEntityManager,
  kind: AuditKind,
  entries: readonly { readonly id: string; readonly digest: string }[],
  now: Date,
): Promise<void> {
  if (entries.length === 0) return;
  const [last] = await tx.find(AuditLinkRow, {}, { orderBy: { position: 'desc' }, limit: 1 });
  let { position, hash: previous } = last ?? { position: 0, hash: FIRST };
  const rows = entries.map(({ id, digest }) => {
    position += 1;
    const link = { position, kind, entry: id, digest, at: now.toISOString(), previous };
    previous = hashOf(link);
    return { ...link, hash: previous };
  });
  await tx.insertMany(AuditLinkRow, rows);
}
