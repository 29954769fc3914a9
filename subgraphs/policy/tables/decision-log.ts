import { defineEntity, p } from '@mikro-orm/postgresql';

const DecisionLogSchema = defineEntity({
  name: 'LoggedDecision',
  tableName: 'decision_log',
  properties: {
    id: p.uuid().primary(),
    /** The subgraph that decided. */
    subgraph: p.string(),
    at: p.datetime(),
    actor: p.string(),
    point: p.string(),
    subjectType: p.string(),
    subjectId: p.string(),
    region: p.string(),
    /** The region and its ancestors when the line arrived, so that who may read it needs no join. */
    regionPath: p.array(),
    outcome: p.string(),
    asOf: p.date(),
    /** The whole decision as canonical JSON: what replay must reproduce to the byte. */
    record: p.text(),
    /** SHA-256 of `record`. */
    digest: p.string(),
    receivedAt: p.datetime(),
  },
  indexes: [
    { properties: ['subjectId', 'id'] },
    { properties: ['actor', 'id'] },
    { properties: ['point', 'id'] },
    { properties: ['at', 'id'] },
    { properties: ['regionPath'], type: 'gin' },
  ],
});
export class LoggedDecision extends DecisionLogSchema.class {}
DecisionLogSchema.setClass(LoggedDecision);

export const decisionLogTables = [DecisionLogSchema];

/** The national log is appended and never changed: the database refuses, whoever asks. */
export const decisionLogStatements = [
  `create trigger "decision_log_append_only" before update or delete on "policy"."decision_log" for each row execute function "policy"."refuse_change"()`,
  `create trigger "decision_log_no_truncate" before truncate on "policy"."decision_log" for each statement execute function "policy"."refuse_change"()`,
];
