import { PaperError } from './error.ts';
import type { Cell } from './sheet-rows.ts';

/** A column of a form: what is typed, and what becomes of it. */
export interface Column {
  /** The field of the graph's input; also names the column in answers. */
  readonly key: string;
  readonly title: string;
  readonly type: 'id' | 'text' | 'date' | 'integer' | 'boolean' | 'code';
  readonly isRequired?: boolean;
  /** For the reader only: neither checked nor sent. */
  readonly isNote?: boolean;
  /** Codes by what they are called; for drop-down lists. A closed list refuses other words. */
  readonly codes?: ReadonlyMap<string, string>;
  readonly isClosed?: boolean;
  /** The facts of decisions that this column answers, so that a refusal can point at its cell. */
  readonly facts?: readonly string[];
  readonly width?: number;
}

const LONGEST_TEXT = 2_000;
const LONGEST_CODE = 255;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** So many names of a list a refusal says; the form has all of them. */
const LISTED = 30;
const YES = new Map([
  ['是', true],
  ['有', true],
  ['√', true],
  ['true', true],
  ['否', false],
  ['无', false],
  ['false', false],
]);

/** A day as people type it: 2024-05-01, 2024/5/1, 2024.5.1, 2024年5月1日; null when there is no such day. */
export function dayOf(text: string): string | null {
  const match = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})日?$/.exec(text);
  if (!match) return null;
  const iso = `${match[1]}-${match[2]?.padStart(2, '0')}-${match[3]?.padStart(2, '0')}`;
  const time = Date.parse(`${iso}T00:00:00Z`);
  return Number.isFinite(time) && new Date(time).toISOString().slice(0, 10) === iso ? iso : null;
}

// Nothing that a database or XML would take as text: NUL and its like, halves of a character.
const CONTROL = /(?![\t\r\n])[\p{Cc}\p{Cs}\ufffe\uffff]/u;
// What comes along when something is copied from a page, and nobody sees.
const INVISIBLE = /[\u200b-\u200f\u2060\ufeff]/g;

/** What a cell says to a machine: full-width letters, digits and signs as the usual ones, nothing invisible. */
const plain = (text: string) => text.normalize('NFKC').replace(INVISIBLE, '').trim();

/** What a header says without the mark of a required column. */
export const bare = (text: string) => plain(text).replace(/[*\s]/g, '');

/** @throws PaperError when something in the cell could not be kept as it is */
function requireKeepable({ kind, text }: Cell, at: string): void {
  // Excel keeps fifteen digits of a number.
  if (kind === 'number' && Math.abs(Number(text)) >= 1e15) throw new PaperError('CELL_IMPRECISE', { cell: at });
  const control = CONTROL.exec(text);
  if (!control) return;
  const code = control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0');
  throw new PaperError('CELL_CHARACTER', { cell: at, found: `U+${code}` });
}

interface Choices {
  readonly byName: ReadonlyMap<string, string>;
  readonly codes: ReadonlySet<string>;
}
const prepared = new WeakMap<ReadonlyMap<string, string>, Choices>();

/** The codes of a column by their names, as they are and as they would be typed plainly. */
function choicesOf(codes: ReadonlyMap<string, string>): Choices {
  const known = prepared.get(codes);
  if (known) return known;
  const plainly = [...codes].map(([name, code]) => [plain(name), code] as const);
  const choices = { byName: new Map([...plainly, ...codes]), codes: new Set(codes.values()) };
  prepared.set(codes, choices);
  return choices;
}

/** The value of a cell for its column. @throws PaperError naming the cell */
export function readCell(column: Column, cell: Cell, at: string): string | number | boolean {
  const text = column.type === 'text' ? cell.text.trim() : plain(cell.text);
  if (cell.kind === 'formula') throw new PaperError('CELL_FORMULA', { cell: at });
  if (cell.kind === 'error') throw new PaperError('CELL_ERROR', { cell: at, found: text });
  requireKeepable(cell, at);
  const limit = column.type === 'text' ? LONGEST_TEXT : LONGEST_CODE;
  if (text.length > limit) throw new PaperError('CELL_TOO_LONG', { cell: at, limit });
  switch (column.type) {
    case 'date': {
      const day = dayOf(text);
      if (day === null) throw new PaperError('CELL_NOT_DATE', { cell: at, found: text });
      return day;
    }
    case 'integer':
      // What GraphQL calls an integer has 32 bits.
      if (!/^-?\d{1,10}$/.test(text) || Math.abs(Number(text)) > 2_147_483_647) {
        throw new PaperError('CELL_NOT_INTEGER', { cell: at, found: text });
      }
      return Number(text);
    case 'boolean': {
      const is = YES.get(text.toLowerCase());
      if (is === undefined) throw new PaperError('CELL_NOT_BOOLEAN', { cell: at, found: text });
      return is;
    }
    case 'id':
      if (!UUID.test(text)) throw new PaperError('CELL_NOT_ID', { cell: at, found: text });
      return text;
    case 'code': {
      const choices = column.codes && choicesOf(column.codes);
      const code = choices?.byName.get(cell.text.trim()) ?? choices?.byName.get(text) ?? text;
      if (column.isClosed && column.codes && !choices?.codes.has(code)) {
        const names = [...column.codes.keys()];
        const list = `${names.slice(0, LISTED).join('、')}${names.length > LISTED ? '……' : ''}`;
        throw new PaperError('CELL_NOT_IN_LIST', { cell: at, found: text, list });
      }
      return code;
    }
    default:
      return text;
  }
}
