import { expect } from '@jest/globals';
import { cityBureau, failing } from './action-plan-duty.ts';
import { pointedOut, stopping, type Teller } from './door.ts';
import { COUNTY, department, expert, PREFECTURE, PROVINCE, provinceSt } from './leader-selection.ts';

interface Line {
  readonly id: string;
  readonly value: number | null;
  readonly target: number | null;
  readonly verdict: string | null;
  readonly measured: number | null;
  readonly meeting: number | null;
  readonly expected: number | null;
  readonly rows: readonly { region: { id: string } | null; met: boolean | null }[];
}

async function table(teller: Teller, region: string, asOf = '2020-12-31'): Promise<(id: string) => Line> {
  const document = `query ($region: ID!, $asOf: Date!) { indicatorTable(year: 2020, pack: "hunan", region: $region, asOf: $asOf) {
    id value target verdict measured meeting expected rows { region { id } met } } }`;
  const { indicatorTable } = await teller.get(provinceSt, document, { region, asOf });
  return (id) => indicatorTable.find((line: Line) => line.id === id);
}

const EACH_COUNTY = ['characteristic-industries', 'star-spaces', 'incubators', 'info-networks'];

/** One specific industry, one maker space, one incubator and one network in each listed county: here they are. */
export async function bringEachCountyItsOnes(teller: Teller): Promise<void> {
  const before = await table(teller, PREFECTURE);
  for (const id of EACH_COUNTY) expect(before(id)).toMatchObject({ meeting: 0, expected: 2, verdict: 'UNMET' });
  const unit = await teller.organisation('农业园', COUNTY, { type: 'enterprise', level: 'unit', on: '2019-02-01' });
  const platform = (kind: string, more: object = {}) =>
    teller.act(
      department,
      'platformRegister',
      '2019-05-01',
      { name: kind, kind, region: COUNTY, organisation: unit, ...more },
      'platform { id }',
    );
  const elsewhere = await platform('star-maker-space', { carrier: 'private-house' });
  expect([elsewhere.decision?.outcome, stopping(elsewhere)]).toEqual([
    'NEEDS_OVERRIDE',
    ['hunan.plan.star-space-carriers'],
  ]);
  expect((await platform('star-maker-space', { carrier: 'agri-park' })).decision?.outcome).toBe('ALLOW');
  expect((await platform('incubator', { level: 'province' })).decision?.outcome).toBe('ALLOW');
  expect(pointedOut(await platform('info-network', { brand: 'no-network' }))).toContain('hunan.plan.info-networks');
  const industry = { kind: 'characteristic-industry', title: '茶产业', region: COUNTY, reference: 'tea' };
  const recorded = await teller.act(department, 'workResultRecord', '2019-06-01', industry, 'workResult { id }');
  expect(recorded.decision?.outcome).toBe('ALLOW');
  const after = await table(teller, PREFECTURE);
  for (const id of EACH_COUNTY) {
    // The neighbour has none, and what one county has does not make up for it.
    expect(after(id)).toMatchObject({ meeting: 1, expected: 2, verdict: 'UNMET' });
    expect(after(id).rows.find(({ met }) => met)?.region).toEqual({ id: COUNTY });
  }
  const own = await table(teller, COUNTY);
  for (const id of EACH_COUNTY) expect(own(id)).toMatchObject({ meeting: 1, expected: 1, verdict: 'MET' });
}

