import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { type Graph, startGraph } from '../tests/harness.ts';
import { type Ask, askInProcess } from './ask.ts';
import { cast } from './jiaozuo/cast.ts';
import { loadSample } from './load.ts';
import { loadNation } from './nation/load.ts';
import { regimes } from './regimes.ts';
import { NATION } from './scale.ts';
import { dying } from './testdata/dying.ts';
import { tryExamples } from './testdata/examples.ts';
import { lawOfAdvisors } from './testdata/law-advisors.ts';
import { lawOfBaise } from './testdata/law-baise.ts';
import { lawOfHunan } from './testdata/law-hunan.ts';
import { lawOfJiaozuo } from './testdata/law-jiaozuo.ts';
import { brokenReferences } from './testdata/reference.ts';

let graph: Graph;
let ask: Ask;
const said: string[] = [];
const load = () =>
  loadSample({ database: graph.database, ask, scale: { kind: 'demonstration' }, say: (text) => said.push(text) });

beforeAll(async () => {
  graph = await startGraph();
  ask = askInProcess(graph.gateway);
  await load();
  await graph.settled();
});
afterAll(() => graph.stop());

// biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
async function get(subject: string, query: string, variables: Record<string, unknown> = {}): Promise<any> {
  const { data, errors } = await ask(subject, query, variables);
  expect(errors ?? []).toEqual([]);
  return data;
}

/** The first column of each row. */
async function sql(text: string, params: unknown[] = []): Promise<unknown[]> {
  const { rows } = await graph.database.pool.query({ text, values: params, rowMode: 'array' } as pg.QueryConfig);
  return (rows as unknown as unknown[][]).map(([first]) => (typeof first === 'string' ? first : Number(first)));
}
const one = async (text: string, params: unknown[] = []) => Number((await sql(text, params))[0]);

describe('the loaded demonstration', () => {
  it('has no reference that leads nowhere, across all subgraphs', async () => {
    expect(await brokenReferences(graph.database.pool)).toEqual([]);
  });

  it('finds a reference that does', async () => {
    const client = await graph.database.pool.connect();
    await client.query('begin');
    await client.query(`delete from personnel.team where id = $1`, [cast.team]);
    const broken = await brokenReferences(client);
    await client.query('rollback');
    client.release();
    expect(broken.join('\n')).toContain('funding_line.beneficiary_id: 2');
  });

  it('keeps the quota of excellent grades in every batch of a government', async () => {
    const batches = `select count(*) from evaluation.evaluation_batch where evaluator_level <> 'unit'`;
    expect(await one(batches)).toBe(15);
    const over = `
      select b.id from evaluation.evaluation_batch b join evaluation.evaluation e on e.batch_id = b.id
       where b.evaluator_level <> 'unit' and e.scored group by b.id
      having count(*) filter (where e.grade = 'excellent') * 100 > count(*) * 15`;
    expect(await sql(over)).toEqual([]);
    expect(await one(`select count(*) from evaluation.evaluation where grade = 'excellent'`)).toBeGreaterThan(10);
  });

  it('pays each commissioner of the prefecture 20,000 yuan a year, and teams 100,000 to 200,000', async () => {
    const persons = `
      select distinct sum(amount_fen) from projects_funding.funding_line
       where beneficiary_level = 'prefecture' and beneficiary_kind = 'appointment' and payer_level = 'prefecture'
       group by person_id, year`;
    expect(await sql(persons)).toEqual(['2000000']);
    const teams = `
      select count(*) from projects_funding.funding_line where beneficiary_kind = 'team'
         and prefecture_id = 'cn-410800' and amount_fen not between 10000000 and 20000000`;
    expect(await one(teams)).toBe(0);
  });

  it('books of every line what was paid and spent', async () => {
    const wrong = `
      select l.id from projects_funding.funding_line l
       where l.transferred_fen <> (select coalesce(sum(amount_fen), 0) from projects_funding.fund_transfer where line_id = l.id)
          or l.spent_fen <> (select coalesce(sum(amount_fen), 0) from projects_funding.expense where line_id = l.id)`;
    expect(await sql(wrong)).toEqual([]);
  });

  it('lets a known few of the prefecture stay below the floor of service, and nobody serve outside the engagement', async () => {
    const below = `
      select count(*) from personnel.appointment a
       where a.category = 'prefecture' and a.year = 2024 and a.status = 'active'
         and (select count(*) from evaluation.service_record s where s.appointment_id = a.id::text) < 12`;
    expect(await one(below)).toBe(6);
    const outside = `
      select count(*) from evaluation.service_record s join personnel.appointment a on a.id::text = s.appointment_id
       where s.date < a.from or s.ends_on > coalesce(a.ended_on, a.to) or s.logged_on < s.ends_on`;
    expect(await one(outside)).toBe(0);
  });

  it('selects only whom the law lets in, but for one who was let in by an override', async () => {
    const others = `
      select p.id from personnel.application a join personnel.person p on p.id = a.person_id
       where p.employment_status <> 'in-service' or p.title_level not in ('intermediate', 'deputy-senior', 'senior')`;
    expect(await sql(others)).toEqual([cast.juniorSpare]);
  });
});

const AUDITOR = 'demo:auditor';

