import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { assessedTeam, type Input, THING, type Viewer } from './testdata/assessing.ts';
import { act, undeclaredFacts } from './testdata/batch.ts';
import { mistake, NOBODY } from './testdata/planned-task.ts';
import { cityBureau, countyCommittee, department, TEAM_CITY, TEAM_COUNTY } from './testdata/posted-team.ts';

describe('results of a team', () => {
  let graph: Graph;
  let assessed: Awaited<ReturnType<typeof assessedTeam>>;

  beforeAll(async () => {
    graph = await startGraph({ today: '2021-03-01' });
    assessed = await assessedTeam(graph);
  }, 120_000);
  afterAll(() => graph.stop());

  it('are told to the units and published, and a bad one stays open until it is put right', async () => {
    const { team, record, annual, ofTeam } = assessed;
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
    const open = async (asOf = '2019-12-31') => (await ofTeam(`openConsequences(asOf: "${asOf}")`)).openConsequences;
    expect(await open()).toBe(3);
    expect(await open('2018-12-19')).toBe(0);
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
    const published = await publish({
      version: 2,
      notify: [team.other],
      sites: ['province-st-network'],
      on: '2019-01-12',
    });
    expect(published.assessment).toMatchObject({ status: 'published', unitsToNotify: [], publishedOn: '2019-01-12' });
    expect(await sees(anonymous)).toBe(true);
    expect(published.assessment.told).toEqual([{ on: '2019-01-10' }, { on: '2019-01-12' }]);
    expect(await open()).toBe(1);
    // Told since is not told then.
    expect([await open('2019-01-09'), await open('2019-01-10'), await open('2019-01-12')]).toEqual([3, 2, 1]);
    // What somebody in the team is told is not told of the team.
    const ofLeader = {
      kind: 'daily',
      subjectKind: 'leader',
      person: team.leader,
      leadBody: 'prefecture-st-bureau',
      outcome: 'unsatisfactory',
    };
    const leader = await record({ ...ofLeader, team: team.id, year: 2018, on: '2018-12-21' }, team.sender);
    expect(leader.assessment).toMatchObject({ outcome: 'unsatisfactory', unitsToNotify: [{ id: team.home }] });
    expect(await open()).toBe(1);
  });

  it('are what a commendation rests on', async () => {
    const { team, record, annual } = assessed;
    const daily = await record(
      { kind: 'daily', subjectKind: 'team', team: team.id, year: 2019, on: '2019-06-01' },
      team.head,
    );
    const best = (await annual({ basis: [daily.assessment.id] })).assessment.id;
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

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