/** What the province counts as a whole: operators that show the way, patents once each, and persons trained, once each. */
export async function countForTheProvince(teller: Teller): Promise<void> {
  const operator = (kind: string, more: object = {}) =>
    teller.act(
      department,
      'serviceObjectRegister',
      '2019-06-02',
      { kind, name: kind, region: COUNTY, ...more },
      'serviceObject { id }',
    );
  const criteria = ['local-advantage-industry', 'purchase-and-process', 'chain-complete', 'brings-households'];
  const short = await operator('demo-enterprise', { criteriaMet: criteria });
  expect(pointedOut(short)).toContain('hunan.plan.demo-enterprise-criteria');
  for (const kind of ['cooperative', 'family-farm']) expect((await operator(kind)).decision?.outcome).toBe('ALLOW');
  const promote = (reference: string) =>
    teller.done(
      department,
      'workResultRecord',
      '2019-06-03',
      { kind: 'patent-promotion', title: reference, region: COUNTY, reference },
      'workResult { id }',
    );
  for (const reference of ['ZL1', 'ZL2', 'ZL1']) await promote(reference);
  const train = (trainees: string[], more: object = {}) =>
    teller.act(
      department,
      'trainingRecord',
      '2019-07-01',
      {
        region: COUNTY,
        date: '2019-06-20',
        form: 'field-lecture',
        topic: '茶园管理',
        traineeCategory: 'local-backbone',
        traineeCount: trainees.length,
        trainees,
        ...more,
      },
      'training { id }',
    );
  expect(pointedOut(await train(['甲', '乙'], { form: 'television' }))).toContain('hunan.plan.farmer-training');
  expect((await train(['乙', '丙'])).decision?.outcome).toBe('ALLOW');
  const counted = await table(teller, PROVINCE);
  expect(counted('demo-entities')).toMatchObject({ value: 3, target: 100, verdict: 'UNMET' });
  expect(counted('demo-enterprises')).toMatchObject({ value: 1, target: 100, verdict: 'UNMET' });
  expect(counted('patents-promoted')).toMatchObject({ value: 2, target: 100, verdict: 'UNMET' });
  expect(counted('backbones-trained')).toMatchObject({ value: 3, target: 10_000, verdict: 'UNMET' });
  expect(counted('star-spaces')).toMatchObject({ meeting: 1, expected: 51 });
}

/** One expert for each poor village: the second village shows as long as it has none. */
export async function linkVillages(teller: Teller): Promise<void> {
  const villages: string[] = [];
  for (const [at, poor] of [true, true, false].entries()) {
    const village = { parent: COUNTY, name: `茶坪${at}村`, poor, delisted: false, demand: true };
    villages.push((await teller.done(department, 'villageRegister', '2018-04-01', village, 'village { id }')).id);
  }
  const unit = await teller.organisation('县农技站', COUNTY, { type: 'institute', level: 'county', on: '2018-04-01' });
  const person = await expert(teller, '村专家', unit, { on: '2018-04-02' });
  const assign = (village: string | undefined, until?: string) =>
    teller.act(
      department,
      'villageExpertAssign',
      '2018-05-01',
      { village, person, category: 'county-stp', ...(until ? { until } : {}) },
      'villageExpert { id }',
    );
  const coverage = async (asOf: string) => {
    const query = `query ($id: ID!, $asOf: Date!) { region(id: $id) { coverage(asOf: $asOf) { decision {
      findings(outcomes: [FAIL]) { rule } } } } }`;
    const { region } = await teller.get(department, query, { id: COUNTY, asOf });
    return region.coverage.decision.findings.map(({ rule }: { rule: string }) => rule);
  };
  // What is to be there by the end of a year is asked from that day on.
  const [by2018, by2020] = ['hunan.team.coverage-village-2018', 'hunan.plan.village-one-expert.coverage'];
  expect(await coverage('2018-12-30')).not.toContain(by2018);
  expect(await coverage('2018-12-31')).toContain(by2018);
  expect((await assign(villages[0])).decision?.outcome).toBe('ALLOW');
  expect((await assign(villages[0])).userErrors.map(({ code }) => code)).toEqual(['ALREADY_ASSIGNED']);
  const half = await table(teller, COUNTY);
  expect(half('village-experts-2018')).toMatchObject({ measured: 2, meeting: 1, verdict: 'UNMET' });
  expect(await coverage('2018-12-31')).toContain(by2018);
  // Until the end of 2019 only: the count of 2018 is complete, that of 2020 is not.
  expect((await assign(villages[1], '2019-12-31')).decision?.outcome).toBe('ALLOW');
  expect(await coverage('2018-12-31')).not.toContain(by2018);
  expect(await coverage('2020-12-31')).toContain(by2020);
  const both = await table(teller, COUNTY);
  expect(both('village-experts-2018')).toMatchObject({ meeting: 2, verdict: 'MET' });
  expect(both('village-experts-2020')).toMatchObject({ meeting: 1, verdict: 'UNMET' });
}

