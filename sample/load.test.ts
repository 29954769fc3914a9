import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type pg from 'pg';
import { type Graph, startGraph } from '../tests/harness.ts';
import { type Ask, askInProcess } from './ask.ts';
import { examples } from './examples.ts';
import { cast } from './jiaozuo/cast.ts';
import { PREFECTURE } from './jiaozuo/place.ts';
import { loadSample } from './load.ts';
import { loadNation } from './nation/load.ts';
import { NATION } from './scale.ts';
import { dying } from './testdata/dying.ts';
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
         and amount_fen not between 10000000 and 20000000`;
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
const BUREAU = 'demo:prefecture-st-bureau';

describe('the law on it', () => {
  it('finds nothing against any team at work', async () => {
    const { teams } = await get(
      BUREAU,
      `{ teams(filter: { level: "prefecture", status: "active" }, first: 50) { edges { node { name standing(asOf: "2025-06-30") {
        outcome findings(outcomes: [FAIL]) { rule } } } } } }`,
    );
    expect(teams.edges).toHaveLength(11);
    for (const { node } of teams.edges) expect([node.name, node.standing.outcome]).toEqual([node.name, 'ALLOW']);
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const rules = teams.edges.flatMap(({ node }: any) => node.standing.findings.map(({ rule }: any) => rule));
    // The overdue promises of one team.
    expect(rules).toEqual(['jiaozuo.service.team-agreement.standing']);
  });

  it('shows of the prefecture what it lacks', async () => {
    const { region } = await get(
      BUREAU,
      `query($id: ID!) { region(id: $id) { coverage(asOf: "2024-12-31") {
        countyCount appointmentsOutsideBrigade appointmentsWithoutContact countiesWithoutBrigade { name } countiesWithoutWorkstation { name } countiesWithoutLocalMeasures { name }
        decision { outcome findings(outcomes: [FAIL]) { rule } } }
        industryCoverage(asOf: "2024-12-31") { characteristicCount coveredCount } } }`,
      { id: PREFECTURE },
    );
    expect(region.industryCoverage).toEqual({ characteristicCount: 18, coveredCount: 17 });
    expect(region.coverage).toMatchObject({
      countyCount: 11,
      appointmentsOutsideBrigade: 19,
      appointmentsWithoutContact: 5,
      countiesWithoutBrigade: [{ name: '马村区' }],
      countiesWithoutWorkstation: [{ name: '中站区' }, { name: '焦作城乡一体化示范区' }],
      countiesWithoutLocalMeasures: [{ name: '解放区' }, { name: '山阳区' }],
    });
    expect(region.coverage.decision.findings).toHaveLength(5);
  });
});

describe('the story', () => {
  it('is in the decision log, with every outcome that a decision can have', async () => {
    expect(said.filter((text) => text.includes('ends early'))).toEqual([]);
    const { decisions } = await get(
      AUDITOR,
      '{ decisions(first: 200) { edges { node { point outcome actor decision { findings { overridden { reason } } } } } } }',
    );
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const lines: any[] = decisions.edges.map(({ node }: any) => node);
    expect(lines).toHaveLength(45);
    expect(new Set(lines.map(({ outcome }) => outcome))).toEqual(
      new Set(['ALLOW', 'DENY', 'NEEDS_OVERRIDE', 'NEEDS_FACT']),
    );
    const overridden = lines.filter(({ decision }) =>
      decision.findings.some((finding: { overridden: object | null }) => finding.overridden),
    );
    expect(overridden).toMatchObject([{ point: 'applicationSubmit', outcome: 'ALLOW', actor: 'demo:recorder' }]);
  });
});

describe('the examples', () => {
  it('are three, and answer without an error', async () => {
    expect(examples).toHaveLength(3);
    const [read, preview] = examples.slice(0, 2);
    const county = await get(read?.persona as string, read?.query as string, read?.variables);
    expect(county.region.coverage.decision.findings.length).toBeGreaterThan(0);
    expect(county.agreements.edges).toHaveLength(2);
    expect(county.appointments.edges.length).toBeGreaterThan(4);
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const nodes: any[] = county.appointments.edges.map(({ node }: any) => node);
    expect(nodes.some(({ serviceProgress }) => serviceProgress.decision.outcome === 'NEEDS_OVERRIDE')).toBe(true);
    expect(nodes.every(({ fundingLines }) => fundingLines.edges[0].node.amountFen === 2_000_000)).toBe(true);
    expect(nodes.some(({ renewalOf }) => typeof renewalOf?.publishedGrade === 'string')).toBe(true);

    const { decisionPreview } = await get(preview?.persona as string, preview?.query as string, preview?.variables);
    expect(decisionPreview.decision).toMatchObject({
      outcome: 'DENY',
      findings: [
        {
          rule: 'jiaozuo.team.size',
          citation: { article: '三（一）' },
          wouldPass: { changes: [{ fact: 'team.memberCount', value: 5, actual: 4 }] },
        },
      ],
    });
  });

  it('end with an act that is refused however often it is sent, and changes nothing', async () => {
    const refusal = examples[2];
    const lines = () => one('select count(*) from projects_funding.funding_line');
    const before = await lines();
    for (const _time of [1, 2]) {
      const { fundingAllocate } = await get(refusal?.persona as string, refusal?.query as string, refusal?.variables);
      expect(fundingAllocate).toMatchObject({
        fundingLine: null,
        decision: { outcome: 'DENY', findings: [{ rule: 'jiaozuo.fund.person' }] },
        userErrors: [],
      });
    }
    expect(await lines()).toBe(before);
  });
});

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
    expect(said).toEqual(['the demonstration is loaded already', `the nation at ${SHARE} is loaded already`]);
    expect(await one(`select count(*) from sample.progress`)).toBe(before);
  });
});
