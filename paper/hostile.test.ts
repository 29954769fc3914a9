import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from '@jest/globals';
import { PaperError } from './error.ts';
import { readTable } from './table.ts';
import { form, good, ID, parts, rowsOf, rowXml, sheetXml, titles } from './testdata/ledger.ts';
import { storedZip } from './testdata/zip.ts';

type Typed = readonly (string | number | null)[];
const file = (sheet: string, more: Readonly<Record<string, string>> = {}) =>
  storedZip(parts({ 'xl/worksheets/a.xml': sheet, ...more }));
const typed = (...rows: readonly Typed[]) => file(sheetXml(rows.map((row, at) => rowXml(at + 2, row)).join('')));
const values = async (sent: Buffer) => {
  const { rows, problems } = await readTable(sent, form);
  return [rows.map((row) => row.values), problems.map(({ error }) => [error.cell, error.code])];
};
async function refusal(sent: Buffer): Promise<string> {
  try {
    await readTable(sent, form);
  } catch (error) {
    if (error instanceof PaperError) return error.code;
    throw error;
  }
  throw new Error('it was read');
}
/** How long a refusal takes, in milliseconds. */
async function timed(sent: Buffer): Promise<[string, number]> {
  const started = performance.now();
  return [await refusal(sent), performance.now() - started];
}

