import { expect, it } from '@jest/globals';
import { breakers, broken, everyNode, FAILING, type Get } from './law.ts';

const BUREAU = 'demo:baise-st-bureau';
const CITY = 'cn-451000';
const DAY = '2019-12-31';
const PAGE = 'pageInfo { hasNextPage endCursor }';

/** A list of the prefecture, each with the decision on its standing. */
const standings = (get: Get, field: string, name: string, filter = `region: "${CITY}"`) =>
  everyNode(
    get,
    BUREAU,
    `query ($after: String) { ${field}(first: 100, after: $after, filter: { ${filter} }) {
      edges { node { ${name} standing(asOf: "${DAY}") { ${FAILING} } } } ${PAGE} } }`,
    field,
  );

/** The law of the prefecture on the first whole year of its plan: nobody breaks it who is not on the list. */
export function lawOfBaise(get: Get): void {
  it('finds nothing against a team, and of all who are sent nine without what they are to do or who left', async () => {
    const teams = await standings(get, 'teams', 'name', `within: "${CITY}", activeOn: "${DAY}"`);
    expect(teams).toHaveLength(13);
    expect(breakers(teams.map(({ name, standing }) => [name, broken(standing)]))).toEqual({});
    const sent = (await standings(get, 'appointments', 'year')).filter(({ year }) => year < 2020);
    expect(sent).toHaveLength(503);
    const rules = sent.flatMap(({ standing }) => broken(standing));
    expect(Object.fromEntries([...Map.groupBy(rules, (rule) => rule)].map(([rule, of]) => [rule, of.length]))).toEqual({
      'baise.stp.clarity.standing': 4,
      // Two of the rows; the third leaves in the story, and somebody answers for it.
      'baise.stp.continuity.standing': 3,
      'baise.sanqu.four-ones.standing': 3,
    });
  });

  it('finds a task without a person, a report too late and one too early, and what nobody put right', async () => {
    const tasks = await standings(get, 'tasks', 'title');
    expect(tasks).toHaveLength(17);
    const found = breakers(tasks.map(({ title, standing }) => [title, broken(standing)]));
    expect(found).toMatchObject({ 实用技术培训: ['baise.org.task-owner.units'] });
    const reports = await standings(get, 'reports', 'submittedOn');
    expect(breakers(reports.map(({ submittedOn, standing }) => [submittedOn, broken(standing)]))).toEqual({
      '2019-04-09': ['baise.report.quarterly'],
      '2019-06-17': ['baise.report.quarterly.early'],
    });
    const findings = await standings(get, 'findings', 'description');
    expect(breakers(findings.map(({ description, standing }) => [description, broken(standing)]))).toEqual({
      '星创天地认定进度滞后（演示）': ['baise.inspect.rectification'],
    });
  });

  it('finds two villages without a board and one without a demonstration', async () => {
    const document = `query ($id: ID!) { region(id: $id) { coverage(asOf: "${DAY}") { decision { ${FAILING} } }
      fundingCoverage(year: 2019, asOf: "${DAY}") { ${FAILING} } workResultCoverage(asOf: "${DAY}") { facts ${FAILING} } } }`;
    const { region } = await get(BUREAU, document, { id: CITY });
    expect(region.workResultCoverage.facts).toMatchObject({
      'workCoverage.villagesWithoutServiceBoard': 2,
      'workCoverage.villagesWithoutDemo': 1,
    });
    expect(broken(region.coverage.decision, region.fundingCoverage, region.workResultCoverage)).toEqual([
      'baise.experts.households-1000.coverage',
      'baise.notice.village-board',
    ]);
  });

  it('has a table of the year with what is met, what is not, and what nobody can know', async () => {
    const { indicatorTable } = await get(
      BUREAU,
      `{ indicatorTable(pack: "baise", year: 2019, asOf: "${DAY}") { id value verdict assessed } }`,
    );
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
    const of = (verdict: string) => indicatorTable.filter((line: any) => line.verdict === verdict && line.assessed);
    expect(['MET', 'UNMET', 'UNKNOWN'].map((verdict) => of(verdict).length)).toEqual([24, 15, 2]);
    const value = new Map(indicatorTable.map(({ id, value }: { id: string; value: number }) => [id, value]));
    // The same figure beside the targets of the table and of the text.
    expect(value.get('training')).toBe(value.get('training-yearly'));
    expect(['commissioners', 'new-items', 'parks-stock'].map((id) => value.get(id))).toEqual([421, 18, null]);
    const { obligations } = await get(
      BUREAU,
      `{ obligations(region: "${CITY}", year: 2019, asOf: "${DAY}") { entry status settledLate } }`,
    );
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const late = obligations.filter((one: any) => one.status === 'LATE' || one.settledLate);
    expect(late).toEqual([
      { entry: 'quarterly-report', status: 'SATISFIED', settledLate: true },
      { entry: 'quarterly-report', status: 'LATE', settledLate: false },
    ]);
  });
}
