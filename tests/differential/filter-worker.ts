import { parentPort, workerData } from 'node:worker_threads';
import { PGlite } from '@electric-sql/pglite';
import { type CompiledPack, compile } from '../../policies/compile.ts';
import { evaluate } from '../../policies/evaluate.ts';
import type { FactValue } from '../../policies/facts.ts';
import { toFilter } from '../../policies/filter.ts';
import type { Release } from '../../policies/pack.ts';
import { type Sql, toSql } from '../../policies/sql.ts';
import { allowedRows, type Columns, UntranslatableCondition } from '../../policies/where.ts';
import { asOfs, facts, type Random, randomFacts, randomOf, releaseOf, ruleOf, valueIn } from './generator.ts';

export interface Work {
  readonly fromSeed: number;
  readonly toSeed: number;
  readonly rows: number;
}
export interface Report {
  readonly filters: number;
  readonly decisions: number;
  /** Filters that neither allow nor refuse every row. */
  readonly selective: number;
  readonly untranslatable: number;
  readonly differences: readonly unknown[];
}
type Given = Record<string, FactValue | undefined>;

const columns: Columns = {
  'row.count': { column: 'count', type: 'integer', nullable: true },
  'row.total': { column: 'total', type: 'integer', nullable: true },
  'row.spent': { column: 'spent', type: 'fen', nullable: true },
  'row.granted': { column: 'granted', type: 'fen', nullable: false },
  'row.score': { column: 'score', type: 'decimal', nullable: true },
  'row.share': { column: 'share', type: 'decimal', nullable: true },
  'row.begins': { column: 'begins', type: 'date', nullable: true },
  'row.ends': { column: 'ends', type: 'date', nullable: true },
  'row.open': { column: 'open', type: 'boolean', nullable: true },
  'row.paid': { expression: (alias) => `(${alias}."debt" = 0)`, type: 'boolean', nullable: true },
  'row.kind': { column: 'kind', type: 'code', nullable: true },
  'row.level': { column: 'level', type: 'code', nullable: false },
  'row.name': { column: 'name', type: 'text', nullable: true },
  'row.tags': { column: 'tags', type: 'codes', nullable: true },
  'row.fields': {
    exists: {
      table: 'public.row_field',
      on: { row_id: 'id' },
      value: 'code',
      where: (alias) => `not ${alias}."ended"`,
    },
    type: 'codes',
    nullable: false,
  },
};
const alwaysKnown = ['row.granted', 'row.level', 'row.fields'];

const tables = `
  create table "row" (id int primary key, count int, total bigint, spent bigint, granted bigint not null, score numeric,
    share double precision, begins date, ends date, open boolean, debt int, kind text, level varchar(9) not null, name text, tags text[]);
  create table row_field (row_id int, code text, ended boolean not null);`;

const literal = (value: FactValue | undefined): string => {
  if (value === undefined) return 'null';
  if (typeof value === 'string') return `'${value.replaceAll("'", "''")}'`;
  return typeof value === 'object' ? `array[${value.map(literal).join(',')}]::text[]` : String(value);
};

/** Rows with nulls, rows without related rows, related rows that do not count or have no code. */
const fill = async (database: PGlite, rows: readonly Given[], random: Random) => {
  await database.exec(tables);
  for (const [id, row] of rows.entries()) {
    const of = (fact: string) => literal(row[fact]);
    const debt = row['row.paid'] === undefined ? 'null' : row['row.paid'] ? '0' : '5';
    const values = ['count', 'total', 'spent', 'granted', 'score', 'share', 'begins', 'ends', 'open'].map((name) =>
      of(`row.${name}`),
    );
    const rest = ['kind', 'level', 'name', 'tags'].map((name) => of(`row.${name}`));
    await database.exec(`insert into "row" values (${[id, ...values, debt, ...rest].join(', ')});`);
    const related = (row['row.fields'] as readonly string[]).map((code) => `(${id}, ${literal(code)}, false)`);
    if (random.chance(0.3)) related.push(`(${id}, 'a', true)`, `(${id}, null, false)`);
    if (related.length > 0) await database.exec(`insert into row_field values ${related.join(', ')};`);
  }
};

const releaseFor = (random: Random): Release => {
  const second = random.chance(0.4)
    ? [ruleOf('invented.r1', random.pick(['deny', 'override', 'flag']), random, 2)]
    : [];
  return releaseOf([ruleOf('invented.r0', 'deny', random, 2), ...second]);
};

const compare = async ({ fromSeed, toSeed, rows: count }: Work): Promise<Report> => {
  const database = await PGlite.create();
  const start = randomOf(fromSeed + 1_000_000);
  const rows = Array.from({ length: count }, (): Given => {
    const row: Given = randomFacts(start, 0.25);
    for (const fact of alwaysKnown) row[fact] ??= valueIn(facts[fact]?.type ?? 'text', start);
    return row;
  });
  await fill(database, rows, start);
  const differences: unknown[] = [];
  let filters = 0;
  let decisions = 0;
  let selective = 0;
  let untranslatable = 0;
  for (let seed = fromSeed; filters < toSeed - fromSeed; seed++) {
    const random = randomOf(seed);
    const packs: CompiledPack[] = [compile(releaseFor(random))];
    const asOf = random.pick(asOfs);
    const known: Given = {};
    for (const fact of Object.keys(facts))
      if (random.chance(0.15))
        known[fact] = random.chance(0.2) ? undefined : valueIn(facts[fact]?.type ?? 'text', random);
    const question = { packs, point: 'row', asOf, known, columns };
    let filter: Sql;
    try {
      filter = seed % 2 === 0 ? toFilter({ ...question, alias: 'r' }) : toSql(allowedRows(question), 'r');
    } catch (error) {
      if (!(error instanceof UntranslatableCondition)) throw error;
      untranslatable++;
      continue;
    }
    const { sql, params } = filter;
    let no = 0;
    const numbered = sql.replaceAll('?', () => `$${++no}`);
    const found = await database.query<{ id: number }>(`select id from "row" as r where ${numbered} order by id`, [
      ...params,
    ]);
    const selected = found.rows.map(({ id }) => id);
    const allowed = rows.flatMap((row, id) =>
      evaluate({ packs, point: 'row', asOf, facts: { ...row, ...known } }).outcome === 'allow' ? [id] : [],
    );
    if (selected.join() !== allowed.join()) differences.push({ seed, sql, params, selected, allowed });
    if (allowed.length > 0 && allowed.length < rows.length) selective++;
    filters++;
    decisions += rows.length;
  }
  await database.close();
  return { filters, decisions, selective, untranslatable, differences: differences.slice(0, 3) };
};

parentPort?.postMessage(await compare(workerData as Work));
