import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act } from './testdata/batch.ts';
import { PLAN_CITY, planBureau, planUnit } from './testdata/plan.ts';

type Unit = Awaited<ReturnType<typeof planUnit>>;
interface Due {
  id: string;
  entry: string;
  occurrence: string | null;
  from: string | null;
  to: string | null;
  status: string;
  settledOn: string | null;
  settledEarly: boolean;
  settledLate: boolean;
}
const FIELDS = 'id entry occurrence from to status settledOn settledEarly settledLate';

describe('obligations that acts satisfy', () => {
  let graph: Graph;
  let units: [Unit, Unit];
  let task: string;

  const due = async (entry: string, asOf: string, region = PLAN_CITY): Promise<Due[]> => {
    const { obligations } = await graph.get(
      planBureau,
      `query ($region: ID!, $asOf: Date) { obligations(region: $region, year: 2019, asOf: $asOf) { ${FIELDS} } }`,
      { region, asOf },
    );
    return obligations.filter((one: Due) => one.entry === entry);
  };
  const report = (unit: Unit, to: string, on: string) =>
    act(
      graph,
      unit.staff,
      'reportSubmit',
      {
        region: PLAN_CITY,
        kind: 'quarterly-progress',
        task,
        organisation: unit.id,
        periodFrom: `${to.slice(0, 5)}01-01`,
        periodTo: to,
        contents: ['progress'],
        recipients: ['leading-group-office'],
        submittedOn: on,
        on,
      },
      'report { id }',
    );
  const meeting = (date: string) =>
    act(
      graph,
      planBureau,
      'meetingRecord',
      { region: PLAN_CITY, kind: 'party-group-meeting', date, topic: '研究科技扶贫', onProgramme: true, on: date },
      'meeting { id }',
    );

  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31' });
    units = [await planUnit(graph, '农村科'), await planUnit(graph, '资源科')];
    const made = await act(
      graph,
      planBureau,
      'taskCreate',
      {
        region: PLAN_CITY,
        title: '选聘科技特派员',
        responsible: units.map(({ id, person }) => ({ unit: id, person })),
        deadline: '2020-12-31',
        yearTargets: [{ year: 2019, measure: '选聘', quantity: 420, unit: 'person' }],
        on: '2019-03-01',
      },
      'task { id }',
    );
    task = made.task.id;
  }, 120_000);
  afterAll(() => graph.stop());

  it('stand once for each window and each unit of each task, and are met by that unit’s report of that quarter', async () => {
    const all = await due('quarterly-report', '2019-03-21');
    expect(all).toHaveLength(8);
    expect(new Set(all.map(({ from, to }) => `${from} ${to}`)).size).toBe(4);
    const [first, second] = units;
    expect((await report(first, '2019-03-31', '2019-03-25')).decision.outcome).toBe('ALLOW');
    const quarter = (list: Due[], unit: Unit) =>
      list.find(({ occurrence, from }) => occurrence?.endsWith(unit.id) && from === '2019-03-21');
    const march = await due('quarterly-report', '2019-03-31');
    expect(quarter(march, first)).toMatchObject({ status: 'SATISFIED', settledOn: '2019-03-25', settledLate: false });
    expect(quarter(march, second)).toMatchObject({ status: 'DUE', settledOn: null });
    expect(march.filter(({ status }) => status === 'SATISFIED')).toHaveLength(1);
    await report(second, '2019-03-31', '2019-04-10');
    const april = await due('quarterly-report', '2019-04-30');
    expect(quarter(april, second)).toMatchObject({ status: 'SATISFIED', settledOn: '2019-04-10', settledLate: true });
    expect(quarter(await due('quarterly-report', '2019-04-09'), second)).toMatchObject({ status: 'LATE' });
    await report(first, '2019-06-30', '2019-06-20');
    const june = (await due('quarterly-report', '2019-06-30')).find(
      ({ occurrence, from }) => occurrence?.endsWith(first.id) && from === '2019-06-21',
    );
    expect(june).toMatchObject({ status: 'SATISFIED', settledEarly: true });
  });

  it('that take several acts are met by the last of them', async () => {
    for (const date of ['2019-04-02', '2019-06-03', '2019-09-04']) await meeting(date);
    expect(await due('party-meetings', '2019-12-31')).toMatchObject([{ status: 'DUE' }]);
    await meeting('2019-11-05');
    expect(await due('party-meetings', '2019-12-31')).toMatchObject([{ status: 'SATISFIED', settledOn: '2019-11-05' }]);
    expect(await due('party-meetings', '2019-11-04')).toMatchObject([{ status: 'DUE' }]);
  });

  it('are waived for one unit, with a reason', async () => {
    const [open] = (await due('quarterly-report', '2019-12-31')).filter(({ from }) => from === '2019-09-21');
    const waive = (reason: string | null) =>
      act(
        graph,
        persona('administrator', [
          ['region-administrator', PLAN_CITY],
          ['prefecture-st-bureau', PLAN_CITY],
        ]),
        'obligationWaive',
        { obligation: open?.id, reason, on: '2019-10-08' },
        `obligation { ${FIELDS} text }`,
      );
    expect((await waive(null)).decision.outcome).toBe('DENY');
    expect((await waive('机构改革')).obligation).toMatchObject({ id: open?.id, status: 'WAIVED', text: '机构改革' });
    const after = (await due('quarterly-report', '2019-12-31')).filter(({ from }) => from === '2019-09-21');
    expect(after.map(({ status }) => status).sort()).toEqual(['LATE', 'WAIVED']);
  });
});
