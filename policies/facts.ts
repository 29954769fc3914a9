/** What a fact may be. `fen` is money in integer fen; `date` a civil date; `codes` a set of codes. */
export type FactType = 'boolean' | 'integer' | 'decimal' | 'fen' | 'date' | 'code' | 'text' | 'codes';

export type FactValue = string | number | boolean | readonly string[];

/** Facts of one decision. An absent fact is one nobody knows; null is never a fact. */
export type Facts = Readonly<Record<string, FactValue | undefined>>;

export type FactOwner = 'personnel' | 'projects-funding' | 'evaluation' | 'policy' | 'request';

/** What the engine must know of a fact to compare it. */
export interface FactDeclaration {
  readonly type: FactType;
  readonly unit?: string;
  readonly owner?: FactOwner;
  readonly values?: readonly string[];
}

const daysIn = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
const digitAt = (text: string, at: number) => text.charCodeAt(at) - 48;
/** Negative exactly when one of the two is no digit: the sign bit of d or of 9 - d is then set. */
const areDigits = (a: number, b: number) => a | (9 - a) | b | (9 - b);

/**
 * Whether the value is a real civil date written YYYY-MM-DD, so that text order is date order.
 * Asked for every date of every decision, hence without regular expression or Date.
 */
export const isDate = (value: unknown): value is string => {
  if (typeof value !== 'string' || value.length !== 10) return false;
  if (value.charCodeAt(4) !== 45 || value.charCodeAt(7) !== 45) return false;
  const y1 = digitAt(value, 0);
  const y2 = digitAt(value, 1);
  const y3 = digitAt(value, 2);
  const y4 = digitAt(value, 3);
  const m1 = digitAt(value, 5);
  const m2 = digitAt(value, 6);
  const d1 = digitAt(value, 8);
  const d2 = digitAt(value, 9);
  if ((areDigits(y1, y2) | areDigits(y3, y4) | areDigits(m1, m2) | areDigits(d1, d2)) < 0) return false;
  const year = y1 * 1000 + y2 * 100 + y3 * 10 + y4;
  const month = m1 * 10 + m2;
  const day = d1 * 10 + d2;
  if (year === 0 || month === 0 || month > 12 || day === 0) return false;
  if (day <= 28) return true;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (leap ? 29 : (daysIn[month - 1] as number));
};

/** Whether the value is a list of strings. */
export const isCodes = (value: unknown): value is readonly string[] => {
  if (!Array.isArray(value)) return false;
  for (const item of value) if (typeof item !== 'string') return false;
  return true;
};

const isString = (value: unknown) => typeof value === 'string';
const isInteger = (value: unknown) => Number.isSafeInteger(value);

/** For each type, whether a value is one of it. */
export const isOfType: Readonly<Record<FactType, (value: unknown) => boolean>> = {
  boolean: (value) => value === true || value === false,
  integer: isInteger,
  fen: isInteger,
  decimal: (value) => Number.isFinite(value),
  date: isDate,
  code: isString,
  text: isString,
  codes: isCodes,
};

/** Thrown when a caller hands over a fact of the wrong type: a defect of the caller, never a finding. */
export class FactError extends Error {
  readonly code = 'FACT_TYPE';
  constructor(fact: string, type: FactType, value: unknown) {
    super(`FACT_TYPE: ${fact} must be ${type}, got ${value === null ? 'null' : typeof value} ${String(value)}`);
  }
}

/** Throws a FactError unless the fact is absent or of its type. */
export const requireType = (fact: string, type: FactType, value: unknown): void => {
  if (value !== undefined && !isOfType[type](value)) throw new FactError(fact, type, value);
};
