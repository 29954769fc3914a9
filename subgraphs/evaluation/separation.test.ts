import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
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
  team,
  teamBatch,
} from './testdata/batch.ts';
import { commissioner } from './testdata/commissioner.ts';
import { PLAN_CITY, planBureau, planUnit } from './testdata/plan.ts';

const rules = (payload: { decision: { findings: { rule: string }[] } }) =>
  payload.decision.findings.map(({ rule }) => rule);

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2023-02-01' });
}, 120_000);
afterAll(() => graph.stop());

describe('who put a finding right', () => {
  it('does not verify it; somebody else of the same body does', async () => {
    const { id: organisation } = await planUnit(graph, '责任单位');
    const raised = { region: PLAN_CITY, kind: 'inspection', organisation, description: '台账不全' };
    const dated = { dueOn: '2019-08-01', on: '2019-07-10' };
    const found = await act(graph, planBureau, 'findingRecord', { ...raised, ...dated }, 'finding { id version }');
    const { id: finding, version } = found.finding;
    const righted = { finding, version, action: '已补齐', on: '2019-07-20' };
    const { finding: now } = await act(graph, planBureau, 'findingRectify', righted, 'finding { version }');
    const verify = (viewer: typeof planBureau) =>
      act(graph, viewer, 'findingVerify', { finding, version: now.version, on: '2019-08-01' }, 'finding { status }');
    expect(rules(await verify(planBureau))).toContain('platform.access.verifier');
    const colleague = persona('colleague', [['prefecture-st-bureau', PLAN_CITY]]);
    expect(await verify(colleague)).toMatchObject({ decision: { outcome: 'ALLOW' }, finding: { status: 'verified' } });
  });
});

describe('nobody evaluates himself', () => {
  it('nor the team that he leads', async () => {
    const unit = await organisation(graph, '农业大学');
    const led = await team(graph, unit, '服务团');
    const registered = { name: '团长', organisation: unit, post: 'unit-leader-in-charge', on: '2022-03-01' };
    const { person } = await act(graph, bureau, 'personRegister', registered, 'person { id }');
    const post = { team: led, version: 1, person: person.id, side: 'unit', on: '2022-03-02' };
    const appointed = await act(graph, bureau, 'teamLeaderAppoint', post, 'team { id }');
    expect(appointed.decision.outcome).toBe('ALLOW');
    const [seat] = (await seats(graph, (await teamBatch(graph, [led])).id)) as [Seat];
    const leader = persona('leader of the bureau', [['prefecture-st-bureau', CITY]], { person: person.id });
    const own = await score(graph, seat, leader);
    expect([own.decision.outcome, rules(own)]).toEqual(['DENY', ['platform.access.evaluated']]);
    const { evaluation } = await score(graph, seat);
    expect(rules(await grade(graph, evaluation, 'good', leader))).toContain('platform.access.evaluated');
    expect((await grade(graph, evaluation, 'good')).decision.outcome).toBe('ALLOW');
  });

  it('nor his own service', async () => {
    const who = await commissioner(graph, '钱');
    const input = {
      subjectKind: 'APPOINTMENT',
      evaluatorLevel: 'county',
      evaluatorRegion: COUNTY,
      year: 2022,
      subjects: [who.id],
      on: '2022-11-01',
    };
    const { evaluationBatch } = await act(graph, countyDept, 'evaluationBatchOpen', input, 'evaluationBatch { id }');
    const [seat] = (await seats(graph, evaluationBatch.id)) as [Seat];
    const self = persona('commissioner of the county', [['county-st-dept', COUNTY]], { person: who.person });
    expect(rules(await score(graph, seat, self))).toEqual(['platform.access.evaluated']);
    expect((await score(graph, seat, countyDept)).decision.outcome).toBe('ALLOW');
    // Before publication one's own seat is one's own, and how the others come out is not.
    const query = `query ($id: ID!) { evaluation(id: $id) { id batch { gradeCounts { subjects } gradedCount } } }`;
    const { evaluation } = await graph.get(persona('himself', [], { person: who.person }), query, { id: seat.id });
    expect(evaluation).toEqual({ id: seat.id, batch: { gradeCounts: null, gradedCount: null } });
    const own = (await graph.get(countyDept, query, { id: seat.id })).evaluation.batch;
    expect(own).toEqual({ gradeCounts: [{ subjects: 1 }], gradedCount: 0 });
  });
});
