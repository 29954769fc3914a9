import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openDatabase } from './database.ts';
import { drift, statementsOf } from './drift.ts';
import { subgraphs } from './index.ts';
import { appendOnlySql } from './record.ts';
import { openOrm } from './serve.ts';

/**
 * `npm run migration <name>`: writes, for each subgraph whose entities are ahead of its migrations, the next migration.
 * It compares on a fresh embedded database that holds this subgraph alone, for on a shared one the ORM would drop the
 * others' tables. Read what it wrote before you commit it: it knows structure, not data.
 */
const name = process.argv[2];
if (!name || !/^[a-z0-9-]+$/.test(name)) {
  console.error('usage: npm run migration <name-in-kebab-case>');
  process.exit(2);
}

for (const definition of subgraphs) {
  const database = await openDatabase({ dataDir: null });
  const orm = await openOrm(definition, database);
  await orm.migrator.up();
  const first = definition.migrations.length === 0;
  const statements = first ? statementsOf(await orm.schema.getCreateSchemaSQL()) : await drift(orm);
  await orm.close();
  await database.close();
  if (first) statements.push(...appendOnlySql(definition.tables), ...(definition.statements ?? []));
  if (statements.length === 0) continue;
  const folder = join(import.meta.dirname, definition.name, 'migrations');
  mkdirSync(folder, { recursive: true });
  const number = String(definition.migrations.length + 1).padStart(4, '0');
  const file = `${number}-${name}.ts`;
  const body = statements.map((statement) => `    this.addSql(${JSON.stringify(statement)});`).join('\n');
  writeFileSync(
    join(folder, file),
    `import { Migration } from '@mikro-orm/migrations';\n\nexport class Migration${number} extends Migration {\n  override up(): void {\n${body}\n  }\n}\n`,
  );
  const files = readdirSync(folder)
    .filter((entry) => /^\d{4}-.*\.ts$/.test(entry))
    .sort();
  const imports = files.map((entry) => `import { Migration${entry.slice(0, 4)} } from './${entry}';`).join('\n');
  const list = files
    .map((entry) => `  { name: '${entry.replace(/\.ts$/, '')}', class: Migration${entry.slice(0, 4)} },`)
    .join('\n');
  writeFileSync(
    join(folder, 'index.ts'),
    `${imports}\n\n/** In the order in which they run. */\nexport const migrations = [\n${list}\n];\n`,
  );
  console.log(`subgraphs/${definition.name}/migrations/${file}: ${statements.length} statements`);
}
