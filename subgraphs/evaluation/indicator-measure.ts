import type { Context } from '../context.ts';
import { liesIn, type Place } from '../place.ts';
import { countServices, NO_SERVICE } from './service-count.ts';
import { Evaluation } from './tables/evaluation.ts';
import { EvaluationBatch } from './tables/evaluation-batch.ts';

/** The figures of those an indicator is about. */
export interface Measured {
  readonly figures: readonly number[];
  /** How many there are in all: batches not yet published are there and have no figure. */
  readonly expected: number;
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

interface Page<Node> {
  readonly edges: readonly { readonly node: Node }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

/** Every node of a list of the graph, page by page. `document` takes `$after` and answers the list as `list`. */
async function all<Node>(context: Context, document: string, variables: Record<string, unknown>): Promise<Node[]> {
  const nodes: Node[] = [];
  let after: string | null = null;
  do {
    const { list }: { list: Page<Node> } = await context.graph(document, { ...variables, after });
    nodes.push(...list.edges.map(({ node }) => node));
    after = list.pageInfo.hasNextPage ? list.pageInfo.endCursor : null;
  } while (after);
  return nodes;
}

const APPOINTMENTS = /* GraphQL */ `
  query EvaluationAppointmentsOfYear($region: ID!, $level: String, $year: Int!, $after: String) {
    list: appointments(first: 200, after: $after, filter: { region: $region, category: $level, year: $year }) {
      edges { node { id status } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

const served =
  (figure: 'onSiteDays' | 'services'): Measure =>
  async (context, { place, year, asOf, level }) => {
    const variables = { region: place.path[0], level, year };
    const found = await all<{ id: string; status: string }>(context, APPOINTMENTS, variables);
    // Who is only listed has not begun to serve.
    const ids = found.filter(({ status }) => status !== 'listed').map(({ id }) => id);
    const counts = await countServices(context.em, ids, year, asOf);
    return { figures: ids.map((id) => (counts.get(id) ?? NO_SERVICE)[figure]), expected: ids.length };
  };

/** The share of the top grade in each published batch, in percent; what is not published yet is not told. */
const topShare: Measure = async (context, { place, year, asOf, top }) => {
  const batches = await context.em.find(EvaluationBatch, {
    ...liesIn({ id: place.regionId, level: place.level }),
    year,
  });
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
    list: teams(first: 200, after: $after, filter: { region: $region, level: $level }) {
      edges { node { memberCount(asOf: $asOf) } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

/** The sizes of the teams that a region formed, asked of the graph. */
const teamSize: Measure = async (context, { place, asOf, level }) => {
  const variables = { region: place.path[0], level, asOf };
  const teams = await all<{ memberCount: number }>(context, TEAMS, variables);
  return { figures: teams.map(({ memberCount }) => memberCount), expected: teams.length };
};

/** What this subgraph can measure, by the fact that an indicator names. */
export const measures: Readonly<Record<string, Measure>> = {
  'appointment.onSiteDays': served('onSiteDays'),
  'appointment.serviceCount': served('services'),
  'evaluationBatch.excellentCountAfter': topShare,
  'team.memberCount': teamSize,
};