describe('what counties of the expert teams told and gave', () => {
  const short = (missing: string) => `
    select r.name from personnel.region r join personnel.region_status s on s.region_id = r.id
     where s.kind = 'in-team-scope' and not exists (${missing}) order by r.name collate "C"`;

  it('has a team at work in all but five of them, and an expert in all but two of the villages', async () => {
    const team = `select 1 from personnel.team t where t.region_id = r.id and t.kind = 'expert-team' and t.status = 'active'`;
    expect(await sql(short(team))).toEqual(['会同县', '双峰县', '新晃侗族自治县', '炎陵县', '茶陵县']);
    const villages = `
      select v.name from personnel.region v where v.level = 'village' and v.id like 'cn-43%'
         and not exists (select 1 from personnel.village_expert e where e.region_id = v.id) order by v.id`;
    expect(await sql(villages)).toEqual(['平江演示5村', '平江演示6村']);
  });

  it('has a leader posted to all but those that have not come to the end of the steps, on record once', async () => {
    const open = `select value::int::text || ' ' || count(*) from personnel.region_status where kind = 'deputy-head-posted' and "to" is null
      group by value order by value`;
    expect(await sql(open)).toEqual(['0 3', '1 48']);
  });

  it('lacks the statistics of two of them', async () => {
    const missing = `select 1 from evaluation.report t where t.region_id = r.id and t.kind = 'statistics' and t.year = 2019`;
    expect(await sql(short(missing))).toEqual(['桑植县', '沅陵县']);
  });

  it('lacks the money of two of them, and of those that have no team', async () => {
    const missing = `select 1 from projects_funding.funding_line l
      where l.region_id = r.id and l.payer_level = 'county' and l.year = 2019`;
    expect(await sql(short(missing))).toEqual(
      ['会同县', '双峰县', '古丈县', '新晃侗族自治县', '炎陵县', '茶陵县', '通道侗族自治县'].sort(),
    );
  });
});

describe('the law on the first', () => lawOfJiaozuo(get));
describe('the law on a province of expert teams', () => lawOfHunan(get));
describe('the law on a prefecture under a plan', () => lawOfBaise(get));
describe('the law on counties with advisors', () => lawOfAdvisors(get));

describe('the story', () => {
  it('is in the decision log, with every outcome that a decision can have', async () => {
    expect(said.filter((text) => text.includes('ends early'))).toEqual([]);
    const { decisions } = await get(
      AUDITOR,
      '{ decisions(first: 200) { edges { node { point outcome actor decision { findings { overridden { reason } } } } } } }',
    );
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const lines: any[] = decisions.edges.map(({ node }: any) => node);
    expect(lines).toHaveLength(100);
    expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(
      new Set(['ALLOW', 'DENY', 'NEEDS_OVERRIDE', 'NEEDS_FACT']),
    );
    const overridden = lines.filter(({ decision }) =>
      decision.findings.some((finding: { overridden: object | null }) => finding.overridden),
    );
    expect(overridden.map(({ point, outcome, actor }) => [point, outcome, actor]).sort()).toEqual([
      ['applicationSubmit', 'ALLOW', 'demo:recorder'],
      ['appointmentExit', 'ALLOW', 'demo:baise-county-st-dept'],
      ['expertPoolAdd', 'ALLOW', 'demo:advisors-nation'],
      ['teamMemberEngage', 'ALLOW', 'demo:hunan-county-government'],
    ]);
    for (const regime of regimes) {
      const own = new Set(regime.personas.map(({ subject }) => subject));
      const outcomes = new Set(lines.filter(({ actor }) => own.has(actor)).map(({ outcome }) => outcome));
      expect([regime.title, [...outcomes]]).toEqual([
        regime.title,
        expect.arrayContaining(['ALLOW', 'DENY', 'NEEDS_OVERRIDE']),
      ]);
    }
  });
});

describe('the examples', () => tryExamples(get, () => one('select count(*) from projects_funding.funding_line')));

describe('a load that was broken off', () => {
  const SHARE = 0.0004;
  const counts = async () => ({
    persons: await one(
      `select count(*) from personnel.person where prefecture_id is distinct from 'cn-410800' and organisation_id::text like '018cc251-%'`,
    ),
    services: await one(`select count(*) from evaluation.service_record where id::text like '018cc251-%'`),
    rows: await one(`select sum(rows) from sample.progress where part like 'nation/%'`),
    parts: await one(`select count(*) from sample.progress where part like 'nation/%'`),
  });

  it('goes on, and neither loses nor doubles a row', async () => {
    const first = loadNation(dying(graph.database, 40), SHARE, () => {});
    await expect(first).rejects.toThrow('the power failed');
    const half = await counts();
    expect(half.parts).toBeGreaterThan(0);
    expect(half.services).toBeLessThan(NATION.serviceRecords * SHARE);
    const lines: string[] = [];
    await loadNation(graph.database, SHARE, (text) => lines.push(text));
    expect(lines[0]).toContain(`going on with the nation at ${SHARE}: ${half.parts} of`);
    const whole = await counts();
    expect(whole).toMatchObject({ persons: NATION.persons * SHARE, services: NATION.serviceRecords * SHARE });
    expect(whole.parts).toBeGreaterThan(half.parts);
    const services = `select count(*) from (select 1 from evaluation.service_record group by appointment_id, id) s`;
    expect(await one(services)).toBe(await one('select count(*) from evaluation.service_record'));
    expect(await brokenReferences(graph.database.pool)).toEqual([]);
  });

  it('is refused at another share', async () => {
    await expect(loadNation(graph.database, 0.5, () => {})).rejects.toThrow(`--scale ${SHARE}`);
  });

  it('is known at once when it is complete', async () => {
    const before = await one(`select count(*) from sample.progress`);
    const started = performance.now();
    said.length = 0;
    await load();
    await loadNation(graph.database, SHARE, (text) => said.push(text));
    expect(performance.now() - started).toBeLessThan(1_000);
    expect(said).toEqual(['the demonstrations are loaded already', `the nation at ${SHARE} is loaded already`]);
    expect(await one(`select count(*) from sample.progress`)).toBe(before);
  });
});
