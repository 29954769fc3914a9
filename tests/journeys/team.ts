import { expect } from '@jest/globals';
import { accountOf, bureau, CAPITAL, CITY, COUNTY, countyDept, panel, stopping, type Teller } from './door.ts';
import { grade, score, seats } from './evaluation.ts';

const TEAM = 'team { id version status memberCount }';
const DAY = '2022-06-01';

export interface TeamAtWork {
  readonly id: string;
  readonly unit: string;
  version: number;
  readonly members: string[];
}

/** A team with four members, led on both sides and signed with a county: refused. With the fifth: at work. */
export async function formTeam(teller: Teller): Promise<TeamAtWork> {
  const unit = await teller.organisation('省农科院', CAPITAL, { type: 'research-institute' });
  const input = { name: '怀药服务团', level: 'prefecture', region: CITY, organisation: unit };
  const more = { field: 'yam', chainStages: ['planting'] };
  const formed = await teller.done(bureau, 'teamCreate', '2022-03-01', { ...input, ...more }, TEAM);
  const team: TeamAtWork = { id: formed.id, unit, version: formed.version, members: [] };
  const step = async (mutation: string, content: object, thing = TEAM) => {
    const all = { team: team.id, version: team.version, ...content };
    const answer = await teller.done(bureau, mutation, DAY, all, thing);
    team.version = (answer.team ?? answer).version;
  };
  const join = async (name: string) => {
    const person = await teller.person(name, unit);
    await step('teamMemberAdd', { person });
    team.members.push(person);
  };
  for (const name of ['赵', '钱', '孙', '李']) await join(name);
  const government = await teller.organisation('县人民政府', COUNTY, { type: 'government', level: 'county' });
  const head = await teller.person('院领导', unit, { post: 'unit-leader-in-charge' });
  const leader = await teller.person('县领导', government, { post: 'county-leader' });
  const liaison = await teller.person('县科技局长', government, { post: 'county-st-dept-head' });
  await step('teamLeaderAppoint', { person: head, side: 'unit' });
  const commitments = [{ text: '每季度一次现场指导', due: '2022-12-01' }];
  const sides = { teamSignatory: team.members[0], countySignatory: leader };
  await step('agreementSign', { county: COUNTY, commitments, ...sides }, 'agreement { team { id version } }');
  await step('teamLeaderAppoint', { person: leader, side: 'county', county: COUNTY });
  await step('teamLiaisonAppoint', { person: liaison, county: COUNTY });

  const four = await teller.act(bureau, 'teamActivate', DAY, { team: team.id, version: team.version }, TEAM);
  expect(stopping(four)).toEqual(['jiaozuo.team.size']);
  expect(four.decision?.findings[0]?.message.zh).toContain('现有成员 4 人');
  expect(four.team).toMatchObject({ status: 'forming', version: team.version });
  await join('周');
  await step('teamActivate', {});
  const removal = { team: team.id, version: team.version, person: team.members[0], reason: '调离' };
  const fewer = await teller.act(bureau, 'teamMemberRemove', '2022-07-01', removal, TEAM);
  expect(stopping(fewer)).toEqual(['jiaozuo.team.size.change']);
  expect(fewer.team).toMatchObject({ status: 'active', memberCount: 5, version: team.version });
  return team;
}

