import { simplify } from './simplify.ts';
import { type Sql, toSql } from './sql.ts';
import { allowedRows, type WhereQuestion } from './where.ts';

export interface FilterQuestion extends WhereQuestion {
  /** What the statement calls the table, as it stands in SQL (quoted if it needs quotes). */
  readonly alias: string;
}

/**
 * A condition for WHERE that selects exactly the rows for which `evaluate`, given the row's facts, says `allow`: what is
 * not known of a row does not show it. Throws an UntranslatableCondition rather than leave a rule out.
 */
export const toFilter = (question: FilterQuestion): Sql => toSql(simplify(allowedRows(question)), question.alias);
