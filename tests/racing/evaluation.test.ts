import { afterAll, beforeAll, expect } from '@jest/globals';
import { Assessment } from '../../subgraphs/evaluation/tables/assessment.ts';
import { Certificate, Evaluation } from '../../subgraphs/evaluation/tables/evaluation.ts';
import { EvaluationBatch, Feedback } from '../../subgraphs/evaluation/tables/evaluation-batch.ts';
import { Settlement } from '../../subgraphs/evaluation/tables/obligation.ts';
import {
  act,
  bureau,
  CITY,
  grade,
  organisation,
  type Seat,
  score,
  seats,
  team,
  teamBatch,
} from '../../subgraphs/evaluation/testdata/batch.ts';
import { department, postedTeam } from '../../subgraphs/evaluation/testdata/posted-team.ts';
import type { Viewer } from '../../subgraphs/viewer.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, insisting, losers, racing, tablesOf, together } from './race.ts';

type Payload = Awaited<ReturnType<typeof act>>;

/** What those were told who came too late, without what else the law finds in a batch of this scene. */
const refusals = (payloads: readonly Payload[]) =>
  losers(payloads).filter((told) => !told.includes('.') || told.includes('quota'));

describeOnPostgres('evaluation at the same time', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  let unit: string;

  beforeAll(async () => {
    graph = await startGraph({ today: '2023-02-01', url: await server().database() });
    unit = await organisation(graph, '农业大学');
  });
  afterAll(() => graph.stop());

  const tables = () => tablesOf(graph, 'evaluation');

  /** An open batch with subjects of its own, all of them scored. */
  const scoredBatch = async (size: number) => {
    const teams = await together(size, (at) => team(graph, unit, `服务团${at}`));
    const batch = await teamBatch(graph, teams);
    const all = await seats(graph, batch.id);
    const scored = await together(size, async (at) => (await score(graph, all[at] as Seat)).evaluation as Seat);
    return { ...batch, scored };
  };

  /** An act on a batch as it is read; whoever finds it changed reads it again and insists. */
  const onBatch = (id: string, mutation: string, input: object): Promise<Payload> =>
    insisting(
      async () => {
        const document = 'query ($id: ID!) { evaluationBatch(id: $id) { version } }';
        return (await graph.get(bureau, document, { id })).evaluationBatch.version;
      },
      (version) => act(graph, bureau, mutation, { batch: id, version, ...input }),
    );
  const publish = (id: string) =>
    onBatch(id, 'evaluationPublish', { sites: ['prefecture-st-network'], on: '2022-12-01' });

  race('twenty top grades at once in a batch of twenty give three', async () => {
    const { id, scored } = await scoredBatch(20);
    const payloads = await Promise.all(scored.map((seat) => grade(graph, seat, 'excellent')));
    expect(allowed(payloads)).toHaveLength(3);
    expect(refusals(payloads)).toEqual(['jiaozuo.eval.excellent-quota']);
    expect(await tables().count(Evaluation, { batchId: id, grade: 'excellent' })).toBe(3);
  });

  race(
    'grades and publication at once never publish a batch over its quota, nor change what is published',
    async () => {
      for (let round = 0; round < 4; round += 1) {
        const { id, scored } = await scoredBatch(14);
        for (const seat of scored.slice(0, 6 + round)) await grade(graph, seat, 'good');
        const grading = scored.slice(6 + round).map((seat) => grade(graph, seat, 'excellent'));
        // In every second round publication waits for the first grade, or it could be first each time.
        if (round % 2 === 1) await Promise.race(grading);
        const [payloads] = await Promise.all([Promise.all(grading), publish(id), publish(id)]);
        const last = await publish(id);
        const batch = await tables().findOneOrFail(EvaluationBatch, { id });
        const graded = await tables().find(Evaluation, { batchId: id, grade: { $ne: null } });
        const top = graded.filter((row) => row.grade === 'excellent').length;
        expect(allowed(payloads)).toHaveLength(top);
        expect(top).toBeLessThanOrEqual(2);
        expect(graded.every(({ published }) => published === batch.published)).toBe(true);
        if (batch.published) expect(100 * top).toBeLessThanOrEqual(15 * graded.length);
        else expect(refusals([last])).toEqual(['jiaozuo.eval.excellent-quota.publish']);
      }
    },
  );

  race('closing at once with grading never closes a batch over its quota', async () => {
    const { id, scored } = await scoredBatch(14);
    for (const seat of scored.slice(0, 9)) await grade(graph, seat, 'good');
    const close = () => onBatch(id, 'evaluationBatchClose', { on: '2022-12-02' });
    const [graded, early] = await Promise.all([
      Promise.all(scored.slice(9).map((seat) => grade(graph, seat, 'excellent'))),
      together(6, close),
    ]);
    const top = await tables().count(Evaluation, { batchId: id, grade: 'excellent' });
    expect(allowed(graded)).toHaveLength(top);
    expect(top).toBeLessThanOrEqual(2);
    // A batch is closed when it is published, once.
    expect(allowed(early)).toEqual([]);
    const [late] = await Promise.all([together(6, close), publish(id)]);
    const all = [...late, await close()];
    const { status } = await tables().findOneOrFail(EvaluationBatch, { id });
    expect(allowed(all)).toHaveLength(status === 'closed' ? 1 : 0);
    const kept = await tables().find(Evaluation, { batchId: id, grade: { $ne: null } });
    const excellent = kept.filter((row) => row.grade === 'excellent').length;
    if (status === 'closed') expect(100 * excellent).toBeLessThanOrEqual(15 * kept.length);
  });

  race('results are fed back to a unit once', async () => {
    const { id, scored } = await scoredBatch(2);
    for (const seat of scored) await grade(graph, seat, 'good');
    const payloads = await together(12, () =>
      onBatch(id, 'evaluationFeedbackRecord', { organisation: unit, on: '2022-12-01' }),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(refusals(payloads)).toEqual(['ALREADY_RECORDED']);
    expect(await tables().count(Feedback, { batchId: id })).toBe(1);
  });

  race('an assessment is made once, filed by one at a time, and published once', async () => {
    const posted = await postedTeam(graph, '茶陵');
    const about = { subjectKind: 'team', team: posted.id, year: 2019 };
    const thing = 'assessment { id version }';
    const daily = await act(
      graph,
      posted.head,
      'assessmentRecord',
      { kind: 'daily', ...about, on: '2019-06-01' },
      thing,
    );
    const planned = { kind: 'annual', ...about, date: '2019-12-20', on: '2019-06-02' };
    const { assessment } = await act(graph, department, 'assessmentSchedule', planned, thing);
    const document = 'query ($id: ID!) { assessment(id: $id) { version } }';
    const version = async () => (await graph.get(department, document, { id: assessment.id })).assessment.version;
    const insist = (viewer: Viewer, mutation: string, input: object) =>
      insisting(version, (now) =>
        act(graph, viewer, mutation, { assessment: assessment.id, version: now, on: '2019-12-20', ...input }, thing),
      );
    const made = await together(12, (at) =>
      insist(posted.receiver, 'assessmentRecord', {
        outcome: at % 2 === 0 ? 'excellent' : 'unsatisfactory',
        basis: [daily.assessment.id],
      }),
    );
    expect(allowed(made)).toHaveLength(1);
    expect(losers(made)).toContain('WRONG_STATE');
    const now = await version();
    const filed = await together(12, (at) => {
      const filingBody = at % 2 === 0 ? 'province-st-dept' : 'province-org-dept';
      const input = { assessment: assessment.id, version: now, filingBody, on: '2019-12-21' };
      return act(graph, department, 'assessmentFile', input, thing);
    });
    expect(allowed(filed).length).toBeLessThanOrEqual(1);
    const told = await together(12, () =>
      insist(department, 'assessmentPublish', { sites: ['website'], on: '2019-12-22' }),
    );
    expect(allowed(told)).toHaveLength(1);
    expect(losers(told)).toContain('WRONG_STATE');
    const stored = await tables().findOneOrFail(Assessment, { id: assessment.id });
    expect(stored.version).toBe(1 + allowed([...made, ...filed, ...told]).length);
  });

  race('several batches give a subject one grade for the year', async () => {
    const subject = await team(graph, unit, '多批');
    const scored = await together(8, async () => {
      const batch = await teamBatch(graph, [subject]);
      const [seat] = (await seats(graph, batch.id)) as [Seat];
      return (await score(graph, seat)).evaluation as Seat;
    });
    const payloads = await Promise.all(scored.map((seat) => grade(graph, seat, 'good')));
    expect(allowed(payloads)).toHaveLength(1);
    expect(refusals(payloads)).toEqual(['ALREADY_GRADED']);
    expect(await tables().count(Evaluation, { subjectId: subject, grade: { $ne: null } })).toBe(1);
  });

  race('a certificate number is given once', async () => {
    const { id, scored } = await scoredBatch(14);
    const winners = scored.slice(0, 2);
    for (const seat of scored.slice(2)) await grade(graph, seat, 'good');
    for (const seat of winners) await grade(graph, seat, 'excellent');
    expect((await publish(id)).decision?.outcome).toBe('ALLOW');
    const payloads = await together(20, (at) =>
      act(graph, bureau, 'certificateIssue', { evaluation: winners[at % 2]?.id, number: 'A-1', on: '2023-01-31' }),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(refusals(payloads)).toEqual(['ALREADY_ISSUED']);
    expect(await tables().count(Certificate, { batchId: id })).toBe(1);
  });

  race('an obligation is settled once', async () => {
    const obligation = `jiaozuo:revitalisation-assessment:${CITY}:2022`;
    const payloads = await together(20, (at) =>
      act(graph, bureau, 'obligationSatisfy', { obligation, evidence: `文 ${at}`, on: '2022-12-01' }),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(refusals(payloads)).toEqual(['WRONG_STATE']);
    expect(await tables().count(Settlement, { id: obligation })).toBe(1);
  });
});
