import { afterAll, beforeAll, expect } from '@jest/globals';
import { Certificate, Evaluation } from '../../subgraphs/evaluation/tables/evaluation.ts';
import { EvaluationBatch } from '../../subgraphs/evaluation/tables/evaluation-batch.ts';
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
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, losers, racing, together } from './race.ts';

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

  const tables = () => {
    const evaluation = graph.subgraphs.get('evaluation');
    if (!evaluation) throw new Error('no evaluation subgraph');
    return evaluation.orm.em.fork();
  };

  /** An open batch with subjects of its own, all of them scored. */
  const scoredBatch = async (size: number) => {
    const teams = await together(size, (at) => team(graph, unit, `服务团${at}`));
    const batch = await teamBatch(graph, teams);
    const all = await seats(graph, batch.id);
    const scored = await together(size, async (at) => (await score(graph, all[at] as Seat)).evaluation as Seat);
    return { ...batch, scored };
  };

  /** Publishes a batch as it is read; whoever finds it changed reads it again and insists. */
  const publish = async (id: string): Promise<Payload | null> => {
    for (;;) {
      const { evaluationBatch } = await graph.get(
        bureau,
        'query ($id: ID!) { evaluationBatch(id: $id) { version status } }',
        { id },
      );
      if (evaluationBatch.status !== 'open') return null;
      const input = { batch: id, version: evaluationBatch.version, sites: ['prefecture-st-network'], on: '2022-12-01' };
      const payload: Payload = await act(graph, bureau, 'evaluationPublish', input);
      if (payload.userErrors[0]?.code !== 'STALE_VERSION') return payload;
    }
  };

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
        const [payloads] = await Promise.all([Promise.all(grading), publish(id), publish(id)]);
        const last = await publish(id);
        const batch = await tables().findOneOrFail(EvaluationBatch, { id });
        const graded = await tables().find(Evaluation, { batchId: id, grade: { $ne: null } });
        const top = graded.filter((row) => row.grade === 'excellent').length;
        expect(allowed(payloads)).toHaveLength(top);
        expect(top).toBeLessThanOrEqual(2);
        expect(graded.every(({ published }) => published === batch.published)).toBe(true);
        if (batch.published) expect(100 * top).toBeLessThanOrEqual(15 * graded.length);
        else expect(refusals([last as Payload])).toEqual(['jiaozuo.eval.excellent-quota.publish']);
      }
    },
  );

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
    expect((await publish(id))?.decision?.outcome).toBe('ALLOW');
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
