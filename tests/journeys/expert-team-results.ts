import { expect } from '@jest/globals';
import { accountOf, codes, stopping, type Teller } from './door.ts';
import { teamStanding } from './expert-team-changes.ts';
import { daily, type Money } from './expert-team-term.ts';
import { COUNTY, committee, type ExpertTeam, NEIGHBOUR, PREFECTURE, PROVINCE, provinceSt } from './leader-selection.ts';

const cityBureau = accountOf('prefecture-st-bureau', PREFECTURE);
const ASSESSMENT = 'assessment { id version outcome filedOn filedWith }';

/** The money is for the work that it was given for, and each expense says for which. */
export async function spendTheMoney(teller: Teller, team: ExpertTeam, { line }: Money): Promise<void> {
  const spend = (more: object = {}) =>
    teller.act(
      team.unit,
      'expenseSubmit',
      '2018-11-20',
      {
        line,
        category: 'training',
        amountFen: 500_000,
        activity: '茶农培训班',
        servedTeam: team.id,
        reviewer: '科研处',
        reviewedOn: '2018-11-19',
        ...more,
      },
      'expense { id line { remainingFen } }',
    );
  const treat = await spend({ category: 'banquet' });
  expect([treat.decision?.outcome, stopping(treat)]).toEqual(['NEEDS_OVERRIDE', ['hunan.team.expense-scope']]);
  expect(codes(await spend({ activity: ' ' }))).toEqual(['TEXT_REQUIRED']);
  const rule = ['hunan.team.expense-no-misuse'];
  const unsaid = await spend({ servedTeam: null });
  expect([unsaid.decision?.outcome, stopping(unsaid)]).toEqual(['NEEDS_FACT', rule]);
  const neighbour = { name: '邻县服务团', level: 'county', kind: 'expert-team', region: NEIGHBOUR };
  const { team: other } = await teller.allowed(
    accountOf('county-st-dept', NEIGHBOUR),
    'teamCreate',
    '2018-11-01',
    { ...neighbour, organisation: team.university },
    'team { id }',
  );
  const diverted = await spend({ servedTeam: other.id });
  expect([diverted.decision?.outcome, stopping(diverted)]).toEqual(['DENY', rule]);
  const spent = await spend();
  expect(spent).toMatchObject({ decision: { outcome: 'ALLOW' }, expense: { line: { remainingFen: 19_500_000 } } });
}

/** A leader’s result is filed upward: until then the team stands with one that is not. */
export async function fileUpward(teller: Teller, team: ExpertTeam): Promise<void> {
  const rule = 'hunan.team.leader-assessment-filing';
  const basis = [await daily(teller, team, '2019-11-05')];
  expect(await teamStanding(teller, team, '2019-12-20')).not.toContain(rule);
  const { id, version } = await teller.done(
    cityBureau,
    'assessmentRecord',
    '2019-12-20',
    {
      kind: 'annual',
      subjectKind: 'leader',
      team: team.id,
      person: team.candidate,
      year: 2019,
      outcome: 'excellent',
      basis,
      leadBody: 'prefecture-st-bureau',
      participants: ['prefecture-org-dept', 'dispatching-unit'],
    },
    ASSESSMENT,
  );
  expect(await teamStanding(teller, team, '2019-12-21')).toContain(rule);
  const file = { assessment: id, version, filingBody: 'province-org-dept' };
  const filed = await teller.done(cityBureau, 'assessmentFile', '2020-01-06', file, ASSESSMENT);
  expect(filed).toMatchObject({ filedOn: '2020-01-06', filedWith: 'province-org-dept' });
  expect(await teamStanding(teller, team, '2020-01-05')).toContain(rule);
  expect(await teamStanding(teller, team, '2020-01-06')).not.toContain(rule);
}

/** A good year is rewarded: praise rests on an excellent result, and the next money goes there first. */
export async function bearFruit(teller: Teller, team: ExpertTeam): Promise<void> {
  const receiver = accountOf('receiving-unit', COUNTY, team.government);
  const assess = (on: string, outcome: string, basis: string[]) =>
    teller.done(
      receiver,
      'assessmentRecord',
      on,
      { kind: 'annual', subjectKind: 'team', team: team.id, year: 2019, outcome, basis },
      ASSESSMENT,
    );
  const praise = (assessment: string | null) =>
    teller.act(
      committee,
      'commendationRecord',
      '2020-01-10',
      { region: COUNTY, team: team.id, form: 'commend', title: '先进服务团', assessment },
      'commendation { id assessment { outcome } }',
    );
  const unfounded = await praise(null);
  expect([unfounded.commendation, stopping(unfounded)]).toEqual([null, ['hunan.team.commendation']]);
  const { id } = await assess('2019-12-22', 'excellent', [await daily(teller, team, '2019-11-12')]);
  const praised = await praise(id);
  expect(praised).toMatchObject({
    decision: { outcome: 'ALLOW' },
    commendation: { assessment: { outcome: 'excellent' } },
  });
  const document = `query ($region: ID!, $year: Int!) { fundingRanking(region: $region, year: $year, payerLevel: "province",
    source: "province-special", asOf: "2020-02-01") { position team { id } decision { rank findings(outcomes: [PASS]) { rule } } } }`;
  const ranked = async (year: number) => {
    const { fundingRanking } = await teller.get(provinceSt, document, { region: PROVINCE, year });
    const own = fundingRanking.find(({ team: one }: { team: { id: string } }) => one.id === team.id);
    return own.decision.findings.map(({ rule }: { rule: string }) => rule);
  };
  expect(await ranked(2020)).toContain('hunan.team.consequence-support');
  expect(await ranked(2021)).not.toContain('hunan.team.consequence-support');
}
