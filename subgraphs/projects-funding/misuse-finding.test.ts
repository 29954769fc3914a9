import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, codes, done, failing, organisation } from '../personnel/testdata/scene.ts';
import { activeTeam, department, status, village } from './testdata/county.ts';

const [PROVINCE, PREFECTURE, COUNTY, OTHER] = ['cn-43', 'cn-430200', 'cn-430224', 'cn-430203'];
const DAY = '2019-06-01';

let graph: Graph;
let payer: string;
let team: string;

beforeAll(async () => {
  graph = await startGraph({ today: DAY });
  payer = await organisation(graph, PROVINCE, {
    type: 'st-dept',
    nature: 'administrative',
    level: 'province',
    on: DAY,
  });
  team = await activeTeam(graph, COUNTY, 'expert-service-team');
});
afterAll(() => graph.stop());

const province = department('province-st-dept', PROVINCE);
const audit = department('audit-dept', PROVINCE);

const MONEY = { payerLevel: 'province', source: 'province-special', form: 'subsidy', year: 2019, amountFen: 5_000_000 };
const LINE = 'fundingLine { id mode deciders coFunders }';
const allocate = (more: Record<string, unknown> = {}) =>
  act(graph, province, 'fundingAllocate', { ...MONEY, payer, team, on: DAY, ...more }, LINE);
const allocated = async () => (await allocate()).fundingLine.id as string;

const FINDING = 'misuseFinding { id version recoveredFen outstandingFen effects { kind amountFen } closedOn }';
const record = (more: Record<string, unknown>, viewer = audit) =>
  act(
    graph,
    viewer,
    'misuseFindingRecord',
    {
      kind: 'diversion',
      severity: 'ordinary',
      organisation: payer,
      amountFen: 300_000,
      evidence: '审计报告',
      on: DAY,
      ...more,
    },
    FINDING,
  );
const close = (finding: { id: string; version: number }, effects: object[] = [], viewer = province) =>
  act(
    graph,
    viewer,
    'misuseFindingClose',
    { finding: finding.id, version: finding.version, effects, on: DAY },
    FINDING,
  );

const CRITICISM = { kind: 'public-criticism', document: '通报〔2019〕1号' };
const clawback = (amountFen: number) => ({ kind: 'clawback', amountFen });

