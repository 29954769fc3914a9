import { expect } from '@jest/globals';
import { anonymous } from '../harness.ts';
import { bureau, CITY, COUNTY, countyDept, type Persona, stopping, type Teller } from './door.ts';
import type { Engaged } from './engagement.ts';
import type { Listed } from './selection.ts';

const BATCH = 'evaluationBatch { id version status }';
const EVALUATION = 'evaluation { id version grade batch { version } }';

export interface Seat {
  readonly id: string;
  readonly version: number;
  readonly subjectId: string;
}

/** What is evaluated in a batch, in the order of its subjects. */
export async function seats(teller: Teller, who: Persona, batch: string): Promise<Seat[]> {
  const document =
    'query ($id: ID!) { evaluationBatch(id: $id) { evaluations(first: 50) { edges { node { id version subjectId } } } } }';
  const { evaluationBatch } = await teller.get(who, document, { id: batch });
  return evaluationBatch.evaluations.edges.map(({ node }: { node: Seat }) => node);
}

/** Scores a subject. */
export const score = (teller: Teller, who: Persona, { id, version }: Seat, on: string) =>
  teller.act(
    who,
    'evaluationScore',
    on,
    { evaluation: id, version, scores: [{ dimension: 'duty-performance', score: 85 }] },
    EVALUATION,
  );

export const grade = (teller: Teller, who: Persona, seat: { id: string; version: number }, code: string, on: string) =>
  teller.act(who, 'evaluationGrade', on, { evaluation: seat.id, version: seat.version, grade: code }, EVALUATION);

export interface Graded {
  readonly batch: string;
  readonly evaluations: readonly string[];
}

/** The receiving county evaluates; the prefecture may not; the top grade has a quota. Everything up to the certificate. */
export async function evaluateByTheCounty(
  teller: Teller,
  engaged: readonly Engaged[],
  { university }: Listed,
): Promise<Graded> {
  const subjects = engaged.map(({ id }) => id);
  const common = { subjectKind: 'APPOINTMENT', year: 2022, subjects };
  const ofCity = { ...common, evaluatorLevel: 'prefecture', evaluatorRegion: CITY };
  const byCity = await teller.act(bureau, 'evaluationBatchOpen', '2022-12-01', ofCity, BATCH);
  expect(byCity).toMatchObject({ evaluationBatch: null, decision: { outcome: 'DENY' } });
  expect(stopping(byCity)).toEqual(['jiaozuo.eval.who-county.batch']);
  const ofCounty = { ...common, evaluatorLevel: 'county', evaluatorRegion: COUNTY };
  const batch = await teller.done(countyDept, 'evaluationBatchOpen', '2022-12-01', ofCounty, BATCH);
  const scored: Seat[] = [];
  for (const seat of await seats(teller, countyDept, batch.id)) {
    const payload = await score(teller, countyDept, seat, '2022-12-05');
    expect(payload.decision?.outcome).toBe('ALLOW');
    scored.push({ ...seat, version: payload.evaluation.version });
  }
  const inOrder = subjects.map((subject) => scored.find(({ subjectId }) => subjectId === subject) as Seat);
  const [first, second] = inOrder as [Seat, Seat];
  const byBureau = await grade(teller, bureau, first, 'excellent', '2022-12-06');
  expect(stopping(byBureau)).toEqual(['platform.evaluation.evaluator']);
  const excellent = await grade(teller, countyDept, first, 'excellent', '2022-12-06');
  expect(excellent).toMatchObject({ decision: { outcome: 'ALLOW' }, evaluation: { grade: 'excellent' } });
  const tooMany = await grade(teller, countyDept, second, 'excellent', '2022-12-06');
  expect(stopping(tooMany)).toEqual(['jiaozuo.eval.excellent-quota']);
  expect(tooMany.decision?.findings.find(({ effect }) => effect === 'deny')).toMatchObject({
    citation: { article: '四（二）4', phrase: '不超过总数的15%' },
    facts: { 'evaluationBatch.excellentCountAfter': 2, 'evaluationBatch.evaluatedCount': 7 },
  });
  let version = excellent.evaluation.batch.version as number;
  for (const [at, seat] of inOrder.entries()) {
    if (at === 0) continue;
    const payload = await grade(teller, countyDept, seat, at === 2 ? 'unqualified' : 'good', '2022-12-07');
    expect(payload.decision?.outcome).toBe('ALLOW');
    version = payload.evaluation.batch.version;
  }
  const step = async (mutation: string, on: string, more: object = {}) => {
    const input = { batch: batch.id, version, ...more };
    const payload = await teller.act(countyDept, mutation, on, input, BATCH);
    version = payload.evaluationBatch?.version ?? version;
    return payload;
  };
  expect(stopping(await step('evaluationBatchClose', '2022-12-08'))).toEqual(['jiaozuo.eval.publish']);
  expect((await step('evaluationFeedbackRecord', '2022-12-09', { organisation: university })).decision?.outcome).toBe(
    'ALLOW',
  );
  const inPaper = await step('evaluationPublish', '2022-12-10', { sites: ['some-newspaper'] });
  expect(stopping(inPaper)).toEqual(['jiaozuo.eval.publish.site']);
  const published = await step('evaluationPublish', '2022-12-10', { sites: ['prefecture-st-network'] });
  expect(published.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const certificate = { evaluation: first.id, number: '2022-001' };
  const undue = { ...certificate, evaluation: second.id };
  const refused = await teller.act(countyDept, 'certificateIssue', '2022-12-11', undue);
  expect(stopping(refused)).toEqual(['jiaozuo.eval.certificate']);
  await teller.done(countyDept, 'certificateIssue', '2022-12-11', certificate, 'certificate { id }');
  expect((await step('evaluationBatchClose', '2022-12-12')).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  const seen = await teller.get(anonymous, '{ certificate(year: 2022, number: "2022-001") { evaluation { grade } } }');
  expect(seen.certificate.evaluation.grade).toBe('excellent');
  return { batch: batch.id, evaluations: inOrder.map(({ id }) => id) };
}

/** The one graded good serves on; the one graded unqualified may not, and leaves. */
export async function renewAndExit(teller: Teller, good: Engaged, unqualified: Engaged): Promise<void> {
  const thing = 'appointment { id version status renewalOf { status } endReason }';
  const consents = { personConsents: true, receivingUnitConsents: true };
  const renew = ({ id, version }: Engaged) => {
    const input = { appointment: id, version, from: '2023-01-01', to: '2023-12-31', ...consents };
    return teller.act(bureau, 'appointmentRenew', '2022-12-20', input, thing);
  };
  const goesOn = await renew(good);
  expect(goesOn).toMatchObject({
    decision: { outcome: 'ALLOW', findings: [] },
    appointment: { status: 'listed', renewalOf: { status: 'renewed' } },
  });
  const refused = await renew(unqualified);
  expect(stopping(refused)).toEqual(['jiaozuo.eval.exit']);
  expect(refused.appointment.status).toBe('active');
  const input = { appointment: unqualified.id, version: unqualified.version };
  const silent = await teller.act(bureau, 'appointmentExit', '2022-12-21', { ...input, reason: ' ' }, thing);
  expect(stopping(silent)).toEqual(['platform.appointment.exit-reason']);
  const reason = { ...input, reason: '年度评价不合格' };
  const left = await teller.done(bureau, 'appointmentExit', '2022-12-21', reason, thing);
  expect(left).toMatchObject({ status: 'exited', endReason: '年度评价不合格' });
}