/** The picture of areas, people and money that the plan asks for: of all counties of a prefecture in one question. */
export async function lookAtThePicture(teller: Teller): Promise<void> {
  for (const [kind, value] of [
    ['poor-population', 12_500],
    ['land-area', 2_500],
  ] as const) {
    const figure = { region: COUNTY, kind, value, source: '统计公报（演示）' };
    await teller.done(cityBureau, 'regionFigureRecord', '2019-06-30', figure, 'regionFigure { id }');
  }
  const query = `query ($within: ID!) { region(id: $within) { figureTotal(kind: "poor-population", asOf: "2019-06-30") { value reporting } }
    regions(first: 20, filter: { within: $within, level: COUNTY, asOf: "2020-12-31" }) { edges { node {
    id inTeamScope(asOf: "2019-06-30") figures(asOf: "2019-06-30") { kind value } villageTotals(asOf: "2019-06-30") { villages poor oncePoor }
    projectTotals { projects households poorHouseholds }
    funds(from: 2019) { year payerLevel lineCount allocatedFen } } } } }`;
  const { region, regions } = await teller.get(cityBureau, query, { within: PREFECTURE });
  expect(region.figureTotal).toEqual({ value: 12_500, reporting: 1 });
  const nodes: { id: string; inTeamScope: boolean | null }[] = regions.edges.map(
    ({ node }: { node: { id: string } }) => node,
  );
  expect(nodes.filter(({ inTeamScope }) => inTeamScope)).toHaveLength(2);
  expect(nodes.find(({ id }) => id === COUNTY)).toMatchObject({
    figures: [
      { kind: 'land-area', value: 2_500 },
      { kind: 'poor-population', value: 12_500 },
    ],
    villageTotals: { villages: 3, poor: 2, oncePoor: 2 },
    projectTotals: { projects: 2, households: 240, poorHouseholds: 160 },
    funds: [
      { year: 2019, payerLevel: 'county', lineCount: 1, allocatedFen: 2_000_000 },
      { year: 2019, payerLevel: 'province', lineCount: 5, allocatedFen: 22_000_000 },
    ],
  });
  for (const { id, ...node } of nodes.filter(({ id }) => id !== COUNTY))
    expect({ id, ...node }).toMatchObject({ projectTotals: { projects: 0 }, funds: [] });
}

/** The deadline of the seven passes with a duty of its own, which evidence settles. */
export async function closeTheSeven(teller: Teller): Promise<void> {
  const duty = async (asOf: string) => {
    const query = `query ($region: ID!, $asOf: Date) { obligations(region: $region, year: 2020, pack: "hunan", asOf: $asOf) { id entry status } }`;
    const { obligations } = await teller.get(provinceSt, query, { region: PROVINCE, asOf });
    return obligations.find(({ entry }: { entry: string }) => entry === 'seven-ones');
  };
  expect((await duty('2020-12-30')).status).toBe('GENERATED');
  expect((await duty('2021-01-01')).status).toBe('LATE');
  const { id } = await duty('2020-12-31');
  const done = await teller.act(
    provinceSt,
    'obligationSatisfy',
    '2020-12-31',
    { obligation: id, evidence: '湘科发〔2020〕99号' },
    'obligation { status }',
  );
  expect(done.obligation.status).toBe('SATISFIED');
  expect((await duty('2021-01-01')).status).toBe('SATISFIED');
  expect(await failing(teller, provinceSt, PROVINCE, 'letterCoverage', 'year: 2020')).not.toEqual([]);
}
