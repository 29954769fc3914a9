import type { Context } from '../context.ts';
import { type Divisions, regionsOf, rowsWithin } from '../place.ts';
import { isAllowed, type RecordColumns, whereAllowed } from '../visible.ts';

/** The part of a list's filter that says where. */
export interface Where {
  readonly region?: string | null | undefined;
  readonly within?: string | null | undefined;
}

/** The rows of exactly a region, or of everything in one. */
export function placedWhere({ region, within }: Where): object[] {
  return [...(region ? [{ regionId: region }] : []), ...(within ? [rowsWithin(within)] : [])];
}

/** The rows whose day lies between two, both included. */
export function between(column: string, from: string | null | undefined, to: string | null | undefined): object[] {
  return [...(from ? [{ [column]: { $gte: from } }] : []), ...(to ? [{ [column]: { $lte: to } }] : [])];
}

/** Equality for each value that is given. */
export function given(values: Readonly<Record<string, unknown>>): object[] {
  return Object.entries(values).flatMap(([column, value]) =>
    value === null || value === undefined ? [] : [{ [column]: Array.isArray(value) ? { $in: value } : value }],
  );
}

/**
 * Which column of an internal record answers which fact of the visibility rules. It is never published: those whom it
 * concerns and those who manage the place read it.
 */
export const internalColumns = {
  'record.organisation': { column: 'organisation_id', type: 'code', nullable: true },
  'record.county': { column: 'county_id', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture_id', type: 'code', nullable: true },
  'record.province': { column: 'province_id', type: 'code', nullable: true },
} as const satisfies RecordColumns;

interface Internal extends Divisions {
  readonly organisationId?: string | null;
}

/** Whether the viewer may read an internal record of this unit and place. */
export function readsInternal(context: Context, record: Internal): boolean {
  return isAllowed(context, 'evaluationRead', regionsOf(record), {
    'record.organisation': record.organisationId ?? undefined,
    'record.county': record.countyId ?? undefined,
    'record.prefecture': record.prefectureId ?? undefined,
    'record.province': record.provinceId ?? undefined,
  });
}

/** The internal records that the viewer may read. */
export const internalWhere = (context: Context) => whereAllowed(context, 'evaluationRead', internalColumns);
