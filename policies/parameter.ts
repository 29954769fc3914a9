import type { ParameterUse } from './decision.ts';
import type { Parameter } from './pack.ts';

/** The parameter as of a date: what the law states then, else the platform's default, else nothing. */
export const parameterOn = (parameter: Parameter, asOf: string): ParameterUse => {
  const entry = parameter.values.findLast(({ from }) => from <= asOf);
  const { status, platformDefault } = parameter;
  const from = entry?.from ?? null;
  if (entry && entry.value !== null) return { value: entry.value, status, from, platformDefault: false };
  // Before the first stated value the law is not silent but another; no default stands in for it.
  const isSilent = entry !== undefined || parameter.values.length === 0;
  if (platformDefault && isSilent) return { value: platformDefault.value, status, from, platformDefault: true };
  return { value: null, status, from, platformDefault: false };
};
