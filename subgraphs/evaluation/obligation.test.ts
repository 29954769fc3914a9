import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  CITY,
  COUNTY,
  countyDept,
  grade,
  organisation,
  type Seat,
  score,
  seats,
  stranger,
  team,
  teamBatch,
  undeclaredFacts,
} from './testdata/batch.ts';

interface Row {
  readonly id: string;
  readonly entry: string;
  readonly status: string;
  readonly [field: string]: unknown;
}

describe('obligations', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
  });
  afterAll(() => graph.stop());

  const list = async (region: string, year: number, asOf: string, viewer = anonymous): Promise<Row[]> => {
    const data = await graph.get(
      viewer,
      `query ($region: ID!, $year: Int!, $asOf: Date!) { obligations(region: $region, year: $year, asOf: $asOf) {
        id entry pack owners recipients recurrence from to platformDefault lateEffect status settledOn settledLate text occurrence citation { article } } }`,
      { region, year, asOf },
    );
    return data.obligations;
  };
  const one = async (entry: string, asOf: string, region = CITY, year = 2022) =>
    (await list(region, year, asOf, bureau)).find((row) => row.entry === entry && row.occurrence === null) as Row;

  it('come from the calendar of the pack, to the bodies of the region asked for', async () => {
    const city = await list(CITY, 2022, '2022-06-01');
    expect(city.map(({ entry }) => entry)).toEqual([
      'annual-adjustment',
      'revitalisation-assessment',
      'selection-round',
      'annual-evaluation',
      'fund-inspection',
      'selection-notice',
    ]);
    expect(city.find(({ entry }) => entry === 'annual-evaluation')).toMatchObject({
      id: `jiaozuo:annual-evaluation:${CITY}:2022`,
      pack: 'jiaozuo',
      owners: ['prefecture-st-bureau'],
      recipients: ['dispatching-unit', 'public'],
      from: '2022-11-01',
      to: '2022-12-31',
      platformDefault: true,
      status: 'GENERATED',
      citation: { article: '四（二）4' },
    });
    const county = await list(COUNTY, 2022, '2022-06-01');
    expect(county.find(({ entry }) => entry === 'annual-evaluation')).toMatchObject({ owners: ['county-st-dept'] });
    expect(county.map(({ entry }) => entry)).toContain('insurance-cover');
    expect(county.map(({ entry }) => entry)).not.toContain('revitalisation-assessment');
    expect(county.find(({ entry }) => entry === 'service-floor-check')).toMatchObject({ platformDefault: false });
  });

  it('are the same however often they are asked for, and only in the time of the pack', async () => {
    const ids = async () => (await list(CITY, 2022, '2022-06-01')).map(({ id }) => id);
    expect(await ids()).toEqual(await ids());
    expect(new Set(await ids()).size).toBe((await ids()).length);
    expect(await list(CITY, 2020, '2022-06-01')).toEqual([]);
    expect(await list('cn-31', 2022, '2022-06-01')).toEqual([]);
    const { obligations } = await graph.get(anonymous, `{ obligations(region: "cn-nowhere", year: 2022) { id } }`);
    expect(obligations).toBeNull();
    const { errors } = await graph.ask(anonymous, `{ obligations(region: "${CITY}", year: 2022, pack: "x") { id } }`);
    expect(errors[0]?.extensions?.code).toBe('PACK_UNKNOWN');
  });

  it('become due and late by their window; what is irregular never', async () => {
    const at = async (day: string) => (await one('annual-evaluation', day)).status;
    expect([await at('2022-10-31'), await at('2022-11-01'), await at('2023-01-01')]).toEqual([
      'GENERATED',
      'DUE',
      'LATE',
    ]);
    expect(await one('fund-inspection', '2030-01-01')).toMatchObject({
      recurrence: 'irregular',
      from: null,
      status: 'GENERATED',
      lateEffect: 'none',
    });
  });

  it('are satisfied once, by those who may', async () => {
    const { id } = await one('revitalisation-assessment', '2022-06-01');
    const satisfy = (input: Record<string, unknown>, viewer = bureau) =>
      act(
        graph,
        viewer,
        'obligationSatisfy',
        { obligation: id, evidence: '焦科〔2022〕1号', on: '2022-07-01', ...input },
        'obligation { id entry status settledOn settledLate text owners }',
      );
    const refused = await satisfy({}, stranger);
    expect(refused).toMatchObject({ obligation: null, decision: { outcome: 'DENY' } });
    expect(await satisfy({ idempotencyKey: 's' })).toMatchObject({
      obligation: {
        id,
        entry: 'revitalisation-assessment',
        status: 'SATISFIED',
        settledOn: '2022-07-01',
        settledLate: false,
        text: '焦科〔2022〕1号',
        owners: ['prefecture-st-bureau'],
      },
      decision: { outcome: 'ALLOW' },
    });
    expect((await satisfy({ idempotencyKey: 's' })).obligation.id).toBe(id);
    expect((await satisfy({})).userErrors).toEqual([{ code: 'WRONG_STATE', field: ['obligation'] }]);
    expect(await one('revitalisation-assessment', '2022-06-30')).toMatchObject({ status: 'DUE', settledOn: null });
    expect(await one('revitalisation-assessment', '2023-01-30')).toMatchObject({ status: 'SATISFIED' });
    const [shown] = (await list(CITY, 2022, '2023-01-30')).filter(({ entry }) => entry === 'revitalisation-assessment');
    expect(shown).toMatchObject({ status: 'SATISFIED', text: null });
    for (const bad of [id.replace('2022', '2019'), `${id}:more`, 'nonsense', id.replace(CITY, 'cn-31')]) {
      expect((await satisfy({ obligation: bad })).userErrors).toEqual([{ code: 'NOT_FOUND', field: ['obligation'] }]);
    }
    expect((await satisfy({ occurrence: 'once more' })).userErrors[0].code).toBe('OCCURRENCE_INVALID');
  });

  it('are waived only with a reason', async () => {
    const { id } = await one('service-floor-check', '2022-06-01', COUNTY);
    const administrator = persona('administrator', [['region-administrator', CITY]]);
    const waive = (reason: string | null, viewer = administrator) =>
      act(
        graph,
        viewer,
        'obligationWaive',
        { obligation: id, reason, on: '2023-01-20' },
        'obligation { status text settledLate }',
      );
    const silent = await waive(' ');
    expect(silent.decision).toMatchObject({ outcome: 'DENY', findings: [{ rule: 'platform.obligation.reason' }] });
    expect((await waive('汛期停课', countyDept)).decision.findings[0].rule).toBe('platform.access.permitted');
    expect(await waive('汛期停课')).toMatchObject({
      obligation: { status: 'WAIVED', text: '汛期停课', settledLate: false },
    });
    expect((await one('service-floor-check', '2023-01-31', COUNTY)).status).toBe('WAIVED');
  });

  it('that come per event are settled one by one', async () => {
    const { id } = await one('fund-inspection', '2022-06-01');
    const satisfy = (occurrence: string | null) =>
      act(
        graph,
        bureau,
        'obligationSatisfy',
        { obligation: id, occurrence, on: '2022-08-01' },
        'obligation { id occurrence status }',
      );
    expect((await satisfy(null)).userErrors[0].code).toBe('OCCURRENCE_INVALID');
    expect((await satisfy('2022-1')).obligation).toEqual({
      id: `${id}:2022-1`,
      occurrence: '2022-1',
      status: 'SATISFIED',
    });
    expect((await satisfy('2022-2')).obligation.status).toBe('SATISFIED');
    expect((await satisfy('2022-2')).userErrors[0].code).toBe('WRONG_STATE');
    const rows = (await list(CITY, 2022, '2022-12-31')).filter(({ entry }) => entry === 'fund-inspection');
    expect(rows.map(({ occurrence, status }) => [occurrence, status])).toEqual([
      [null, 'GENERATED'],
      ['2022-1', 'SATISFIED'],
      ['2022-2', 'SATISFIED'],
    ]);
    expect((await list(CITY, 2022, '2022-07-31')).filter(({ entry }) => entry === 'fund-inspection')).toHaveLength(1);
  });

  it('are satisfied by the act that they ask for: closing every batch of the year', async () => {
    const unit = await organisation(graph, '农业大学');
    const batches: { id: string; version: number }[] = [];
    for (const name of ['甲', '乙']) {
      const batch = await teamBatch(graph, [await team(graph, unit, name)]);
      const [seat] = (await seats(graph, batch.id)) as [Seat];
      const { evaluation } = await score(graph, seat);
      batches.push({ ...batch, version: (await grade(graph, evaluation, 'good')).evaluation.batch.version });
    }
    const end = async ({ id, version }: { id: string; version: number }, on: string) => {
      const sites = ['prefecture-st-network'];
      const published = await act(
        graph,
        bureau,
        'evaluationPublish',
        { batch: id, version, sites, on },
        'evaluationBatch { version }',
      );
      await act(graph, bureau, 'evaluationBatchClose', { batch: id, version: published.evaluationBatch.version, on });
    };
    await end(batches[0] as { id: string; version: number }, '2022-12-10');
    expect((await one('annual-evaluation', '2022-12-31')).status).toBe('DUE');
    await end(batches[1] as { id: string; version: number }, '2023-01-15');
    expect(await one('annual-evaluation', '2023-01-31')).toMatchObject({
      status: 'SATISFIED',
      settledOn: '2023-01-15',
      settledLate: true,
    });
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
