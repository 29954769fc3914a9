import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, bureau, CITY, COUNTY, countyDept, grade, type Seat, score, undeclaredFacts } from './testdata/batch.ts';
import { type Commissioner, commissioner, OTHER_COUNTY, serve } from './testdata/commissioner.ts';

type Viewer = Parameters<Graph['ask']>[0];
const rules = (payload: { decision: { findings: { rule: string }[] } }) =>
  payload.decision.findings.map(({ rule }) => rule);
const otherDept = persona('other county', [['county-st-dept', OTHER_COUNTY]]);

describe('the evaluation of commissioners', () => {
  let graph: Graph;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
  });
  afterAll(() => graph.stop());

  /** A batch of commissioners, and its seats by appointment. */
  async function batchOf(
    viewer: Viewer,
    region: string,
    who: readonly Commissioner[],
    more: Record<string, unknown> = {},
  ) {
    const input = {
      subjectKind: 'APPOINTMENT',
      evaluatorLevel: 'county',
      evaluatorRegion: region,
      year: 2022,
      subjects: who.map(({ id }) => id),
      on: '2022-11-01',
      ...more,
    };
    const opened = await act(graph, viewer, 'evaluationBatchOpen', input, 'evaluationBatch { id version }');
    if (!opened.evaluationBatch) return { opened, id: '', version: 0, seat: () => ({}) as Seat };
    const { id, version } = opened.evaluationBatch;
    const data = await graph.get(
      bureau,
      `query ($id: ID!) { evaluations(filter: { batch: $id }, first: 50) { edges { node { id version subjectId } } } }`,
      { id },
    );
    const all: Seat[] = data.evaluations.edges.map((edge: { node: Seat }) => edge.node);
    return {
      opened,
      id,
      version,
      seat: (one: Commissioner) => all.find(({ subjectId }) => subjectId === one.id) as Seat,
    };
  }

  it('is by the county that receives them, not by the prefecture or another county', async () => {
    const who = await commissioner(graph, '钱');
    const byCity = await batchOf(bureau, CITY, [who], { evaluatorLevel: 'prefecture' });
    expect(byCity.opened.decision.outcome).toBe('DENY');
    expect(rules(byCity.opened)).toContain('jiaozuo.eval.who-county.batch');
    const wrong = await batchOf(otherDept, OTHER_COUNTY, [who]);
    const refused = await score(graph, wrong.seat(who), otherDept);
    expect(refused.decision.outcome).toBe('DENY');
    expect(refused.decision.findings).toContainEqual(
      expect.objectContaining({
        rule: 'jiaozuo.eval.who-county',
        facts: expect.objectContaining({
          'evaluation.receivingCounty': COUNTY,
          'evaluationBatch.evaluatorRegion': OTHER_COUNTY,
        }),
      }),
    );
    const right = await batchOf(countyDept, COUNTY, [who]);
    const { evaluation } = await score(graph, right.seat(who), countyDept);
    // The bureau's role covers the county, yet it is not the county.
    const bureaus = await grade(graph, evaluation, 'good', bureau);
    expect(rules(bureaus)).toContain('platform.evaluation.evaluator');
    expect((await grade(graph, evaluation, 'good', countyDept)).decision.outcome).toBe('ALLOW');
  });

  it('of somebody who serves several counties is by the one served most', async () => {
    const who = await commissioner(graph, '孙');
    await serve(graph, who, '2022-03-01');
    for (const date of ['2022-03-02', '2022-03-03']) await serve(graph, who, date, { county: OTHER_COUNTY });
    const own = await batchOf(countyDept, COUNTY, [who]);
    expect((await score(graph, own.seat(who), countyDept)).decision.outcome).toBe('DENY');
    const most = await batchOf(otherDept, OTHER_COUNTY, [who]);
    expect((await score(graph, most.seat(who), otherDept)).decision.outcome).toBe('ALLOW');
  });

  it("of a unit's own commissioner is the unit's", async () => {
    const who = await commissioner(graph, '赵', { category: 'unit' });
    const byCounty = await batchOf(countyDept, COUNTY, [who]);
    const refused = await score(graph, byCounty.seat(who), countyDept);
    expect(rules(refused)).toContain('jiaozuo.stp.unit-level.evaluation');
    const unit = { evaluatorLevel: 'unit', evaluatorOrganisation: who.unit };
    const byUnit = await batchOf(who.unitStaff, CITY, [who], unit);
    const { evaluation } = await score(graph, byUnit.seat(who), who.unitStaff);
    // Its quota and grades are its own.
    expect((await grade(graph, evaluation, 'excellent', who.unitStaff)).decision.outcome).toBe('ALLOW');
    const stranger = await commissioner(graph, '周');
    const others = await batchOf(who.unitStaff, CITY, [stranger], unit);
    expect((await score(graph, others.seat(stranger), who.unitStaff)).decision.outcome).toBe('DENY');
  });

  it('leads to exit, or to priority in renewal, by the rules of the pack; an exemption stops publication until overridden', async () => {
    const names = ['吴', '郑', '王', '冯', '陈', '褚', '卫'];
    const who: Commissioner[] = [];
    for (const name of names) who.push(await commissioner(graph, name));
    const batch = await batchOf(countyDept, COUNTY, who);
    let { version } = batch;
    const seats: Seat[] = [];
    for (const one of who) seats.push((await score(graph, batch.seat(one), countyDept)).evaluation);
    for (const [at, code] of ['excellent', 'good', 'qualified', 'unqualified', 'good', 'good', 'good'].entries()) {
      const graded = await grade(graph, seats[at] as Seat, code, countyDept);
      expect(graded.decision.outcome).toBe('ALLOW');
      version = graded.evaluation.batch.version;
    }
    const exemption = {
      subjectKind: 'APPOINTMENT',
      subject: who[3]?.id,
      year: 2022,
      ground: 'unforeseeable',
      scope: 'pilot',
      concernsMisuse: false,
      reason: '疫情',
      on: '2022-11-10',
    };
    expect((await act(graph, countyDept, 'exemptionApprove', exemption)).decision.outcome).toBe('DENY');
    expect((await act(graph, bureau, 'exemptionApprove', exemption)).decision.outcome).toBe('ALLOW');

    const publish = (overrides: unknown[]) =>
      act(
        graph,
        countyDept,
        'evaluationPublish',
        { batch: batch.id, version, sites: ['prefecture-st-network'], overrides, on: '2022-12-10' },
        'evaluationBatch { status version }',
      );
    const stopped = await publish([]);
    expect(stopped).toMatchObject({ evaluationBatch: { status: 'open' }, decision: { outcome: 'NEEDS_OVERRIDE' } });
    expect(rules(stopped)).toContain('jiaozuo.exemption.individual');
    const rule = 'jiaozuo.exemption.individual';
    const notHeld = await publish([{ rule, role: 'prefecture-st-bureau', reason: '无' }]);
    expect(notHeld.userErrors[0].code).toBe('OVERRIDE_ROLE_NOT_HELD');
    const published = await publish([{ rule, role: 'county-st-dept', reason: '失误与疫情无关' }]);
    expect(published).toMatchObject({ evaluationBatch: { status: 'published' }, decision: { outcome: 'ALLOW' } });

    const data = await graph.get(
      anonymous,
      `query ($id: ID!) { evaluationBatch(id: $id) { consequences {
        kind rule exempted evaluation { subjectId grade subject { ... on Appointment { publishedGrade(year: 2022) } } } } } }`,
      { id: batch.id },
    );
    interface Row {
      kind: string;
      rule: string;
      exempted: boolean;
      evaluation: { subjectId: string; grade: string; subject: { publishedGrade: string } };
    }
    const rows: Row[] = data.evaluationBatch.consequences;
    const of = (kind: string) => rows.filter((row) => row.kind === kind);
    expect(of('CERTIFICATE_DUE').map(({ evaluation }) => evaluation.grade)).toEqual(['excellent']);
    expect(
      of('RENEWAL_PRIORITY')
        .map(({ evaluation }) => evaluation.grade)
        .sort(),
    ).toEqual(['excellent', ...Array(4).fill('good')]);
    expect(of('EXIT_DUE')).toEqual([
      {
        kind: 'EXIT_DUE',
        rule: 'jiaozuo.eval.exit',
        exempted: true,
        evaluation: { subjectId: who[3]?.id, grade: 'unqualified', subject: { publishedGrade: 'unqualified' } },
      },
    ]);
  });

  it('is read before publication by the person and the unit, and by nobody else', async () => {
    const who = await commissioner(graph, '蒋');
    const batch = await batchOf(countyDept, COUNTY, [who]);
    const { evaluation } = await score(graph, batch.seat(who), countyDept);
    await grade(graph, evaluation, 'good', countyDept);
    const reads = async (viewer: Viewer) =>
      (await graph.get(viewer, `query ($id: ID!) { evaluation(id: $id) { grade } }`, { id: evaluation.id })).evaluation
        ?.grade;
    for (const viewer of [who.self, who.unitStaff, countyDept, bureau]) expect(await reads(viewer)).toBe('good');
    for (const viewer of [who.receiver, otherDept, anonymous]) expect(await reads(viewer)).toBeUndefined();
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
