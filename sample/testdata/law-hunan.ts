import { expect, it } from '@jest/globals';
import { breakers, broken, everyNode, FAILING, type Get } from './law.ts';

const ST = 'demo:hunan-st-dept';
const DAY = '2019-12-31';
const PAGE = 'pageInfo { hasNextPage endCursor }';

/** The law of the province on its counties at the end of 2019: nobody breaks it who is not on the list. */
export function lawOfHunan(get: Get): void {
  it('finds of the teams at work what is wrong in six of them', async () => {
    const document = `query ($after: String) { teams(first: 100, after: $after, filter: { kind: "expert-team", activeOn: "${DAY}" }) {
      edges { node { name standing(asOf: "${DAY}") { outcome ${FAILING} } } } ${PAGE} } }`;
    const teams = await everyNode(get, ST, document, 'teams');
    expect(teams).toHaveLength(46);
    const short = (name: string) => name.replace('科技扶贫专家服务团（演示）', '');
    expect(breakers(teams.map(({ name, standing }) => [short(name), broken(standing)]))).toEqual({
      泸溪县: ['hunan.team.practical-expert-min'],
      新田县: ['hunan.team.county-direct-contact'],
      江永县: ['hunan.team.leader-assessment-filing'],
      凤凰县: ['hunan.team.member-age.standing'],
      宜章县: ['hunan.team.tasks-catalogue'],
      双牌县: ['hunan.team.consequence-cancel.follow-up'],
    });
  });

  it('finds of the prefectures counties without a team, villages without an expert, and two letters not signed', async () => {
    const document = `{ regions(first: 20, filter: { within: "cn-43", level: PREFECTURE, asOf: "${DAY}" }) { edges { node { name
      coverage(asOf: "${DAY}") { decision { ${FAILING} } } letterCoverage(year: 2019, asOf: "${DAY}") { ${FAILING} }
      reportCoverage(year: 2019, asOf: "${DAY}") { ${FAILING} } fundingCoverage(year: 2019, asOf: "${DAY}") { ${FAILING} } } } } }`;
    const { regions } = await get(ST, document);
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const found = regions.edges.map(({ node }: any) => [
      node.name,
      broken(node.coverage.decision, node.letterCoverage, node.reportCoverage, node.fundingCoverage),
    ]);
    expect(breakers(found)).toEqual({
      株洲市: ['hunan.plan.fund-local', 'hunan.team.coverage-county-2018'],
      邵阳市: ['hunan.plan.responsibility-letters.levels'],
      岳阳市: ['hunan.team.coverage-village-2018'],
      郴州市: ['hunan.plan.responsibility-letters.levels'],
      怀化市: ['hunan.team.coverage-county-2018'],
      娄底市: ['hunan.team.coverage-county-2018'],
    });
  });
}
