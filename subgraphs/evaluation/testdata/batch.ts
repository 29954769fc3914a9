import { loadCatalogue } from '../../../policies/load.ts';
import { type Graph, persona } from '../../../tests/harness.ts';
import { DecisionRecord } from '../../record.ts';

export const CITY = 'cn-410800';
export const COUNTY = 'cn-410821';
export const PROVINCE = 'cn-41';
export const bureau = persona('bureau', [['prefecture-st-bureau', CITY]]);
export const countyDept = persona('county', [['county-st-dept', COUNTY]]);
export const stranger = persona('stranger');

/** What a test asks of every decision. */
export const DECISION = `decision { id outcome missing facts findings(outcomes: [FAIL, UNDETERMINED]) { rule outcome citation { document article phrase } facts } } userErrors { code field }`;

/** The facts that decisions of this subgraph were given and the catalogue does not offer at their point. */
export async function undeclaredFacts(graph: Graph): Promise<string[]> {
  const { points } = loadCatalogue();
  const rows = await graph.subgraphs.get('evaluation')?.orm.em.fork().findAll(DecisionRecord);
  const given = (rows ?? []).flatMap(({ point, record }) =>
    Object.keys(JSON.parse(record).facts)
      .filter((fact) => !points[point]?.facts.includes(fact))
      .map((fact) => `${point}: ${fact}`),
  );
  return [...new Set(given)].sort();
}

type Input = Record<string, unknown>;

/** Calls a mutation and answers its payload. `more` is what is wanted of the thing. */
export async function act(
  graph: Graph,
  viewer: Parameters<Graph['ask']>[0],
  mutation: string,
  input: Input,
  thing = '',
) {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const document = `mutation ($input: ${type}!) { ${mutation}(input: $input) { ${thing} ${DECISION} } }`;
  const data = await graph.get(viewer, document, { input });
  return data[mutation];
}

/** An organisation of a region. */
export async function organisation(graph: Graph, name: string, region = CITY, on = '2022-03-01'): Promise<string> {
  const input = { name, type: 'university', nature: 'public-institution', level: 'prefecture', region, on };
  const payload = await act(graph, bureau, 'organisationRegister', input, 'organisation { id }');
  return payload.organisation.id;
}

/** A prefecture team of a unit. */
export async function team(graph: Graph, unit: string, name: string, on = '2022-03-01'): Promise<string> {
  const input = {
    name,
    level: 'prefecture',
    region: CITY,
    organisation: unit,
    field: 'soil',
    chainStages: ['production'],
    on,
  };
  const payload = await act(graph, bureau, 'teamCreate', input, 'team { id }');
  return payload.team.id;
}

export interface Seat {
  readonly id: string;
  readonly version: number;
  readonly subjectId: string;
}

/** A batch of teams that the city evaluates. */
export async function teamBatch(graph: Graph, teams: readonly string[], year = 2022, on = '2022-11-01') {
  const input = { subjectKind: 'TEAM', evaluatorLevel: 'prefecture', evaluatorRegion: CITY, year, subjects: teams, on };
  const payload = await act(graph, bureau, 'evaluationBatchOpen', input, 'evaluationBatch { id version }');
  return payload.evaluationBatch as { id: string; version: number };
}

/** The evaluations of a batch, in the order of its subjects. */
export async function seats(graph: Graph, batch: string): Promise<Seat[]> {
  const data = await graph.get(
    bureau,
    `query ($id: ID!) { evaluationBatch(id: $id) { evaluations(first: 200) { edges { node { id version subjectId } } } } }`,
    { id: batch },
  );
  return data.evaluationBatch.evaluations.edges.map((edge: { node: Seat }) => edge.node);
}

export const score = (graph: Graph, seat: Seat, viewer = bureau, on = '2022-11-02') =>
  act(
    graph,
    viewer,
    'evaluationScore',
    { evaluation: seat.id, version: seat.version, scores: [{ dimension: 'duty-performance', score: 80 }], on },
    'evaluation { id version }',
  );

export const grade = (
  graph: Graph,
  seat: { id: string; version: number },
  code: string,
  viewer = bureau,
  on = '2022-11-03',
) =>
  act(
    graph,
    viewer,
    'evaluationGrade',
    { evaluation: seat.id, version: seat.version, grade: code, on },
    'evaluation { id version grade batch { version } }',
  );
