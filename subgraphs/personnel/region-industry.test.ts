import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { appointment, demand } from './testdata/rows.ts';
import {
  act,
  administrator,
  BOAI,
  bureau,
  codes,
  countyDept,
  failing,
  formTeam,
  onTeam,
  organisation,
  PREFECTURE,
  person,
  XIUWU,
  ZONE,
} from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
});
afterAll(() => graph.stop());

const THING = 'regionIndustry { id industry region { id } from to }';
const record = (region: string, industry: string, more: object = {}, viewer = administrator) =>
  act(graph, viewer, 'regionIndustryRecord', { region, industry, ...more }, THING);
const coverage = async (region: string, asOf = '2022-06-01') => {
  const query = `query($id: ID!, $asOf: Date) { region(id: $id) { industryCoverage(asOf: $asOf) {
    characteristicCount coveredCount industries { covered industry { industry region { id } } }
    decision { outcome findings(outcomes: [FAIL]) { rule message { zh } } } } } }`;
  return (await graph.get(bureau, query, { id: region, asOf })).region.industryCoverage;
};

describe('Region.industryCoverage', () => {
  it('counts an industry for each region, covered by an agreement or an appointment there', async () => {
    for (const [region, industry] of [
      [XIUWU, 'yam'],
      [BOAI, 'yam'],
      [BOAI, 'bamboo'],
      [ZONE, 'seedling'],
      [PREFECTURE, 'herbs'],
    ] as const)
      expect((await record(region, industry)).decision?.outcome).toBe('ALLOW');
    expect(await coverage(PREFECTURE)).toMatchObject({ characteristicCount: 5, coveredCount: 0 });

    const team = await formTeam(graph, 1, { industries: ['herbs'] });
    await onTeam(graph, team, 'agreementSign', { county: XIUWU, commitments: [], industry: 'yam' });
    // An agreement that names no industry is for those of the team.
    await onTeam(graph, team, 'agreementSign', { county: ZONE, commitments: [] });
    const unit = await organisation(graph, 'cn-410100');
    const holder = { person: await person(graph, unit), organisation: unit };
    await appointment(graph, BOAI, holder, {
      demandItemId: await demand(graph, BOAI, { industry: 'bamboo' }),
      to: '2022-08-31',
    });

    const found = await coverage(PREFECTURE);
    expect(found).toMatchObject({ characteristicCount: 5, coveredCount: 3 });
    const covered = found.industries.filter((one: { covered: boolean }) => one.covered);
    expect(covered.map((one: { industry: object }) => one.industry)).toEqual([
      { industry: 'herbs', region: { id: PREFECTURE } },
      { industry: 'yam', region: { id: XIUWU } },
      { industry: 'bamboo', region: { id: BOAI } },
    ]);
    expect(found.decision.outcome).toBe('ALLOW');
    expect(found.decision.findings).toEqual([
      { rule: 'jiaozuo.goal-coverage', message: { zh: expect.stringContaining('5 个特色产业，已覆盖 3 个') } },
    ]);
    expect(await coverage(XIUWU)).toMatchObject({
      characteristicCount: 1,
      coveredCount: 1,
      decision: { findings: [] },
    });
    expect(await coverage(BOAI, '2022-09-01')).toMatchObject({ characteristicCount: 2, coveredCount: 0 });
    expect(await coverage('cn-410100')).toMatchObject({ characteristicCount: 0, coveredCount: 0 });
  });
});

describe('regionIndustryRecord', () => {
  it('begins and ends, and does neither twice', async () => {
    const county = 'cn-410823';
    expect((await record(county, 'peony')).regionIndustry).toMatchObject({
      industry: 'peony',
      from: '2022-06-01',
      to: null,
    });
    expect(codes(await record(county, 'peony'))).toEqual(['WRONG_STATE']);
    const ended = await record(county, 'peony', { characteristic: false, on: '2022-09-01' });
    expect(ended.regionIndustry).toMatchObject({ from: '2022-06-01', to: '2022-09-01' });
    expect(codes(await record(county, 'peony', { characteristic: false, on: '2022-09-01' }))).toEqual(['WRONG_STATE']);
    expect(codes(await record(county, 'peony', { on: '2022-08-31' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect((await record(county, 'peony', { on: '2022-10-01' })).regionIndustry.from).toBe('2022-10-01');
    const { region } = await graph.get(
      bureau,
      `{ region(id: "${county}") { june: characteristicIndustries(asOf: "2022-08-31") { from } september: characteristicIndustries(asOf: "2022-09-15") { from } } }`,
    );
    expect(region).toEqual({ june: [{ from: '2022-06-01' }], september: [] });
  });

  it('refuses who may not, and answers mistakes as data', async () => {
    expect(failing(await record(XIUWU, 'tea', {}, countyDept(BOAI)))).toContain('platform.access.permitted');
    expect(codes(await record(XIUWU, ' '))).toEqual(['INDUSTRY_REQUIRED']);
    expect(codes(await record('cn-000000', 'tea'))).toEqual(['NOT_FOUND']);
    expect(failing(await record('cn-41', 'tea'))).toEqual(['platform.regime.in-force']);
  });
});
