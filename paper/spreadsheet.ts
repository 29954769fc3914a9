import type { Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { Column } from './cell.ts';

export const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

/** One cell to write; marked ones are coloured. */
export interface Written {
  readonly value: string | number | null;
  readonly isMarked?: boolean;
}

/** A sheet to write: its columns, and its rows one after another. */
export interface WrittenSheet {
  readonly name: string;
  readonly columns: readonly Pick<Column, 'title' | 'type' | 'width' | 'isRequired' | 'codes' | 'isClosed'>[];
  readonly rows: AsyncIterable<readonly Written[]> | Iterable<readonly Written[]>;
  /** Drop-down lists are offered for this many rows below the header. */
  readonly formRows?: number;
}

const HEADER = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFE8EEF4' } } as const;
const MARK = { type: 'pattern', pattern: 'solid', fgColor: { argb: 'FFFFC7CE' } } as const;
// Excel takes what begins so for a formula when the cell is edited, or when the sheet is saved as CSV.
const FORMULA = /^[=+\-@\t\r]/;
// XML 1.0 has no place for these.
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is left out
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

/** A text as a cell may hold it: never a formula, no longer than Excel reads. */
const harmless = (value: string | number | null): string | number | null => {
  if (typeof value !== 'string') return value;
  const text = value.replace(CONTROL, '').slice(0, 32_767);
  return FORMULA.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}`.slice(0, 32_767) : text;
};

/** The name of a column, such as AB. */
function letters(column: number): string {
  let name = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26))
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  return name;
}

/**
 * Writes a workbook to a stream, row by row, so that a long sheet is never whole in memory. Drop-down lists stand in a
 * sheet of their own (编码), because Excel takes no more than 255 characters of them in place.
 */
export async function writeWorkbook(stream: Writable, sheets: readonly WrittenSheet[]): Promise<void> {
  const workbook = new ExcelJS.stream.xlsx.WorkbookWriter({
    stream: stream as never,
    useStyles: true,
    useSharedStrings: false,
  });
  const lists: string[][] = [];
  for (const { name, columns, rows, formRows = 0 } of sheets) {
    const sheet = workbook.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    sheet.columns = columns.map(({ title, type, width }) => ({
      header: title,
      width: width ?? (type === 'id' ? 38 : type === 'text' ? 30 : 14),
      // Ids of eighteen digits would become numbers, and lose the last three.
      style: type === 'integer' ? {} : { numFmt: '@' },
    }));
    const header = sheet.getRow(1);
    for (const [index, { title, isRequired }] of columns.entries()) {
      const cell = header.getCell(index + 1);
      cell.value = isRequired ? `${title}*` : title;
      cell.font = { bold: true };
      cell.fill = HEADER;
    }
    header.commit();
    for await (const cells of rows) {
      const row = sheet.addRow(cells.map(({ value }) => harmless(value)));
      for (const [index, { isMarked }] of cells.entries()) if (isMarked) row.getCell(index + 1).fill = MARK;
      row.commit();
    }
    for (const [index, { codes, isClosed }] of columns.entries()) {
      if (!codes || codes.size === 0 || formRows === 0) continue;
      lists.push([...codes.keys()]);
      const column = letters(lists.length);
      const validations = (sheet as unknown as { dataValidations: { add(range: string, rule: object): void } })
        .dataValidations;
      validations.add(`${letters(index + 1)}2:${letters(index + 1)}${formRows + 1}`, {
        type: 'list',
        allowBlank: true,
        showErrorMessage: isClosed ?? false,
        formulae: [`'${LISTS}'!$${column}$2:$${column}$${codes.size + 1}`],
      });
    }
    sheet.commit();
  }
  if (lists.length > 0) {
    const sheet = workbook.addWorksheet(LISTS);
    const longest = Math.max(...lists.map((list) => list.length));
    sheet.addRow(lists.map((_list, index) => `列表${index + 1}`)).commit();
    for (let at = 0; at < longest; at += 1) sheet.addRow(lists.map((list) => list[at] ?? null)).commit();
    sheet.commit();
  }
  await workbook.commit();
}

const LISTS = '编码';
