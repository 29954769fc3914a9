import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import ExcelJS from 'exceljs';
import { openZip } from '../zip.ts';
import { textsOf } from './door.ts';

/** What a pdf says, without the spaces and line ends that its page makes. */
export function pdfText(file: Buffer): string {
  const folder = mkdtempSync(join(tmpdir(), 'paper-'));
  try {
    writeFileSync(join(folder, 'page.pdf'), file);
    return execFileSync('pdftotext', [join(folder, 'page.pdf'), '-'], { encoding: 'utf8' }).replaceAll(/\s/g, '');
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** What the paragraphs and cells of a docx say, one after another. */
export async function docxText(file: Buffer): Promise<string> {
  const xml = await openZip(file).text('word/document.xml');
  return [...xml.matchAll(/<w:t(?: [^>]*)?>([^<]*)<\/w:t>/g)].map(([, text]) => text).join('');
}

/** A form as somebody fills it in: the titles as the template has them, then rows. */
export async function filledForm(
  template: Buffer,
  sheet: string,
  rows: readonly (readonly unknown[])[],
): Promise<Buffer> {
  const [titles = []] = await textsOf(template, sheet);
  const book = new ExcelJS.Workbook();
  const page = book.addWorksheet(sheet);
  for (const row of [titles, ...rows]) page.addRow([...row]);
  return Buffer.from(await book.xlsx.writeBuffer());
}
