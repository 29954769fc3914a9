import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { buildSchema, isInputObjectType, isObjectType, parse, validate } from 'graphql';
import { loadCatalogue } from '../policies/load.ts';
import { compose } from '../schema/compose.ts';
import { type Database, openDatabase } from '../subgraphs/database.ts';
import { drift } from '../subgraphs/drift.ts';
import { subgraphs } from '../subgraphs/index.ts';
import { openOrm } from '../subgraphs/serve.ts';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

// The logs take decisions and accesses from the outboxes; they are asked by no person and decide nothing.
const internal = ['accessLogAppend', 'decisionLogAppend'];

/** The same act for many rows: it asks the point of the act. */
const isImport = (name: string, mutations: readonly string[]) =>
  name.endsWith('Import') && mutations.includes(name.slice(0, -'Import'.length));

describe('the composed schema', () => {
  const composed = compose(subgraphs);

  it('is the committed one', () => {
    expect(read('schema/supergraph.graphql') === composed.supergraph).toBe(true);
    expect(read('schema/api.graphql') === composed.api).toBe(true);
  });

  it('asks each mutation point by its own name, and every mutation is a point', () => {
    const api = buildSchema(composed.api);
    const mutations = Object.keys(api.getMutationType()?.getFields() ?? {});
    const points = Object.entries(loadCatalogue().points).filter(([, point]) => point.kind === 'mutation');
    expect(mutations.filter((name) => !internal.includes(name) && !isImport(name, mutations)).sort()).toEqual(
      points.map(([id]) => id).sort(),
    );
  });

  it('has a type for whatever decisions are about, so that contracts know what belongs to what', () => {
    const api = buildSchema(composed.api);
    const subjects = new Set(Object.values(loadCatalogue().points).map(({ subject }) => subject));
    expect([...subjects].filter((subject) => !isObjectType(api.getType(subject)))).toEqual([]);
  });

  it('answers every mutation with a thing, a decision and user errors', () => {
    const api = buildSchema(composed.api);
    for (const [name, field] of Object.entries(api.getMutationType()?.getFields() ?? {})) {
      if (internal.includes(name) || name.endsWith('Import')) continue;
      const payload = api.getType(String(field.type).replace('!', ''));
      const fields = isObjectType(payload) ? Object.keys(payload.getFields()) : [];
      expect({ name, fields }).toEqual({ name, fields: expect.arrayContaining(['decision', 'userErrors']) });
      expect({ name, count: fields.length }).toEqual({ name, count: 3 });
    }
  });

  it('can answer every operation that is written out in the program', () => {
    const api = buildSchema(composed.api);
    const folders = ['subgraphs', 'paper', 'sample'].map((folder) => join(root, folder));
    const files = folders.flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)),
    );
    const programs = [...files, join(root, 'contracts.ts')].filter(
      (file) => file.endsWith('.ts') && !file.endsWith('.test.ts'),
    );
    const documents = programs.flatMap((file) =>
      [...readFileSync(file, 'utf8').matchAll(/\/\* GraphQL \*\/ `([^`$]*(?:\$(?!\{)[^`$]*)*)`/g)].map(([, text]) => ({
        file,
        text: text ?? '',
      })),
    );
    expect(documents.length).toBeGreaterThan(20);
    const wrong = documents.flatMap(({ file, text }) =>
      validate(api, parse(text)).map(({ message }) => `${relative(root, file)}: ${message}`),
    );
    expect(wrong).toEqual([]);
  });

  it('describes every field that a caller can change something with', () => {
    const api = buildSchema(composed.api);
    const silent = Object.entries(api.getMutationType()?.getFields() ?? {}).filter(([, field]) => !field.description);
    expect(silent.map(([name]) => name)).toEqual([]);
    const inputs = Object.values(api.getTypeMap()).filter(isInputObjectType);
    expect(inputs.length).toBeGreaterThan(20);
  });
});

describe('the committed migrations', () => {
  let database: Database;
  beforeAll(async () => {
    database = await openDatabase({ dataDir: null });
  });
  afterAll(() => database.close());

  it.each(subgraphs.map((definition) => [definition.name, definition] as const))(
    'make exactly the tables of %s',
    async (_name, definition) => {
      const orm = await openOrm(definition, database);
      await orm.migrator.up();
      const statements = await drift(orm);
      await orm.close();
      expect(statements).toEqual([]);
    },
  );
});

describe('error codes', () => {
  it('lists every code that a subgraph throws for callers to see', () => {
    const listed: string[] = JSON.parse(read('schema/error-codes.json'));
    const files = readdirSync(join(root, 'subgraphs'), { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
      .map((file) => read(join('subgraphs', file)));
    const thrown = new Set(
      files.flatMap((text) =>
        [...text.matchAll(/extensions: \{ code: '([A-Z_]+)'/g)].map((match) => match[1] as string),
      ),
    );
    expect(thrown.size).toBeGreaterThan(1);
    // What only the gateway and the log get to see.
    const inner = ['BAD_REQUEST', 'INTERNAL_ERROR'];
    expect([...thrown].filter((code) => !listed.includes(code) && !inner.includes(code))).toEqual([]);
  });
});
