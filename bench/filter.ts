import type pg from 'pg';
import { openRegistry } from '../policies/registry.ts';
import type { Context } from '../subgraphs/context.ts';
import { recordColumns } from '../subgraphs/evaluation/service-record.ts';
import type { HeldRole } from '../subgraphs/viewer.ts';
import { allowedSql } from '../subgraphs/visible.ts';
import { median, mustEqual, sideBySide, timed } from './measure.ts';

/** What somebody would write by hand for one viewer: no pack, no catalogue, the columns themselves. */
interface ByHand {
  readonly who: string;
  readonly person?: string;
  readonly roles: readonly HeldRole[];
  readonly sql: string;
  readonly params: readonly unknown[];
}

const numbered = (sql: string, from = 1) => {
  let next = from - 1;
  return sql.replaceAll('?', () => `$${++next}`);
};

async function viewersIn(pool: pg.Pool): Promise<ByHand[]> {
  const { rows } = await pool.query(
    `select county_id as county, prefecture_id as prefecture, dispatching_unit_id as unit, person_id as person
       from evaluation.service_record where prefecture_id is not null order by id desc limit 1`,
  );
  const { county, prefecture, unit, person } = rows[0] as Record<'county' | 'prefecture' | 'unit' | 'person', string>;
  const region = (id: string): ByHand['roles'] => [{ role: 'county-st-dept', region: id, organisation: null }];
  const inRegion = 'r.province_id = ? or r.prefecture_id = ? or r.county_id = ?';
  return [
    { who: 'a county', roles: region(county), sql: inRegion, params: [county, county, county] },
    { who: 'a prefecture', roles: region(prefecture), sql: inRegion, params: [prefecture, prefecture, prefecture] },
    {
      who: 'a dispatching unit',
      roles: [{ role: 'dispatching-unit', region: county, organisation: unit }],
      sql: 'r.dispatching_unit_id = ? or r.receiving_unit_id = ?',
      params: [unit, unit],
    },
    { who: 'a commissioner', person, roles: [], sql: 'r.person_id = ?', params: [person] },
  ];
}

/**
 * The rows of a table of service records that a viewer may see: by the packs' rules translated to SQL, and by SQL
 * written by hand for that viewer. Counts and first pages are compared first; both go through the same driver. What the
 * translation takes stands apart: it is made once a list, whatever the list's size.
 */
export async function benchFilter(pool: pg.Pool): Promise<string[]> {
  const registry = openRegistry();
  const total = Number((await pool.query('select count(*) from evaluation.service_record')).rows[0].count);
  const lines: string[] = [];
  for (const { who, person = null, roles, sql, params } of await viewersIn(pool)) {
    const viewer = { subject: 'bench', kind: 'user', person, roles, scopes: [] } as const;
    const context = { viewer, registry, today: '2024-12-31' } as unknown as Context;
    const translate = () => allowedSql(context, 'serviceRecordRead', recordColumns, 'r');
    const rules = translate();
    const count = (where: string) => `select count(*)::int as n from evaluation.service_record r where ${where}`;
    const page = (where: string) =>
      `select r.id from evaluation.service_record r where (${where}) order by r.date desc, r.id desc limit 50`;
    const run = async (text: string, values: readonly unknown[]) =>
      (await pool.query(numbered(text), [...values])).rows;
    const cells: string[] = [];
    for (const shape of [count, page]) {
      const byRules = () => run(shape(rules.sql), rules.params);
      const byHand = () => run(shape(sql), params);
      mustEqual(`rows of ${who}`, await byRules(), await byHand());
      const { one, other, ratio } = await sideBySide(byRules, byHand);
      cells.push(one.toFixed(2), other.toFixed(2), `${ratio.toFixed(2)}x`);
    }
    const [{ n }] = (await run(count(sql), params)) as [{ n: number }];
    const translations: number[] = [];
    for (let at = 0; at < 2_000; at += 1) translations.push(await timed(translate));
    cells.push(median(translations.slice(-1_000)).toFixed(2));
    const title = `${who}: ${n.toLocaleString('en')} of ${total.toLocaleString('en')} rows`;
    lines.push(`| ${[title, ...cells].join(' | ')} |`);
  }
  return lines;
}