describe('what people really type', () => {
  it('is taken with full-width digits, letters and signs, spaces around it, and what nobody sees', async () => {
    const sent = typed(
      [` \u200b${ID}\u00a0`, null, '２０２２－０３－０１', '１２', '远程\u3000', '是 '],
      [ID.toUpperCase(), null, '２０２２年３月２日', ' 3 ', 'ｒｅｍｏｔｅ', '\ufeff否'],
    );
    expect(await values(sent)).toEqual([
      [
        { appointment: ID, date: '2022-03-01', days: 12, mode: 'remote', done: true },
        { appointment: ID.toUpperCase(), date: '2022-03-02', days: 3, mode: 'remote', done: false },
      ],
      [],
    ]);
    const header = titles.map((title) => ` ${title}＊ `);
    const spaced = `<worksheet><sheetData>${rowXml(1, header)}${rowXml(2, good)}</sheetData></worksheet>`;
    expect((await values(file(spaced)))[1]).toEqual([]);
  });

  it('is a day as text, as a number in a cell of days, counted from 1900 or 1904, and no other number', async () => {
    const days = '<row r="2"><c r="A2" t="str"><v>ID</v></c><c r="C2" s="1"><v>44621.75</v></c></row>'.replace(
      'ID',
      ID,
    );
    const later = days.replaceAll('2"', '3"').replace('44621.75', '43159').replace(' s="1"', ' s="2"');
    const styles = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;"/></numFmts>
      <cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="31"/></cellXfs></styleSheet>`;
    const from1900 = file(sheetXml(days), { 'xl/styles.xml': styles });
    expect(await values(from1900)).toEqual([[{ appointment: ID, date: '2022-03-01' }], []]);
    const workbook = parts()['xl/workbook.xml'].replace('<sheets>', '<workbookPr date1904="1"/><sheets>');
    const from1904 = file(sheetXml(later), { 'xl/styles.xml': styles, 'xl/workbook.xml': workbook });
    expect(await values(from1904)).toEqual([[{ appointment: ID, date: '2022-03-01' }], []]);
    const bare = typed([ID, null, 44621], [ID, null, '2022-13-01'], [ID, null, -5], [ID, null, 1e300]);
    expect((await values(bare))[1]).toEqual(['C2', 'C3', 'C4', 'C5'].map((cell) => [cell, expect.any(String)]));
    const [, problems] = await values(bare);
    expect((problems as string[][]).map(([, code]) => code)).toEqual([
      'CELL_NOT_DATE',
      'CELL_NOT_DATE',
      'CELL_NOT_DATE',
      'CELL_IMPRECISE',
    ]);
  });

  it('is refused when a number has lost its last digits, or a character cannot be kept', async () => {
    const text = { ...form, columns: form.columns.map((column) => ({ ...column, isNote: false })) };
    const cells = [
      [ID, 410821198001010000, '2022-03-01'],
      [ID, '李\u0000四', '2022-03-01'],
      [ID, '李_x0000_四', '2022-03-01'],
      [ID, '李&#xD800;四', '2022-03-01'],
      [ID, '李&#1;四', '2022-03-01'],
      [ID, '第一行_x000D_\n第二行', '2022-03-01'],
      [ID, 123456789012345, '2022-03-01'],
    ];
    const { rows, problems } = await readTable(typed(...cells), text);
    expect(problems.map(({ error }) => [error.cell, error.code])).toEqual([
      ['B2', 'CELL_IMPRECISE'],
      ['B3', 'CELL_CHARACTER'],
      ['B4', 'CELL_CHARACTER'],
      ['B5', 'CELL_CHARACTER'],
      ['B6', 'CELL_CHARACTER'],
    ]);
    expect(rows.slice(5).map((row) => row.values.name)).toEqual(['第一行\r\n第二行', '123456789012345']);
  });

  it('has an id only where it is one', async () => {
    const wrong = ['cn-410821', `${ID}0`, '410821198001010015', "' or 1=1 --", '../../etc/passwd'];
    const [, problems] = await values(typed(...wrong.map((id) => [id, null, '2022-03-01'])));
    expect(problems).toEqual(wrong.map((_id, at) => [`A${at + 2}`, 'CELL_NOT_ID']));
  });
});

describe('a file sent to do harm', () => {
  it('is refused when it is an old or an encrypted workbook by another name', async () => {
    const old = Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(4_096, 7)]);
    expect(await refusal(old)).toBe('FILE_NOT_XLSX');
    expect(await refusal(Buffer.from('<html><table><tr><td>选派编号</td></tr></table></html>'))).toBe('FILE_NOT_XLSX');
    expect(await refusal(Buffer.from('选派编号,姓名\n'))).toBe('FILE_NOT_XLSX');
  });

  it('cannot keep the reader busy with a tag that never ends, or has a million letters and no attribute', async () => {
    const [code, took] = await timed(file(`<worksheet><sheetData><row ${'a'.repeat(900_000)}><c/></row>`));
    expect([code, took < 5_000]).toEqual(['HEADER_NOT_FOUND', true]);
    const quotes = await timed(
      file(`<worksheet><sheetData><row ${`a='">' `.repeat(100_000)}/></sheetData></worksheet>`),
    );
    expect([quotes[0], quotes[1] < 5_000]).toEqual(['HEADER_NOT_FOUND', true]);
    expect((await timed(file(`<worksheet><sheetData><row ${'a'.repeat(9_000_000)}`)))[0]).toBe('FILE_NOT_XLSX');
  });

  it('cannot fill the memory with empty texts, merged cells, columns or rows that no sheet has', async () => {
    const repeated = (one: string, count: number) => ({
      packed: deflateRawSync(Buffer.from(one.repeat(count)), { level: 1 }),
      says: 1_000,
    });
    const before = process.memoryUsage().rss;
    const strings = storedZip(parts(), { 'xl/sharedStrings.xml': repeated('<si/>', 60_000_000) });
    expect(await refusal(strings)).toBe('FILE_TOO_COMPLEX');
    const merged = file(sheetXml(rowXml(2, good), '<mergeCell ref="A2:B2"/>'.repeat(100_001)));
    expect(await refusal(merged)).toBe('FILE_TOO_COMPLEX');
    for (const part of ['xl/workbook.xml', 'xl/styles.xml', 'xl/_rels/workbook.xml.rels', '[Content_Types].xml']) {
      const padded = storedZip(parts(), { [part]: repeated(' <a/>'.repeat(1_000), 4_000) });
      expect([part, await refusal(padded)]).toEqual([part, 'FILE_EXPANDS_TOO_FAR']);
    }
    expect(process.memoryUsage().rss - before).toBeLessThan(700 * 2 ** 20);
    for (const row of [
      '<row r="0"/>',
      '<row r="1e99"/>',
      '<row r="-1"/>',
      '<row r="2"><c r="ZZZZ2"><v>1</v></c></row>',
    ])
      expect([row, await refusal(file(sheetXml(row)))]).toEqual([row, 'FILE_NOT_XLSX']);
    const wide = `<row r="2">${'<c><v>1</v></c>'.repeat(16_385)}</row>`;
    expect(await refusal(file(sheetXml(wide)))).toBe('FILE_NOT_XLSX');
  });

  it('keeps no text that is longer than a cell can be', async () => {
    const long = rowXml(2, [ID, `${'长'.repeat(30_000)}<!-- -->`.repeat(100), '2022-03-01']);
    const { rows } = await readTable(file(sheetXml(long)), form);
    expect(rows[0]?.texts[1]?.length).toBeLessThan(70_000);
  });

  it('with everything wrong is told of the first ten thousand cells, and keeps its rows', async () => {
    const wrong = Array.from({ length: 20_000 }, (_, at) => rowXml(at + 2, ['x', null, 'y']));
    const { rows, problems, isCut } = await readTable(file(sheetXml(wrong.join(''))), form);
    expect([rows.length, problems.length, isCut]).toEqual([20_000, 10_000, true]);
    expect(rows.at(-1)?.texts.slice(0, 3)).toEqual(['x', '', 'y']);
    const { isCut: isHonestCut } = await readTable(await rowsOf(good), form);
    expect(isHonestCut).toBe(false);
  });
});
