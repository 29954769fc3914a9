import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Organisation } from '../subgraphs/personnel/tables/organisation.ts';
import { Person } from '../subgraphs/personnel/tables/person.ts';
import { Batch } from './batch.ts';
import { parseCommand } from './command.ts';
import { examples } from './examples.ts';
import { numberedId } from './id.ts';
import { addCounty } from './nation/county.ts';
import { partOf, totalsAt } from './nation/plan.ts';
import { servicesOf } from './nation/service.ts';
import { personas } from './personas.ts';
import { regimes } from './regimes.ts';
import { digestOf } from './testdata/digest.ts';

const batches = regimes.map(({ rows }) => rows());
/** The rows of every demonstration, by their table. */
const tables = () => batches.flatMap((batch) => [...batch.tables()]);
const county = {
  number: 3,
  id: 'cn-110105',
  short: '朝阳',
  provinceId: 'cn-11',
  prefectureId: null,
};

describe('the demonstrations', () => {
  it('are the same rows in every process', () => {
    const file = join(import.meta.dirname, 'testdata/digest.ts');
    const elsewhere = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim().split('\n');
    expect(batches.map(digestOf)).toEqual(elsewhere);
    expect(new Set(elsewhere).size).toBe(regimes.length);
    for (const digest of elsewhere) expect(digest).toMatch(/^[0-9a-f]{64}$/);
  });

  it('have no two rows of one id, in whichever of them', () => {
    const ids = Map.groupBy(tables(), ({ name }) => name);
    for (const [name, of] of ids) {
      const all = of.flatMap(({ rows }) => rows.map(({ id }) => id));
      expect([name, new Set(all).size]).toEqual([name, all.length]);
    }
  });

  it('have the sizes that were promised, and figures of the same kinds', () => {
    const counts = regimes.map(({ title }, at) => {
      const rows = Object.fromEntries(
        [...(batches[at] as Batch).tables()].map(({ name, rows }) => [name, rows.length]),
      );
      return [title, rows] as const;
    });
    const of = new Map(counts);
    expect(of.get('Jiaozuo')).toMatchObject({
      '"personnel"."person"': 423,
      '"personnel"."appointment"': 350,
      '"personnel"."team"': 11,
      '"personnel"."brigade"': 10,
      '"personnel"."workstation"': 9,
    });
    expect(of.get('Jiaozuo')?.['"evaluation"."service_record"']).toBeGreaterThan(8_500);
    expect(of.get('Hunan')).toMatchObject({ '"personnel"."team"': 47, '"personnel"."procedure"': 32 });
    expect(of.get('Baise')).toMatchObject({ '"personnel"."appointment"': 503, '"evaluation"."task"': 17 });
    expect(of.get('Advisor groups of the nation')).toMatchObject({
      '"personnel"."team"': 3,
      '"projects_funding"."project"': 6,
    });
    // Whoever compares regions finds experts, services, trainings and money in each.
    const shared = ['"personnel"."person"', '"evaluation"."service_record"', '"evaluation"."training_record"'];
    for (const [title, rows] of counts)
      for (const table of [...shared, '"projects_funding"."funding_line"'])
        expect([title, table, (rows[table] ?? 0) > 3]).toEqual([title, table, true]);
  });
});

describe('everybody in it is made up', () => {
  const nation = new Batch();
  addCounty(nation, county, 100, totalsAt(0.01));
  const persons = [...batches, nation].flatMap((batch) => batch.of(Person));
  const organisations = [...batches, nation].flatMap((batch) => batch.of(Organisation));

  it('has phone numbers of no operator, and no identity numbers', () => {
    expect(persons.length).toBeGreaterThan(1_500);
    expect(persons.filter(({ phone }) => !/^100\d{8}$/.test(phone ?? ''))).toEqual([]);
    expect(persons.filter(({ idNumber }) => idNumber !== null)).toEqual([]);
  });

  it('marks every organisation', () => {
    expect(organisations.length).toBeGreaterThan(300);
    expect(organisations.filter(({ name }) => !name.endsWith('（演示）'))).toEqual([]);
  });
});

describe('the nation', () => {
  it('gives a county the same rows whatever was loaded before it', () => {
    const [once, again] = [new Batch(), new Batch()];
    addCounty(once, county, 100, totalsAt(0.01));
    addCounty(again, { ...county, number: 2, id: 'cn-110102' }, 100, totalsAt(0.01));
    const before = again.of(Person).length;
    addCounty(again, county, 100, totalsAt(0.01));
    expect(before).toBeGreaterThan(0);
    expect(again.of(Person).slice(before)).toEqual(once.of(Person));
  });

  it.each([0.0001, 0.0123, 0.01, 1])('shares out every service at scale %d', (share) => {
    const totals = totalsAt(share);
    const some = Math.min(totals.appointments, 2_000);
    // An even number of engagements, so that no pair is torn apart.
    const even = some - (some % 2);
    let services = 0;
    for (let number = 0; number < even; number += 1) {
      const count = servicesOf(number, totals);
      expect(count).toBeGreaterThanOrEqual(0);
      services += count;
    }
    expect(services).toBe(partOf(totals.services, even, totals.appointments)[0]);
  });

  it('has its totals at any number of counties', () => {
    for (const parts of [1, 7, 2_966]) {
      const sizes = Array.from({ length: parts }, (_, at) => partOf(8_500, at, parts)).map(([from, to]) => to - from);
      expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(8_500);
    }
  });

  it('makes ids that sort by place and number', () => {
    const ids = [numberedId(1, 0, 0), numberedId(9, 0, 300), numberedId(1, 1, 0), numberedId(1, 4_095, 9)];
    expect(ids.toSorted()).toEqual(ids);
    expect(ids[3]).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/);
  });
});

describe('the command line', () => {
  const scaleOf = (...args: string[]) => parseCommand(args);
  it('takes a share above 0 and up to 1', () => {
    expect(scaleOf()).toEqual({ kind: 'start', scale: { kind: 'demonstration' } });
    expect(scaleOf('--scale', '0.01')).toEqual({ kind: 'start', scale: { kind: 'nation', share: 0.01 } });
    for (const wrong of ['0', '1.5', '-1', 'all']) expect(() => scaleOf('--scale', wrong)).toThrow('--scale');
    expect(() => scaleOf('--size', '1')).toThrow();
  });

  it('takes a persona with or without its prefix, and the wish to read the operations', () => {
    expect(scaleOf('--token', 'auditor')).toEqual({ kind: 'token', persona: 'demo:auditor' });
    expect(scaleOf('--token', 'demo:auditor')).toEqual({ kind: 'token', persona: 'demo:auditor' });
    expect(scaleOf('--examples')).toEqual({ kind: 'examples' });
  });
});

describe('the personas', () => {
  it('are one account each, at least four of each regime', () => {
    expect(new Set(personas.map(({ subject }) => subject)).size).toBe(personas.length);
    for (const regime of regimes) expect([regime.title, regime.personas.length > 3]).toEqual([regime.title, true]);
  });

  it('are those as whom there is something to try, in each regime', () => {
    const subjects = new Set(personas.map(({ subject }) => subject));
    for (const { persona } of examples) expect(subjects).toContain(persona);
    for (const regime of regimes) expect([regime.title, regime.examples.length > 0]).toEqual([regime.title, true]);
  });
});
