import { Writable } from 'node:stream';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import ExcelJS from 'exceljs';
import { dayOf } from './cell.ts';
import { PaperError } from './error.ts';
import { writeWorkbook } from './spreadsheet.ts';
import { MAX_ROWS, readTable } from './table.ts';
import { form, good, ID, parts, rowsOf, type Sheet, titles, workbook } from './testdata/ledger.ts';
import { storedZip } from './testdata/zip.ts';

/** The code with which a file is refused as a whole, and the cell it names. */
async function refusal(file: Buffer | Promise<Buffer>, limits?: Parameters<typeof readTable>[2]) {
  try {
    await readTable(await file, form, limits);
  } catch (error) {
    if (error instanceof PaperError) return error;
    throw error;
  }
  throw new Error('it was read');
}
const problems = async (file: Promise<Buffer>) =>
  (await readTable(await file, form)).problems.map(({ row, column, error }) => [row, column, error.code, error.cell]);

describe('a table', () => {
  it('is read as it was typed, with codes for their names and days in any usual way', async () => {
    const file = rowsOf(
      good,
      [ID, '', new Date('2022-03-02T00:00:00Z'), '3', 'remote', '否'],
      [ID, { richText: [{ text: '王' }, { text: '五' }] }, '2022年3月5日'],
      ['合计', '', '', 9],
    );
    const { rows, problems: wrong } = await readTable(await file, form);
    expect(wrong).toEqual([]);
    expect(rows.map(({ number, values }) => [number, values])).toEqual([
      [2, { appointment: ID, date: '2022-03-01', days: 2, mode: 'on-site', done: true }],
      [3, { appointment: ID, date: '2022-03-02', days: 3, mode: 'remote', done: false }],
      [4, { appointment: ID, date: '2022-03-05' }],
    ]);
    expect(rows[2]?.texts).toEqual([ID, '王五', '2022年3月5日', '', '', '']);
  });

  it('is read below a merged title, and from what another program writes', async () => {
    const titled = await workbook((sheet) => {
      sheet.addRow(['科技特派员服务台账']);
      sheet.mergeCells('A1:F1');
      sheet.addRow(titles.map((title) => `${title}*`));
      sheet.addRow(good);
    });
    expect((await readTable(titled, form)).rows[0]?.number).toBe(3);
    const part = (text: string) => `<?xml version="1.0" encoding="UTF-8"?>\n<!-- made by hand > -->${text}`;
    const row = (number: number, cells: readonly unknown[]) =>
      `<x:row r="${number}">${cells.map((cell) => (typeof cell === 'number' ? `<x:c><x:v>${cell}</x:v></x:c>` : `<x:c t='inlineStr'><x:is><x:t xml:space="preserve">${cell}</x:t></x:is></x:c>`)).join('')}</x:row>`;
    const file = storedZip({
      '[Content_Types].xml': part('<Types/>'),
      'xl/workbook.xml': part('<workbook><sheets><sheet name="台账" sheetId="1" r:id="rId1"/></sheets></workbook>'),
      'xl/_rels/workbook.xml.rels': part(
        '<Relationships><Relationship Id="rId1" Target="/xl/worksheets/a.xml"/></Relationships>',
      ),
      'xl/worksheets/a.xml': part(
        `<x:worksheet a="1>0"><x:sheetData>${row(1, titles)}${row(2, [ID, '李&amp;&#x9F98;<![CDATA[<b>]]>', '2022-03-01', 2])}</x:sheetData></x:worksheet>`,
      ),
    });
    const { rows, problems: wrong } = await readTable(file, form);
    expect(wrong).toEqual([]);
    expect(rows[0]?.texts.slice(0, 4)).toEqual([ID, '李&龘<b>', '2022-03-01', '2']);
  });

  it('names every cell that is wrong', async () => {
    expect(
      await problems(
        rowsOf(
          good,
          ['x', '', '2022-02-30', '1.5', '电话', '也许'],
          ['', '张', { formula: 'TODAY()', result: 44621 }, { formula: '1+1', result: 2 }, '', ''],
          [ID, '', '2022-03-01', { error: '#N/A' }, '', '', 'beside'],
        ),
      ),
    ).toEqual([
      [1, 0, 'CELL_NOT_ID', 'A3'],
      [1, 2, 'CELL_NOT_DATE', 'C3'],
      [1, 3, 'CELL_NOT_INTEGER', 'D3'],
      [1, 4, 'CELL_NOT_IN_LIST', 'E3'],
      [1, 5, 'CELL_NOT_BOOLEAN', 'F3'],
      [2, 0, 'CELL_REQUIRED', 'A4'],
      [2, 2, 'CELL_FORMULA', 'C4'],
      [2, 3, 'CELL_FORMULA', 'D4'],
      [3, 3, 'CELL_ERROR', 'D5'],
      [3, 6, 'CELL_OUTSIDE', 'G5'],
    ]);
  });

  it('names merged cells among the data', async () => {
    const file = workbook((sheet) => {
      sheet.addRow(titles);
      for (let row = 0; row < 4; row += 1) sheet.addRow(good);
      sheet.mergeCells('C3:C4');
    });
    expect(await problems(file)).toContainEqual([1, 2, 'CELL_MERGED', 'C3']);
  });

  it('is refused on another sheet, or under another header, which is named', async () => {
    expect(await refusal(workbook((sheet) => sheet.addRow(titles), '别的表'))).toMatchObject({
      code: 'SHEET_NOT_FOUND',
      text: { zh: expect.stringContaining('别的表') },
    });
    const swapped = [titles[0], titles[2], titles[1], ...titles.slice(3)];
    expect(await refusal(workbook((sheet) => sheet.addRow(swapped)))).toMatchObject({
      code: 'HEADER_WRONG',
      cell: 'B1',
    });
    const renamed = [...titles.slice(0, 3), '次数', ...titles.slice(4)];
    expect(await refusal(workbook((sheet) => sheet.addRow(renamed)))).toMatchObject({
      code: 'HEADER_WRONG',
      cell: 'D1',
      text: { en: expect.stringContaining('次数') },
    });
    expect(await refusal(workbook((sheet) => sheet.addRow(['a', 'b'])))).toMatchObject({ code: 'HEADER_NOT_FOUND' });
    expect(await refusal(rowsOf())).toMatchObject({ code: 'ROWS_NONE' });
  });

  it('knows the days that exist', () => {
    expect(['2024-2-29', '2023.2.29', '2024/12/31', '20240101', '2024年13月1日'].map(dayOf)).toEqual([
      '2024-02-29',
      null,
      '2024-12-31',
      null,
      null,
    ]);
  });

  it('is written as it is read, with lists to choose from and nothing that Excel would run', async () => {
    const chunks: Buffer[] = [];
    const sink = new Writable({
      write(chunk, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    await writeWorkbook(sink, [
      {
        name: '台账',
        columns: form.columns,
        rows: [
          good.map((value) => ({ value })),
          [{ value: ID }, { value: '=cmd|x' }, { value: '2022-03-02', isMarked: true }],
        ],
        formRows: 100,
      },
    ]);
    const file = Buffer.concat(chunks);
    const { rows } = await readTable(file, form);
    expect(rows.map(({ values }) => values.date)).toEqual(['2022-03-01', '2022-03-02']);
    const book = new ExcelJS.Workbook();
    await book.xlsx.load(file as never);
    const sheet = book.getWorksheet('台账') as Sheet;
    expect(sheet.getCell('A1').text).toBe('选派编号*');
    expect(sheet.getCell('B3').value).toBe("'=cmd|x");
    expect(sheet.getCell('C3').fill).toMatchObject({ fgColor: { argb: 'FFFFC7CE' } });
    expect(sheet.getCell('A2').numFmt).toBe('@');
    expect(sheet.getCell('E2').dataValidation).toMatchObject({ type: 'list', formulae: ["'编码'!$A$2:$A$3"] });
    expect(book.getWorksheet('编码')?.getCell('A3').text).toBe('远程');
  });
});

describe('a file that is no honest workbook', () => {
  it('is refused for macros and for links to other files, named by their part', async () => {
    const cases: readonly (readonly [Record<string, string>, string])[] = [
      [{ 'xl/vbaProject.bin': 'x' }, 'FILE_HAS_MACROS'],
      [{ 'xl/macrosheets/sheet1.xml': 'x' }, 'FILE_HAS_MACROS'],
      [
        {
          '[Content_Types].xml':
            '<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>',
        },
        'FILE_HAS_MACROS',
      ],
      [{ 'xl/externalLinks/externalLink1.xml': 'x' }, 'FILE_HAS_EXTERNAL_LINKS'],
      [{ 'xl/connections.xml': 'x' }, 'FILE_HAS_EXTERNAL_LINKS'],
      [{ 'xl\\embeddings\\a.bin': 'x' }, 'FILE_HAS_EXTERNAL_LINKS'],
    ];
    for (const [more, code] of cases) expect((await refusal(storedZip(parts(more)))).code).toBe(code);
  });

  it('is refused when it is none, breaks off, or brings a DOCTYPE', async () => {
    const whole = await rowsOf(good);
    for (const file of [
      Buffer.from('name,date\n'),
      Buffer.alloc(0),
      whole.subarray(0, whole.length / 2),
      storedZip({ a: 'b' }),
    ]) {
      expect((await refusal(file)).code).toBe('FILE_NOT_XLSX');
    }
    const entities =
      '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><worksheet><sheetData>&b;</sheetData></worksheet>';
    expect((await refusal(storedZip(parts({ 'xl/worksheets/a.xml': entities })))).code).toBe('FILE_NOT_XLSX');
    expect((await refusal(storedZip(parts({ 'xl/worksheets/a.xml': '<worksheet><sheetData><row>' })))).code).toBe(
      'HEADER_NOT_FOUND',
    );
    expect((await refusal(storedZip(parts({ 'xl/worksheets/a.xml': '<worksheet><sheetData><row r="1' })))).code).toBe(
      'FILE_NOT_XLSX',
    );
  });

  it('is refused when it is too large, packed or unpacked, before it is unpacked', async () => {
    // A gigabyte of spaces that packs to one megabyte, and says of itself that it is small.
    const bomb = storedZip(parts(), {
      'xl/worksheets/a.xml': { packed: deflateRawSync(Buffer.alloc(2 ** 30, ' '), { level: 1 }), says: 1_000 },
    });
    const before = process.memoryUsage().rss;
    const started = performance.now();
    expect((await refusal(bomb)).code).toBe('FILE_NOT_XLSX');
    const nested = storedZip(parts(), {
      'xl/sharedStrings.xml': {
        packed: deflateRawSync(Buffer.from('<sst>'.concat('<si><t>a</t></si>'.repeat(1_000_000))), { level: 1 }),
        says: 10,
      },
    });
    expect((await refusal(nested, { packedBytes: 2 ** 25, unpackedBytes: 2 ** 20, parts: 20 })).code).toBe(
      'FILE_EXPANDS_TOO_FAR',
    );
    expect(performance.now() - started).toBeLessThan(20_000);
    expect(process.memoryUsage().rss - before).toBeLessThan(600 * 2 ** 20);
    expect((await refusal(Buffer.alloc(25 * 2 ** 20))).code).toBe('FILE_TOO_LARGE');
    const many = Object.fromEntries(Array.from({ length: 201 }, (_, at) => [`xl/media/${at}.png`, 'x']));
    expect((await refusal(storedZip(parts(many)))).code).toBe('FILE_HAS_TOO_MANY_PARTS');
  });

  it('is refused from one row too many on, and read up to there', async () => {
    const cells = (row: number) =>
      `<row r="${row}"><c r="A${row}" t="str"><v>${ID}</v></c><c r="C${row}" t="str"><v>2022-03-01</v></c></row>`;
    const header = `<row r="1">${titles.map((title, at) => `<c r="${'ABCDEF'[at]}1" t="str"><v>${title}</v></c>`).join('')}</row>`;
    const sheet = (count: number) =>
      `<worksheet><sheetData>${header}${Array.from({ length: count }, (_, at) => cells(at + 2)).join('')}</sheetData></worksheet>`;
    const file = (count: number) => storedZip(parts({ 'xl/worksheets/a.xml': sheet(count) }));
    expect((await readTable(file(MAX_ROWS), form)).rows).toHaveLength(MAX_ROWS);
    expect((await refusal(file(MAX_ROWS + 1))).code).toBe('ROWS_TOO_MANY');
  });
});
