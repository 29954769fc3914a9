import { expect, it } from '@jest/globals';
import { breakers, broken, FAILING, type Get } from './law.ts';

const NATION = 'demo:advisors-nation';
const DAY = '2022-12-31';
const COUNTIES = ['cn-430626', 'cn-451024', 'cn-522634'];

/** The law of the nation on three counties at the end of 2022, one of which is under its province’s too. */
export function lawOfAdvisors(get: Get): void {
  it('finds nothing against a group, and one that met once in the year', async () => {
    const { teams } = await get(
      NATION,
      `{ teams(first: 10, filter: { kind: "industry-advisor-group", activeOn: "${DAY}" }) { edges { node { name
        standing(asOf: "${DAY}") { ${FAILING} } serviceProgress(year: 2022, asOf: "${DAY}") { ${FAILING} } } } } }`,
    );
    expect(teams.edges).toHaveLength(2);
    // biome-ignore lint/suspicious/noExplicitAny: a test states what it expects by its assertions, not by types
    const found = teams.edges.map(({ node }: any) => [node.name, broken(node.standing, node.serviceProgress)]);
    expect(breakers(found)).toEqual({ '德保县桑蚕产业顾问组（演示）': ['national.work.consult-half-year'] });
  });

  it('finds of the counties a liaison who is not named and a project that is not shown', async () => {
    const document = `query ($id: ID!) { region(id: $id) { name coverage(asOf: "${DAY}") { decision { ${FAILING} } }
      supportCoverage(asOf: "${DAY}") { ${FAILING} } followUpCoverage(asOf: "${DAY}") { ${FAILING} } } }`;
    const found: [string, string[]][] = [];
    for (const id of COUNTIES) {
      const { region } = await get(NATION, document, { id });
      found.push([region.name, broken(region.coverage.decision, region.supportCoverage, region.followUpCoverage)]);
    }
    expect(breakers(found)).toEqual({
      平江县: [
        'hunan.plan.village-one-expert.coverage',
        'hunan.team.coverage-village-2018',
        'national.org.liaison.coverage',
      ],
      德保县: ['national.project.portal.coverage'],
    });
  });

  it('finds of the projects the same', async () => {
    const projects = `query ($region: ID!) { projects(first: 20, filter: { region: $region }) { edges { node {
      title registeredOn standing(asOf: "${DAY}") { ${FAILING} } } } } }`;
    const found: [string, string[]][] = [];
    for (const region of COUNTIES) {
      for (const { node } of (await get(NATION, projects, { region })).projects.edges) {
        if (node.registeredOn <= DAY) found.push([node.title, broken(node.standing)]);
      }
    }
    expect(found).toHaveLength(6);
    expect(breakers(found)).toEqual({ '桑蚕标准化基地建设（演示）': ['national.project.portal'] });
  });
}
