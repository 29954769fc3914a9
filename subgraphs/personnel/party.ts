import type { Context } from '../context.ts';
import { type Divisions, regionsOf } from '../place.ts';
import { isAllowed, whereAllowed } from '../visible.ts';

/** What a record on the way to an appointment says of those it concerns. */
export interface Concerned extends Divisions {
  readonly personId?: string | null;
  readonly organisationId?: string | null;
  readonly receivingUnitId?: string | null;
  readonly published?: boolean;
}

const POINT = 'appointmentRead';

/**
 * Whether the viewer may read a record on the way to an appointment (need, matching, application, engagement, leave):
 * one rule for all of them. A record that is not public is read by those whom it concerns.
 */
export function mayRead(context: Context, row: Concerned): boolean {
  return isAllowed(context, POINT, regionsOf(row), {
    'record.person': row.personId ?? undefined,
    'record.dispatchingUnit': row.organisationId ?? undefined,
    'record.receivingUnit': row.receivingUnitId ?? undefined,
    'record.county': row.countyId ?? undefined,
    'record.prefecture': row.prefectureId ?? undefined,
    'record.province': row.provinceId ?? undefined,
    'record.published': row.published ?? false,
  });
}

/** As `mayRead`, for what stays restricted when the record itself has been made public. */
export function isConcerned(context: Context, row: Concerned): boolean {
  return mayRead(context, { ...row, published: false });
}

const never = { expression: () => 'false', type: 'boolean', nullable: false } as const;
const column = (name: string) => ({ column: name, type: 'code', nullable: true }) as const;

type Part = 'personId' | 'organisationId' | 'receivingUnitId' | 'published';

/** As `mayRead`, for the rows of a list: a condition for its `where`. `parts` are those that its table has. */
export function whereMayRead(context: Context, parts: readonly Part[]): Record<string, unknown> {
  return whereAllowed(context, POINT, {
    ...(parts.includes('personId') ? { 'record.person': column('person_id') } : {}),
    ...(parts.includes('organisationId') ? { 'record.dispatchingUnit': column('organisation_id') } : {}),
    ...(parts.includes('receivingUnitId') ? { 'record.receivingUnit': column('receiving_unit_id') } : {}),
    'record.county': column('county_id'),
    'record.prefecture': column('prefecture_id'),
    'record.province': column('province_id'),
    'record.published': parts.includes('published') ? { ...column('published'), type: 'boolean' } : never,
  });
}
