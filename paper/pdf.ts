import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { brotliDecompress } from 'node:zlib';
import PDFDocument from 'pdfkit';
import { PaperError } from './error.ts';
import { type Block, type Page, shares, sheet } from './page.ts';

export const PDF = 'application/pdf';

const points = (millimetres: number) => (millimetres / 25.4) * 72;
const LINE = points(sheet.areaHeight) / sheet.lines;
const SIZE = points(sheet.areaWidth) / sheet.characters;

let font: Promise<Buffer> | undefined;
/** The font, unpacked once and on first use: 15 MB that a process without documents never holds. */
const loadFont = () =>
  (font ??= readFile(new URL('font/noto-serif-sc-400.ttf.br', import.meta.url)).then((packed) =>
    promisify(brotliDecompress)(packed),
  ));

/** @throws PaperError for the first character that the font cannot show: an empty box on a certificate is no name */
function requireGlyphs(document: PDFKit.PDFDocument, texts: readonly string[]): void {
  const { font: face } = (document as unknown as { _font: { font: { hasGlyphForCodePoint(code: number): boolean } } })
    ._font;
  for (const character of new Set(texts.join(''))) {
    const code = character.codePointAt(0) as number;
    if (!face.hasGlyphForCodePoint(code)) {
      throw new PaperError('FONT_LACKS_CHARACTER', { character, code: `U+${code.toString(16).toUpperCase()}` });
    }
  }
}

const textsOf = (block: Block): readonly string[] =>
  block.kind === 'paragraph'
    ? [block.text]
    : block.kind === 'signature'
      ? block.lines
      : [...block.header, ...block.rows.flat()];

function draw(document: PDFKit.PDFDocument, block: Block): void {
  const width = points(sheet.areaWidth);
  document.fontSize(SIZE);
  // What the line's height is more than the font's own.
  const lineGap = LINE - document.currentLineHeight();
  if (block.kind === 'paragraph') {
    document.text(block.text, { width, lineGap, indent: block.isIndented === false ? 0 : 2 * SIZE });
  } else if (block.kind === 'signature') {
    document.y += 2 * LINE;
    for (const line of block.lines) document.text(line, { width: width - 2 * SIZE, lineGap, align: 'right' });
  } else {
    document.fontSize(13);
    document.table({
      maxWidth: width,
      columnStyles: shares(block.header.length, block.widths).map((share) => width * share),
      defaultStyle: { align: { x: 'center', y: 'center' }, padding: 5, borderColor: 'black', border: 0.5 },
      data: [[...block.header], ...block.rows.map((row) => [...row])],
    });
    document.y += LINE / 2;
  }
}

/** The page as a PDF with the used part of the font inside. @throws PaperError FONT_LACKS_CHARACTER */
export async function toPdf({ title, blocks }: Page, made: Date): Promise<Buffer> {
  const document = new PDFDocument({
    size: 'A4',
    margins: {
      top: points(sheet.top),
      left: points(sheet.left),
      right: points(sheet.width - sheet.left - sheet.areaWidth),
      bottom: points(sheet.height - sheet.top - sheet.areaHeight),
    },
    font: (await loadFont()) as never,
    lang: 'zh-CN',
    info: { Title: title, CreationDate: made, ModDate: made },
  });
  const chunks: Buffer[] = [];
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  document.on('data', (chunk: Buffer) => chunks.push(chunk));
  document.on('end', resolve);
  document.on('error', reject);
  requireGlyphs(document, [title, ...blocks.flatMap(textsOf)]);
  document.fontSize(sheet.titlePoints).text(title, { width: points(sheet.areaWidth), align: 'center' });
  document.y += LINE;
  for (const block of blocks) draw(document, block);
  document.end();
  await promise;
  return Buffer.concat(chunks);
}
