import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { assessedTeam, type Input, THING, type Viewer } from './testdata/assessing.ts';
import { act, stranger, undeclaredFacts } from './testdata/batch.ts';
import { mistake, NOBODY, rules } from './testdata/planned-task.ts';
import { cityBureau, department } from './testdata/posted-team.ts';

describe('assessments of a team', () => {
  let graph: Graph;
  let assessed: Awaited<ReturnType<typeof assessedTeam>>;

  beforeAll(async () => {
    graph = await startGraph({ today: '2021-03-01' });
    assessed = await assessedTeam(graph);
  }, 120_000);
  afterAll(() => graph.stop());

  it('at the end of a term need targets, the right body, and one of two windows', async () => {
    const { team, schedule, target, ofTeam } = assessed;
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
    const { team, record, annual } = assessed;
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
    const { team, schedule, record, ofTeam } = assessed;
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
    const { team, record, ofTeam } = assessed;
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

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
