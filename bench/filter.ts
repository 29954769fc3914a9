import type pg from 'pg';
import { openRegistry } from '../policies/registry.ts';
import type { Context } from '../subgraphs/context.ts';
import { recordColumns } from '../subgraphs/evaluation/service-record.ts';
import type { HeldRole } from '../subgraphs/viewer.ts';
import { allowedSql } from '../subgraphs/visible.ts';
import { inTurn, mustEqual } from './measure.ts';

/** What somebody would write by hand for one viewer: no pack, no catalogue, the columns themselves. */
interface ByHand {
  readonly who: string;
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
    `select county_id as county, prefecture_id as prefecture, dispatching_unit_id as unit
       from evaluation.service_record where prefecture_id is not null order by id desc limit 1`,
  );
  const { county, prefecture, unit } = rows[0] as { county: string; prefecture: string; unit: string };
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
  ];
}

/**
 * The rows of a table of service records that a viewer may see: by the packs' rules translated to SQL, and by SQL
 * written by hand for that viewer. Counts and first pages are compared first; both go through the same driver.
 */
export async function benchFilter(pool: pg.Pool): Promise<string[]> {
  const registry = openRegistry();
  const total = Number((await pool.query('select count(*) from evaluation.service_record')).rows[0].count);
  const lines: string[] = [];
  for (const { who, roles, sql, params } of await viewersIn(pool)) {
    const viewer = { subject: 'bench', kind: 'user', person: null, roles, scopes: [] } as const;
    const context = { viewer, registry, today: '2024-12-31' } as unknown as Context;
    const rules = allowedSql(context, 'serviceRecordRead', recordColumns, 'r');
    const count = (where: string) => `select count(*)::int as n from evaluation.service_record r where ${where}`;
    const page = (where: string) =>
      `select r.id from evaluation.service_record r where (${where}) order by r.date desc, r.id desc limit 50`;
    const run = async (text: string, values: readonly unknown[]) =>
      (await pool.query(numbered(text), [...values])).rows;
    for (const shape of [count, page]) {
      mustEqual(`rows of ${who}`, await run(shape(rules.sql), rules.params), await run(shape(sql), params));
    }
    const repeat = 5;
    const times = (text: string, values: readonly unknown[]) => async () => {
      for (let at = 0; at < repeat; at += 1) await run(text, values);
    };
    const took = await inTurn(9, {
      countByRules: times(count(rules.sql), rules.params),
      countByHand: times(count(sql), params),
      pageByRules: times(page(rules.sql), rules.params),
      pageByHand: times(page(sql), params),
    });
    const [{ n }] = (await run(count(sql), params)) as [{ n: number }];
    const ms = (value: number) => (value / repeat).toFixed(2);
    lines.push(
      `| ${who}: ${n.toLocaleString('en')} of ${total.toLocaleString('en')} rows | ${ms(took.countByRules)} | ${ms(took.countByHand)} | ${(took.countByRules / took.countByHand).toFixed(2)}x | ${ms(took.pageByRules)} | ${ms(took.pageByHand)} | ${(took.pageByRules / took.pageByHand).toFixed(2)}x |`,
    );
  }
  return lines;
}
