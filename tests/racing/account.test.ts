import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { factsOf, leavesOf } from '../../policies/condition.ts';
import { loadCatalogue, loadPack, packsFolder } from '../../policies/load.ts';
import type { Rule } from '../../policies/pack.ts';
import { type Graph, startGraph } from '../harness.ts';
import { claims } from './claims.ts';
import { indexes, mayRepeat, settled } from './settled.ts';

const { facts, points } = loadCatalogue();
const rules = readdirSync(packsFolder).flatMap((id) => loadPack(join(packsFolder, id)).rules);
const races = readdirSync(import.meta.dirname).filter(
  (name) => name.endsWith('.test.ts') && name !== 'account.test.ts',
);
const text = races.map((name) => readFileSync(join(import.meta.dirname, name), 'utf8')).join('\n');

const asked = ({ appliesWhen, requires }: Rule): string[] =>
  [...(appliesWhen ? leavesOf(appliesWhen) : []), ...leavesOf(requires)].flatMap(factsOf);
/** The rules that can stop an act, with the points of acts at which they are asked. */
const blocking = rules
  .filter(({ effect }) => effect === 'deny' || effect === 'override')
  .map((rule) => ({ rule, at: rule.on.filter((point) => points[point]?.kind === 'mutation') }));
const contended = blocking
  .filter(({ rule }) => asked(rule).some((fact) => facts[fact]?.contended))
  .flatMap(({ rule, at }) => at.map((point) => ({ point, rule: rule.id })));

const claimed = Object.entries(claims).flatMap(([, claim]) =>
  Object.entries<readonly string[]>(claim).flatMap(([point, ids]) => ids.map((rule) => `${point} ${rule}`)),
);
const reasoned = Object.entries(settled).flatMap(([point, ids]) => Object.keys(ids).map((rule) => `${point} ${rule}`));
const isIn = (list: readonly string[]) => {
  const known = new Set(list);
  return ({ point, rule }: { point: string; rule: string }) => known.has(`${point} ${rule}`) || known.has(`* ${rule}`);
};

describe('the account of what two acts at once could break', () => {
  it('says of every fact that a rule may stop an act by whether other acts change it', () => {
    const unsaid = blocking
      .filter(({ at }) => at.length > 0)
      .flatMap(({ rule }) => asked(rule))
      .filter((fact) => facts[fact]?.contended === undefined);
    expect([...new Set(unsaid)].sort()).toEqual([]);
  });

  it('has a race for every rule that asks such a fact, or says why a race is meaningless', () => {
    expect(contended.length).toBeGreaterThan(100);
    const open = contended.filter((one) => !isIn(claimed)(one) && !isIn(reasoned)(one));
    expect(open).toEqual([]);
    expect(contended.filter((one) => isIn(claimed)(one) && isIn(reasoned)(one))).toEqual([]);
  });

  it('claims and excuses nothing that does not exist', () => {
    const there = new Set(contended.flatMap(({ point, rule }) => [`${point} ${rule}`, `* ${rule}`]));
    expect([...claimed, ...reasoned].filter((key) => !there.has(key))).toEqual([]);
  });

  it('names every race once, in a file of this folder', () => {
    const count = (name: string) => text.split(`'${name}'`).length - 1;
    expect(Object.keys(claims).filter((name) => count(name) !== 1)).toEqual([]);
  });

  it('races every mistake that says that something is there already', () => {
    const folder = join(import.meta.dirname, '../../subgraphs');
    const sources = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(
      (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
    );
    const code =
      /UserError\(\s*'((?:ALREADY|DUPLICATE)_[A-Z_]+|[A-Z_]+_(?:TAKEN|RUNNING|DONE)|ON_LEAVE|[A-Z]+_HAS_[A-Z]+)'/g;
    const codes = sources.flatMap((name) =>
      [...readFileSync(join(folder, name), 'utf8').matchAll(code)].map(([, found]) => found as string),
    );
    expect(new Set(codes).size).toBeGreaterThan(20);
    // Of the rows of one import, which nobody shares.
    const raced = [...new Set(codes)].filter((one) => one !== 'DUPLICATE_ROW');
    expect(raced.filter((one) => !text.includes(`'${one}'`))).toEqual([]);
  });
});

describe('the unique indexes of the database', () => {
  let graph: Graph;
  let found: { name: string; nullable: boolean; ids: boolean }[];
  beforeAll(async () => {
    graph = await startGraph();
    const { rows } = await graph.database.pool.query(
      `
      select n.nspname || '.' || i.relname as name,
        bool_or(not a.attnotnull) and not x.indnullsnotdistinct as nullable,
        array_agg(a.attname::text) = '{id}' as ids
      from pg_index x
        join pg_class i on i.oid = x.indexrelid
        join pg_namespace n on n.oid = i.relnamespace
        join pg_attribute a on a.attrelid = x.indrelid and a.attnum = any(x.indkey)
      where x.indisunique and n.nspname = any($1)
      group by 1, x.indexrelid, x.indnullsnotdistinct`,
      [[...graph.subgraphs.keys()].map((name) => name.replace('-', '_'))],
    );
    found = rows;
  });
  afterAll(() => graph.stop());

  it('are each raced, or said to be beyond any race', () => {
    const names = found.filter(({ ids }) => !ids).map(({ name }) => name);
    expect(names.filter((name) => !Object.hasOwn(indexes, name))).toEqual([]);
    expect(Object.keys(indexes).filter((name) => !names.includes(name))).toEqual([]);
  });

  it('leave no null through which a row could come twice', async () => {
    const { rows } = await graph.database.pool.query(
      `select schemaname || '.' || tablename as table, indexname, indexdef from pg_indexes where indexdef like 'CREATE UNIQUE%'`,
    );
    const twin = (name: string) => {
      const own = rows.find((row) => name.endsWith(`.${row.indexname}`));
      return rows.some((row) => row.table === own?.table && / WHERE \(.* IS NULL\)$/.test(row.indexdef));
    };
    const open = found.filter(({ nullable, name }) => nullable && !twin(name)).map(({ name }) => name);
    expect(open.sort()).toEqual(Object.keys(mayRepeat).sort());
  });
});
