import ExcelJS from 'exceljs';
import type { Form } from '../table.ts';

/** A small form with a column of every type. */
export const form: Form = {
  sheet: '台账',
  columns: [
    { key: 'appointment', title: '选派编号', type: 'id', isRequired: true },
    { key: 'name', title: '姓名', type: 'text', isNote: true },
    { key: 'date', title: '日期', type: 'date', isRequired: true },
    { key: 'days', title: '天数', type: 'integer' },
    {
      key: 'mode',
      title: '方式',
      type: 'code',
      codes: new Map([
        ['实地', 'on-site'],
        ['远程', 'remote'],
      ]),
      isClosed: true,
    },
    { key: 'done', title: '已确认', type: 'boolean' },
  ],
};
export const titles = form.columns.map(({ title }) => title);
export const ID = '01890000-0000-7000-8000-000000000001';
export const good = [ID, '李', '2022-03-01', 2, '实地', '是'];

export type Sheet = ExcelJS.Worksheet;
/** A workbook of one sheet. */
export async function workbook(fill: (sheet: Sheet) => void, name = '台账'): Promise<Buffer> {
  const book = new ExcelJS.Workbook();
  fill(book.addWorksheet(name));
  return Buffer.from(await book.xlsx.writeBuffer());
}
/** The form with rows below its titles. */
export const rowsOf = (...rows: readonly (readonly unknown[])[]) =>
  workbook((sheet) => {
    sheet.addRow(titles);
    for (const row of rows) sheet.addRow([...row]);
  });

const cell = (value: string | number, at: number, row: number) =>
  typeof value === 'number'
    ? `<c r="${'ABCDEF'[at]}${row}"><v>${value}</v></c>`
    : `<c r="${'ABCDEF'[at]}${row}" t="inlineStr"><is><t xml:space="preserve">${value}</t></is></c>`;

/** A row as XML, its cells as they are written there. */
export const rowXml = (row: number, values: readonly (string | number | null)[]) =>
  `<row r="${row}">${values.map((value, at) => (value === null ? '' : cell(value, at, row))).join('')}</row>`;

/** A sheet as XML, below the titles whatever is given. */
export const sheetXml = (inside: string, after = '') =>
  `<worksheet><sheetData>${rowXml(1, titles)}${inside}</sheetData>${after}</worksheet>`;

/** The parts of a workbook made by hand. */
export const parts = (more: Readonly<Record<string, string | Buffer>> = {}) => ({
  '[Content_Types].xml': '<Types/>',
  'xl/workbook.xml': '<workbook><sheets><sheet name="台账" sheetId="1" r:id="r"/></sheets></workbook>',
  'xl/_rels/workbook.xml.rels': '<Relationships><Relationship Id="r" Target="worksheets/a.xml"/></Relationships>',
  'xl/worksheets/a.xml': '<worksheet><sheetData/></worksheet>',
  ...more,
});
