import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, stranger, undeclaredFacts } from './testdata/batch.ts';
import {
  cityBureau,
  countyCommittee,
  department,
  postedTeam,
  TEAM_CITY,
  TEAM_COUNTY,
  TEAM_PROVINCE,
} from './testdata/posted-team.ts';

const NOBODY = '01890000-0000-7000-8000-000000000000';
type Viewer = Parameters<Graph['ask']>[0];
type Input = Record<string, unknown>;
const rules = (payload: { decision: { findings: { rule: string }[] } }) =>
  payload.decision.findings.map(({ rule }) => rule);
const mistake = (payload: { userErrors: { code: string }[] }) => payload.userErrors[0]?.code;

describe('assessments of a team', () => {
  let graph: Graph;
  let team: Awaited<ReturnType<typeof postedTeam>>;

  beforeAll(async () => {
    graph = await startGraph({ today: '2021-03-01' });
    team = await postedTeam(graph, '茶陵');
  }, 120_000);
  afterAll(() => graph.stop());

  const THING = 'assessment { id version status outcome basis { id } unitsToNotify { id } filedWith publishedOn }';
  const schedule = (input: Input = {}, viewer: Viewer = department) =>
    act(
      graph,
      viewer,
      'assessmentSchedule',
      {
        kind: 'term-end',
        subjectKind: 'team',
        team: team.id,
        year: 2020,
        date: '2020-07-21',
        on: '2020-05-10',
        ...input,
      },
      THING,
    );
  const record = (input: Input, viewer: Viewer = team.receiver) =>
    act(graph, viewer, 'assessmentRecord', { on: '2019-12-20', ...input }, THING);
  const annual = (input: Input = {}, viewer: Viewer = team.receiver) =>
    record({ kind: 'annual', subjectKind: 'team', team: team.id, year: 2019, outcome: 'excellent', ...input }, viewer);
  const target = (input: Input = {}, viewer: Viewer = countyCommittee) =>
    act(
      graph,
      viewer,
      'targetSet',
      {
        subjectKind: 'TEAM',
        subject: team.id,
        kind: 'term',
        measure: '建立示范基地',
        quantity: 2,
        due: '2020-04-30',
        taskType: 'demonstration',
        on: '2018-06-01',
        ...input,
      },
      'target { id subjectKind due }',
    );
  const ofTeam = async (fields: string) =>
    (await graph.get(department, `query ($id: ID!) { team(id: $id) { ${fields} } }`, { id: team.id })).team;

  it('at the end of a term need targets, the right body, and one of two windows', async () => {
    const without = await schedule();
    expect(without).toMatchObject({ assessment: null, decision: { outcome: 'DENY' } });
    expect(rules(without)).toEqual(['hunan.team.term-targets.term-end']);
    const set = await target();
    expect(set).toMatchObject({
      target: { subjectKind: 'TEAM', due: '2020-04-30' },
      decision: { outcome: 'ALLOW', facts: { 'target.withinTerm': true, 'target.leadingIndustry': false } },
    });
    expect((await target({ due: '2020-05-01' })).decision.facts).toMatchObject({ 'target.withinTerm': false });
    expect(rules(await target({ measure: ' ' }))).toContain('hunan.team.term-targets.content');
    expect((await target({}, team.head)).decision.outcome).toBe('ALLOW');
    expect((await target({}, stranger)).decision.outcome).toBe('DENY');
    expect(mistake(await target({ subject: NOBODY }))).toBe('NOT_FOUND');
    expect(await ofTeam('termTargetCount taskTypesCovered')).toEqual({
      termTargetCount: 4,
      taskTypesCovered: ['demonstration'],
    });

    expect(await schedule()).toMatchObject({
      assessment: { status: 'scheduled' },
      decision: {
        outcome: 'ALLOW',
        facts: { 'assessment.monthDay': 721, 'assessment.daysAfterTermEnd': 82, 'team.termTargetCount': 4 },
      },
    });
    const outside = await schedule({ date: '2020-08-01' });
    expect(outside).toMatchObject({ assessment: null, decision: { outcome: 'NEEDS_OVERRIDE' } });
    const overrides = [{ rule: 'hunan.team.term-end-window', role: 'province-st-dept', reason: '汛期推迟' }];
    expect((await schedule({ date: '2020-08-01', overrides })).decision.outcome).toBe('ALLOW');
    expect(mistake(await schedule({ date: '2020-08-01', overrides }, cityBureau))).toBe('OVERRIDE_ROLE_NOT_HELD');
    expect(rules(await schedule({}, cityBureau))).toContain('hunan.team.term-end-organiser');
    expect(mistake(await schedule({ team: NOBODY }))).toBe('NOT_FOUND');
    expect(mistake(await schedule({ team: null }))).toBe('SUBJECT_REQUIRED');
    expect(mistake(await schedule({ year: 2021 }))).toBe('YEAR_INVALID');
  });

  it('of a year are made by the receiving unit, on daily records', async () => {
    const daily = await record(
      { kind: 'daily', subjectKind: 'team', team: team.id, year: 2019, on: '2019-06-01' },
      team.head,
    );
    expect(daily.decision.outcome).toBe('ALLOW');
    const bare = await annual();
    expect(bare).toMatchObject({ assessment: null, decision: { outcome: 'NEEDS_OVERRIDE' } });
    expect(rules(bare)).toEqual(['hunan.team.daily-assessment']);
    const basis = [daily.assessment.id];
    expect(rules(await annual({ basis }, team.sender))).toContain('hunan.team.annual-assessment');
    const made = await annual({ basis, idempotencyKey: 'annual' });
    expect(made).toMatchObject({
      assessment: { status: 'recorded', outcome: 'excellent', basis: [{ id: basis[0] }] },
      decision: {
        outcome: 'ALLOW',
        facts: { 'assessment.byReceivingUnit': true, 'assessment.dailyCount': 1, 'assessment.earlierLeadBodies': [] },
      },
    });
    expect((await annual({ basis, idempotencyKey: 'annual' })).assessment.id).toBe(made.assessment.id);
    expect(mistake(await annual({ basis: [NOBODY] }))).toBe('NOT_FOUND');
    expect(mistake(await annual({ kind: ' ' }))).toBe('KIND_REQUIRED');
    expect(mistake(await annual({ year: null }))).toBe('YEAR_REQUIRED');
    expect(mistake(await annual({ date: '2019-12-21' }))).toBe('DATE_IN_FUTURE');
    expect(rules(await annual({ basis, outcome: 'splendid' }))).toContain('hunan.team.grades-silent');
  });

  it('that were scheduled are recorded once', async () => {
    const { assessment } = await schedule();
    const input = { assessment: assessment.id, version: 1, outcome: 'good', on: '2020-07-25', basis: [] as string[] };
    expect(mistake(await record({ ...input, version: 3 }, department))).toBe('STALE_VERSION');
    expect(mistake(await record({ ...input, on: '2020-05-01' }, department))).toBe('ON_BEFORE_LAST_ACT');
    const daily = await record(
      { kind: 'daily', subjectKind: 'team', team: team.id, year: 2020, on: '2020-03-01' },
      team.head,
    );
    input.basis = [daily.assessment.id];
    const done = await record(input, department);
    expect(done).toMatchObject({ assessment: { status: 'recorded', version: 2 }, decision: { outcome: 'ALLOW' } });
    expect(mistake(await record({ ...input, version: 2 }, department))).toBe('WRONG_STATE');
    expect(mistake(await record({ ...input, assessment: NOBODY }, department))).toBe('NOT_FOUND');
    expect(await ofTeam('y: assessmentOutcome(year: 2020) none: assessmentOutcome(year: 2018)')).toEqual({
      y: 'good',
      none: null,
    });
  });

  it('of a leader are led by the prefecture’s bureau, filed above, and open until they are', async () => {
    const daily = await record(
      {
        kind: 'daily',
        subjectKind: 'leader',
        team: team.id,
        person: team.leader,
        year: 2019,
        leadBody: 'prefecture-st-bureau',
        on: '2019-06-01',
      },
      team.sender,
    );
    const of = (input: Input) =>
      record(
        {
          kind: 'annual',
          subjectKind: 'leader',
          team: team.id,
          person: team.leader,
          year: 2019,
          outcome: 'good',
          leadBody: 'prefecture-st-bureau',
          participants: ['prefecture-org-dept', 'dispatching-unit'],
          basis: [daily.assessment.id],
          on: '2019-12-28',
          ...input,
        },
        cityBureau,
      );
    expect(rules(await of({ leadBody: 'county-st-dept' }))).toContain('hunan.team.leader-assessment');
    const half = await of({ participants: ['prefecture-org-dept'] });
    expect(half.decision.outcome).toBe('ALLOW');
    expect(rules(half)).toEqual(['hunan.team.leader-assessment.participants']);
    const whole = await of({});
    expect(whole.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'assessment.earlierLeadBodies': ['prefecture-st-bureau'] },
    });
    // The daily record of the leader is one too.
    expect((await ofTeam('unfiledLeaderAssessments')).unfiledLeaderAssessments).toBe(3);
    const file = (input: Input, viewer: Viewer = cityBureau) =>
      act(
        graph,
        viewer,
        'assessmentFile',
        { assessment: whole.assessment.id, version: 1, filingBody: 'province-org-dept', on: '2020-01-10', ...input },
        THING,
      );
    expect(rules(await file({ filingBody: 'county-government' }))).toEqual([
      'hunan.team.leader-assessment-filing.body',
    ]);
    expect((await file({}, team.head)).decision.outcome).toBe('DENY');
    expect(mistake(await file({ version: 2 }))).toBe('STALE_VERSION');
    expect(await file({})).toMatchObject({ assessment: { filedWith: 'province-org-dept', version: 2 } });
    expect((await ofTeam('unfiledLeaderAssessments')).unfiledLeaderAssessments).toBe(2);
  });

  it('are told to the units and published, and a bad one stays open until it is put right', async () => {
    const daily = await record(
      { kind: 'daily', subjectKind: 'team', team: team.id, year: 2018, on: '2018-09-01' },
      team.head,
    );
    const bad = await annual({ basis: [daily.assessment.id], year: 2018, outcome: 'unsatisfactory', on: '2018-12-20' });
    const { id, unitsToNotify } = bad.assessment;
    const units = [{ id: team.home }, { id: team.other }];
    expect(unitsToNotify).toHaveLength(2);
    expect(unitsToNotify).toEqual(expect.arrayContaining(units));
    const data = await graph.get(
      department,
      `query ($id: ID!) { assessment(id: $id) { consequences { rule year met effect } } }`,
      { id },
    );
    expect(data.assessment.consequences).toContainEqual({
      rule: 'hunan.team.consequence-cancel',
      year: 2019,
      met: false,
      effect: 'deny',
    });
    const open = async () => (await ofTeam('openConsequences(asOf: "2019-12-31")')).openConsequences;
    expect(await open()).toBe(3);
    const publish = (input: Input) =>
      act(graph, cityBureau, 'assessmentPublish', { assessment: id, on: '2019-01-10', ...input }, THING);
    expect(mistake(await publish({ version: 1, notify: [team.receiving] }))).toBe('NOT_FOUND');
    const told = await publish({ version: 1, notify: [team.home] });
    expect(told).toMatchObject({
      assessment: { status: 'recorded', unitsToNotify: [{ id: team.other }] },
      decision: { outcome: 'ALLOW', facts: { 'assessment.unitsToNotify': 1 } },
    });
    expect(mistake(await publish({ version: 2, notify: [team.home] }))).toBe('WRONG_STATE');
    const sees = async (viewer: Viewer) =>
      (await graph.get(viewer, `query ($id: ID!) { assessment(id: $id) { outcome } }`, { id })).assessment !== null;
    expect(await sees(anonymous)).toBe(false);
    expect(await sees(department)).toBe(true);
    const published = await publish({ version: 2, notify: [team.other], sites: ['province-st-network'] });
    expect(published.assessment).toMatchObject({ status: 'published', unitsToNotify: [], publishedOn: '2019-01-10' });
    expect(await sees(anonymous)).toBe(true);
    expect(await open()).toBe(1);
  });

  it('are what a commendation rests on', async () => {
    const best = (
      await graph.get(
        department,
        `query ($filter: AssessmentFilter) { assessments(filter: $filter) { edges { node { id } } } }`,
        { filter: { team: team.id, kinds: ['annual'], outcome: 'excellent', year: 2019 } },
      )
    ).assessments.edges[0].node.id;
    const commend = (input: Input = {}, viewer: Viewer = countyCommittee) =>
      act(
        graph,
        viewer,
        'commendationRecord',
        { region: TEAM_COUNTY, team: team.id, form: 'commend', title: '先进集体', on: '2020-02-01', ...input },
        'commendation { id subjectKind assessment { id } }',
      );
    const bare = await commend();
    expect(bare).toMatchObject({ commendation: null, decision: { outcome: 'NEEDS_OVERRIDE' } });
    const overrides = [{ rule: 'hunan.team.commendation', role: 'county-party-committee', reason: '抢险' }];
    expect((await commend({ overrides })).decision.outcome).toBe('ALLOW');
    expect(await commend({ assessment: best })).toMatchObject({
      commendation: { subjectKind: 'team', assessment: { id: best } },
      decision: { outcome: 'ALLOW', facts: { 'commendation.basisOutcome': 'excellent' } },
    });
    expect((await commend({ assessment: best }, team.head)).decision.outcome).toBe('DENY');
    expect(mistake(await commend({ assessment: NOBODY }))).toBe('NOT_FOUND');
    expect(mistake(await commend({ title: '' }))).toBe('TITLE_REQUIRED');
    const list = await graph.get(
      anonymous,
      `{ commendations(filter: { within: "${TEAM_CITY}" }) { edges { node { title } } } }`,
    );
    expect(list.commendations.edges).toHaveLength(2);
  });

  it('go with letters, whose coverage the region answers for', async () => {
    const sign = (input: Input, viewer: Viewer = department) =>
      act(
        graph,
        viewer,
        'responsibilityLetterSign',
        {
          region: TEAM_PROVINCE,
          signatoryKind: 'division-or-department',
          level: 'province',
          otherLevel: 'national',
          year: 2019,
          targets: ['一县一团'],
          on: '2019-03-01',
          ...input,
        },
        'responsibilityLetter { id year lastYear }',
      );
    const coverage = async (region: string, year = 2019) => {
      const data = await graph.get(
        department,
        `query ($id: ID!, $year: Int!) { region(id: $id) { letterCoverage(year: $year, asOf: "2020-12-31") { facts findings(outcomes: [FAIL]) { rule } } } }`,
        { id: region, year },
      );
      return data.region.letterCoverage;
    };
    expect(await sign({ lastYear: 2020 })).toMatchObject({
      responsibilityLetter: { year: 2019, lastYear: 2020 },
      decision: {
        outcome: 'ALLOW',
        facts: { 'responsibilityLetter.toHigherLevel': true, 'responsibilityLetter.duplicate': false },
      },
    });
    expect((await sign({ year: 2020 })).decision.facts).toMatchObject({ 'responsibilityLetter.duplicate': true });
    const county = { region: TEAM_COUNTY, signatoryKind: 'county', level: 'county', otherLevel: 'prefecture' };
    expect((await sign(county)).decision.outcome).toBe('ALLOW');
    expect(mistake(await sign({ ...county, level: 'village' }))).toBe('LEVEL_INVALID');
    expect(mistake(await sign({ lastYear: 2018 }))).toBe('LAST_YEAR_INVALID');
    expect((await sign(county, persona('elsewhere', [['county-government', 'cn-430225']]))).decision.outcome).toBe(
      'DENY',
    );
    const province = await coverage(TEAM_PROVINCE);
    expect(province.facts).toMatchObject({
      'letterCoverage.signedKinds': ['county', 'division-or-department'],
      'letterCoverage.countiesWithout': 50,
      'letterCoverage.prefecturesWithout': 12,
      'region.teamScopeCountyCount': 51,
    });
    expect(province.findings).toEqual(
      expect.arrayContaining([
        { rule: 'hunan.plan.responsibility-letters' },
        { rule: 'hunan.plan.responsibility-letters.levels' },
      ]),
    );
    expect((await coverage(TEAM_PROVINCE, 2020)).facts).toMatchObject({
      'letterCoverage.signedKinds': ['division-or-department'],
    });
    expect((await coverage(TEAM_COUNTY)).facts).toMatchObject({
      'letterCoverage.countiesWithout': 0,
      'region.inTeamScope': true,
    });
  });

  it('go with what a region reports, and what was found in it', async () => {
    const data = await graph.get(
      stranger,
      `query ($id: ID!) { region(id: $id) {
        reportCoverage(year: 2019, asOf: "2020-01-01") { facts findings(outcomes: [FAIL]) { rule } }
        followUpCoverage(asOf: "2020-01-01") { facts } } }`,
      { id: TEAM_CITY },
    );
    expect(data.region.reportCoverage).toMatchObject({
      facts: { 'reportCoverage.yearEnded': true, 'reportCoverage.progressCount': 0, 'region.activeTeamCount': 1 },
      findings: expect.arrayContaining([{ rule: 'hunan.team.report-city' }]),
    });
    expect(data.region.followUpCoverage.facts).toMatchObject({ 'followUp.openFindings': 0 });
    const { errors } = await graph.ask(anonymous, `{ region(id: "${TEAM_CITY}") { followUpCoverage { outcome } } }`);
    expect(errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
  });

  it('go with services in the name of the team', async () => {
    const serve = (input: Input, viewer: Viewer = department) =>
      act(
        graph,
        viewer,
        'serviceRecordLog',
        {
          team: team.id,
          person: team.member,
          date: '2019-05-06',
          days: 2,
          mode: 'on-site',
          summary: '指导',
          on: '2019-05-10',
          ...input,
        },
        'serviceRecord { team { id } person { id } }',
      );
    expect(mistake(await serve({ person: null }))).toBe('APPOINTMENT_REQUIRED');
    expect(mistake(await serve({ person: NOBODY }))).toBe('NOT_FOUND');
    const progress = async (viewer: Viewer) =>
      (
        await graph.get(
          viewer,
          `query ($id: ID!) { team(id: $id) { serviceProgress(year: 2019, asOf: "2019-12-31") { facts } } }`,
          { id: team.id },
        )
      ).team.serviceProgress;
    expect(await progress(stranger)).toBeNull();
    expect((await progress(team.head)).facts).toMatchObject({ 'team.onSiteDays': 0, 'team.serviceYearEnded': true });
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
