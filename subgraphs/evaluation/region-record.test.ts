import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { assessedTeam, type Input, type Viewer } from './testdata/assessing.ts';
import { act, stranger, undeclaredFacts } from './testdata/batch.ts';
import { mistake } from './testdata/planned-task.ts';
import { department, TEAM_CITY, TEAM_COUNTY, TEAM_PROVINCE } from './testdata/posted-team.ts';

describe('what is recorded of a region', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2021-03-01' });
    await assessedTeam(graph);
  }, 120_000);
  afterAll(() => graph.stop());

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

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
