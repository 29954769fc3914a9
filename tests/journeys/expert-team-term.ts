import { expect } from '@jest/globals';
import { accountOf, codes, pointedOut, stopping, type Teller } from './door.ts';
import { COUNTY, department, type ExpertTeam, PREFECTURE, PROVINCE, provinceSt } from './leader-selection.ts';

const cityBureau = accountOf('prefecture-st-bureau', PREFECTURE);
const government = accountOf('county-government', COUNTY);
const ASSESSMENT = 'assessment { id version status outcome unitsToNotify { id } filedWith }';

/** What the prefecture tells the province of a year. */
export async function report(teller: Teller): Promise<void> {
  const year = { region: PREFECTURE, kind: 'progress', periodFrom: '2018-01-01', periodTo: '2018-12-31' };
  const submit = (more: object) =>
    teller.act(cityBureau, 'reportSubmit', '2018-12-20', { ...year, ...more }, 'report { id }');
  const thin = await submit({ contents: ['progress'], recipients: ['province-st-dept'] });
  expect(thin.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(thin)).toEqual(['hunan.team.report-city.contents']);
  const whole = await submit({ contents: ['progress', 'support'], recipients: ['province-st-dept'] });
  expect(whole.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
}

const DECIDERS = ['province-st-dept', 'province-finance-dept', 'province-poverty-office'];

async function payerOf(teller: Teller, region: string, level: string): Promise<string> {
  const office = { type: 'st-dept', nature: 'administrative', level, on: '2018-01-08' };
  return teller.organisation(`科技管理部门（${level}）`, region, office);
}

const special = (payer: string, team: ExpertTeam, year: number) => ({
  payer,
  payerLevel: 'province',
  source: 'province-special',
  form: 'subsidy',
  amountFen: 20_000_000,
  team: team.id,
  year,
});

export interface Money {
  readonly payer: string;
  readonly line: string;
}

/** The special fund of a year, decided by three departments together. */
export async function fundTheYear(teller: Teller, team: ExpertTeam): Promise<Money> {
  const payer = await payerOf(teller, PROVINCE, 'province');
  const allocate = (deciders: string[]) =>
    teller.act(
      provinceSt,
      'fundingAllocate',
      '2018-10-08',
      { ...special(payer, team, 2018), deciders },
      'fundingLine { id amountFen }',
    );
  const alone = await allocate(['province-st-dept']);
  expect(alone.decision?.outcome).toBe('ALLOW');
  expect(pointedOut(alone)).toEqual(['hunan.team.fund-province-annual.deciders']);
  const together = await allocate(DECIDERS);
  expect(together.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  return { payer, line: together.fundingLine.id };
}

const receiverOf = (team: ExpertTeam) => accountOf('receiving-unit', COUNTY, team.government);

/** A daily record of the team by its leader, on which the results rest. */
export async function daily(teller: Teller, team: ExpertTeam, on: string): Promise<string> {
  const input = { kind: 'daily', subjectKind: 'team', team: team.id, year: Number(on.slice(0, 4)) };
  return (await teller.done(team.leader, 'assessmentRecord', on, input, ASSESSMENT)).id;
}

/** Of the team by the unit that receives it, and of its leader by the prefecture’s bureau, filed with the province. */
export async function assessTheYear(teller: Teller, team: ExpertTeam): Promise<void> {
  const basis = [await daily(teller, team, '2018-11-05')];
  const of = (who: Parameters<Teller['act']>[0], input: object) =>
    teller.act(
      who,
      'assessmentRecord',
      '2018-12-21',
      { kind: 'annual', team: team.id, year: 2018, ...input },
      ASSESSMENT,
    );
  const yearly = { subjectKind: 'team', outcome: 'good' };
  expect(stopping(await of(receiverOf(team), yearly))).toEqual(['hunan.team.daily-assessment']);
  const notTheirs = await of(department, { ...yearly, basis });
  expect(stopping(notTheirs)).toEqual(['hunan.team.annual-assessment']);
  expect(notTheirs.decision?.findings[0]?.citation).toMatchObject({
    article: '三（四）',
    phrase: '由接收单位做出考核鉴定',
  });
  expect((await of(receiverOf(team), { ...yearly, basis })).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });

  const leader = { subjectKind: 'leader', person: team.candidate, outcome: 'good', basis };
  const participants = ['prefecture-org-dept', 'dispatching-unit'];
  const wrongLead = await of(cityBureau, { ...leader, leadBody: 'county-st-dept', participants });
  expect(stopping(wrongLead)).toEqual(['hunan.team.leader-assessment']);
  const led = await of(cityBureau, { ...leader, leadBody: 'prefecture-st-bureau', participants });
  expect(led.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const file = (filingBody: string, on: string) =>
    teller.act(
      cityBureau,
      'assessmentFile',
      on,
      { assessment: led.assessment.id, version: led.assessment.version, filingBody },
      ASSESSMENT,
    );
  expect(stopping(await file('county-government', '2019-01-08'))).toEqual(['hunan.team.leader-assessment-filing.body']);
  expect((await file('province-org-dept', '2019-01-08')).assessment).toMatchObject({ filedWith: 'province-org-dept' });
}

export interface Assessed {
  readonly id: string;
  readonly version: number;
}

/** At the end of the term, by the province, late in July or December; another day only with a reason. */
export async function assessTheTerm(teller: Teller, team: ExpertTeam): Promise<Assessed> {
  const plan = (date: string, more: object = {}, who = provinceSt) =>
    teller.act(
      who,
      'assessmentSchedule',
      '2020-06-15',
      { kind: 'term-end', subjectKind: 'team', team: team.id, year: 2020, date, ...more },
      ASSESSMENT,
    );
  expect(stopping(await plan('2020-07-21', {}, cityBureau))).toContain('hunan.team.term-end-organiser');
  for (const outside of ['2020-07-20', '2020-08-01', '2020-12-20']) {
    const refused = await plan(outside);
    expect([refused.decision?.outcome, stopping(refused)]).toEqual(['NEEDS_OVERRIDE', ['hunan.team.term-end-window']]);
  }
  const overrides = [{ rule: 'hunan.team.term-end-window', role: 'province-st-dept', reason: '汛期推迟' }];
  expect((await plan('2020-08-01', { overrides })).decision?.outcome).toBe('ALLOW');
  const notHeld = [{ ...overrides[0], role: 'county-government' }];
  expect(codes(await plan('2020-08-01', { overrides: notHeld }))).toEqual(['OVERRIDE_ROLE_NOT_HELD']);
  const { id, version } = await teller.done(
    provinceSt,
    'assessmentSchedule',
    '2020-06-15',
    { kind: 'term-end', subjectKind: 'team', team: team.id, year: 2020, date: '2020-07-21' },
    ASSESSMENT,
  );
  const basis = [await daily(teller, team, '2020-03-02')];
  const result = { assessment: id, version, outcome: 'unsatisfactory', basis };
  const recorded = await teller.act(provinceSt, 'assessmentRecord', '2020-07-22', result, ASSESSMENT);
  expect(recorded.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  expect(recorded.assessment.unitsToNotify).toEqual([{ id: team.university }]);
  return recorded.assessment;
}

const openConsequences = async (teller: Teller, team: ExpertTeam, asOf: string): Promise<number> => {
  const query = 'query ($id: ID!, $asOf: Date!) { team(id: $id) { openConsequences(asOf: $asOf) } }';
  return (await teller.get(provinceSt, query, { id: team.id, asOf })).team.openConsequences;
};

/** No special money in the year after; the unit is told, what was found is put right and verified by another. */
export async function bearConsequences(
  teller: Teller,
  team: ExpertTeam,
  { payer }: Money,
  assessed: Assessed,
): Promise<void> {
  const line = 'fundingLine { id }';
  const next = { ...special(payer, team, 2021), deciders: DECIDERS };
  const refused = await teller.act(provinceSt, 'fundingAllocate', '2021-03-01', next, line);
  expect(refused).toMatchObject({ fundingLine: null, decision: { outcome: 'DENY' } });
  expect(stopping(refused)).toEqual(['hunan.team.consequence-cancel']);
  expect(refused.decision?.findings[0]?.citation).toMatchObject({ document: 'hunan-team-plan', article: '四（四）' });
  const countyPayer = await payerOf(teller, COUNTY, 'county');
  const own = { ...next, payer: countyPayer, payerLevel: 'county', source: 'county-finance', deciders: [] };
  expect((await teller.act(government, 'fundingAllocate', '2021-03-01', own, line)).decision?.outcome).toBe('ALLOW');
  // The unit is to be told, and nothing is on record of putting it right.
  expect(await openConsequences(teller, team, '2021-03-01')).toBe(2);

  const tell = { assessment: assessed.id, version: assessed.version, notify: [team.university] };
  const told = await teller.act(provinceSt, 'assessmentPublish', '2021-03-02', tell, ASSESSMENT);
  expect(told).toMatchObject({ assessment: { unitsToNotify: [] }, decision: { outcome: 'ALLOW' } });
  const finding = 'finding { id version status }';
  const found = await teller.done(
    provinceSt,
    'findingRecord',
    '2021-03-03',
    {
      region: COUNTY,
      kind: 'term-end',
      assessment: assessed.id,
      organisation: team.university,
      team: team.id,
      description: '示范基地未建成',
      dueOn: '2021-06-30',
    },
    finding,
  );
  const put = { finding: found.id, version: found.version, action: '补建基地' };
  const rectified = await teller.done(team.unit, 'findingRectify', '2021-05-10', put, finding);
  const verify = { finding: found.id, version: rectified.version };
  const verified = await teller.done(provinceSt, 'findingVerify', '2021-05-20', verify, finding);
  expect(verified.status).toBe('verified');
  expect(await openConsequences(teller, team, '2021-05-20')).toBe(0);
}
