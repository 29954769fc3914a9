import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Ask, askAs, type Caller, type Execute, GraphRefusal } from './ask.ts';
import { createInContract } from './contract.ts';
import { documentKinds } from './documents.ts';
import { DOCX, toDocx } from './docx.ts';
import { PaperError } from './error.ts';
import { exportSheets } from './export.ts';
import { exportKinds } from './exports.ts';
import type { Asked, ImportKind } from './forms/form.ts';
import { takeForm } from './import.ts';
import { importKinds } from './imports.ts';
import { lawWords } from './law.ts';
import { PDF, toPdf } from './pdf.ts';
import { lineOf, writeReport } from './report.ts';
import { type Written, writeWorkbook, XLSX } from './spreadsheet.ts';
import type { Form } from './table.ts';
import { zipLimits } from './zip.ts';

type Route = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

export interface PaperOptions {
  /** The graph's own door. */
  readonly execute: Execute;
  readonly now: () => Date;
}

// A file of the greatest size takes some hundred megabytes while it is read. Who sends slowly keeps nobody from reading.
const READING = 2;
const SENDING = 8;
const SPARE_ROWS = 500;
const MOST_BEGUN = 20_000;

/** Today in Asia/Shanghai. */
const civilDay = (at: Date) => new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 10);

interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly asked: Asked;
  readonly caller: Caller;
  readonly ask: Ask;
}

function callerOf(request: IncomingMessage, response: ServerResponse): Caller {
  const header = request.headers.authorization;
  const token = header === undefined ? undefined : /^Bearer +(\S+)$/i.exec(header.trim())?.[1];
  if (header && !token) throw new PaperError('SIGN_IN_REQUIRED');
  const purpose = request.headers['x-tepai-purpose'];
  const requestId = response.getHeader('X-Request-Id');
  try {
    return {
      token,
      requestId: typeof requestId === 'string' ? requestId : undefined,
      purpose: typeof purpose === 'string' ? decodeURIComponent(purpose) : undefined,
    };
  } catch {
    throw new PaperError('PARAMETER_INVALID', { name: 'x-tepai-purpose' });
  }
}

/** What the address says. @throws PaperError for what no database takes as text */
function askedOf(request: IncomingMessage): Asked {
  const asked = Object.fromEntries(new URL(request.url ?? '/', 'http://door').searchParams);
  for (const [name, value] of Object.entries(asked)) {
    if (/\p{Cc}/u.test(value)) throw new PaperError('PARAMETER_INVALID', { name });
  }
  return asked;
}

function require(asked: Asked, names: readonly string[]): void {
  for (const name of names) if (!asked[name]) throw new PaperError('PARAMETER_REQUIRED', { name });
}

/** What the file is called does not matter, but within a form or a mail it cannot be read. */
function requireFile(request: IncomingMessage): void {
  const [type = ''] = (request.headers['content-type'] ?? '').split(';');
  if (/^multipart\//i.test(type.trim())) throw new PaperError('CONTENT_TYPE_WRONG', { found: type.trim() });
}

function sendJson(response: ServerResponse, status: number, value: unknown): void {
  const text = JSON.stringify(value);
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': Buffer.byteLength(text),
  });
  response.end(text);
}

/** Says which file it is; the name in Chinese for whoever understands RFC 5987. */
function attach(response: ServerResponse, status: number, type: string, name: string): void {
  response.writeHead(status, {
    'Content-Type': type,
    'Content-Disposition': `attachment; filename="${name.replace(/[^\w.-]/g, '_')}"; filename*=UTF-8''${encodeURIComponent(name)}`,
  });
}

/** Takes in what is sent, and keeps it while it is no larger than may be. */
async function readFile(request: IncomingMessage): Promise<Buffer> {
  const parts: Buffer[] = [];
  let size = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    size += part.length;
    if (size <= zipLimits.packedBytes) parts.push(part);
    else parts.length = 0;
    if (size > 4 * zipLimits.packedBytes) break;
  }
  if (size > zipLimits.packedBytes) throw new PaperError('FILE_TOO_LARGE', { limit: zipLimits.packedBytes / 2 ** 20 });
  return Buffer.concat(parts);
}

const isGone = (request: IncomingMessage) => request.destroyed && !request.complete;

/** The first rows are read at once, so that a refusal comes before anything is sent. */
async function begunRows(ask: Ask, kind: ImportKind, form: Form, asked: Asked): Promise<AsyncIterable<Written[]>> {
  const begun = kind.begun(ask, asked)[Symbol.asyncIterator]();
  let next = await begun.next();
  async function* rows(): AsyncGenerator<Written[]> {
    for (let count = 0; !next.done && count < MOST_BEGUN; count += 1) {
      const row = next.value;
      yield form.columns.map(({ key }) => ({ value: row[key] ?? null }));
      next = await begun.next();
    }
  }
  return rows();
}

/**
 * The paper door of the gateway: forms to fill in and take back, lists and documents to take out. It asks the graph as the
 * caller and holds no right of its own. Answers the routes by their address.
 */
