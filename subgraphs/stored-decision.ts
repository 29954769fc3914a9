import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { canonical, sha256 } from '../policies/canonical.ts';
import type { Decision } from '../policies/decision.ts';
import type { Subject } from './actor.ts';
import type { Context } from './context.ts';
import { DecisionRecord, OutboxEvent } from './record.ts';

/** Of what a decision was made, and in which roles; `id` where its record was named before it is written. */
interface Made {
  readonly id?: string;
  readonly subject: Pick<Subject, 'type' | 'id' | 'regions' | 'process'>;
  readonly actedAs: readonly string[];
}

/** Appends a decision to the record, and the event that tells of it. */
export function storeDecision(
  tx: SqlEntityManager,
  context: Context,
  { id = uuid(), subject, actedAs }: Made,
  decision: Decision,
): DecisionRecord {
  const record = canonical(decision);
  const row = tx.create(DecisionRecord, {
    id,
    at: context.now,
    actor: context.viewer.subject,
    point: decision.point,
    subjectType: subject.type,
    subjectId: subject.id,
    region: subject.regions[0] ?? '',
    process: subject.process ?? null,
    actedAs: [...actedAs],
    outcome: decision.outcome,
    asOf: decision.asOf,
    record,
    digest: sha256(record),
  });
  tx.create(OutboxEvent, {
    id: uuid(),
    at: context.now,
    type: 'decision.recorded',
    payload: { decisionId: id },
    sentAt: null,
  });
  return row;
}
