import { cpus } from 'node:os';
import { parseArgs } from 'node:util';
import { askInProcess } from '../sample/ask.ts';
import { loadSample } from '../sample/load.ts';
import { type Database, openDatabase } from '../subgraphs/database.ts';
import { findPostgres, missingPostgres, startPostgres } from '../tests/postgres-server.ts';
import { benchDecide } from './decide.ts';
import { benchFilter } from './filter.ts';
import { graphOn } from './graph.ts';
import { benchImport } from './import.ts';
import { measured } from './measured.ts';
import { benchMutation } from './mutation.ts';
import { benchRegions } from './region.ts';

/**
 * `npm run bench`: ratios in one run, answers compared first. It needs a PostgreSQL server's programs, starts one of its
 * own and throws it away. `-- --share 1` measures the nation itself (ten million service records; some minutes to load)
 * instead of a tenth of it; `-- --only decide` skips what needs a database, `-- --only regions` measures duties and
 * indicators alone.
 */
const { values } = parseArgs({ options: { share: { type: 'string', default: '0.1' }, only: { type: 'string' } } });
process.env.APOLLO_TELEMETRY_DISABLED ??= 'true';

/** A database with the demonstration in it, and so much of the nation. */
async function filled(url: string, share: number): Promise<Database> {
  const database = await openDatabase({ url });
  const graph = await graphOn(database);
  const scale = share > 0 ? ({ kind: 'nation', share } as const) : ({ kind: 'demonstration' } as const);
  await loadSample({ database, ask: askInProcess(graph.gateway), scale, say: (text) => console.error(text) });
  await graph.settled();
  await graph.close();
  await database.pool.query('analyze');
  return database;
}

console.log(`\n${cpus().length} cores, Node ${process.versions.node}. Read the ratios.\n`);
console.log(
  'Decisions a second at one point of a pack (rules on it): json-rules-engine; every finding written out in two',
);
console.log('languages; every outcome and comparison; the outcome alone.\n');
console.log('| point | json-rules-engine | explained | traced | outcome | | | |\n|---|---|---|---|---|---|---|---|');
if (values.only !== 'regions') {
  for (const point of measured.decisions.points) console.log(await benchDecide(measured.decisions.pack, point));
}

/** Duties and indicators need the demonstration and the regions, whatever the share. */
async function regions(database: Database): Promise<void> {
  console.log("\nA year's duties, and a table of an indicator, for the counties of the nation.\n");
  console.log('| what | rows | ms | µs a row |\n|---|---|---|---|');
  for (const line of await benchRegions(database)) console.log(line);
}

async function onServer(server: Awaited<ReturnType<typeof startPostgres>>): Promise<void> {
  const small = await filled(await server.database(), 0);
  if (values.only === 'regions') return regions(small).finally(() => small.close());
  const share = Number(values.share);
  const smallLine = await benchMutation(small, 'the demonstrations');
  await small.close();
  const large = await filled(await server.database(), share);
  console.log(
    '\nRows a viewer may see, milliseconds: the rules as SQL, SQL by hand, and the ratio; then the newest fifty;',
  );
  console.log('then making the SQL from the rules, once a list.\n');
  console.log('| viewer | count | by hand | | page | by hand | | made in |\n|---|---|---|---|---|---|---|---|');
  for (const line of await benchFilter(large.pool)) console.log(line);
  console.log('\nOne act through the whole graph (log a service), milliseconds.\n');
  console.log('| data | service records | p50 | p99 |\n|---|---|---|---|');
  console.log(smallLine);
  console.log(await benchMutation(large, share === 1 ? 'the nation' : `${share * 100}% of the nation`));
  console.log(
    '\nService records from a spreadsheet, from the file’s bytes to the committed rows: seconds, microseconds a row.\n',
  );
  console.log('| rows | s | µs a row |\n|---|---|---|');
  for (const line of await benchImport(large)) console.log(line);
  await regions(large);
  await large.close();
}

if (values.only !== 'decide') {
  const programs = findPostgres();
  if (Array.isArray(programs)) {
    console.error(missingPostgres(programs));
    process.exit(1);
  }
  const server = await startPostgres(programs);
  await onServer(server).finally(() => server.stop());
}
