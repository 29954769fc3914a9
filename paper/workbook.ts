import { PaperError } from './error.ts';
import { readXml, XmlError } from './xml.ts';
import type { Zip } from './zip.ts';

/** A workbook, as far as it must be known before one of its sheets is read. */
export interface Workbook {
  /** Name and part of each sheet, in their order. */
  readonly sheets: ReadonlyMap<string, string>;
  readonly strings: readonly string[];
  /** Whether numbers in a cell of this style are days. */
  isDate(style: number): boolean;
  /** The serial number of 1970-01-01. */
  readonly epoch: number;
}

const MACROS = /(^|\/)(vbaProject\.bin|vbaData\.xml|macrosheets\/|activeX\/|customUI)/i;
const LINKS = /(^|\/)(externalLinks|queryTables|embeddings)\/|(^|\/)connections\.xml$/i;

// What stands around the sheets is kept whole, and of an honest workbook small.
const AROUND = 16 * 2 ** 20;
// Each of 100,000 rows could have thirty of its own.
const MOST_STRINGS = 3_000_000;
/** No cell of Excel holds more characters. What is longer is cut, and too long for every column all the same. */
export const LONGEST_CELL = 32_767;

async function scan(zip: Zip, part: string, open: (name: string, of: () => Readonly<Record<string, string>>) => void) {
  if (!zip.has(part)) return;
  await readXml(zip.pieces(part, AROUND), { open, close() {}, text() {} });
}

/** Excel writes what XML has no place for as _x000D_. */
export const unescaped = (text: string) =>
  text.includes('_x')
    ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_all, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    : text;

/** Shared strings: the runs of a rich text joined, its phonetic guides left out. */
async function sharedStrings(zip: Zip): Promise<string[]> {
  const strings: string[] = [];
  if (!zip.has('xl/sharedStrings.xml')) return strings;
  let text = '';
  let inText = false;
  let guides = 0;
  await readXml(zip.pieces('xl/sharedStrings.xml'), {
    open(name, _attributes, isEmpty) {
      if (name === 'si') text = '';
      if (name === 't') inText = !isEmpty;
      if (name === 'rPh' && !isEmpty) guides += 1;
      if (name === 'si' && isEmpty) strings.push('');
      if (strings.length > MOST_STRINGS) throw new PaperError('FILE_TOO_COMPLEX');
    },
    close(name) {
      if (name === 't') inText = false;
      if (name === 'rPh') guides -= 1;
      if (name === 'si') strings.push(unescaped(text));
      if (strings.length > MOST_STRINGS) throw new PaperError('FILE_TOO_COMPLEX');
    },
    text(piece) {
      if (inText && guides === 0 && text.length <= LONGEST_CELL) text += piece;
    },
  });
  return strings;
}

// Built-in formats that show a day, East Asian ones included.
const isDateFormat = (id: number) =>
  (id >= 14 && id <= 17) || id === 22 || (id >= 27 && id <= 36) || (id >= 50 && id <= 58);

async function dateStyles(zip: Zip): Promise<Set<number>> {
  const formats = new Set<number>();
  const styles = new Set<number>();
  let inCells = false;
  let style = 0;
  await scan(zip, 'xl/styles.xml', (name, of) => {
    if (name === 'numFmt') {
      const { numFmtId, formatCode = '' } = of();
      const bare = formatCode.replace(/"[^"]*"|\[[^\]]*\]|\\./g, '');
      if (/[yd]/i.test(bare)) formats.add(Number(numFmtId));
    }
    if (name === 'cellXfs') inCells = true;
    if (name === 'cellStyles' || name === 'dxfs') inCells = false;
    if (name === 'xf' && inCells) {
      const format = Number(of().numFmtId ?? 0);
      if (isDateFormat(format) || formats.has(format)) styles.add(style);
      style += 1;
    }
  });
  return styles;
}

/** Refuses what can carry code or lead out of the file, by the part that does. */
async function requireHarmless(zip: Zip): Promise<void> {
  const macros = zip.names.find((name) => MACROS.test(name));
  if (macros) throw new PaperError('FILE_HAS_MACROS', { part: macros });
  const types = await zip.text('[Content_Types].xml', AROUND);
  if (/macroEnabled/i.test(types)) throw new PaperError('FILE_HAS_MACROS', { part: '[Content_Types].xml' });
  const link = zip.names.find((name) => LINKS.test(name));
  if (link) throw new PaperError('FILE_HAS_EXTERNAL_LINKS', { part: link });
}

/** What a relationship points to, as a part of the file. */
const partOf = (target: string) => (target.startsWith('/') ? target.slice(1) : `xl/${target}`).replace(/\/\.\//g, '/');

/** Reads what stands around the sheets. @throws PaperError */
export async function openWorkbook(zip: Zip): Promise<Workbook> {
  try {
    if (!zip.has('[Content_Types].xml') || !zip.has('xl/workbook.xml')) throw new PaperError('FILE_NOT_XLSX');
    await requireHarmless(zip);
    const targets = new Map<string, string>();
    await scan(zip, 'xl/_rels/workbook.xml.rels', (name, of) => {
      const { Id, Target } = name === 'Relationship' ? of() : {};
      if (Id && Target) targets.set(Id, partOf(Target));
    });
    const sheets = new Map<string, string>();
    let from1904 = false;
    await scan(zip, 'xl/workbook.xml', (name, of) => {
      if (name === 'workbookPr') from1904 = ['1', 'true'].includes(of().date1904 ?? '');
      if (name !== 'sheet') return;
      const { name: title, id } = of();
      const part = targets.get(id ?? '');
      if (title && part) sheets.set(title.trim(), part);
    });
    const strings = await sharedStrings(zip);
    const styles = await dateStyles(zip);
    return { sheets, strings, isDate: (style) => styles.has(style), epoch: from1904 ? 24_107 : 25_569 };
  } catch (error) {
    throw error instanceof XmlError ? new PaperError('FILE_NOT_XLSX') : error;
  }
}
