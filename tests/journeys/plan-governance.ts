import { expect } from '@jest/globals';
import { accountOf, pointedOut, stopping, type Teller } from './door.ts';
import { expectStopped, PLAN_CITY, PLAN_COUNTY, type Plan, planBureau, planCounty, planOffice } from './plan-scene.ts';

const supervision = accountOf('supervision-body', PLAN_CITY);

async function standing(teller: Teller, finding: string, asOf: string): Promise<string[]> {
  const document = `query ($id: ID!, $asOf: Date) { finding(id: $id) { standing(asOf: $asOf) { findings(outcomes: [FAIL]) { rule } } } }`;
  const { finding: read } = await teller.get(planBureau, document, { id: finding, asOf });
  return read.standing.findings.map(({ rule }: { rule: string }) => rule).sort();
}

/** What is found of how people work, by an audit from outside: open until it is verified, overdue from its day on. */
export async function putGovernanceRight(teller: Teller, { units: [one] }: Plan): Promise<void> {
  const find = (more: object, who = supervision) =>
    teller.act(
      who,
      'findingRecord',
      '2019-08-01',
      {
        region: PLAN_CITY,
        kind: 'governance',
        class: 'duty-failure',
        source: 'special-audit',
        organisation: one.id,
        description: '审计发现问题未整改',
        dueOn: '2019-09-30',
        ...more,
      },
      'finding { id version status }',
    );
  expect(stopping(await find({}, accountOf('work-team-member', PLAN_CITY)))).toEqual(['platform.access.permitted']);
  // One of the three classes shows; a class that the plan does not have is just recorded.
  expect(pointedOut(await find({}))).toEqual(['baise.governance.classes']);
  const other = await find({ class: 'other', source: null });
  expect(pointedOut(other)).toEqual([]);
  const { finding } = await find({ class: 'lax-supervision' });
  const [open, external] = ['baise.governance.classes.open', 'baise.inspect.rectification.external'];
  expect(await standing(teller, finding.id, '2019-09-30')).toEqual([open]);
  expect(await standing(teller, finding.id, '2019-10-01')).toEqual(
    expect.arrayContaining([open, external, 'baise.inspect.rectification']),
  );
  const act = { finding: finding.id, version: finding.version, action: '约谈并落实整改' };
  const mended = await teller.done(one.staff, 'findingRectify', '2019-10-08', act, 'finding { version }');
  expect(await standing(teller, finding.id, '2019-10-08')).toEqual([open]);
  const verify = (who = supervision) =>
    teller.act(
      who,
      'findingVerify',
      '2019-10-15',
      { finding: finding.id, version: mended.version },
      'finding { status }',
    );
  expect(stopping(await verify(planCounty))).toEqual(['platform.access.permitted']);
  expect((await verify(planOffice)).finding.status).toBe('verified');
  expect(await standing(teller, finding.id, '2019-10-15')).toEqual([]);
}

/** Misused money stops more money to the same until it is settled, or somebody answers for it. */
export async function holdMoneyBack(teller: Teller, { units: [one] }: Plan): Promise<void> {
  const allocate = (on: string, more: object = {}) =>
    teller.act(
      planBureau,
      'fundingAllocate',
      on,
      {
        organisation: one.id,
        payer: one.id,
        payerLevel: 'prefecture',
        source: 'prefecture-st-budget',
        form: 'subsidy',
        amountFen: 5_000_000,
        year: 2019,
        purpose: 'stp-service',
        ...more,
      },
      'fundingLine { id }',
    );
  const { fundingLine: line } = await allocate('2019-04-01');
  const spend = (on: string, more: object = {}) =>
    teller.act(
      planBureau,
      'expenseSubmit',
      on,
      { line: line.id, category: 'training', amountFen: 100_000, activity: '培训', ...more },
      'expense { id }',
    );
  expect((await spend('2019-05-01', { payeeRelated: false })).decision?.outcome).toBe('ALLOW');
  expect(pointedOut(await spend('2019-05-01', { payeeRelated: true }))).toContain('baise.funds.prohibited.kinship');
  const misuse = {
    line: line.id,
    kind: 'withholding-diversion',
    severity: 'ordinary',
    organisation: one.id,
    amountFen: 100_000,
    evidence: '检查报告',
  };
  const found = await teller.act(
    supervision,
    'misuseFindingRecord',
    '2019-06-01',
    misuse,
    'misuseFinding { id version }',
  );
  expect(pointedOut(found)).toEqual(['baise.funds.prohibited.finding']);
  expectStopped(await spend('2019-06-10', { payeeRelated: false }), 'NEEDS_OVERRIDE', 'baise.funds.prohibited');
  const overrides = [{ rule: 'baise.funds.prohibited', role: 'prefecture-st-bureau', reason: '农时不等' }];
  expect((await spend('2019-06-10', { payeeRelated: false, overrides })).decision?.outcome).toBe('ALLOW');
  const close = {
    finding: found.misuseFinding.id,
    version: found.misuseFinding.version,
    effects: [{ kind: 'clawback', amountFen: 100_000 }],
  };
  await teller.done(planBureau, 'misuseFindingClose', '2019-07-01', close, 'misuseFinding { closedOn }');
  expect((await spend('2019-07-02', { payeeRelated: false })).decision?.outcome).toBe('ALLOW');
  const query = `query ($region: ID!) { misuseFindings(filter: { region: $region }) { edges { node { kind closedOn outstandingFen } } } }`;
  const { misuseFindings } = await teller.get(planBureau, query, { region: PLAN_CITY });
  expect(misuseFindings.edges).toEqual([
    { node: { kind: 'withholding-diversion', closedOn: '2019-07-01', outstandingFen: 0 } },
  ]);
}

/** One example at least in each county is told to others. */
export async function tellExamples(teller: Teller, candidate: string): Promise<void> {
  const tell = (who = planCounty) =>
    teller.act(
      who,
      'caseStudyRecord',
      '2020-10-10',
      {
        candidate,
        candidateKind: 'APPOINTMENT',
        region: PLAN_COUNTY,
        outstanding: true,
        personConsented: true,
        title: '桑园里的特派员',
        text: '带动百户增收',
        year: 2020,
      },
      'caseStudy { id }',
    );
  expect(stopping(await tell(planOffice))).toEqual(['platform.access.permitted']);
  expect((await tell()).decision?.outcome).toBe('ALLOW');
  const query = `query ($region: ID!) { caseStudies(filter: { region: $region }) { edges { node { title outstanding } } } }`;
  const { caseStudies } = await teller.get(planOffice, query, { region: PLAN_COUNTY });
  expect(caseStudies.edges).toEqual([{ node: { title: '桑园里的特派员', outstanding: true } }]);
}
