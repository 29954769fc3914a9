import { askMany, possibleIds } from '../ask-many.ts';
import type { Context, GraphQuery } from '../context.ts';
import { knownPlace, type Place } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';

const upper = (field: string) => field.replace(/([A-Z])/g, '_$1').toUpperCase();

/** @throws UserError <FIELD>_REQUIRED, such as TOPIC_REQUIRED for `topic`, when there is nothing but blanks */
export function requireText(text: string, field: string): string {
  const trimmed = text.trim();
  if (trimmed) return trimmed;
  throw new UserError(`${upper(field)}_REQUIRED`, field, {
    zh: `“${field}”不能为空。`,
    en: `"${field}" is empty.`,
  });
}

/** The texts that are more than blanks. */
export const spoken = (texts: readonly string[] | null | undefined): string[] =>
  (texts ?? []).map((text) => text.trim()).filter((text) => text !== '');

/** @throws UserError DATE_IN_FUTURE when what is recorded had not happened on the day of recording */
export function requirePast(date: string, on: string, field = 'date'): void {
  if (date <= on) return;
  throw new UserError('DATE_IN_FUTURE', field, {
    zh: `日期 ${date} 晚于办理日期 ${on}。`,
    en: `The date ${date} is after the day of the act (${on}).`,
  });
}

/** @throws UserError YEAR_INVALID unless the year has begun on the day, or with `ahead` begins so many years later */
export function requireYear(year: number, on: string, ahead = 0): void {
  if (year >= 2000 && year <= Number(on.slice(0, 4)) + ahead) return;
  throw new UserError('YEAR_INVALID', 'year', {
    zh: `年度 ${year} 不在可办理的范围内。`,
    en: `The year ${year} is not one that this can be done for.`,
  });
}

/** @throws UserError PERIOD_INVALID when a period ends before it begins */
export function requirePeriod(from: string, to: string, field: string): void {
  if (from <= to) return;
  throw new UserError('PERIOD_INVALID', field, {
    zh: `期间止于 ${to}，早于其开始 ${from}。`,
    en: `The period ends on ${to}, before it begins (${from}).`,
  });
}

/** @throws UserError COUNT_INVALID */
export function requireCount(count: number | null | undefined, field: string): void {
  if ((count ?? 0) >= 0) return;
  throw new UserError('COUNT_INVALID', field, { zh: '数量不能为负。', en: 'The number is negative.' });
}

/** @throws UserError WRONG_STATE */
export function wrongState(field: string, state: string): UserError {
  return new UserError('WRONG_STATE', field, {
    zh: `该对象当前状态为 ${state}，不能进行此操作。`,
    en: `It is ${state}: this cannot be done with it.`,
  });
}

/** @throws UserError NOT_FOUND */
export async function requirePlace(graph: GraphQuery, id: string, field = 'region'): Promise<Place> {
  const place = await knownPlace(graph, id);
  if (!place) throw notFound(field);
  return place;
}

/**
 * Asks the graph whether all these things exist, by the field that answers one of them.
 *
 * @throws UserError NOT_FOUND
 */
export async function requireThings(
  context: Context,
  field: 'organisation' | 'person' | 'team' | 'appointment',
  ids: readonly (string | null | undefined)[],
  inputField: string,
  on: string,
): Promise<void> {
  const wanted = [...new Set(ids.filter((id) => typeof id === 'string'))];
  if (wanted.length === 0) return;
  const found = await askMany<{ id: string }>(context.graph, { field, selection: 'id' }, possibleIds(wanted), on);
  if (found.size < wanted.length) throw notFound(inputField);
}
