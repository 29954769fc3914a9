import { readFileSync } from 'node:fs';

interface Message {
  readonly status: number;
  readonly zh: string;
  readonly en: string;
}

const messages: Readonly<Record<string, Message>> = JSON.parse(
  readFileSync(new URL('errors.json', import.meta.url), 'utf8'),
);

const filled = (text: string, values: Readonly<Record<string, string | number>>) =>
  text.replace(/\{(\w+)\}/g, (_all, name: string) => String(values[name] ?? ''));

/** What is wrong with a file, or with what was asked of this door. `cell` names where, such as D7. */
export class PaperError extends Error {
  readonly code: string;
  readonly cell: string | null;
  readonly text: { readonly zh: string; readonly en: string };
  /** The HTTP status that fits. */
  readonly status: number;

  /** @param code one of errors.json; `values` fill the places in its messages */
  constructor(code: string, values: Readonly<Record<string, string | number>> = {}) {
    const message = messages[code];
    if (!message) throw new TypeError(`no message for ${code}`);
    const text = { zh: filled(message.zh, values), en: filled(message.en, values) };
    super(text.en);
    this.code = code;
    this.cell = values.cell === undefined ? null : String(values.cell);
    this.text = text;
    this.status = message.status;
  }
}
