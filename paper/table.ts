import { bare, type Column, readCell } from './cell.ts';
import { PaperError } from './error.ts';
import { type Cell, cellName, type Merged, readRows } from './sheet-rows.ts';
import { openWorkbook } from './workbook.ts';
import { openZip, type ZipLimits } from './zip.ts';

export interface Form {
  /** The sheet's name. */
  readonly sheet: string;
  readonly columns: readonly Column[];
}

/** A row of data as it was typed, and what it says. */
export interface TypedRow {
  /** Its number in the sheet. */
  readonly number: number;
  /** What stands in its cells, by column of the form. */
  readonly texts: readonly string[];
  readonly values: Readonly<Record<string, string | number | boolean>>;
}

/** Something wrong with one cell of a row. */
export interface CellProblem {
  /** Which of the rows, from 0. */
  readonly row: number;
  /** Which of the columns, from 0; the number of columns for what stands beside them. */
  readonly column: number;
  readonly error: PaperError;
}

export interface Table {
  readonly rows: readonly TypedRow[];
  readonly problems: readonly CellProblem[];
  /** So much is wrong that the cells of the last rows were not looked at. */
  readonly isCut: boolean;
}

/** The most rows of one file. */
export const MAX_ROWS = 100_000;
/** Nobody mends more than this at a time, and each takes memory. */
const MOST_PROBLEMS = 10_000;
/** A form may have a title and explanations above its header. */
const HEADER_WITHIN = 6;
const TOTALS = new Set(['合计', '总计', '小计']);
/** Finds the header: the row that begins with the first column's title. @throws PaperError naming the cell that differs */
function isHeader(form: Form, row: number, cells: ReadonlyMap<number, Cell>): boolean {
  const first = form.columns[0] as Column;
  if (bare(cells.get(1)?.text ?? '') !== bare(first.title)) {
    // The same titles in another order, or the first one changed.
    const known = form.columns.filter(({ title }) =>
      [...cells.values()].some(({ text }) => bare(text) === bare(title)),
    );
    if (known.length < 2 || known.length * 2 < form.columns.length) return false;
  }
  for (const [index, { title }] of form.columns.entries()) {
    const found = cells.get(index + 1)?.text ?? '';
    if (bare(found) === bare(title)) continue;
    throw new PaperError('HEADER_WRONG', { cell: cellName(index + 1, row), expected: title, found: found.trim() });
  }
  return true;
}

function readRow(form: Form, number: number, cells: ReadonlyMap<number, Cell>, row: number, problems: CellProblem[]) {
  const values: Record<string, string | number | boolean> = {};
  for (const [index, column] of form.columns.entries()) {
    if (column.isNote) continue;
    const cell = cells.get(index + 1);
    const at = cellName(index + 1, number);
    try {
      if (cell) values[column.key] = readCell(column, cell, at);
      else if (column.isRequired) throw new PaperError('CELL_REQUIRED', { cell: at, column: column.title });
    } catch (error) {
      if (!(error instanceof PaperError)) throw error;
      problems.push({ row, column: index, error });
    }
  }
  for (const [index] of cells) {
    if (index <= form.columns.length) continue;
    const error = new PaperError('CELL_OUTSIDE', { cell: cellName(index, number) });
    problems.push({ row, column: form.columns.length, error });
    break;
  }
  return { number, texts: textsOf(form, cells), values };
}

const textsOf = (form: Form, cells: ReadonlyMap<number, Cell>) =>
  form.columns.map((_column, index) => cells.get(index + 1)?.text ?? '');

/** Merged cells among the data, each told to the first row it touches. */
function mergedProblems(rows: readonly TypedRow[], ranges: readonly Merged[], width: number): CellProblem[] {
  if (ranges.length === 0) return [];
  const places = rows.map(({ number }, row) => ({ number, row })).sort((a, b) => a.number - b.number);
  return ranges.flatMap(({ range, top, left, bottom }) => {
    let [low, high] = [0, places.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((places[middle]?.number ?? 0) < top) low = middle + 1;
      else high = middle;
    }
    const touched = places[low];
    if (!touched || touched.number > bottom) return [];
    const error = new PaperError('CELL_MERGED', { cell: cellName(left, top), range });
    return [{ row: touched.row, column: Math.min(left - 1, width), error }];
  });
}

/**
 * Reads the rows that were typed into a form, with everything that is wrong with single cells. Totals (合计) and empty rows
 * are left out, and a report's own last columns.
 *
 * @throws PaperError when the file as a whole cannot be read: no workbook, too large, macros, wrong sheet or header
 */
export async function readTable(file: Buffer, form: Form, limits?: ZipLimits): Promise<Table> {
  const zip = openZip(file, limits);
  const workbook = await openWorkbook(zip);
  const part = workbook.sheets.get(form.sheet);
  if (!part) {
    throw new PaperError('SHEET_NOT_FOUND', { sheet: form.sheet, found: [...workbook.sheets.keys()].join('、') });
  }
  const rows: TypedRow[] = [];
  const problems: CellProblem[] = [];
  let seen = 0;
  let isBelow = false;
  let isCut = false;
  let ignored = new Set<number>();
  const ranges = await readRows(zip, part, workbook, (number, cells) => {
    seen += 1;
    if (!isBelow) {
      isBelow = isHeader(form, number, cells);
      if (isBelow)
        ignored = new Set([...cells.keys()].filter((index) => REPORT_TITLES.has(cells.get(index)?.text ?? '')));
      else if (seen >= HEADER_WITHIN) throw headerMissing(form);
      return;
    }
    const own = ignored.size > 0 ? new Map([...cells].filter(([index]) => !ignored.has(index))) : cells;
    const [first] = own.values();
    if (!first || TOTALS.has(first.text.trim())) return;
    if (rows.length >= MAX_ROWS) throw new PaperError('ROWS_TOO_MANY', { limit: MAX_ROWS });
    isCut ||= problems.length >= MOST_PROBLEMS;
    // Kept all the same: the report is the whole file, to be mended and sent again.
    rows.push(
      isCut ? { number, texts: textsOf(form, own), values: {} } : readRow(form, number, own, rows.length, problems),
    );
  });
  if (!isBelow) throw headerMissing(form);
  if (rows.length === 0) throw new PaperError('ROWS_NONE');
  return { rows, isCut, problems: [...problems, ...mergedProblems(rows, ranges, form.columns.length)] };
}

/** The columns that a report of errors has at its end. A report that was mended can be sent as it is. */
export const REPORT_COLUMNS = ['问题', 'Problem'] as const;
const REPORT_TITLES: ReadonlySet<string> = new Set(REPORT_COLUMNS);

const headerMissing = ({ columns }: Form) =>
  new PaperError('HEADER_NOT_FOUND', { limit: HEADER_WITHIN, expected: columns[0]?.title ?? '' });
