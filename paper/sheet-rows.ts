import { PaperError } from './error.ts';
import { LONGEST_CELL, unescaped, type Workbook } from './workbook.ts';
import { readXml, XmlError } from './xml.ts';
import type { Zip } from './zip.ts';

/** What a cell holds. `text` is what a reader sees, days as YYYY-MM-DD. */
export interface Cell {
  readonly text: string;
  readonly kind: 'text' | 'number' | 'date' | 'boolean' | 'error' | 'formula';
}

/** A range of merged cells; rows and columns from 1. */
export interface Merged {
  readonly range: string;
  readonly top: number;
  readonly left: number;
  readonly bottom: number;
  readonly right: number;
}

/** As far as a sheet of Excel goes. */
const LAST_ROW = 1_048_576;
const LAST_COLUMN = 16_384;
const MOST_MERGED = 100_000;

/** The column of a reference such as AB12, from 1; 0 when it is none. */
function columnOf(reference: string): number {
  let column = 0;
  for (let at = 0; at < reference.length; at += 1) {
    const code = reference.charCodeAt(at);
    if (code < 65 || code > 90) break;
    column = column * 26 + code - 64;
  }
  return column;
}

/** The name of a cell, such as D7. */
export function cellName(column: number, row: number): string {
  let name = '';
  for (let left = column; left > 0; left = Math.floor((left - 1) / 26)) {
    name = String.fromCharCode(65 + ((left - 1) % 26)) + name;
  }
  return `${name}${row}`;
}

const day = (serial: number, epoch: number) => {
  const time = (Math.floor(serial) - epoch) * 86_400_000;
  return Math.abs(time) < 8.64e15 ? new Date(time).toISOString().slice(0, 10) : String(serial);
};

function merged(range: string): Merged {
  const [from = '', to = from] = range.split(':');
  const row = (reference: string) => Number(reference.replace(/\D+/g, ''));
  return { range, top: row(from), left: columnOf(from), bottom: row(to), right: columnOf(to) };
}

function cellOf(type: string, style: number, value: string, isFormula: boolean, workbook: Workbook): Cell {
  if (isFormula) return { kind: 'formula', text: value };
  if (type === 's') return { kind: 'text', text: workbook.strings[Number(value)] ?? '' };
  if (type === 'e') return { kind: 'error', text: value };
  if (type === 'b') return { kind: 'boolean', text: value === '1' ? '是' : '否' };
  if (type === 'd') return { kind: 'date', text: value.slice(0, 10) };
  if (type === 'str' || type === 'inlineStr') return { kind: 'text', text: unescaped(value) };
  const number = Number(value);
  if (value === '' || !Number.isFinite(number)) return { kind: 'text', text: value };
  if (workbook.isDate(style)) return { kind: 'date', text: day(number, workbook.epoch) };
  return { kind: 'number', text: String(number) };
}

/**
 * Reads the rows of a sheet as they come, each with its cells by column (from 1). Rows and cells without content are left
 * out. Answers the merged ranges, which stand behind the rows in the file.
 */
export async function readRows(
  zip: Zip,
  part: string,
  workbook: Workbook,
  onRow: (row: number, cells: ReadonlyMap<number, Cell>) => void,
): Promise<Merged[]> {
  const ranges: Merged[] = [];
  let row = 0;
  let column = 0;
  let cells = new Map<number, Cell>();
  let type = '';
  let style = 0;
  let value = '';
  let isFormula = false;
  let inValue = false;
  let guides = 0;

  function endCell(): void {
    const cell = cellOf(type, style, value, isFormula, workbook);
    if (cell.text.trim() !== '' || isFormula) cells.set(column, cell);
  }

  try {
    await readXml(zip.pieces(part), {
      open(name, attributes, isEmpty) {
        if (name === 'c') {
          const { r = '', t = '', s = '0' } = attributes();
          column = columnOf(r) || column + 1;
          if (column > LAST_COLUMN) throw new PaperError('FILE_NOT_XLSX');
          type = t;
          style = Number(s);
          value = '';
          isFormula = false;
        } else if (name === 'v' || name === 't') inValue = !isEmpty;
        else if (name === 'f') isFormula = true;
        else if (name === 'rPh' && !isEmpty) guides += 1;
        else if (name === 'row') {
          row = Number(attributes().r ?? row + 1);
          if (!Number.isInteger(row) || row < 1 || row > LAST_ROW) throw new PaperError('FILE_NOT_XLSX');
          column = 0;
          cells = new Map();
        } else if (name === 'mergeCell') {
          if (ranges.length >= MOST_MERGED) throw new PaperError('FILE_TOO_COMPLEX');
          ranges.push(merged(attributes().ref ?? ''));
        }
      },
      close(name) {
        if (name === 'v' || name === 't') inValue = false;
        else if (name === 'c') endCell();
        else if (name === 'rPh') guides -= 1;
        else if (name === 'row' && cells.size > 0) onRow(row, cells);
      },
      text(piece) {
        if (inValue && guides === 0 && value.length <= LONGEST_CELL) value += piece;
      },
    });
  } catch (error) {
    throw error instanceof XmlError ? new PaperError('FILE_NOT_XLSX') : error;
  }
  return ranges;
}
