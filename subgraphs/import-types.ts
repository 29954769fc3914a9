import type { Builder } from './builder.ts';
import type { DecisionTypes, StoredDecision, UnstoredDecision } from './decision.ts';
import type { ImportPayload } from './import.ts';

const described = { shareable: true } as const;

interface RowsOfDecision {
  readonly decision: StoredDecision | UnstoredDecision;
  readonly rows: readonly number[];
}

/** Adds the types with which every subgraph answers an import. They are the same in all of them. */
export function addImportTypes(builder: Builder, types: DecisionTypes) {
  const RowsDecisionRef = builder.objectRef<RowsOfDecision>('RowsDecision').implement({
    ...described,
    description: 'Rows of an import that the law judges alike, and what it says of each of them.',
    fields: (t) => ({
      decision: t.field({ type: types.DecisionRef, resolve: ({ decision }) => decision }),
      rows: t.intList({ description: 'From 0, in order.', resolve: ({ rows }) => [...rows] }),
    }),
  });
  const RowMistakeRef = builder
    .objectRef<{ row: number; code: string; field: readonly string[]; text: { zh: string; en: string } }>('RowMistake')
    .implement({
      ...described,
      description: 'A mistake in one row of an import. Nothing was written.',
      fields: (t) => ({
        row: t.exposeInt('row', { description: 'From 0.' }),
        code: t.exposeString('code', { description: 'Stable; those of the act on one thing, and DUPLICATE_ROW.' }),
        field: t.stringList({ resolve: ({ field }) => [...field] }),
        message: t.field({ type: types.Bilingual, resolve: ({ text }) => text }),
      }),
    });
  return builder.objectRef<ImportPayload>('ImportResult').implement({
    ...described,
    description: 'What became of an import: everything was written, or nothing.',
    fields: (t) => ({
      id: t.id({
        nullable: true,
        description: 'The subject of its decisions in the log. Null: nothing was written.',
        resolve: ({ id }) => id,
      }),
      written: t.exposeInt('written', { description: 'How many things were made.' }),
      repeated: t.intList({
        description: 'Rows, from 0, that the same account had imported before: left as they are.',
        resolve: ({ repeated }) => [...repeated],
      }),
      decisions: t.field({
        type: [RowsDecisionRef],
        resolve: ({ decisions }) => decisions.map(({ decision, rows }) => ({ decision, rows })),
      }),
      mistakes: t.field({
        type: [RowMistakeRef],
        resolve: ({ mistakes }) =>
          mistakes.map(({ row, error: { code, field, text } }) => ({ row, code, field, text })),
      }),
      userErrors: t.field({
        type: [types.UserErrorRef],
        description: 'Mistakes of the import as a whole; CONFLICT when others act on the same things at the same time.',
        resolve: ({ userErrors }) => userErrors.map(({ code, field, text }) => ({ code, field, text })),
      }),
    }),
  });
}
