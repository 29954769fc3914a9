import type { Release, Text } from '../../policies/pack.ts';
import { parameterOn } from '../../policies/parameter.ts';
import { builder, types } from './builder.ts';

/** A code of a pack, and what it is called there. */
interface PackCode {
  readonly code: string;
  readonly title: Text | null;
}

export const PackCodeRef = builder.objectRef<PackCode>('PackCode').implement({
  description: 'A word of a pack: the code that is stored, and its name there.',
  fields: (t) => ({
    code: t.exposeString('code'),
    title: t.field({ type: types.Bilingual, nullable: true, resolve: ({ title }) => title }),
  }),
});

/** The list of codes that the law in force gives under a name; null when it gives none. */
export function codesOf(law: readonly Release[], parameter: string, asOf: string): readonly string[] | null {
  for (const release of law) {
    const stated = release.parameters.find(({ id }) => id === parameter);
    const value = stated && parameterOn(stated, asOf).value;
    if (Array.isArray(value)) return value as readonly string[];
  }
  return null;
}

/** The same list with names, empty when the law gives none. */
export function namedCodes(law: readonly Release[], parameter: string, asOf: string): PackCode[] {
  return (codesOf(law, parameter, asOf) ?? []).map((code) => ({ code, title: titleOf(law, code) }));
}

/** What the law in force calls a code. */
export function titleOf(law: readonly Release[], code: string): Text | null {
  return law.find((release) => Object.hasOwn(release.pack.vocabulary, code))?.pack.vocabulary[code] ?? null;
}

/** Packs list grades best first: the first is the one a quota limits, the last the one that fails. */
export const GRADES = 'evaluation.grades';
export const DIMENSIONS = 'evaluation.dimensions';

/** The grade that a quota limits; undefined when the law names no grades. */
export function topGrade(law: readonly Release[], asOf: string): string | undefined {
  return codesOf(law, GRADES, asOf)?.[0];
}

/** The grade that fails; undefined when the law names no grades. */
export function failingGrade(law: readonly Release[], asOf: string): string | undefined {
  return codesOf(law, GRADES, asOf)?.at(-1);
}
