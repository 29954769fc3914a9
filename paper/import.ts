import type { Ask } from './ask.ts';
import type { Asked, ImportKind } from './forms/form.ts';
import type { LawWords } from './law.ts';
import { cellName } from './sheet-rows.ts';
import { type Form, readTable, type Table } from './table.ts';

interface Citation {
  readonly document: string;
  readonly article: string;
  readonly phrase: string;
}

/** Why a row is not taken: which cell, by which code, and by which clause if it is the law. */
export interface Reason {
  /** Which of the rows, from 0. */
  readonly row: number;
  /** Which of the columns, from 0. */
  readonly column: number;
  readonly cell: string;
  readonly code: string;
  readonly message: { readonly zh: string; readonly en: string };
  readonly rule: string | null;
  readonly citation: Citation | null;
}

export interface ImportAnswer {
  readonly isTaken: boolean;
  readonly written: number;
  readonly repeated: number;
  /** The id under which its decisions stand in the log. */
  readonly id: string | null;
  readonly reasons: readonly Reason[];
  /** What the law remarks on rows that it lets pass. */
  readonly remarks: readonly Reason[];
  readonly remarkCount: number;
  readonly form: Form;
  readonly table: Table;
}

interface Finding {
  readonly rule: string;
  readonly effect: string;
  readonly message: { readonly zh: string; readonly en: string };
  readonly citation: Citation;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly missing: readonly string[];
}

interface Result {
  readonly id: string | null;
  readonly written: number;
  readonly repeated: readonly number[];
  readonly decisions: readonly {
    readonly rows: readonly number[];
    readonly decision: { readonly outcome: string; readonly findings: readonly Finding[] };
  }[];
  readonly mistakes: readonly {
    readonly row: number;
    readonly code: string;
    readonly field: readonly string[];
    readonly message: { readonly zh: string; readonly en: string };
  }[];
  readonly userErrors: readonly {
    readonly code: string;
    readonly message: { readonly zh: string; readonly en: string };
  }[];
}

const upper = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

const documentOf = (mutation: string) => /* GraphQL */ `
  mutation Paper${upper(mutation)}($input: ${upper(mutation)}ImportInput!) {
    ${mutation}Import(input: $input) {
      id written repeated
      decisions {
        rows
        decision {
          outcome
          findings(outcomes: [FAIL, UNDETERMINED]) {
            rule effect message { zh en } citation { document article phrase } facts missing
          }
        }
      }
      mistakes { row code field message { zh en } }
      userErrors { code message { zh en } }
    }
  }
`;

/** Effects by which a rule can stop a row. */
const STOPS = new Set(['deny', 'override']);
/** An import of the greatest size takes about half a minute. */
const PATIENCE_MS = 170_000;

/** Remarks stop nobody: of 100,000 rows nobody reads more of them than this. */
const MOST_REMARKS = 1_000;

/** Where a finding points: the first column that answers one of its facts, else the row's first cell. */
function columnOf(form: Form, { facts, missing }: Finding): number {
  const asked = new Set([...missing, ...Object.keys(facts)]);
  return Math.max(
    0,
    form.columns.findIndex((column) => (column.facts ?? []).some((fact) => asked.has(fact))),
  );
}

function reasonsOf(form: Form, table: Table, sent: readonly number[], result: Result) {
  const reasons: Reason[] = [];
  const remarks: Reason[] = [];
  let remarkCount = 0;
  const at = (row: number, column: number) => cellName(column + 1, table.rows[row]?.number ?? 0);
  for (const { row, code, field, message } of result.mistakes) {
    const own = sent[row] as number;
    const column = Math.max(
      0,
      form.columns.findIndex(({ key }) => key === field[0]),
    );
    reasons.push({ row: own, column, cell: at(own, column), code, message, rule: null, citation: null });
  }
  for (const { rows, decision } of result.decisions) {
    const isAllowed = decision.outcome === 'ALLOW';
    for (const finding of decision.findings) {
      if (!isAllowed && !STOPS.has(finding.effect)) continue;
      const column = columnOf(form, finding);
      if (isAllowed) remarkCount += rows.length;
      for (const row of isAllowed ? rows.slice(0, MOST_REMARKS - remarks.length) : rows) {
        const own = sent[row] as number;
        const { rule, citation, message } = finding;
        const code = isAllowed ? 'REMARK' : decision.outcome;
        (isAllowed ? remarks : reasons).push({
          row: own,
          column,
          cell: at(own, column),
          code,
          message,
          rule,
          citation,
        });
      }
    }
  }
  return { reasons, remarks, remarkCount };
}

/**
 * Takes a filled-in form: everything in it, or nothing. When single cells cannot be read, the other rows are still judged,
 * so that whoever mends the file learns of everything at once.
 *
 * @throws PaperError for a file that cannot be read as a whole, GraphRefusal when the graph refuses the whole
 */
export async function takeForm(
  ask: Ask,
  kind: ImportKind,
  words: LawWords,
  file: Buffer,
  asked: Asked & { readonly dryRun?: string; readonly on?: string; readonly onBehalfOf?: string },
): Promise<ImportAnswer> {
  const form = await kind.form(words, ask, asked);
  const table = await readTable(file, form);
  const unread = new Set(table.problems.map(({ row }) => row));
  const sent = [...table.rows.keys()].filter((row) => !unread.has(row));
  const cells = table.problems.map(
    ({ row, column, error }): Reason => ({
      row,
      column,
      cell: error.cell ?? cellName(column + 1, table.rows[row]?.number ?? 0),
      code: error.code,
      message: error.text,
      rule: null,
      citation: null,
    }),
  );
  const isTrial = asked.dryRun === 'true' || unread.size > 0;
  const nothing = { isTaken: false, written: 0, repeated: 0, id: null, remarks: [], remarkCount: 0, form, table };
  if (sent.length === 0 || table.isCut) return { ...nothing, reasons: cells };
  const input = {
    rows: sent.map((row) => kind.row(table.rows[row]?.values ?? {}, asked)),
    dryRun: isTrial,
    ...(asked.on ? { on: asked.on } : {}),
    ...(asked.onBehalfOf ? { onBehalfOf: asked.onBehalfOf } : {}),
  };
  const data = await ask<Record<string, Result>>(documentOf(kind.mutation), { input }, PATIENCE_MS);
  const result = data[`${kind.mutation}Import`] as Result;
  const whole = result.userErrors.map(
    ({ code, message }): Reason => ({ row: 0, column: 0, cell: '', code, message, rule: null, citation: null }),
  );
  const { reasons, remarks, remarkCount } = reasonsOf(form, table, sent, result);
  const all = [...whole, ...cells, ...reasons].sort((a, b) => a.row - b.row || a.column - b.column);
  return {
    isTaken: result.id !== null,
    written: result.written,
    repeated: result.repeated.length,
    id: result.id,
    reasons: all,
    remarks,
    remarkCount,
    form,
    table,
  };
}
