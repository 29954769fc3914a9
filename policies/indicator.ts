import type { Verdict } from './case.ts';
import type { Indicator, PackContent, ParameterStatus } from './pack.ts';
import { parameterOn } from './parameter.ts';

/** A target as of a day; null where the law gives none. */
export interface Target {
  readonly value: number | null;
  readonly valueMax: number | null;
  /** How far from `value` a figure may lie, in percent of it. */
  readonly tolerancePercent: number | null;
  readonly status: ParameterStatus;
  readonly platformDefault: boolean;
}
type Parameters = Pick<PackContent, 'parameters'>;
type Reference = NonNullable<Indicator['value']>;

const read = (reference: Reference | undefined, { parameters }: Parameters, asOf: string) => {
  if (reference === undefined) return { value: null, status: 'silent' as const, platformDefault: false };
  const id = 'parameter' in reference ? reference.parameter : reference.lengthOf;
  const parameter = parameters.find((one) => one.id === id);
  if (!parameter) throw new Error(`the pack has no parameter ${id}`);
  const { value, status, platformDefault } = parameterOn(parameter, asOf);
  const number = Array.isArray(value) && 'lengthOf' in reference ? value.length : value;
  // A tick in a table of targets is a target of the years it stands in, and of no other.
  const figure = typeof number === 'boolean' ? Number(number) : number;
  return { value: typeof figure === 'number' ? figure : null, status, platformDefault };
};

/** The target of an indicator on a day. */
export const targetOf = (indicator: Indicator, pack: Parameters, asOf: string): Target => {
  // What must be so, or must be so of every unit, has its target in the comparison.
  const inherent = indicator.comparator === 'yes' ? 1 : indicator.comparator === 'all' ? 100 : null;
  const low =
    inherent !== null && indicator.value === undefined
      ? { value: inherent, status: 'stated' as const, platformDefault: false }
      : read(indicator.value, pack, asOf);
  return {
    ...low,
    valueMax: indicator.valueMax ? read(indicator.valueMax, pack, asOf).value : null,
    tolerancePercent: indicator.tolerancePercent ? read(indicator.tolerancePercent, pack, asOf).value : null,
  };
};

/** Whether a figure meets a target, bounds included; null when there is no target, or half of one. */
export const meets = (
  figure: number,
  comparator: Indicator['comparator'],
  { value, valueMax, tolerancePercent }: Pick<Target, 'value' | 'valueMax' | 'tolerancePercent'>,
): boolean | null => {
  if (value === null) return null;
  switch (comparator) {
    case 'at-least':
    case 'all':
      return figure >= value;
    case 'at-most':
      return figure <= value;
    case 'equal':
    case 'yes':
      return figure === value;
    case 'between':
      return valueMax === null ? null : figure >= value && figure <= valueMax;
    case 'about':
      // In whole hundredths, so that a bound itself is met.
      return tolerancePercent === null ? null : 100 * Math.abs(figure - value) <= tolerancePercent * value;
    default:
      return null;
  }
};

/** A figure; null is one that nobody knows. What is or is not so counts as 1 or 0. */
export type Figure = number | boolean | null;

const numberOf = (figure: Figure) => (typeof figure === 'boolean' ? Number(figure) : figure);

/** Whether the opening stock that an indicator needs is known: stated by the law, or recorded where the law is silent. */
const hasBaseline = ({ baseline }: Indicator, pack: Parameters, asOf: string, recorded: number | null) =>
  baseline === undefined || recorded !== null || read(baseline, pack, asOf).value !== null;

/**
 * What an indicator says to its figures: one of the whole, or one of each unit, of which every one must meet the target.
 * One unit that does not is enough for `unmet`; short of that, one that is not known is enough for `unknown`.
 * `opening` is the stock on record at the beginning, for an indicator that needs one; the figures then contain it.
 */
export const verdictOf = (
  indicator: Indicator,
  pack: Parameters,
  asOf: string,
  figures: readonly Figure[],
  opening: number | null = null,
): Verdict => {
  const target = targetOf(indicator, pack, asOf);
  if (figures.length === 0 || !hasBaseline(indicator, pack, asOf, opening)) return 'unknown';
  const answers = figures
    .map(numberOf)
    .map((figure) => (figure === null ? null : meets(figure, indicator.comparator, target)));
  if (answers.includes(false)) return 'unmet';
  return answers.includes(null) ? 'unknown' : 'met';
};
