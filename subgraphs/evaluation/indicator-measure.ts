import type { Context } from '../context.ts';
import { liesIn, type Place } from '../place.ts';
import { Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch } from './tables/evaluation-batch.ts';

/** The figures of those an indicator is about. */
interface Counted {
  readonly units: readonly { readonly unit: string; readonly value: number }[];
  /** How many there are in all: batches not yet published are there and have no figure. */
  readonly expected: number;
  /** One figure for all of them, which is not their average. */
  readonly overall: number;
}

interface Asked {
  readonly place: Place;
  readonly year: number;
  readonly asOf: string;
  /** The grade that quotas limit under the law of the day. */
  readonly top: string | undefined;
}

/** The share of the top grade in each published batch, in percent; what is not published yet is not told. */
async function topShare(context: Context, { place, year, asOf, top }: Asked): Promise<Counted> {
  const lying = liesIn({ id: place.regionId, level: place.level });
  const batches = await context.em.find(EvaluationBatch, { ...lying, year });
  const published = batches.filter(({ publishedOn }) => publishedOn && publishedOn <= asOf).map(({ id }) => id);
  const graded = await context.em.find(
    Evaluation,
    { batchId: { $in: published }, grade: { $ne: null } },
    { fields: ['batchId', 'grade'] },
  );
  const percent = (rows: readonly { grade?: string | null | undefined }[]) =>
    rows.length === 0 ? 0 : (100 * rows.filter(({ grade }) => grade === top).length) / rows.length;
  const groups = [...Map.groupBy(graded, ({ batchId }) => batchId)];
  return {
    units: groups.map(([unit, rows]) => ({ unit, value: percent(rows) })),
    expected: batches.length,
    overall: percent(graded),
  };
}

/** What indicators name as a fact and a measure cannot say: a share within each batch of the grade that a quota limits. */
export const counted: Readonly<Record<string, typeof topShare>> = {
  'evaluationBatch.excellentCountAfter': topShare,
};
