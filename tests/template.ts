import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openDatabase } from '../subgraphs/database.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { openOrm } from '../subgraphs/serve.ts';

const root = join(import.meta.dirname, '..');

/** What the template is made of: another text of any of these makes another template. */
function fingerprint(): string {
  const hash = createHash('sha256').update(readFileSync(join(root, 'package-lock.json')));
  hash.update(readFileSync(import.meta.filename));
  const folders = [
    ...subgraphs.map(({ name }) => join(root, 'subgraphs', name, 'migrations')),
    join(root, 'subgraphs/personnel/geography'),
  ];
  for (const folder of folders) {
    for (const file of readdirSync(folder).sort()) hash.update(file).update(readFileSync(join(folder, file)));
  }
  return hash.digest('hex').slice(0, 16);
}

async function make(): Promise<Uint8Array<ArrayBuffer>> {
  const database = await openDatabase({ dataDir: null });
  for (const definition of subgraphs) {
    const orm = await openOrm(definition, database);
    await orm.migrator.up();
    await definition.seed?.(orm.em.fork());
    await orm.close();
  }
  // A graph makes no databases: what new ones would be copied from is two thirds of the files.
  await database.embedded?.exec(`update pg_database set datistemplate = false where datname like 'template%'`);
  for (const name of ['template0', 'template1']) await database.embedded?.exec(`drop database ${name}`);
  const dump = await database.embedded?.dumpDataDir('none');
  await database.close();
  if (!dump) throw new Error('the embedded database gave no dump');
  return new Uint8Array(await dump.arrayBuffer());
}

async function readOrMake(): Promise<Uint8Array<ArrayBuffer>> {
  const file = join(tmpdir(), `tepai-template-${process.getuid?.() ?? 0}-${fingerprint()}.tar`);
  if (existsSync(file)) return new Uint8Array(readFileSync(file));
  const dump = await make();
  const own = `${file}.${process.pid}`;
  writeFileSync(own, dump);
  try {
    renameSync(own, file);
  } finally {
    rmSync(own, { force: true });
  }
  return dump;
}

/** Gives its bytes as they are: a plain Blob makes a copy of them for every database that starts from it. */
class Dump extends Blob {
  readonly #bytes: Uint8Array<ArrayBuffer>;
  constructor(bytes: Uint8Array<ArrayBuffer>) {
    super();
    this.#bytes = bytes;
  }
  override arrayBuffer(): Promise<ArrayBuffer> {
    return Promise.resolve(this.#bytes.buffer);
  }
}

let held: Promise<Dump> | undefined;

/**
 * An embedded database with every migration run and every region in it, as a dump to start from: made by the first
 * process that asks, found by the others, read once in each. Starting from it takes a tenth of the time.
 */
export function template(): Promise<Blob> {
  held ??= readOrMake().then((bytes) => new Dump(bytes));
  return held;
}
