import { expect, it } from '@jest/globals';
import { PREFECTURE } from '../jiaozuo/place.ts';
import type { Get } from './law.ts';

const BUREAU = 'demo:prefecture-st-bureau';

/** The law of the prefecture on its teams and counties: nobody breaks it who is not on the list. */
export function lawOfJiaozuo(get: Get): void {
  it('finds nothing against any team at work', async () => {
    const { teams } = await get(
      BUREAU,
      `{ teams(filter: { within: "cn-410800", level: "prefecture", status: "active" }, first: 50) { edges { node { name standing(asOf: "2025-06-30") {
        outcome findings(outcomes: [FAIL]) { rule } } } } } }`,
    );
    expect(teams.edges).toHaveLength(11);
    for (const { node } of teams.edges) expect([node.name, node.standing.outcome]).toEqual([node.name, 'ALLOW']);
    // biome-ignore lint/suspicious/noExplicitAny: as above
    const rules = teams.edges.flatMap(({ node }: any) => node.standing.findings.map(({ rule }: any) => rule));
    // The overdue promises of one team.
    expect(rules).toEqual(['jiaozuo.service.team-agreement.standing']);
  });

  it('shows of the prefecture what it lacks', async () => {
    const { region } = await get(
      BUREAU,
      `query($id: ID!) { region(id: $id) { coverage(asOf: "2024-12-31") {
        countyCount appointmentsOutsideBrigade appointmentsWithoutContact countiesWithoutBrigade { name } countiesWithoutWorkstation { name } countiesWithoutLocalMeasures { name }
        decision { outcome findings(outcomes: [FAIL]) { rule } } }
        industryCoverage(asOf: "2024-12-31") { characteristicCount coveredCount } } }`,
      { id: PREFECTURE },
    );
    expect(region.industryCoverage).toEqual({ characteristicCount: 18, coveredCount: 17 });
    expect(region.coverage).toMatchObject({
      countyCount: 11,
      appointmentsOutsideBrigade: 19,
      appointmentsWithoutContact: 5,
      countiesWithoutBrigade: [{ name: '马村区' }],
      countiesWithoutWorkstation: [{ name: '中站区' }, { name: '焦作城乡一体化示范区' }],
      countiesWithoutLocalMeasures: [{ name: '解放区' }, { name: '山阳区' }],
    });
    expect(region.coverage.decision.findings).toHaveLength(5);
  });
}