/** Money for the team within its bounds, and expenses that the unit reviewed. Answers the funding line. */
export async function fundTeam(teller: Teller, team: TeamAtWork): Promise<string> {
  const office = { type: 'st-dept', nature: 'administrative', level: 'prefecture' };
  const payer = await teller.organisation('市科技局', CITY, office);
  const thing = 'fundingLine { id amountFen remainingFen }';
  const budget = { payer, payerLevel: 'prefecture', source: 'prefecture-st-budget', form: 'subsidy', year: 2022 };
  const allocate = (amountFen: number) =>
    teller.act(bureau, 'fundingAllocate', '2022-06-10', { ...budget, team: team.id, amountFen }, thing);
  for (const amountFen of [9_999_999, 20_000_001]) {
    const refused = await allocate(amountFen);
    expect(refused.fundingLine).toBeNull();
    expect(stopping(refused)).toEqual(['jiaozuo.fund.team']);
  }
  const { fundingLine } = await allocate(15_000_000);
  expect(fundingLine).toMatchObject({ amountFen: 15_000_000, remainingFen: 15_000_000 });

  const account = accountOf('dispatching-unit', CAPITAL, team.unit);
  const expense = { line: fundingLine.id, category: 'transport-travel', amountFen: 50_000, activity: '下乡指导' };
  const spend = (more: object) =>
    teller.act(
      account,
      'expenseSubmit',
      '2022-07-05',
      { ...expense, servedTeam: team.id, ...more },
      'expense { id line { remainingFen } }',
    );
  const unreviewed = await spend({});
  expect(unreviewed.expense).toBeNull();
  expect(stopping(unreviewed)).toEqual(['jiaozuo.expense.unit-supervision']);
  const reviewed = await spend({ reviewer: '科研处', reviewedOn: '2022-07-04' });
  expect(reviewed.decision?.outcome).toBe('ALLOW');
  expect(reviewed.expense.line.remainingFen).toBe(14_950_000);
  return fundingLine.id;
}

/** What was promised in the agreement is open until it is shown that it was kept. */
export async function keepThePromise(teller: Teller, team: TeamAtWork): Promise<void> {
  const query = `query ($id: ID!, $asOf: Date!) { team(id: $id) { openCommitmentCount(asOf: $asOf) agreements { id version commitments { id settledOn evidence } }
    standing(asOf: $asOf) { findings(outcomes: [FAIL]) { rule } } } }`;
  const read = async (asOf: string) => (await teller.get(bureau, query, { id: team.id, asOf })).team;
  const open = await read('2022-12-02');
  expect(open).toMatchObject({ openCommitmentCount: 1 });
  expect(open.standing.findings).toContainEqual({ rule: 'jiaozuo.service.team-agreement.standing' });
  const [agreement] = open.agreements;
  const settle = (evidence: string, who = bureau) =>
    teller.act(
      who,
      'agreementCommitmentSettle',
      '2022-10-10',
      { agreement: agreement.id, version: agreement.version, commitment: agreement.commitments[0].id, evidence },
      'agreement { version }',
    );
  expect(stopping(await settle('四次现场指导', panel))).toEqual(['platform.access.permitted']);
  expect((await settle('四次现场指导')).decision?.outcome).toBe('ALLOW');
  const kept = await read('2022-12-02');
  expect(kept).toMatchObject({
    openCommitmentCount: 0,
    agreements: [{ commitments: [{ settledOn: '2022-10-10', evidence: '四次现场指导' }] }],
  });
  expect(kept.standing.findings).not.toContainEqual({ rule: 'jiaozuo.service.team-agreement.standing' });
}

/** A prefecture's team is the prefecture's to evaluate. */
export async function evaluateTeam(teller: Teller, team: TeamAtWork): Promise<void> {
  const thing = 'evaluationBatch { id version status }';
  const common = { subjectKind: 'TEAM', year: 2022, subjects: [team.id] };
  const ofCounty = { ...common, evaluatorLevel: 'county', evaluatorRegion: COUNTY };
  const county = await teller.done(countyDept, 'evaluationBatchOpen', '2022-11-01', ofCounty, thing);
  const [theirs] = await seats(teller, bureau, county.id);
  if (!theirs) throw new Error('the batch has its subject');
  expect(stopping(await score(teller, countyDept, theirs, '2022-11-02'))).toContain('jiaozuo.eval.who-city');

  const ofCity = { ...common, evaluatorLevel: 'prefecture', evaluatorRegion: CITY };
  const batch = await teller.done(bureau, 'evaluationBatchOpen', '2022-11-03', ofCity, thing);
  const [seat] = await seats(teller, bureau, batch.id);
  if (!seat) throw new Error('the batch has its subject');
  const scored = await score(teller, bureau, seat, '2022-11-04');
  const graded = await grade(teller, bureau, scored.evaluation, 'good', '2022-11-05');
  expect(graded).toMatchObject({ decision: { outcome: 'ALLOW' }, evaluation: { grade: 'good' } });
  const publish = { batch: batch.id, version: graded.evaluation.batch.version, sites: ['prefecture-st-network'] };
  const published = await teller.done(bureau, 'evaluationPublish', '2022-11-06', publish, thing);
  expect(published.status).toBe('published');
}