describe('money of a year', () => {
  it('keeps how it is given, by whom it was decided and what is known of the year before', async () => {
    const more = { mode: 'upfront', deciders: ['province-st-dept', 'province-finance-dept'], coFunders: ['银行'] };
    const { decision, fundingLine } = await allocate(more);
    expect(decision?.outcome).toBe('ALLOW');
    expect(decision?.facts).toMatchObject({
      'fundingLine.year': 2019,
      'fundingLine.mode': 'upfront',
      'fundingLine.coFunded': true,
      'fundingLine.acceptedResult': false,
      'fundingLine.previousYearOutcome': 'none',
      'fundingLine.openMisuseTypes': [],
      'team.kind': 'expert-service-team',
      'region.inTeamScope': true,
    });
    expect(fundingLine).toMatchObject({ mode: 'upfront', coFunders: ['银行'] });
  });

  it('is counted in the coverage of the year, whose law speaks when it is over', async () => {
    const coverage = async (region: string, year: number) => {
      const query = `{ region(id: "${region}") { fundingCoverage(year: ${year}) { facts findings(outcomes: [FAIL]) { rule } } } }`;
      return (await graph.get(province, query)).region.fundingCoverage;
    };
    await allocated();
    const past = await coverage(COUNTY as string, 2018);
    expect(past.facts).toMatchObject({
      'region.level': 'county',
      'region.activeTeamCount': 1,
      'fundingCoverage.yearEnded': true,
      'fundingCoverage.lineCount': 0,
    });
    expect(past.findings.map(({ rule }: { rule: string }) => rule)).toEqual(
      expect.arrayContaining(['hunan.plan.fund-local', 'hunan.team.fund-local-guarantee']),
    );
    const now = await coverage(PROVINCE as string, 2019);
    expect(now.facts).toMatchObject({ 'fundingCoverage.yearEnded': false });
    expect(now.facts['fundingCoverage.specialLineCount']).toBeGreaterThan(0);
  });

  it('goes first to teams in scope', async () => {
    const query = `{ fundingRanking(region: "${PROVINCE}", year: 2019, payerLevel: "province", source: "province-special") {
      position team { id } decision { rank } } }`;
    const outside = await activeTeam(graph, OTHER as string, 'expert-service-team');
    const { fundingRanking } = await graph.get(province, query);
    expect(fundingRanking.map(({ team: one }: { team: { id: string } }) => one.id)).toEqual([team, outside]);
    expect(fundingRanking.map(({ position }: { position: number }) => position)).toEqual([1, 2]);
    const { errors } = await graph.ask(persona('stranger', [['county-st-dept', 'cn-530100']]), query);
    expect(errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });

  it('is shown for all counties of a region at once, by year and payer', async () => {
    await allocated();
    const home = (await village(graph, COUNTY as string)).village;
    await status(graph, home, 'poor');
    await village(graph, COUNTY as string);
    const query = `{ regions(filter: { within: "${PREFECTURE}", level: COUNTY, asOf: "${DAY}" }, first: 200) { edges { node {
      id statuses { kind } villageTotals { villages poor oncePoor } funds(from: 2018, to: 2019) { year payerLevel lineCount allocatedFen } projectTotals { projects } } } } }`;
    const { regions } = await graph.get(province, query);
    const of = (id: string | undefined) =>
      regions.edges.find(({ node }: { node: { id: string } }) => node.id === id).node;
    expect(of(COUNTY).statuses).toContainEqual({ kind: 'in-team-scope' });
    expect(of(COUNTY).villageTotals).toEqual({ villages: 2, poor: 1, oncePoor: 1 });
    expect(of(COUNTY).funds).toHaveLength(1);
    expect(of(COUNTY).funds[0]).toMatchObject({ year: 2019, payerLevel: 'province' });
    expect(of(OTHER)).toMatchObject({ funds: [], projectTotals: { projects: 0 } });
    const { region } = await graph.get(province, `{ region(id: "${PROVINCE}") { funds(from: 2019) { lineCount } } }`);
    expect(region.funds[0].lineCount).toBe(of(COUNTY).funds[0].lineCount);
    const { errors } = await graph.ask(
      province,
      `{ region(id: "${PROVINCE}") { funds(from: 2019, to: 1999) { year } } }`,
    );
    expect(errors[0]?.extensions?.code).toBe('YEAR_INVALID');
  });
});

describe('a misuse finding', () => {
  it('is not closed before it was criticised and the money is back', async () => {
    const line = await allocated();
    const { decision, misuseFinding } = await record({ line, effects: [CRITICISM] });
    expect(decision?.facts).toMatchObject({
      'misuseFinding.kind': 'diversion',
      'misuseFinding.subjectKind': 'organisation',
      'misuseFinding.payerLevel': 'province',
      'misuseFinding.effects': ['public-criticism'],
      'misuseFinding.outstandingFen': 300_000,
      'misuseFinding.evidenceStated': true,
    });
    const refused = await close(misuseFinding);
    expect(refused.decision?.outcome).toBe('DENY');
    expect(failing(refused)).toEqual(
      expect.arrayContaining(['hunan.team.sanction-misuse', 'hunan.team.sanction-misuse.recovered']),
    );
    const more = { finding: misuseFinding.id, version: misuseFinding.version, effects: [clawback(100_000)], on: DAY };
    const added = await act(graph, audit, 'misuseFindingRecord', more, FINDING);
    expect(added.misuseFinding).toMatchObject({ recoveredFen: 100_000, outstandingFen: 200_000 });
    expect(codes(await close(misuseFinding))).toEqual(['STALE_VERSION']);
    expect(codes(await close(added.misuseFinding, [clawback(200_001)]))).toEqual(['RECOVERED_TOO_MUCH']);
    const closed = await close(added.misuseFinding, [clawback(200_000)]);
    expect(closed.decision?.outcome).toBe('ALLOW');
    expect(closed.misuseFinding).toMatchObject({ outstandingFen: 0, closedOn: DAY });
    expect(codes(await close(closed.misuseFinding))).toEqual(['WRONG_STATE']);
  });

  it('goes to the law when it is serious', async () => {
    const { misuseFinding } = await record({ line: await allocated(), severity: 'serious' });
    const both = [CRITICISM, clawback(300_000)];
    expect(failing(await close(misuseFinding, both))).toEqual(['hunan.team.sanction-serious']);
    const referral = { kind: 'legal-referral', body: '监察委员会' };
    expect((await close(misuseFinding, [...both, referral])).decision?.outcome).toBe('ALLOW');
  });

  it('is read by whoever reads the money, and named while it is open', async () => {
    const line = await allocated();
    const { misuseFinding } = await record({ line });
    const query = `{ misuseFinding(id: "${misuseFinding.id}") { kind line { id } } }`;
    expect((await graph.get(province, query)).misuseFinding).toEqual({ kind: 'diversion', line: { id: line } });
    const stranger = persona('stranger', [['county-st-dept', OTHER as string]]);
    expect((await graph.get(stranger, query)).misuseFinding).toBeNull();
    const { errors } = await graph.ask(anonymous, query);
    expect(errors).toHaveLength(1);
    const open = `{ misuseFindings(filter: { line: "${line}", open: true }) { edges { node { id } } } }`;
    expect((await graph.get(province, open)).misuseFindings.edges).toEqual([{ node: { id: misuseFinding.id } }]);
    expect((await allocate()).decision?.facts['fundingLine.openMisuseTypes']).toEqual(['diversion']);
  });

  it('names mistakes', async () => {
    const line = await allocated();
    expect(codes(await record({ line: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await record({ line, inspection: uuid() }))).toEqual(['NOT_FOUND']);
    expect(codes(await record({ line, organisation: null }))).toEqual(['ONE_RESPONSIBLE']);
    expect(codes(await record({ line, severity: 'grave' }))).toEqual(['SEVERITY_INVALID']);
    expect(codes(await record({ line, amountFen: null }))).toEqual(['LINE_REQUIRED']);
    expect(codes(await record({ line, effects: [clawback(300_001)] }))).toEqual(['RECOVERED_TOO_MUCH']);
    expect(codes(await record({ line, on: '2019-05-31' }))).toEqual(['ON_BEFORE_ALLOCATION']);
    expect(failing(await record({ line }, department('county-st-dept', COUNTY as string)))).toContain(
      'platform.access.permitted',
    );
  });
});

describe('what a call may ask for', () => {
  it('is no matching money', async () => {
    const call = { title: '申报', organisation: payer, level: 'province', closesOn: '2019-07-31', on: DAY };
    const asked = await act(
      graph,
      province,
      'projectCallOpen',
      { ...call, matchingRequired: true },
      'projectCall { id }',
    );
    expect(failing(asked)).toEqual(['hunan.plan.no-matching-funds']);
    const open = await done(graph, province, 'projectCallOpen', call, 'projectCall { matchingRequired }');
    expect(open.matchingRequired).toBe(false);
  });
});

describe('a carrier of service', () => {
  it('keeps what it is run on and whom it serves', async () => {
    const input = { name: '星创天地', kind: 'star-maker-space', region: COUNTY, organisation: payer, on: DAY };
    const viewer = department('county-st-dept', COUNTY as string);
    const thing = 'platform { id carrier functions level }';
    const other = await act(graph, viewer, 'platformRegister', { ...input, carrier: 'tea-house' }, thing);
    expect(other.decision?.outcome).toBe('NEEDS_OVERRIDE');
    const kept = await done(
      graph,
      viewer,
      'platformRegister',
      { ...input, carrier: 'stp-station', functions: ['incubation'], level: 'province', recognisedOn: '2018-05-01' },
      thing,
    );
    expect(kept).toMatchObject({ carrier: 'stp-station', functions: ['incubation'], level: 'province' });
    const object = await done(
      graph,
      viewer,
      'serviceObjectRegister',
      { region: COUNTY, name: '龙头企业', kind: 'demo-enterprise', criteriaMet: ['chain-complete'], on: DAY },
      'serviceObject { criteriaMet households }',
    );
    expect(object).toEqual({ criteriaMet: ['chain-complete'], households: null });
  });
});
