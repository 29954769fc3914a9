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

const digits = (text: string, from: number, to: number): number => {
  let number = 0;
  for (let at = from; at < to; at++) {
    const digit = text.charCodeAt(at) - 48;
    if (digit < 0 || digit > 9) return Number.NaN;
    number = number * 10 + digit;
  }
  return number;
};

/** Whether the value is a real civil date written YYYY-MM-DD, so that text order is date order. */
export const isDate = (value: unknown): value is string => {
  if (typeof value !== 'string' || value.length !== 10) return false;
  if (value.charCodeAt(4) !== 45 || value.charCodeAt(7) !== 45) return false;
  const year = digits(value, 0, 4);
  const month = digits(value, 5, 7);
  const day = digits(value, 8, 10);
  if (!(year >= 1 && month >= 1 && month <= 12 && day >= 1)) return false;
  const leap = month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  return day <= (leap ? 29 : (daysIn[month - 1] ?? 0));
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
