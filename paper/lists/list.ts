import { type Ask, pages } from '../ask.ts';
import type { Column } from '../cell.ts';
import type { Asked } from '../forms/form.ts';
import type { LawWords } from '../law.ts';

/** A column of a list: what the graph is asked for it, and what stands in its cells. */
export interface ListColumn<Row = never> extends Pick<Column, 'title' | 'type' | 'width'> {
  /** A selection on one row, such as `person { name }`. A contract without it has a list without this column. */
  readonly ask: string;
  /** The cell of a row; `words` are those of the region asked for. */
  of(row: Row, words: LawWords): string | number | null | undefined;
}

/** A list of the graph as a sheet. */
export interface ListKind {
  readonly needs: readonly string[];
  readonly sheet: string;
  columns(asked: Asked): readonly ListColumn[];
  /** The operation that asks for these selections on each row. */
  query(asks: string): string;
  variables(asked: Asked, today: string): Readonly<Record<string, unknown>>;
  /** The day whose law it speaks of; today if absent. */
  day?(asked: Asked, today: string): string;
  /** Reads the rows; page by page if absent. */
  rows?(ask: Ask, query: string, variables: Readonly<Record<string, unknown>>, words: LawWords): AsyncIterable<unknown>;
  /** A second sheet, of what each row holds several of. */
  readonly parts?: {
    readonly sheet: string;
    readonly columns: readonly ListColumn[];
    of(row: never): readonly unknown[];
  };
}

/** The rows of a list, as they are read. */
export const rowsOf = (
  ask: Ask,
  kind: ListKind,
  query: string,
  variables: Readonly<Record<string, unknown>>,
  words: LawWords,
): AsyncIterable<unknown> => kind.rows?.(ask, query, variables, words) ?? pages<unknown>(ask, query, variables);

type Of<Row> = ListColumn<Row>['of'];

/** A column of texts, as wide as about so many characters. */
export const text = <Row>(title: string, ask: string, of: Of<Row>, width?: number): ListColumn<Row> => ({
  title,
  type: 'text',
  ask,
  of,
  ...(width ? { width } : {}),
});
/** A column of whole numbers. */
export const number = <Row>(title: string, ask: string, of: Of<Row>): ListColumn<Row> => ({
  title,
  type: 'integer',
  ask,
  of,
});
/** A column of ids. */
export const id = <Row>(title: string, ask: string, of: Of<Row>): ListColumn<Row> => ({ title, type: 'id', ask, of });
/** A column of days. */
export const day = <Row>(title: string, ask: string, of: Of<Row>): ListColumn<Row> => ({
  title,
  type: 'date',
  ask,
  of,
});
/** What a cell says of what is or is not so; empty for what is not known. */
export const yesNo = (value: boolean | null | undefined) =>
  value === null || value === undefined ? null : value ? '是' : '否';
