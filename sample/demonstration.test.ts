import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { Organisation } from '../subgraphs/personnel/tables/organisation.ts';
import { Person } from '../subgraphs/personnel/tables/person.ts';
import { Batch } from './batch.ts';
import { numberedId } from './id.ts';
import { jiaozuo } from './jiaozuo/rows.ts';
import { addCounty } from './nation/county.ts';
import { partOf, totalsAt } from './nation/plan.ts';
import { servicesOf } from './nation/service.ts';
import { personas } from './personas.ts';
import { parseScale } from './scale.ts';
import { digestOf } from './testdata/digest.ts';

const batch = jiaozuo();
const county = {
  number: 3,
  id: 'cn-110105',
  short: '朝阳',
  provinceId: 'cn-11',
  prefectureId: null,
};

describe('the demonstration', () => {
  it('is the same rows in every process', () => {
    const file = join(import.meta.dirname, 'testdata/digest.ts');
    const elsewhere = execFileSync(process.execPath, [file], { encoding: 'utf8' }).trim();
    expect(digestOf(batch)).toBe(elsewhere);
    expect(elsewhere).toMatch(/^[0-9a-f]{64}$/);
  });

  it('has no two rows of one id', () => {
    for (const { name, rows } of batch.tables()) {
      expect([name, new Set(rows.map(({ id }) => id)).size]).toEqual([name, rows.length]);
    }
  });

  it('has the size that was promised', () => {
    const counts = Object.fromEntries([...batch.tables()].map(({ name, rows }) => [name, rows.length]));
    expect(counts).toMatchObject({
      '"personnel"."person"': 423,
      '"personnel"."appointment"': 350,
      '"personnel"."team"': 11,
      '"personnel"."brigade"': 10,
      '"personnel"."workstation"': 9,
    });
    expect(counts['"evaluation"."service_record"']).toBeGreaterThan(8_500);
  });
});

describe('everybody in it is made up', () => {
  const nation = new Batch();
  addCounty(nation, county, 100, totalsAt(0.01));
  const persons = [...batch.of(Person), ...nation.of(Person)];
  const organisations = [...batch.of(Organisation), ...nation.of(Organisation)];

  it('has phone numbers of no operator, and no identity numbers', () => {
    expect(persons.length).toBeGreaterThan(423);
    expect(persons.filter(({ phone }) => !/^100\d{8}$/.test(phone ?? ''))).toEqual([]);
    expect(persons.filter(({ idNumber }) => idNumber !== null)).toEqual([]);
  });

  it('marks every organisation', () => {
    expect(organisations.length).toBeGreaterThan(113);
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
  it('takes a share above 0 and up to 1', () => {
    expect(parseScale([])).toEqual({ kind: 'demonstration' });
    expect(parseScale(['--scale', '0.01'])).toEqual({ kind: 'nation', share: 0.01 });
    for (const wrong of ['0', '1.5', '-1', 'all']) expect(() => parseScale(['--scale', wrong])).toThrow('--scale');
    expect(() => parseScale(['--size', '1'])).toThrow();
  });
});

describe('the personas', () => {
  it('are one account each', () => {
    expect(new Set(personas.map(({ subject }) => subject)).size).toBe(personas.length);
  });
});
