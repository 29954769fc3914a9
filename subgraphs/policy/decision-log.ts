import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { validate as isUuid } from 'uuid';
import { canonical, sha256 } from '../../policies/canonical.ts';
import type { Decision } from '../../policies/decision.ts';
import type { Context } from '../context.ts';
import { refuse } from '../refuse.ts';
import { appendLinks, holdChain } from './audit-append.ts';
import { builder } from './builder.ts';
import { LoggedDecision } from './tables/decision-log.ts';

const EntryInput = builder.inputType('DecisionLogEntryInput', {
  description: 'One decision as the subgraph that made it stored it.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'A UUID; the same decision always comes with the same one.' }),
    subgraph: t.string({ required: true }),
    at: t.field({ type: 'DateTime', required: true }),
    actor: t.string({ required: true }),
    point: t.string({ required: true }),
    subjectType: t.string({ required: true }),
    subjectId: t.string({ required: true }),
    region: t.string({ required: true }),
    outcome: t.string({ required: true }),
    asOf: t.field({ type: 'Date', required: true }),
    record: t.string({ required: true, description: 'The decision as canonical JSON.' }),
    digest: t.string({ required: true, description: 'SHA-256 of `record`, hexadecimal.' }),
  }),
});
type Entry = typeof EntryInput.$inferInput;

/** Whether the columns of a line say what its record says; a line that lies would be found under the wrong name. */
function agrees({ record, point, outcome, asOf }: Entry): boolean {
  try {
    const decision = JSON.parse(record) as Decision;
    return (
      decision.point === point &&
      decision.outcome === outcome &&
      decision.asOf === asOf &&
      canonical(decision) === record
    );
  } catch {
    return false;
  }
}

/** @throws GraphQLError DECISION_DIGEST when a line was altered on its way or is not what it claims to be */
function verify(entry: Entry): void {
  const digest = sha256(entry.record);
  if (isUuid(entry.id) && digest === entry.digest && agrees(entry)) return;
  refuse(
    'DECISION_DIGEST',
    `The record of decision ${entry.id} is not what its digest and columns say.`,
    `决策 ${entry.id} 的记录与其摘要或字段不符。`,
  );
}

async function linesOf(entries: readonly Entry[], context: Context) {
  const regions = [...new Set(entries.map(({ region }) => region))].filter((region) => region !== '');
  const paths = new Map(
    await Promise.all(regions.map(async (region) => [region, await context.regionPath(region)] as const)),
  );
  return entries.map((entry) => ({
    ...entry,
    regionPath: [...new Set([entry.region, ...(paths.get(entry.region) ?? [])])].filter((region) => region !== ''),
    receivedAt: context.now,
  }));
}

async function append(tx: SqlEntityManager, lines: Awaited<ReturnType<typeof linesOf>>, now: Date): Promise<number> {
  await holdChain(tx);
  const ids = lines.map(({ id }) => id);
  const before = new Set((await tx.find(LoggedDecision, { id: { $in: ids } }, { fields: ['id'] })).map(({ id }) => id));
  // A line that is there already, or comes in twice at once, is left as it was first written.
  await tx.createQueryBuilder(LoggedDecision).insert(lines).onConflict('id').ignore().execute();
  const stored = await tx.find(LoggedDecision, { id: { $in: ids } }, { fields: ['digest'] });
  const digests = new Map(stored.map(({ id, digest }) => [id, digest]));
  const other = lines.find(({ id, digest }) => digests.get(id) !== digest);
  if (other) {
    refuse(
      'DECISION_CONFLICT',
      `Another decision is in the log under the id ${other.id}.`,
      `日志中编号 ${other.id} 已是另一项决策。`,
    );
  }
  const fresh = stored.filter(({ id }) => !before.has(id));
  // In the order in which they came.
  fresh.sort((a, b) => ids.indexOf(a.id) - ids.indexOf(b.id));
  await appendLinks(tx, 'decision', fresh, now);
  return fresh.length;
}

builder.mutationField('decisionLogAppend', (t) =>
  t.int({
    description:
      'For subgraphs: appends their decisions to the national log and answers how many were new. A decision that is there already is left as it is. All or none are taken. Errors: FORBIDDEN for anybody but a subgraph, DECISION_DIGEST, DECISION_CONFLICT.',
    authenticated: true,
    args: { entries: t.arg({ type: [EntryInput], required: true }) },
    async resolve(_root, { entries }, context) {
      if (context.viewer.kind !== 'service') {
        refuse('FORBIDDEN', 'Only a subgraph writes the decision log.', '只有子图服务可以写入决策日志。');
      }
      for (const entry of entries) verify(entry);
      if (entries.length === 0) return 0;
      // The graph is asked before the transaction opens: it may need the connection that the transaction would hold.
      const lines = await linesOf(entries, context);
      return context.em.fork().transactional((tx) => append(tx, lines, context.now));
    },
  }),
);
