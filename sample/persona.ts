import type { Persona } from '../gateway/issuer.ts';

/** Somebody a visitor can be: an account with its roles, and what to call it. */
export interface SamplePersona extends Persona {
  readonly title: { readonly zh: string; readonly en: string };
}

type More = Partial<Pick<SamplePersona, 'person' | 'roles' | 'scopes'>>;

/** The account `demo:<key>`. */
export function persona(
  key: string,
  zh: string,
  en: string,
  { person = null, roles = [], scopes = [] }: More,
): SamplePersona {
  return { subject: `demo:${key}`, title: { zh, en }, person, roles, scopes };
}

/** A role held for a region, or for an organisation in it. */
export const held = (role: string, region: string, organisation: string | null = null) => ({
  role,
  region,
  organisation,
});
