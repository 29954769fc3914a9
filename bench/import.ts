import { Writable } from 'node:stream';
import { askAs } from '../paper/ask.ts';
import { takeForm } from '../paper/import.ts';
import { importKinds } from '../paper/imports.ts';
import { lawWords } from '../paper/law.ts';
import { type Written, writeWorkbook } from '../paper/spreadsheet.ts';
import { personaOf } from '../sample/personas.ts';
import type { Database } from '../subgraphs/database.ts';
import { graphOn } from './graph.ts';
import { mustEqual, timed } from './measure.ts';

const COUNTY = 'cn-410825';
const DAY = '2024-12-31';
const MODES = ['on-site', 'remote'];
const TASKS = ['whole-chain', 'planning-assistance', 'tourism', 'e-commerce'];
const APPOINTMENTS = `
  { appointments(first: 200, filter: { status: "active", region: "${COUNTY}", year: 2024 }) { edges { node { id from } } } }`;

/** A file in memory. */
async function workbook(sheets: Parameters<typeof writeWorkbook>[1]): Promise<Buffer> {
  const chunks: Buffer[] = [];
  const sink = new Writable({
    write(chunk, _encoding, done) {
      chunks.push(chunk);
      done();
    },
  });
  await writeWorkbook(sink, sheets);
  return Buffer.concat(chunks);
}

/**
 * How long an import of service records takes from the file's bytes to the committed rows, through the whole graph in one
 * process: 10,000 and 100,000 rows, twice each, by turns. Answers a line for each size.
 */
export async function benchImport(database: Database, sizes: readonly number[] = [10_000, 100_000]): Promise<string[]> {
  const graph = await graphOn(database, () => new Date(`${DAY}T04:00:00Z`));
  const viewer = { ...personaOf('demo:county-st-dept'), kind: 'user' as const };
  const ask = askAs((question) => graph.gateway.execute({ ...question, viewer }), {
    token: undefined,
    requestId: undefined,
    purpose: undefined,
  });
  try {
    const kind = importKinds['service-records'];
    if (!kind) throw new Error('there is no such form');
    const asked = { region: COUNTY, on: DAY };
    const words = await lawWords(ask, COUNTY, DAY);
    const form = await kind.form(words, ask, asked);
    const found = await ask<{ appointments: { edges: { node: { id: string; from: string } }[] } }>(APPOINTMENTS);
    const engaged = found.appointments.edges.map(({ node }) => node);
    if (engaged.length === 0) throw new Error('no appointment to serve');
    const count = async () => {
      const { rows } = await database.pool.query('select count(*)::int as n from evaluation.service_record');
      return (rows[0] as { n: number }).n;
    };

    function* rows(size: number, run: number): Generator<Written[]> {
      for (let at = 0; at < size; at += 1) {
        const { id, from } = engaged[at % engaged.length] as { id: string; from: string };
        const date = new Date(Date.parse(`${from}T00:00:00Z`) + (at % 200) * 86_400_000).toISOString().slice(0, 10);
        const typed: Record<string, string | number> = {
          appointment: id,
          date,
          days: 1,
          mode: MODES[at % 2] as string,
          taskType: TASKS[at % TASKS.length] as string,
          summary: `现场指导 ${run}-${at}`,
          attendance: at % 50,
        };
        yield form.columns.map(({ key }) => ({ value: typed[key] ?? null }));
      }
    }

    const times = new Map(sizes.map((size) => [size, [] as number[]]));
    // The first round warms up and does not count.
    for (let run = 0; run < 3; run += 1) {
      for (const size of run === 0 ? sizes.slice(0, 1) : sizes) {
        const file = await workbook([
          { name: form.sheet, columns: form.columns, rows: rows(size, run * 10 + sizes.indexOf(size)) },
        ]);
        const before = await count();
        let written = -1;
        const took = await timed(async () => {
          const answer = await takeForm(ask, kind, words, file, asked);
          written = answer.written;
        });
        mustEqual('rows written', written, size);
        mustEqual('rows in the table', (await count()) - before, size);
        if (run > 0) times.get(size)?.push(took);
      }
    }
    return sizes.map((size) => {
      const least = Math.min(...(times.get(size) ?? []));
      return `| ${size.toLocaleString('en')} | ${(least / 1_000).toFixed(1)} | ${((least / size) * 1_000).toFixed(0)} |`;
    });
  } finally {
    await graph.settled().catch(() => {});
    await graph.close();
  }
}
