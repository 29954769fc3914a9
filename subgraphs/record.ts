import { defineEntity, p } from '@mikro-orm/postgresql';

/**
 * The three tables that every subgraph keeps in its own schema, so that a change, the decision that allowed it and the
 * event that tells of it are one transaction.
 */
const DecisionSchema = defineEntity({
  name: 'DecisionRecord',
  tableName: 'decision',
  properties: {
    id: p.uuid().primary(),
    at: p.datetime(),
    actor: p.string(),
    point: p.string(),
    subjectType: p.string(),
    subjectId: p.string(),
    region: p.string(),
    /** The chain of acts it belongs to, such as one team's forming; null outside of any. */
    process: p.string().nullable(),
    /** The roles in which the actor did it. */
    actedAs: p.array(),
    outcome: p.string(),
    asOf: p.date(),
    /** The whole decision as canonical JSON: what replay must reproduce to the byte. */
    record: p.text(),
    /** SHA-256 of `record`. */
    digest: p.string(),
  },
  indexes: [
    { properties: ['subjectType', 'subjectId', 'id'] },
    { properties: ['region', 'id'] },
    { properties: ['process', 'actor'] },
  ],
});
export class DecisionRecord extends DecisionSchema.class {}
DecisionSchema.setClass(DecisionRecord);

const OutboxSchema = defineEntity({
  name: 'OutboxEvent',
  tableName: 'outbox',
  properties: {
    id: p.uuid().primary(),
    at: p.datetime(),
    type: p.string(),
    payload: p.json<Record<string, unknown>>(),
    sentAt: p.datetime().nullable(),
  },
  indexes: [{ properties: ['sentAt', 'id'] }],
});
export class OutboxEvent extends OutboxSchema.class {}
OutboxSchema.setClass(OutboxEvent);

const IdempotencySchema = defineEntity({
  name: 'Submission',
  tableName: 'submission',
  properties: {
    actor: p.string().primary(),
    key: p.string().primary(),
    point: p.string(),
    /** SHA-256 of the input: the same key with another input is a mistake, not a repetition. */
    inputDigest: p.string(),
    subjectId: p.string().nullable(),
    decisionId: p.uuid().nullable(),
    at: p.datetime(),
  },
});
export class Submission extends IdempotencySchema.class {}
IdempotencySchema.setClass(Submission);

export const recordEntities = [DecisionSchema, OutboxSchema, IdempotencySchema];

/** Decisions are appended and never changed: the database itself refuses. Part of every subgraph's first migration. */
export function appendOnlySql(schema: string): string[] {
  return [
    `create function "${schema}"."refuse_change"() returns trigger language plpgsql as $$ begin raise exception 'decisions are append-only' using errcode = '55000'; end $$`,
    `create trigger "decision_append_only" before update or delete on "${schema}"."decision" for each row execute function "${schema}"."refuse_change"()`,
  ];
}
