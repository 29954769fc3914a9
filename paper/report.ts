import type { Writable } from 'node:stream';
import type { ImportAnswer, Reason } from './import.ts';
import { type Written, writeWorkbook } from './spreadsheet.ts';
import { REPORT_COLUMNS } from './table.ts';

/** A reason in one line: the cell, the code, what is wrong, and the clause. */
export function lineOf({ cell, code, message, rule, citation }: Reason, language: 'zh' | 'en'): string {
  const clause = citation
    ? language === 'zh'
      ? `（依据：${citation.document} ${citation.article}“${citation.phrase}”，规则 ${rule}）`
      : ` (${citation.document}, ${citation.article}: “${citation.phrase}”; rule ${rule})`
    : '';
  return `${cell ? `${cell} ` : ''}[${code}] ${message[language]}${clause}`;
}

function* written({ form, table, reasons }: ImportAnswer): Generator<Written[]> {
  const byRow = Map.groupBy(reasons, ({ row }) => row);
  for (const [row, { texts }] of table.rows.entries()) {
    const own = byRow.get(row) ?? [];
    const marked = new Set(own.map(({ column }) => column));
    const cells = form.columns.map(
      (_column, column): Written => ({ value: texts[column] || null, isMarked: marked.has(column) }),
    );
    const said = (language: 'zh' | 'en') => own.map((reason) => lineOf(reason, language)).join('\n') || null;
    yield [...cells, { value: said('zh') }, { value: said('en') }];
  }
}

/**
 * Writes the rows of a form back, in their order, with what is wrong with them: the cells coloured, the reasons in the last
 * columns. What is mended in it can be sent as it is. Rows stand one below the other from the second on: a reason names
 * the cell of the file that was sent.
 */
export function writeReport(stream: Writable, answer: ImportAnswer): Promise<void> {
  const reasons = REPORT_COLUMNS.map((title) => ({ title, type: 'text', width: 60 }) as const);
  return writeWorkbook(stream, [
    {
      name: answer.form.sheet,
      columns: [...answer.form.columns, ...reasons],
      rows: written(answer),
      formRows: answer.table.rows.length,
    },
  ]);
}
