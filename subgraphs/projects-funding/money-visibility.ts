import type { Context } from '../context.ts';
import { type Placed, regionsOf } from '../place.ts';
import { isAllowed, type RecordColumns, whereAllowed } from '../visible.ts';

type RecordFact = 'record.person' | 'record.organisation' | 'record.dispatchingUnit' | 'record.receivingUnit';

const PLACE_FACTS = {
  'record.county': 'countyId',
  'record.prefecture': 'prefectureId',
  'record.province': 'provinceId',
} as const;

const columnOf = (property: string) => property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);

/** Who may see the rows of one table: as a filter for lists, and as an answer for one row. */
export interface RowVisibility<Row> {
  /** Put it under `$and` of a find. */
  where(context: Context): Record<string, unknown>;
  allows(context: Context, row: Row): boolean;
}

/**
 * The visibility of a table by one decision point. `facts` says which property answers which fact of the record; the
 * place is always known. What has no point of its own here is money, and as visible as the funding line of the same
 * person and unit would be.
 */
export function visibleBy<Row extends Placed>(
  point: 'fundingLineRead' | 'appointmentRead',
  facts: Partial<Record<RecordFact, keyof Row & string>>,
): RowVisibility<Row> {
  const properties = Object.entries({ ...facts, ...PLACE_FACTS }) as [string, keyof Row & string][];
  const columns: RecordColumns = Object.fromEntries(
    properties.map(([fact, property]) => [fact, { column: columnOf(property), type: 'code', nullable: true }]),
  );
  return {
    where: (context) => whereAllowed(context, point, columns),
    allows: (context, row) =>
      isAllowed(
        context,
        point,
        regionsOf(row),
        Object.fromEntries(properties.map(([fact, property]) => [fact, (row[property] as string | null) ?? undefined])),
      ),
  };
}
