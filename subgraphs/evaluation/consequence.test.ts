import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  CITY,
  COUNTY,
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

const CONSEQUENCES = `consequences { kind rule done exempted citation { article } evaluation { id grade } }`;

describe('after publication', () => {
  let graph: Graph;
  let unit: string;
  let all: Seat[];
  let batch: { id: string; version: number };
  const teams: string[] = [];

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01' });
    unit = await organisation(graph, '农业大学');
    for (let at = 0; at < 7; at += 1) teams.push(await team(graph, unit, `服务团${at}`));
    batch = await teamBatch(graph, teams);
    all = await seats(graph, batch.id);
    const scored: Seat[] = [];
    for (const seat of all) scored.push((await score(graph, seat)).evaluation);
    for (const [at, seat] of scored.entries()) {
      const code = at === 0 ? 'excellent' : at === 1 ? 'unqualified' : 'good';
      const { evaluation, decision } = await grade(graph, seat, code);
      expect(decision.outcome).toBe('ALLOW');
      batch = { ...batch, version: evaluation.batch.version };
    }
  }, 120_000);
  afterAll(() => graph.stop());

  const exempt = (input: Record<string, unknown>, viewer = bureau) =>
    act(
      graph,
      viewer,
      'exemptionApprove',
      {
        subjectKind: 'TEAM',
        subject: all[1]?.subjectId,
        year: 2022,
        ground: 'force-majeure',
        scope: 'reform',
        concernsMisuse: false,
        reason: '特大洪涝',
        on: '2022-11-20',
        ...input,
      },
      'exemption { id ground }',
    );

  it('an exemption needs a ground of the pack, and never covers misuse of money', async () => {
    expect(await exempt({})).toMatchObject({ exemption: { ground: 'force-majeure' }, decision: { outcome: 'ALLOW' } });
    for (const bad of [{ ground: 'bad-luck' }, { scope: 'routine' }, { concernsMisuse: true }]) {
      const refused = await exempt(bad);
      expect(refused).toMatchObject({ exemption: null, decision: { outcome: 'DENY' } });
      expect(refused.decision.findings[0].rule).toBe('jiaozuo.exemption.approval');
    }
    expect((await exempt({ reason: ' ' })).userErrors[0].code).toBe('REASON_REQUIRED');
    expect((await exempt({ year: 2023 })).userErrors[0].code).toBe('YEAR_INVALID');
    const self = persona('unit', [['dispatching-unit', CITY, unit]]);
    expect((await exempt({}, self)).decision.findings[0].rule).toBe('platform.access.permitted');
    const view = await graph.get(bureau, `query ($id: ID!) { evaluation(id: $id) { exemptions { reason } } }`, {
      id: all[1]?.id,
    });
    expect(view.evaluation.exemptions).toEqual([{ reason: '特大洪涝' }]);
  });

  it('nothing follows and nothing is public before it', async () => {
    const data = await graph.get(
      bureau,
      `query ($id: ID!, $team: ID!) { evaluationBatch(id: $id) { ${CONSEQUENCES} } team(id: $team) { publishedGrade } }`,
      { id: batch.id, team: teams[0] },
    );
    expect(data).toEqual({ evaluationBatch: { consequences: [] }, team: { publishedGrade: null } });
    const early = await act(graph, bureau, 'certificateIssue', {
      evaluation: all[0]?.id,
      number: 'X',
      on: '2022-11-20',
    });
    expect(early.userErrors).toEqual([{ code: 'WRONG_STATE', field: ['evaluation'] }]);
  });

  it('grades are public, by year, as of a day, and for the latest year', async () => {
    const { evaluationBatch, decision } = await act(
      graph,
      bureau,
      'evaluationPublish',
      { batch: batch.id, version: batch.version, sites: ['prefecture-st-network'], on: '2022-12-20' },
      'evaluationBatch { version }',
    );
    expect(decision.facts).toMatchObject({
      'evaluationBatch.evaluatedCount': 7,
      'evaluationBatch.excellentCountAfter': 1,
      'evaluationBatch.exemptUnqualifiedCount': 1,
      'evaluationBatch.unitsWithoutFeedback': 1,
    });
    batch = { ...batch, version: evaluationBatch.version };
    const data = await graph.get(
      anonymous,
      `query ($a: ID!, $b: ID!, $unit: ID!) {
        a: team(id: $a) { publishedGrade }
        b: team(id: $b) { publishedGrade(year: 2022) before: publishedGrade(asOf: "2022-12-19") earlier: publishedGrade(year: 2021) }
        organisation(id: $unit) { publishedGrade }
      }`,
      { a: teams[0], b: teams[1], unit },
    );
    const graded = new Map(all.map((seat, at) => [seat.subjectId, at]));
    const expected = (id: string | undefined) => ['excellent', 'unqualified'][graded.get(id ?? '') ?? 9] ?? 'good';
    expect(data.a.publishedGrade).toBe(expected(teams[0]));
    expect(data.b).toEqual({ publishedGrade: expected(teams[1]), before: null, earlier: null });
    expect(data.organisation.publishedGrade).toBeNull();
  });

  it('a certificate is due to the grade that the pack says, and issued once', async () => {
    const ask = async () => {
      const data = await graph.get(anonymous, `query ($id: ID!) { evaluationBatch(id: $id) { ${CONSEQUENCES} } }`, {
        id: batch.id,
      });
      return data.evaluationBatch.consequences;
    };
    // Of a team nothing but the certificate follows: exit and renewal are for commissioners.
    expect(await ask()).toEqual([
      {
        kind: 'CERTIFICATE_DUE',
        rule: 'jiaozuo.eval.certificate',
        done: false,
        exempted: false,
        citation: { article: '四（二）4' },
        evaluation: { id: all[0]?.id, grade: 'excellent' },
      },
    ]);
    const close = () =>
      graph.get(
        bureau,
        `mutation ($input: EvaluationBatchCloseInput!) { evaluationBatchClose(input: $input) { decision { outcome facts } } }`,
        { input: { batch: batch.id, version: batch.version, on: '2022-12-31' } },
      );
    const issue = (input: Record<string, unknown>, viewer = bureau) =>
      act(
        graph,
        viewer,
        'certificateIssue',
        { evaluation: all[0]?.id, number: '2022-001', on: '2022-12-25', ...input },
        'certificate { id number year }',
      );
    const good = await issue({ evaluation: all[2]?.id });
    expect(good.decision).toMatchObject({ outcome: 'DENY', findings: [{ rule: 'jiaozuo.eval.certificate' }] });
    expect((await issue({}, stranger)).decision.outcome).toBe('DENY');
    expect((await issue({ number: ' ' })).userErrors[0].code).toBe('NUMBER_REQUIRED');
    expect((await issue({})).certificate).toMatchObject({ number: '2022-001', year: 2022 });
    expect((await issue({ number: '2022-002' })).userErrors[0].code).toBe('ALREADY_ISSUED');
    expect((await issue({ evaluation: all[3]?.id })).userErrors[0].code).toBe('ALREADY_ISSUED');
    expect((await ask())[0].done).toBe(true);
    const { certificate } = await graph.get(
      anonymous,
      `{ certificate(year: 2022, number: "2022-001") { evaluation { grade certificate { issuedOn } subject { ... on Team { name } } } } }`,
    );
    expect(certificate.evaluation).toEqual({
      grade: 'excellent',
      certificate: { issuedOn: '2022-12-25' },
      subject: { name: expect.stringMatching(/^服务团/) },
    });
    const { evaluationBatchClose } = await close();
    expect(evaluationBatchClose.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'evaluationBatch.excellentWithoutCertificate': 0, 'evaluationBatch.published': true },
    });
  });

  it('the work of a county is graded by the prefecture, and an exemption of it is shown', async () => {
    const regions = [COUNTY, 'cn-410822'];
    const { evaluationBatch } = await act(
      graph,
      bureau,
      'evaluationBatchOpen',
      {
        subjectKind: 'REGION_WORK',
        evaluatorLevel: 'prefecture',
        evaluatorRegion: CITY,
        year: 2022,
        subjects: regions,
        on: '2022-11-01',
      },
      'evaluationBatch { id version }',
    );
    let { version } = evaluationBatch;
    for (const seat of await seats(graph, evaluationBatch.id)) {
      const { evaluation } = await score(graph, seat);
      version = (await grade(graph, evaluation, 'unqualified')).evaluation.batch.version;
    }
    await exempt({ subjectKind: 'REGION_WORK', subject: COUNTY });
    const published = await act(graph, bureau, 'evaluationPublish', {
      batch: evaluationBatch.id,
      version,
      sites: ['prefecture-st-network'],
      on: '2022-12-20',
    });
    expect(published.decision).toMatchObject({
      outcome: 'ALLOW',
      findings: [{ rule: 'jiaozuo.exemption', outcome: 'FAIL' }],
    });
    const { region } = await graph.get(anonymous, `{ region(id: "${COUNTY}") { name publishedGrade } }`);
    expect(region.publishedGrade).toBe('unqualified');
  });

  it('gives rules only facts that the catalogue offers', async () => {
    expect(await undeclaredFacts(graph)).toEqual([]);
  });
});
