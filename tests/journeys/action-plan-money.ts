import { expect } from '@jest/globals';
import { cityBureau, failing } from './action-plan-duty.ts';
import { accountOf, type Payload, pointedOut, stopping, type Teller } from './door.ts';
import { COUNTY, department, expert, PROVINCE, provinceSt } from './leader-selection.ts';

const YEAR = 2019;

/** What the plan gave money for. */
export interface PlanProject {
  readonly id: string;
  readonly payer: string;
}

/** A project that says for whom, by whom and to which market it is, and what protects what it makes. */
export async function registerProject(teller: Teller): Promise<PlanProject> {
  const implementer = await teller.organisation('茶业公司', COUNTY, {
    type: 'enterprise',
    nature: 'social',
    level: 'unit',
    on: '2019-01-04',
  });
  const office = { type: 'st-dept', nature: 'administrative', level: 'province', on: '2019-01-04' };
  const payer = await teller.organisation('省科技厅', PROVINCE, office);
  const project = (more: object) =>
    teller.allowed(
      department,
      'projectRegister',
      '2019-02-01',
      {
        title: '高山茶提质',
        region: COUNTY,
        programme: 'st-poverty-alleviation',
        industry: 'tea',
        pillarIndustry: true,
        beneficiaryHouseholds: 120,
        beneficiaryPoorHouseholds: 80,
        ...more,
      },
      'project { id }',
    );
  const bare = await project({});
  expect(pointedOut(bare)).toEqual(
    expect.arrayContaining(['hunan.plan.industry-fusion', 'hunan.plan.linkage-chain', 'hunan.plan.tech-taxonomy-ip']),
  );
  const whole = await project({
    title: '高山茶提质增效',
    implementer,
    marketChannel: '电商',
    benefitLinkage: '保底分红',
    ipRecords: [{ kind: 'patent', title: '茶叶发酵罐', number: 'ZL2018-1' }],
    techField: 'planting',
    supportKind: 'transfer',
    targets: ['增收'],
    measures: ['培训'],
    residentAid: '驻村帮扶',
    results: ['户均增收'],
  });
  const linked = ['hunan.plan.industry-fusion', 'hunan.plan.linkage-chain', 'hunan.plan.tech-taxonomy-ip'];
  for (const rule of linked) expect(pointedOut(whole)).not.toContain(rule);
  const query = `query ($id: ID!) { project(id: $id) { standing(asOf: "2019-02-01") { findings(outcomes: [FAIL]) { rule } } } }`;
  const { project: read } = await teller.get(department, query, { id: whole.project.id });
  expect(read.standing.findings).toEqual([]);
  return { id: whole.project.id, payer };
}

/** Three ways to give money and no fourth without a reason; nobody has to bring money of his own. */
export async function giveInThreeWays(teller: Teller, { id, payer }: PlanProject): Promise<void> {
  const give = (mode: string, amountFen: number, more: object = {}): Promise<Payload> =>
    teller.act(
      provinceSt,
      'fundingAllocate',
      '2019-03-01',
      {
        countyProject: id,
        payer,
        payerLevel: 'province',
        source: 'province-st-budget',
        form: 'subsidy',
        amountFen,
        year: YEAR,
        mode,
        ...more,
      },
      'fundingLine { id mode }',
    );
  const lent = await give('loan', 1_000_000);
  expect([lent.decision?.outcome, stopping(lent)]).toEqual(['NEEDS_OVERRIDE', ['hunan.plan.subsidy-modes']]);
  const modes = lent.decision?.findings.find(({ rule }) => rule === 'hunan.plan.subsidy-modes');
  expect(modes?.citation).toMatchObject({ phrase: expect.stringContaining('后补助') });
  expect((await give('upfront', 10_000_000)).decision?.outcome).toBe('ALLOW');
  expect(pointedOut(await give('post-subsidy', 5_000_000))).toContain('hunan.plan.subsidy-modes.post');
  const shown = await give('post-subsidy', 5_000_000, { acceptedResult: '验收〔2019〕1号' });
  expect(pointedOut(shown)).not.toContain('hunan.plan.subsidy-modes.post');
  expect(pointedOut(await give('performance-reward', 1_000_000))).toEqual(
    expect.arrayContaining(['hunan.plan.social-capital', 'hunan.plan.subsidy-modes.reward']),
  );
  const joined = await give('performance-reward', 1_000_000, { coFunders: ['农商行'] });
  expect(pointedOut(joined)).not.toContain('hunan.plan.social-capital');
  const query = `query ($region: ID!, $year: Int!) { fundingLines(filter: { region: $region, year: $year }, first: 20) {
    edges { node { mode amountFen } } } }`;
  const { fundingLines } = await teller.get(provinceSt, query, { region: COUNTY, year: YEAR });
  const given = fundingLines.edges.map(({ node }: { node: { mode: string } }) => node.mode).sort();
  expect(given).toEqual(['performance-reward', 'performance-reward', 'post-subsidy', 'post-subsidy', 'upfront']);
}