export function createPaper({ execute, now }: PaperOptions): Readonly<Record<string, Route>> {
  const inContract = createInContract();
  const atWork = { sending: 0, reading: 0 };

  /** @throws PaperError BUSY when as many are at it as may be */
  async function inTurn<Done>(what: keyof typeof atWork, most: number, work: () => Promise<Done>): Promise<Done> {
    if (atWork[what] >= most) throw new PaperError('BUSY');
    atWork[what] += 1;
    try {
      return await work();
    } finally {
      atWork[what] -= 1;
    }
  }

  /** A route that answers what went wrong in the gateway's own shape. */
  function door(methods: readonly string[], visit: (visit: Visit) => Promise<void>): Route {
    return async (request, response) => {
      try {
        if (!methods.includes(request.method ?? '')) {
          response.setHeader('Allow', methods.join(', '));
          throw new PaperError('METHOD_NOT_ALLOWED');
        }
        const caller = callerOf(request, response);
        await visit({ request, response, asked: askedOf(request), caller, ask: askAs(execute, caller) });
      } catch (error) {
        const known = error instanceof PaperError || error instanceof GraphRefusal;
        // Who broke off hears nothing more.
        if (isGone(request)) return;
        // Half a file is no file: the connection breaks, and the caller's download fails.
        if (!known || response.headersSent) throw error;
        const cell = error instanceof PaperError && error.cell ? { cell: error.cell } : {};
        const extensions = { code: error.code, messageZh: error.text.zh, ...cell };
        sendJson(response, error.status, { errors: [{ message: error.text.en, extensions }] });
      }
    };
  }

  const template = (kind: ImportKind) =>
    door(['GET'], async ({ response, asked, caller, ask }) => {
      if (!caller.token) throw new PaperError('SIGN_IN_REQUIRED');
      require(asked, kind.needs);
      const words = await lawWords(ask, asked.region, asked.on ?? civilDay(now()));
      const form = await kind.form(words, ask, asked);
      const rows = await begunRows(ask, kind, form, asked);
      attach(response, 200, XLSX, `${form.sheet}.xlsx`);
      await writeWorkbook(response, [
        { name: form.sheet, columns: form.columns, rows, formRows: MOST_BEGUN + SPARE_ROWS },
      ]);
    });

  const take = (kind: ImportKind) =>
    door(['POST'], async ({ request, response, asked, caller, ask }) => {
      if (!caller.token) throw new PaperError('SIGN_IN_REQUIRED');
      require(asked, kind.needs);
      requireFile(request);
      // Asked first: whom the graph does not know sends nothing here.
      const words = await lawWords(ask, asked.region, asked.on ?? civilDay(now()));
      const file = await inTurn('sending', SENDING, () => readFile(request));
      await inTurn('reading', READING, async () => {
        const answer = await takeForm(ask, kind, words, file, asked);
        const { isTaken, written, repeated, id, reasons, remarks, remarkCount } = answer;
        const wantsSheet = String(request.headers.accept ?? '').includes(XLSX);
        if (reasons.length > 0 && wantsSheet) {
          attach(response, 422, XLSX, `${answer.form.sheet}-问题.xlsx`);
          await writeReport(response, answer);
          return;
        }
        const said = (list: typeof reasons) =>
          list
            .slice(0, 1_000)
            .map((reason) => ({ ...reason, line: { zh: lineOf(reason, 'zh'), en: lineOf(reason, 'en') } }));
        sendJson(response, reasons.length > 0 ? 422 : 200, {
          written: isTaken ? written : 0,
          repeated,
          id,
          reasons: said(reasons),
          reasonCount: reasons.length,
          remarks: said(remarks),
          remarkCount,
        });
      });
    });

  const list = (kind: (typeof exportKinds)[string]) =>
    door(['GET'], async ({ response, asked, caller, ask }) => {
      if (!caller.token) throw new PaperError('SIGN_IN_REQUIRED');
      require(asked, kind.needs);
      const sheets = await exportSheets(ask, inContract, kind, asked, now, civilDay(now()));
      attach(response, 200, XLSX, `${kind.sheet}.xlsx`);
      await writeWorkbook(response, sheets);
    });

  const document = (kind: (typeof documentKinds)[string]) =>
    door(['GET'], async ({ response, asked, ask }) => {
      require(asked, kind.needs);
      const format = asked.format ?? 'pdf';
      if (format !== 'pdf' && format !== 'docx') throw new PaperError('FORMAT_UNKNOWN', { list: 'docx, pdf' });
      const page = await kind.page(ask, asked, civilDay(now()));
      const file = format === 'pdf' ? await toPdf(page, now()) : await toDocx(page);
      attach(response, 200, format === 'pdf' ? PDF : DOCX, `${page.title}.${format}`);
      response.end(file);
    });

  const routes: Record<string, Route> = {};
  for (const [name, kind] of Object.entries(importKinds)) {
    routes[`/paper/forms/${name}`] = template(kind);
    routes[`/paper/imports/${name}`] = take(kind);
  }
  for (const [name, kind] of Object.entries(exportKinds)) routes[`/paper/lists/${name}`] = list(kind);
  for (const [name, kind] of Object.entries(documentKinds)) routes[`/paper/documents/${name}`] = document(kind);
  return routes;
}
