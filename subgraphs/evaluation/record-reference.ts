import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { validate } from 'uuid';
import { notFound } from '../user-error.ts';
import { builder } from './builder.ts';
import { CaseStudy } from './tables/case-study.ts';
import { Event, Meeting } from './tables/gathering.ts';
import { Inspection, RecordedFinding } from './tables/inspection.ts';
import { Report } from './tables/report.ts';
import { ServiceRecord } from './tables/service-record.ts';
import { LedgerEntry } from './tables/task.ts';
import { TrainingRecord } from './tables/training-record.ts';

/** The records that a report or an assessment can stand on, by the word for their kind. */
const REFERABLE = {
  'service-record': ServiceRecord,
  'training-record': TrainingRecord,
  'ledger-entry': LedgerEntry,
  meeting: Meeting,
  event: Event,
  inspection: Inspection,
  finding: RecordedFinding,
  'case-study': CaseStudy,
  report: Report,
} as const;
type RecordKind = keyof typeof REFERABLE;

/** A record that something else stands on: made once, and used wherever it is wanted. */
export interface RecordReference {
  readonly kind: RecordKind;
  readonly id: string;
}

export const RecordKindEnum = builder.enumType('RecordKind', {
  description: 'A kind of record that others can stand on.',
  values: Object.fromEntries(
    Object.keys(REFERABLE).map((kind) => [kind.replaceAll('-', '_').toUpperCase(), { value: kind }]),
  ) as Record<string, { value: RecordKind }>,
});

export const RecordReferenceRef = builder.objectRef<RecordReference>('RecordReference').implement({
  description: 'A record that this one stands on. Who may read it, the record itself says.',
  fields: (t) => ({
    kind: t.field({ type: RecordKindEnum, resolve: ({ kind }) => kind }),
    id: t.exposeID('id'),
  }),
});

export const RecordReferenceInput = builder.inputType('RecordReferenceInput', {
  fields: (t) => ({ kind: t.field({ type: RecordKindEnum, required: true }), id: t.id({ required: true }) }),
});

/**
 * The records that are referred to, each once.
 *
 * @throws UserError NOT_FOUND when one of them does not exist
 */
export async function requireRecords(
  tx: SqlEntityManager,
  references: readonly RecordReference[],
  field: string,
): Promise<RecordReference[]> {
  const each = [...new Map(references.map(({ kind, id }) => [`${kind} ${id}`, { kind, id }])).values()];
  for (const [kind, part] of Map.groupBy(each, (reference) => reference.kind)) {
    const ids = part.map(({ id }) => id);
    if (!ids.every((id) => validate(id))) throw notFound(field);
    if ((await tx.count(REFERABLE[kind] as never, { id: { $in: ids } } as never)) < ids.length) throw notFound(field);
  }
  return each;
}
