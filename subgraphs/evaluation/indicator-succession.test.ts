import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { type Graph, startGraph } from '../../tests/harness.ts';
import { statementsOf } from '../../tests/statements.ts';
import { Region, RegionStatus } from '../personnel/tables/region.ts';
import { Team } from '../personnel/tables/team.ts';
import { WorkResult } from '../projects-funding/tables/work-result.ts';
import { act } from './testdata/batch.ts';
import { PLAN_CITY, PLAN_COUNTY, planBureau } from './testdata/plan.ts';

/** 平果县, and 平果市 which it became on 2019-11-20; 田阳县, and 田阳区 which it became on 2019-06-27. */
const [BEFORE, AFTER, SPLIT, PART] = ['cn-451023', 'cn-451082', 'cn-451021', 'cn-451003'] as const;
const OTHER_PART = 'cn-451002';

interface Line {
  readonly value: number | null;
  readonly verdict: string | null;
  readonly expected: number;
  readonly completeness: { expected: number; reporting: number; unattributed: number };
  readonly rows: readonly { region: { id: string }; value: number | null; met: boolean | null }[];
}

describe('indicators of a county that changes its code', () => {
  let graph: Graph;

  const emOf = (name: string) => {
    const em = graph.subgraphs.get(name)?.orm.em.fork();
    if (!em) throw new Error(`no ${name} subgraph`);
    return em;
  };
  const event = async (region: string, date: string) => {
    const kind = 'popularisation';
    const made = await act(
      graph,
      planBureau,
      'eventRecord',
      { region, kind, date, topic: '科普', on: date },
      'event { id }',
    );
    expect(made.decision.outcome).toBe('ALLOW');
  };
  const result = async (kind: string, county: string, startedOn: string, reference: string) => {
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
      reference,
      quantity: 1,
      features: [],
      organisationId: null,
      partnerId: null,
      partnerKind: null,
      personId: null,
      teamId: null,
      attributes: {},
      changedOn: startedOn,
      regionId: county,
      countyId: county,
      prefectureId: PLAN_CITY,
      provinceId: 'cn-45',
    });
    await em.flush();
  };
  const one = async (indicator: string, more: Record<string, unknown> = {}): Promise<Line> => {
    const { indicatorTable } = await graph.get(
      planBureau,
      `query ($year: Int!, $region: ID, $indicators: [String!], $asOf: Date) {
        indicatorTable(year: $year, pack: "baise", region: $region, indicators: $indicators, asOf: $asOf) {
          value verdict expected completeness { expected reporting unattributed } rows { region { id } value met } } }`,
      { year: 2019, asOf: '2019-12-31', indicators: [indicator], ...more },
    );
    return indicatorTable[0];
  };
  const row = ({ rows }: Line, county: string) => rows.find(({ region }) => region.id === county)?.value;

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    for (const date of ['2019-05-06', '2019-11-19']) await event(BEFORE, date);
    await event(AFTER, '2019-12-02');
    await result('demo-base', BEFORE, '2019-03-01', 'JD-1');
    await result('demo-base', AFTER, '2019-12-01', 'JD-1');
    await result('demo-base', AFTER, '2019-12-01', 'JD-2');
    await result('tv-column', BEFORE, '2019-03-01', 'TV-1');
    await result('tv-column', AFTER, '2019-12-01', 'TV-2');
    const em = emOf('personnel');
    const status = { kind: 'poor', value: true, from: '2018-01-01', to: null, source: 'the test' };
    em.create(RegionStatus, { id: uuid(), regionId: AFTER, ...status });
    em.create(RegionStatus, { id: uuid(), regionId: PLAN_COUNTY, ...status });
    await em.flush();
  }, 120_000);
  afterAll(() => graph.stop());

  it('count what was recorded under the former code for what stands at the end, once', async () => {
    const events = await one('events-per-county');
    expect(row(events, AFTER)).toBe(3);
    expect(row(events, BEFORE)).toBeUndefined();
    expect(events).toMatchObject({ expected: 12, completeness: { expected: 12, reporting: 1, unattributed: 0 } });
    // The same base under both codes is one base, and one county with a column is one county.
    expect(row(await one('demo-bases'), AFTER)).toBe(2);
    expect((await one('tv-counties')).value).toBe(1);
    expect((await one('events')).value).toBe(3);
    expect((await one('events')).completeness).toEqual({ expected: 12, reporting: 1, unattributed: 0 });
  });

  it('are those of the former county while it stands, and of the later one when that is asked for alone', async () => {
    const eve = await one('events-per-county', { asOf: '2019-11-19' });
    expect([row(eve, BEFORE), row(eve, AFTER)]).toEqual([2, undefined]);
    const day = await one('events-per-county', { asOf: '2019-11-20' });
    expect([row(day, BEFORE), row(day, AFTER)]).toEqual([undefined, 2]);
    const alone = await one('events-per-county', { region: AFTER });
    expect(alone.rows).toEqual([{ region: { id: AFTER }, value: 3, met: expect.any(Boolean) }]);
    expect((await one('tv-counties', { region: AFTER })).value).toBe(1);
  });

  it('find the villages and the teams that were registered under the former code', async () => {
    const em = emOf('personnel');
    const { id: _id, ...county } = await em.findOneOrFail(Region, { id: BEFORE });
    const village = `${BEFORE}-1`;
    em.create(Region, {
      ...county,
      id: village,
      level: 'village',
      gbCode: null,
      parentId: BEFORE,
      path: [village, ...county.path],
      validTo: null,
      successors: [],
    });
    const source = 'the test';
    em.create(RegionStatus, {
      id: uuid(),
      regionId: village,
      kind: 'contact-point',
      value: true,
      from: null,
      to: null,
      source,
    });
    em.create(Team, {
      id: uuid(),
      version: 1,
      name: '专家组',
      level: 'prefecture',
      kind: 'expert-group',
      regionId: BEFORE,
      organisationId: uuid(),
      field: null,
      chainStages: [],
      industry: null,
      industries: [],
      parentId: null,
      termFrom: null,
      termTo: null,
      receivingUnitId: null,
      accountableId: null,
      namedLeaderId: null,
      procedureId: null,
      expertLevels: [],
      status: 'active',
      formedOn: '2019-03-01',
      activatedOn: '2019-03-01',
      endedOn: null,
      changedOn: '2019-03-01',
      changedAt: new Date(),
    });
    await em.flush();
    expect((await one('contact-point-base', { region: AFTER })).rows.map(({ region }) => region.id)).toEqual([village]);
    expect((await one('contact-point-base', { region: PLAN_COUNTY })).rows).toEqual([]);
    // Counted are the counties that are poor: the later one has the status, and the group of the former one.
    expect((await one('expert-group-counties')).value).toBe(1);
  });

  it('follow a line of several changes, and of several that became one', async () => {
    const em = emOf('personnel');
    const last = { validTo: '2019-12-10', successors: ['cn-451099'] };
    const [former] = [await em.findOneOrFail(Region, { id: AFTER })];
    const was = { validTo: former.validTo ?? null, successors: former.successors };
    const made = em.create(Region, {
      ...former,
      id: 'cn-451099',
      gbCode: '451099',
      statisticalCode: null,
      path: ['cn-451099', ...former.path.slice(1)],
      validFrom: '2019-12-10',
      validTo: null,
      predecessors: [AFTER, PLAN_COUNTY],
      successors: [],
    });
    const merged = await em.findOneOrFail(Region, { id: PLAN_COUNTY });
    Object.assign(former, last);
    Object.assign(merged, last);
    await em.flush();
    try {
      await event(PLAN_COUNTY, '2019-04-01');
      const events = await one('events-per-county');
      expect(row(events, 'cn-451099')).toBe(4);
      expect([BEFORE, AFTER, PLAN_COUNTY].map((id) => row(events, id))).toEqual([undefined, undefined, undefined]);
      expect(row(await one('events-per-county', { region: 'cn-451099' }), 'cn-451099')).toBe(4);
    } finally {
      Object.assign(former, was);
      Object.assign(merged, was);
      em.remove(made);
      await em.flush();
    }
  });

  it('say when a former county became several, and give neither of them its records', async () => {
    const em = emOf('personnel');
    const former = await em.findOneOrFail(Region, { id: SPLIT });
    former.successors = [PART, OTHER_PART];
    await em.flush();
    expect((await one('events-per-county')).completeness.unattributed).toBe(0);
    await event(SPLIT, '2019-05-06');
    await event(PART, '2019-12-02');
    const events = await one('events-per-county');
    expect([SPLIT, PART, OTHER_PART].map((id) => row(events, id))).toEqual([undefined, null, null]);
    expect(events.completeness.unattributed).toBe(1);
    expect(row(events, AFTER)).toBe(3);
    const part = await one('events-per-county', { region: PART });
    expect(part).toMatchObject({ verdict: 'UNKNOWN', rows: [{ value: null, met: null }] });
    expect(part.completeness).toEqual({ expected: 1, reporting: 1, unattributed: 1 });
    // One figure of the part alone is what is recorded of it, beside what nobody can attribute.
    const sum = await one('events', { region: PART });
    expect(sum).toMatchObject({ value: 1, completeness: { expected: 1, reporting: 1, unattributed: 1 } });
  });

  it('cost as many statements for all counties as for one', async () => {
    const ask = (region: string) => () => one('events-per-county', { region });
    await ask(AFTER)();
    await ask(PLAN_CITY)();
    const statements = await statementsOf(graph, ask(AFTER));
    expect(await statementsOf(graph, ask(PLAN_CITY))).toEqual(statements);
    expect(statements).toMatchObject({ evaluation: 1 });
  });
});
