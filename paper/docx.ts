import {
  AlignmentType,
  BorderStyle,
  Document,
  DocumentGridType,
  LineRuleType,
  Packer,
  Paragraph,
  Table,
  TableCell,
  TableRow,
  TextRun,
  VerticalAlign,
  WidthType,
} from 'docx';
import { type Block, type Page, shares, sheet } from './page.ts';

export const DOCX = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document';

// The fonts of official documents may not be handed on: they are named, and whoever has none of them gets the next.
const TEXT = '仿宋_GB2312';
const TITLE = '方正小标宋简体';
const LATIN = 'Times New Roman';
const font = (eastAsia: string) => ({ ascii: LATIN, hAnsi: LATIN, cs: LATIN, eastAsia });

const twips = (millimetres: number) => Math.round((millimetres / 25.4) * 1440);
const LINE = Math.floor(twips(sheet.areaHeight) / sheet.lines);
// How much narrower than the text's size a character's place is, in 4096ths of a point.
const CHARACTER = Math.round((twips(sheet.areaWidth) / sheet.characters / 20 - sheet.textPoints) * 4096);

const run = (text: string, points: number = sheet.textPoints, family = TEXT) =>
  new TextRun({ text, font: font(family), size: points * 2 });
const spacing = { line: LINE, lineRule: LineRuleType.EXACT, before: 0, after: 0 } as const;

function table({ header, rows, widths }: Block & { kind: 'table' }): Table {
  const columnWidths = shares(header.length, widths).map((share) => Math.floor(twips(sheet.areaWidth) * share));
  const line = { style: BorderStyle.SINGLE, size: 4, color: '000000' };
  const row = (cells: readonly string[], isHeader: boolean) =>
    new TableRow({
      tableHeader: isHeader,
      cantSplit: true,
      children: cells.map(
        (text, at) =>
          new TableCell({
            width: { size: columnWidths[at] as number, type: WidthType.DXA },
            verticalAlign: VerticalAlign.CENTER,
            children: [new Paragraph({ spacing, alignment: AlignmentType.CENTER, children: [run(text, 14)] })],
          }),
      ),
    });
  return new Table({
    width: { size: columnWidths.reduce((sum, width) => sum + width, 0), type: WidthType.DXA },
    columnWidths,
    borders: { top: line, bottom: line, left: line, right: line, insideHorizontal: line, insideVertical: line },
    rows: [row(header, true), ...rows.map((cells) => row(cells, false))],
  });
}

function childrenOf(block: Block): (Paragraph | Table)[] {
  if (block.kind === 'table') return [table(block)];
  if (block.kind === 'signature') {
    return block.lines.map(
      (text) =>
        new Paragraph({ spacing, alignment: AlignmentType.RIGHT, indent: { right: twips(22) }, children: [run(text)] }),
    );
  }
  // Two characters of the text's size.
  const indent =
    block.isIndented === false ? {} : { indent: { firstLineChars: 200, firstLine: sheet.textPoints * 40 } };
  return [new Paragraph({ spacing, ...indent, children: [run(block.text)] })];
}

/** The page as a Word file. */
export function toDocx({ title, blocks }: Page): Promise<Buffer> {
  const empty = () => new Paragraph({ spacing, children: [] });
  const titled = new Paragraph({
    spacing: { ...spacing, line: 660 },
    alignment: AlignmentType.CENTER,
    children: [run(title, sheet.titlePoints, TITLE)],
  });
  const body = blocks.flatMap((block) => [
    ...(block.kind === 'signature' ? [empty(), empty()] : []),
    ...childrenOf(block),
  ]);
  const document = new Document({
    title,
    styles: {
      default: { document: { run: { font: font(TEXT), size: sheet.textPoints * 2, language: { eastAsia: 'zh-CN' } } } },
    },
    sections: [
      {
        properties: {
          page: {
            size: { width: twips(sheet.width), height: twips(sheet.height) },
            margin: {
              top: twips(sheet.top),
              left: twips(sheet.left),
              right: twips(sheet.width - sheet.left - sheet.areaWidth),
              bottom: twips(sheet.height - sheet.top - sheet.areaHeight),
              header: twips(15),
              footer: twips(28),
            },
          },
          grid: { type: DocumentGridType.LINES_AND_CHARS, linePitch: LINE, charSpace: CHARACTER },
        },
        children: [titled, empty(), ...body],
      },
    ],
  });
  return Packer.toBuffer(document);
}
