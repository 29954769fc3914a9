import type { Text } from '../../policies/pack.ts';
import { builder, types } from './builder.ts';

/** A code and what it is called. */
export interface Term {
  readonly code: string;
  readonly title: Text | null;
}

export const TermRef = builder.objectRef<Term>('Term').implement({
  description: 'A code, and what a pack calls it.',
  fields: (t) => ({
    code: t.exposeString('code'),
    title: t.field({
      type: types.Bilingual,
      nullable: true,
      description: 'Null where the pack has no word for it.',
      resolve: (term) => term.title,
    }),
  }),
});

/** The title of a code among titles by code; null where there is none. */
export function termOf(code: string, titles: Readonly<Record<string, Text>>): Term {
  return { code, title: Object.hasOwn(titles, code) ? (titles[code] ?? null) : null };
}