/** A call that asks for matching money is not opened; one without it is, and who leads as a commissioner goes first. */
export async function callWithoutMatching(teller: Teller, { payer }: PlanProject): Promise<void> {
  const open = (matchingRequired: boolean) =>
    teller.act(
      provinceSt,
      'projectCallOpen',
      '2019-03-10',
      { title: '科技精准扶贫项目', organisation: payer, level: 'province', closesOn: '2019-04-30', matchingRequired },
      'projectCall { id matchingRequired }',
    );
  const asked = await open(true);
  expect(asked).toMatchObject({ projectCall: null, decision: { outcome: 'DENY' } });
  expect(stopping(asked)).toEqual(['hunan.plan.no-matching-funds']);
  const { projectCall } = await open(false);
  expect(projectCall.matchingRequired).toBe(false);
  const unit = await teller.organisation('县茶叶站', COUNTY, { type: 'institute', level: 'county', on: '2019-01-04' });
  const lead = await expert(teller, '申报人', unit, { on: '2019-01-05' });
  const apply = (on: string) =>
    teller.act(
      accountOf('research-institution', COUNTY, unit),
      'projectApplicationSubmit',
      on,
      { call: projectCall.id, lead, title: '茶园水肥一体化' },
      'projectApplication { id }',
    );
  expect((await apply('2019-05-01')).projectApplication).toBeNull();
  expect((await apply('2019-04-30')).decision).toMatchObject({ outcome: 'ALLOW' });
}

/** Prefecture and county set money aside as well, which the year’s end shows. */
export async function payLocally(teller: Teller, { id }: PlanProject): Promise<void> {
  const rule = 'hunan.plan.fund-local';
  const atTheEnd = 'year: 2019, asOf: "2019-12-31"';
  expect(await failing(teller, cityBureau, COUNTY, 'fundingCoverage', 'year: 2019, asOf: "2019-12-30"')).not.toContain(
    rule,
  );
  const failed = await failing(teller, department, COUNTY, 'fundingCoverage', atTheEnd);
  expect(failed).toContain(rule);
  const office = { type: 'finance-bureau', nature: 'administrative', level: 'county', on: '2019-01-04' };
  const payer = await teller.organisation('县财政局', COUNTY, office);
  const own = {
    countyProject: id,
    payer,
    payerLevel: 'county',
    source: 'county-fund',
    form: 'subsidy',
    amountFen: 2_000_000,
    year: YEAR,
    mode: 'upfront',
  };
  expect(
    (await teller.act(department, 'fundingAllocate', '2019-11-01', own, 'fundingLine { id }')).decision?.outcome,
  ).toBe('ALLOW');
  expect(await failing(teller, department, COUNTY, 'fundingCoverage', atTheEnd)).not.toContain(rule);
}
