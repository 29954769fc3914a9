import { PGlite } from '@electric-sql/pglite';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { digestOf } from '../policies/canonical.ts';
import type { Governs, Release } from '../policies/pack.ts';
import { governing } from '../policies/registry.ts';
import type { Context } from './context.ts';
import { createStatusDirectory, type DatedStatus } from './status-directory.ts';
import { allowedSql, isAllowed } from './visible.ts';

const POINT = 'thingRead';
const text = { zh: '字', en: 'text' };

/** A pack whose only rule shows records to those who hold a role. */
function pack(id: string, governs: Governs, role: string): Release {
  const content = {
    format: 1,
    pack: { id, version: '1.0.0', title: text, governs, effective: { from: '2020-01-01', basis: 'stated' } },
    sources: [],
    parameters: [],
    rules: [
      {
        id: `${id}.read`,
        title: text,
        force: 'hard',
        on: [POINT],
        requires: { fact: 'viewer.roles', operator: 'contains', value: role },
        effect: 'deny',
        message: text,
        remedy: text,
        citation: { document: 'd', article: '1', phrase: 'p' },
        effective: { from: '2020-01-01' },
      },
    ],
    roles: [],
    chains: [],
    indicators: [],
    obligations: [],
    facts: { 'viewer.roles': { type: 'codes' } },
  };
  return { ...content, digest: digestOf(content) } as unknown as Release;
}

const PROVINCE = ['p1', 'p2', null];
const rows = PROVINCE.flatMap((province) =>
  [null, `${province}a`, `${province}b`].flatMap((prefecture) =>
    [null, `${prefecture}1`, `${prefecture}2`].map((county) => ({ province, prefecture, county })),
  ),
);
const pathOf = (row: (typeof rows)[number]) =>
  [row.county, row.prefecture, row.province, 'cn'].filter((id) => id !== null);
const columns = {
  'record.county': { column: 'county', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture', type: 'code', nullable: true },
  'record.province': { column: 'province', type: 'code', nullable: true },
} as const;

describe('rows under packs that govern by a status', () => {
  let database: PGlite;
  beforeAll(async () => {
    database = await PGlite.create();
    await database.exec('create table thing (id int, county text, prefecture text, province text)');
    for (const [id, { county, prefecture, province }] of rows.entries())
      await database.query('insert into thing values ($1, $2, $3, $4)', [id, county, prefecture, province]);
  });
  afterAll(() => database.close());

  /** Ids of the rows that a viewer sees, by the database and by asking of each. */
  async function seen(statuses: DatedStatus[], ...roles: string[]) {
    const releases = [
      pack('base', { everywhere: true }, 'anybody'),
      pack('high', { status: 'high' }, 'guide'),
      pack('north', { regions: ['p2b'] }, 'northerner'),
    ];
    const registry = { latest: () => releases, governing: (subject: never) => governing(releases, subject) };
    const directory = createStatusDirectory(registry as never, async () => ({ revision: '1', rows: statuses }));
    await directory.fresh();
    const context = {
      viewer: {
        subject: 's',
        kind: 'user',
        person: null,
        roles: ['anybody', ...roles].map((role) => ({ role, region: 'cn', organisation: null })),
        scopes: [],
      },
      registry: { ...registry, statuses: directory },
      today: '2022-06-01',
    } as unknown as Context;
    const { sql, params } = allowedSql(context, POINT, columns, 't');
    let at = 0;
    const found = await database.query<{ id: number }>(
      `select id from thing t where ${sql.replaceAll('?', () => `$${++at}`)} order by id`,
      [...params],
    );
    const asked = rows.flatMap((row, id) => (isAllowed(context, POINT, pathOf(row), {}) ? [id] : []));
    return { found: found.rows.map(({ id }) => id), asked };
  }

  const status = (path: string[], value = true, from: string | null = null, to: string | null = null) => ({
    path,
    kind: 'high',
    value,
    from,
    to,
  });
  const county = status(['p1a1', 'p1a', 'p1', 'cn']);
  const cases: [string, DatedStatus[]][] = [
    ['nowhere', []],
    ['in one county', [county]],
    ['in a prefecture', [status(['p1b', 'p1', 'cn'])]],
    ['in a province', [status(['p2', 'cn'])]],
    ['in the whole country', [status(['cn'])]],
    ['in two counties of two provinces', [county, status(['p2a2', 'p2a', 'p2', 'cn'])]],
    ['no longer', [status(['p1a1', 'p1a', 'p1', 'cn'], true, '2021-01-01', '2022-06-01')]],
    ['not yet', [status(['p1a1', 'p1a', 'p1', 'cn'], true, '2022-06-02')]],
    ['expressly not', [status(['p1a1', 'p1a', 'p1', 'cn'], false)]],
  ];

  it.each(cases)('are the same by the database as one by one: the status stands %s', async (_where, statuses) => {
    for (const roles of [[], ['guide'], ['northerner'], ['guide', 'northerner']]) {
      const { found, asked } = await seen(statuses, ...roles);
      expect(found).toEqual(asked);
    }
  });

  it('are hidden in the county, above it and nowhere else', async () => {
    const hidden = async (statuses: DatedStatus[]) => {
      const { found } = await seen(statuses, 'northerner');
      return rows.filter((_row, id) => !found.includes(id)).map((row) => pathOf(row)[0]);
    };
    expect(await hidden([])).toEqual([]);
    expect((await hidden([county])).sort()).toEqual(['cn', 'p1', 'p1a', 'p1a1']);
  });
});
