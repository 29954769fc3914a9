import type { Ask } from '../ask.ts';
import type { LawWords } from '../law.ts';
import type { Form } from '../table.ts';

/** What the address of a form says besides its name. */
export type Asked = Readonly<Record<string, string | undefined>>;

/** A form that is filled in on a spreadsheet and becomes acts of the graph. */
export interface ImportKind {
  /** The mutation that takes one row; `<mutation>Import` takes them all. */
  readonly mutation: string;
  /** What the address must say. */
  readonly needs: readonly string[];
  form(words: LawWords, ask: Ask, asked: Asked): Promise<Form> | Form;
  /** What the graph takes for a row. */
  row(values: Readonly<Record<string, unknown>>, asked: Asked): Record<string, unknown>;
  /** Rows of the template that are begun for whoever fills it in. */
  begun(ask: Ask, asked: Asked): AsyncIterable<Readonly<Record<string, string>>>;
}
