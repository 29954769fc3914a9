import type { Viewer } from '../gateway/viewer.ts';
import type { Database } from '../subgraphs/database.ts';
import { graphOn } from './graph.ts';
import { inTurn, mustEqual } from './measure.ts';
import { measured } from './measured.ts';

const viewer: Viewer = {
  subject: 'bench',
  kind: 'user',
  person: null,
  roles: [],
  scopes: [],
};
const { duties, table } = measured;
/** As many root fields as the gateway takes in one operation. */
const AT_ONCE = 20;

/** The duties of these regions in a year, with how each stands, asked of the graph. */
async function obligations(ask: (query: string) => Promise<unknown>, regions: readonly string[]): Promise<number> {
  let count = 0;
  for (let start = 0; start < regions.length; start += AT_ONCE) {
    const fields = regions
      .slice(start, start + AT_ONCE)
      .map(
        (id, at) => `r${at}: obligations(region: "${id}", year: ${duties.year}, pack: "${duties.pack}") { id status }`,
      );
    const data = (await ask(`{ ${fields.join('\n')} }`)) as Record<string, readonly unknown[]>;
    count += Object.values(data).reduce((sum, list) => sum + list.length, 0);
  }
  return count;
}

/**
 * A year's duties generated for a tenth of the nation's counties and for all of them, and one table of an indicator for
 * all counties in one operation. What comes out is counted first.
 */
export async function benchRegions(database: Database): Promise<string[]> {
  const graph = await graphOn(database, () => new Date(`${duties.year}-12-31T04:00:00Z`));
  const ask = async (query: string) => {
    const { data, errors } = await graph.gateway.execute({ query, viewer });
    if (errors?.length) throw new Error(JSON.stringify(errors));
    return data as Record<string, unknown>;
  };
  const { rows } = await database.pool.query<{ id: string }>(
    `select id from personnel.region where level = 'county' and valid_to is null order by id`,
  );
  const all = rows.map(({ id }) => id);
  const tenth = all.filter((_id, at) => at % 10 === 0);
  const [few, many] = [await obligations(ask, tenth), await obligations(ask, all)];
  mustEqual('duties a county', few / tenth.length, many / all.length);
  const took = await inTurn(3, {
    few: () => obligations(ask, tenth),
    many: () => obligations(ask, all),
  });
  const TABLE = `{ indicatorTable(year: ${table.year}, pack: "${table.pack}", region: "cn", indicators: ["${table.indicator}"]) {
    id rows { value } } }`;
  const { indicatorTable } = (await ask(TABLE)) as { indicatorTable: readonly { rows: readonly unknown[] }[] };
  const tables = await inTurn(3, { whole: () => ask(TABLE) });
  await graph.close();
  const line = (what: string, n: number, ms: number) =>
    `| ${what} | ${n.toLocaleString('en')} | ${ms.toFixed(0)} | ${((1_000 * ms) / n).toFixed(0)} |`;
  return [
    line(`duties of ${tenth.length} counties`, few, took.few),
    line(`duties of ${all.length} counties`, many, took.many),
    line('an indicator, a row a county, one operation', indicatorTable[0]?.rows.length ?? 0, tables.whole),
  ];
}
