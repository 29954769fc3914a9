import type { SamplePersona } from './persona.ts';
import { regimes } from './regimes.ts';

/** The accounts of all demonstrations. */
export const personas: readonly SamplePersona[] = regimes.flatMap((regime) => regime.personas);

/** @throws Error for an account that is none of the personas */
export function personaOf(subject: string): SamplePersona {
  const found = personas.find((one) => one.subject === subject);
  if (!found) throw new Error(`there is no persona ${subject}`);
  return found;
}
