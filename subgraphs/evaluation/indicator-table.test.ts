import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { RegionStatus } from '../personnel/tables/region.ts';
import { WorkResult } from '../projects-funding/tables/work-result.ts';
import { act, stranger } from './testdata/batch.ts';
import { PLAN_CITY, PLAN_COUNTY, planBureau } from './testdata/plan.ts';

const OTHER = 'cn-451002';
const GUANGXI = 'cn-45';

interface Row {
  readonly region: { id: string } | null;
  readonly value: number | null;
  readonly met: boolean | null;
}
interface Line {
  readonly id: string;
  readonly rows: readonly Row[];
  readonly [field: string]: unknown;
}

describe('a table of indicators', () => {
  let graph: Graph;

  const emOf = (name: string) => {
    const em = graph.subgraphs.get(name)?.orm.em.fork();
    if (!em) throw new Error(`no ${name} subgraph`);
    return em;
  };
  const result = async (kind: string, startedOn: string, more: Partial<WorkResult> = {}) => {
    const em = emOf('projects-funding');
    em.create(WorkResult, {
      id: uuid(),
      version: 1,
      kind,
      title: kind,
      villageId: null,
      startedOn,
      endedOn: null,
      endReason: null,
      reference: null,
      quantity: 1,
      features: [],
      organisationId: null,
      partnerId: null,
      partnerKind: null,
      personId: null,
      teamId: null,
      attributes: {},
      changedOn: startedOn,
      regionId: PLAN_COUNTY,
      countyId: PLAN_COUNTY,
      prefectureId: PLAN_CITY,
      provinceId: GUANGXI,
      ...more,
    });
    await em.flush();
  };
  const table = async (args: Record<string, unknown>, viewer = planBureau): Promise<Line[]> => {
    const data = await graph.get(
      viewer,
      `query ($year: Int!, $pack: String!, $region: ID, $indicators: [String!], $asOf: Date) {
        indicatorTable(year: $year, pack: $pack, region: $region, indicators: $indicators, asOf: $asOf) {
          id value verdict target opening measured meeting expected from to completeness { expected reporting }
          rows { region { id } value met } notComputed { en } } }`,
      { pack: 'baise', year: 2019, asOf: '2020-12-31', ...args },
    );
    return data.indicatorTable;
  };
  const one = async (id: string, args: Record<string, unknown> = {}) =>
    (await table({ indicators: [id], ...args }))[0] as Line;
  const rowOf = (line: Line, region: string) => line.rows.find((row) => row.region?.id === region);
  const event = (region: string, date: string, kind = 'popularisation') =>
    act(graph, planBureau, 'eventRecord', { region, kind, date, topic: '科普', on: date }, 'event { id }');
  const training = (more: Record<string, unknown>) =>
    act(
      graph,
      planBureau,
      'trainingRecord',
      {
        region: PLAN_COUNTY,
        form: 'class',
        date: '2019-05-06',
        topic: '种植',
        traineeCount: 30,
        on: '2019-12-31',
        ...more,
      },
      'training { id toldApartCount }',
    );

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    for (const date of ['2019-04-01', '2019-05-01']) await event(PLAN_COUNTY, date);
    await event(OTHER, '2019-06-01');
    // Not of the year, and not of a kind that counts.
    await event(OTHER, '2020-06-01');
    await event(OTHER, '2019-06-02', 'household-visit');
  }, 120_000);
  afterAll(() => graph.stop());

  it('has every county with its figure, and says that one below the target is enough to miss it', async () => {
    const line = await one('events-per-county');
    expect(line).toMatchObject({ target: 2, expected: 12, measured: 12, meeting: 1, verdict: 'UNMET', value: 0.25 });
    expect(line.completeness).toEqual({ expected: 12, reporting: 2 });
    expect(line.rows).toHaveLength(12);
    expect(rowOf(line, PLAN_COUNTY)).toMatchObject({ value: 2, met: true });
    expect(rowOf(line, OTHER)).toMatchObject({ value: 1, met: false });
    expect(await one('events')).toMatchObject({
      value: 3,
      target: 24,
      verdict: 'UNMET',
      from: '2019-01-01',
      to: '2019-12-31',
      completeness: { expected: 12, reporting: 2 },
    });
    expect((await one('events', { year: 2020 })).value).toBe(1);
    expect((await one('events', { asOf: '2019-04-30' })).value).toBe(1);
    expect(await one('events', { region: OTHER })).toMatchObject({ value: 1, verdict: null });
  });

  it('tells person-times from persons, and counts nobody twice who was told apart', async () => {
    await training({
      traineeCategory: 'poor-county-st-staff',
      traineeCount: 2,
      trainees: ['甲', '乙'],
      sessionCount: 2,
    });
    await training({ traineeCategory: 'poor-county-st-staff', traineeCount: 2, trainees: ['乙', '丙'] });
    await training({ traineeCategory: 'farm-labourer', traineeCount: 30, attendanceCount: 90 });
    expect((await training({ traineeCount: 1, trainees: ['甲', '乙'] })).userErrors[0].code).toBe('TRAINEES_INVALID');
    const lines = await table({ indicators: ['staff-trained', 'training', 'classes', 'training-total'] });
    expect(Object.fromEntries(lines.map(({ id, value }) => [id, value]))).toEqual({
      'staff-trained': 3,
      training: 94,
      classes: 2,
      'training-total': 90,
    });
  });

  it('asks other subgraphs once for what they keep, a thing once however often it is recorded', async () => {
    await result('tech-item', '2019-03-01', { reference: 'variety-1' });
    await result('tech-item', '2019-04-01', { reference: 'variety-1', regionId: OTHER, countyId: OTHER });
    await result('tech-item', '2019-04-01', { reference: 'variety-2' });
    expect(await one('new-items')).toMatchObject({ value: 2, verdict: 'UNMET' });
    expect((await one('new-items', { year: 2020 })).value).toBe(0);
  });

  it('leaves a stock unknown until its opening is on record, and adds what came after', async () => {
    const unknown = await one('parks-stock', { year: 2020 });
    expect(unknown).toMatchObject({
      value: null,
      verdict: 'UNKNOWN',
      notComputed: { en: expect.stringContaining('opening') },
    });
    await result('opening-stock', '2018-12-31', {
      reference: 'goal.parks-opening',
      quantity: 7,
      regionId: PLAN_CITY,
      countyId: null,
    });
    expect(await one('parks-stock', { year: 2020 })).toMatchObject({
      value: 7,
      opening: 7,
      verdict: 'UNMET',
      from: '2019-01-01',
    });
  });

  it('is of the units of a status only, for a share in percent of them', async () => {
    const em = emOf('personnel');
    for (const regionId of [PLAN_COUNTY, OTHER]) {
      em.create(RegionStatus, {
        id: uuid(),
        regionId,
        kind: 'poor',
        value: true,
        from: '2018-01-01',
        to: null,
        source: 'test',
      });
    }
    await em.flush();
    await result('pairing', '2019-02-01', { reference: 'university-county' });
    const line = await one('pairing-coverage');
    expect(line).toMatchObject({ value: 50, expected: 2, verdict: 'UNMET' });
    expect(rowOf(line, PLAN_COUNTY)).toMatchObject({ value: 1, met: true });
    expect(rowOf(line, OTHER)).toMatchObject({ value: 0, met: false });
  });

  it('measures every county of the country in one query, and every indicator of a pack at once', async () => {
    const line = await one('events-per-county', { region: 'cn' });
    expect(line.expected).toBeGreaterThan(2_800);
    expect(line.rows).toHaveLength(line.expected as number);
    expect(line.meeting).toBe(1);
    const all = await table({});
    expect(all.length).toBeGreaterThan(40);
    expect(all.filter(({ notComputed, id }) => notComputed && !id.endsWith('-stock'))).toEqual([]);
    for (const pack of ['hunan', 'national']) {
      const lines = await table({ pack, year: 2020 });
      expect(lines.length).toBeGreaterThan(5);
    }
  });

  it('is for those signed in, and its questions are not for them', async () => {
    const document = '{ indicatorTable(year: 2019, pack: "baise") { id } }';
    expect((await graph.ask(anonymous, document)).errors[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    const nowhere = '{ indicatorTable(year: 2019, pack: "baise", region: "cn-nowhere") { id } }';
    expect((await graph.ask(stranger, nowhere)).errors[0]?.extensions?.code).toBe('REGION_UNKNOWN');
    const unknown = '{ indicatorTable(year: 2019, pack: "nowhere") { id } }';
    expect((await graph.ask(stranger, unknown)).errors[0]?.extensions?.code).toBe('PACK_UNKNOWN');
    for (const field of [
      'personnelTallies(questions: []) { unknown }',
      'projectsTallies(questions: []) { unknown }',
      'personnelUnits(questions: []) { ids }',
    ])
      expect((await graph.ask(stranger, `{ ${field} }`)).errors[0]?.extensions?.code).toBe('FORBIDDEN');
  });
});
