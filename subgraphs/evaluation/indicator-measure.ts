import type { Context } from '../context.ts';
import { type Place, within } from './place.ts';
import { countServices, NO_SERVICE } from './service-count.ts';
import { Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch } from './tables/evaluation-batch.ts';
import { ServiceRecord } from './tables/service-record.ts';

/** The figures of those an indicator is about. */
export interface Measured {
  readonly figures: readonly number[];
  /** How many there are in all; null when this subgraph cannot know. */
  readonly expected: number | null;
  /** One figure for all of them, where that is not their average. */
  readonly overall?: number;
}

export interface Asked {
  readonly place: Place;
  readonly year: number;
  readonly asOf: string;
  /** The level or category that the indicator's scope names, such as `county` of `county-team`; null: any. */
  readonly level: string | null;
  /** The grade that quotas limit under the law of the day. */
  readonly top: string | undefined;
}

type Measure = (context: Context, asked: Asked) => Promise<Measured>;

/** The appointments that served or were enrolled for evaluation there: those with neither are not known here. */
async function appointmentIds(context: Context, { place, year, level }: Asked): Promise<string[]> {
  const served = await context.em.findAll(ServiceRecord, {
    where: { ...within(place), year, ...(level ? { category: level } : {}) },
    fields: ['appointmentId'],
  });
  const enrolled = await context.em.find(
    Evaluation,
    { ...within(place), year, subjectKind: 'appointment', ...(level ? { subjectLevel: level } : {}) },
    { fields: ['subjectId'] },
  );
  return [...new Set([...served.map((row) => row.appointmentId), ...enrolled.map((row) => row.subjectId)])];
}

const served =
  (figure: 'onSiteDays' | 'services'): Measure =>
  async (context, asked) => {
    const ids = await appointmentIds(context, asked);
    const counts = await countServices(context.em, ids, asked.year, asked.asOf);
    return { figures: ids.map((id) => (counts.get(id) ?? NO_SERVICE)[figure]), expected: null };
  };

/** The share of the top grade in each published batch, in percent; what is not published yet is not told. */
const topShare: Measure = async (context, { place, year, asOf, top }) => {
  const batches = await context.em.find(EvaluationBatch, { ...within(place), year });
  const published = batches.filter(({ publishedOn }) => publishedOn && publishedOn <= asOf).map(({ id }) => id);
  const graded = await context.em.find(
    Evaluation,
    { batchId: { $in: published }, grade: { $ne: null } },
    { fields: ['batchId', 'grade'] },
  );
  const percent = (rows: readonly { grade?: string | null | undefined }[]) =>
    rows.length === 0 ? 0 : (100 * rows.filter(({ grade }) => grade === top).length) / rows.length;
  const groups = [...Map.groupBy(graded, ({ batchId }) => batchId).values()];
  return { figures: groups.map(percent), expected: batches.length, overall: percent(graded) };
};

const TEAMS = /* GraphQL */ `
  query EvaluationTeams($region: ID!, $level: String, $asOf: Date, $after: String) {
    teams(first: 200, after: $after, filter: { region: $region, level: $level }) {
      edges { node { memberCount(asOf: $asOf) } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface Teams {
  readonly teams: {
    readonly edges: readonly { readonly node: { readonly memberCount: number } }[];
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The sizes of the teams that a region formed, asked of the graph. */
const teamSize: Measure = async (context, { place, asOf, level }) => {
  const figures: number[] = [];
  let after: string | null = null;
  do {
    const variables: Record<string, unknown> = { region: place.path[0], level, asOf, after };
    const { teams }: Teams = await context.graph<Teams>(TEAMS, variables);
    figures.push(...teams.edges.map(({ node }) => node.memberCount));
    after = teams.pageInfo.hasNextPage ? teams.pageInfo.endCursor : null;
  } while (after);
  return { figures, expected: figures.length };
};

/** What this subgraph can measure, by the fact that an indicator names. */
export const measures: Readonly<Record<string, Measure>> = {
  'appointment.onSiteDays': served('onSiteDays'),
  'appointment.serviceCount': served('services'),
  'evaluationBatch.excellentCountAfter': topShare,
  'team.memberCount': teamSize,
};
