import type { Entry, Release } from '../../policies/pack.ts';
import { parameterOn } from '../../policies/parameter.ts';

/** Where an indicator says its target: a number, a parameter of the pack, or the length of a list that is one. */
type Source = number | { readonly parameter: string } | { readonly lengthOf: string };

/** An entry of `indicators/`. */
export interface Indicator extends Entry {
  readonly code?: string;
  /** Whom it is about: `<level>-appointment`, `<level>-team`, evaluation-batch ... */
  readonly scope?: string;
  /** at-least, at-most, equal or between. */
  readonly comparator?: string;
  readonly value?: Source;
  readonly valueMax?: Source;
  readonly unit?: string;
  readonly period?: string;
  readonly fact?: string;
  readonly hedge?: string;
}

/** A target as of a day; null where the law gives none. */
export interface Target {
  readonly value: number | null;
  readonly valueMax: number | null;
  /** stated, unspecified, silent or unknown. */
  readonly status: string;
  readonly platformDefault: boolean;
}

function read(source: Source | undefined, release: Release, asOf: string) {
  if (source === undefined) return { value: null, status: 'silent', platformDefault: false };
  if (typeof source === 'number') return { value: source, status: 'stated', platformDefault: false };
  const id = 'parameter' in source ? source.parameter : source.lengthOf;
  const parameter = release.parameters.find((one) => one.id === id);
  if (!parameter) throw new Error(`${release.pack.id} has no parameter ${id}`);
  const { value, status, platformDefault } = parameterOn(parameter, asOf);
  const number = Array.isArray(value) && 'lengthOf' in source ? value.length : value;
  return { value: typeof number === 'number' ? number : null, status, platformDefault };
}

/** The target of an indicator on a day. */
export function targetOf(indicator: Indicator, release: Release, asOf: string): Target {
  const low = read(indicator.value, release, asOf);
  const high = indicator.valueMax === undefined ? null : read(indicator.valueMax, release, asOf);
  return { ...low, valueMax: high?.value ?? null };
}

/** Whether a figure meets a target; null when there is no target, or a comparison that nobody knows. */
export function meets(figure: number, comparator: string | undefined, { value, valueMax }: Target): boolean | null {
  if (value === null) return null;
  if (comparator === 'at-least') return figure >= value;
  if (comparator === 'at-most') return figure <= value;
  if (comparator === 'equal') return figure === value;
  if (comparator === 'between') return valueMax === null ? null : figure >= value && figure <= valueMax;
  return null;
}
