import { v7 as uuid } from 'uuid';
import { type Graph, persona } from '../../../tests/harness.ts';
import { Evaluation } from '../../evaluation/tables/evaluation.ts';
import { appointment } from '../../personnel/testdata/rows.ts';
import {
  act,
  DAY,
  done,
  organisation,
  type Payload,
  PREFECTURE,
  person,
  XIUWU,
} from '../../personnel/testdata/scene.ts';
import type { Viewer } from '../../viewer.ts';

/** An engagement as a test holds it, with the accounts that act for it. */
export interface Engaged {
  readonly id: string;
  readonly person: string;
  readonly unit: string;
  readonly county: string;
  readonly commissioner: Viewer;
  readonly unitAccount: Viewer;
}

/** Whoever acts for an organisation in a role. */
export const accountOf = (unit: string, role = 'dispatching-unit'): Viewer =>
  persona(`account:${role}:${unit}`, [[role, PREFECTURE, unit]]);

/** An active engagement in 2022. How somebody comes to be engaged is another subgraph's matter with tests of its own. */
export async function engaged(
  graph: Graph,
  more: {
    category?: string;
    county?: string;
    person?: string;
    unit?: string;
    receivingUnit?: string;
    status?: string;
    serviceObjects?: readonly string[];
  } = {},
): Promise<Engaged> {
  const unit = more.unit ?? (await organisation(graph, 'cn-410100'));
  const who = more.person ?? (await person(graph, unit));
  const county = more.county ?? XIUWU;
  const id = await appointment(
    graph,
    county,
    { person: who, organisation: unit },
    {
      category: more.category ?? 'prefecture',
      receivingUnitId: more.receivingUnit ?? null,
      status: more.status ?? 'active',
      serviceObjectIds: [...(more.serviceObjects ?? [])],
    },
  );
  return {
    id,
    person: who,
    unit,
    county,
    commissioner: persona(`account:person:${who}`, [], { person: who }),
    unitAccount: accountOf(unit),
  };
}

/** A bureau of the prefecture that pays. */
export const prefecturePayer = (graph: Graph) =>
  organisation(graph, PREFECTURE, { type: 'st-dept', nature: 'administrative', level: 'prefecture' });

/** A department of a county that pays. */
export const countyPayer = (graph: Graph, county: string = XIUWU) =>
  organisation(graph, county, { type: 'st-dept', nature: 'administrative', level: 'county' });

const LINE =
  'fundingLine { id version amountFen year payerLevel beneficiaryKind beneficiaryLevel transferredFen spentFen remainingFen region { id } payer { id } dispatchingUnit { id } }';

/** Asks for money: 20,000 yuan from the prefecture's budget for 2022 unless a test says otherwise. */
export function allocate(graph: Graph, viewer: Viewer, input: Record<string, unknown>): Promise<Payload> {
  return act(graph, viewer, 'fundingAllocate', { ...ALLOCATION, ...input }, LINE);
}

const ALLOCATION = {
  payerLevel: 'prefecture',
  source: 'prefecture-st-budget',
  form: 'subsidy',
  year: 2022,
  amountFen: 2_000_000,
};

/** As `allocate`, for what must be allowed: answers the line. */
export async function allocated(graph: Graph, viewer: Viewer, input: Record<string, unknown>): Promise<{ id: string }> {
  return done(graph, viewer, 'fundingAllocate', { ...ALLOCATION, ...input }, LINE);
}

/** Gives somebody a published grade for 2021. How grades come about is another subgraph's matter. */
export async function graded(
  graph: Graph,
  subjectKind: 'appointment' | 'team',
  subjectId: string,
  grade: string,
): Promise<void> {
  const evaluation = graph.subgraphs.get('evaluation');
  if (!evaluation) throw new Error('no evaluation subgraph');
  await evaluation.orm.em.fork().insert(Evaluation, {
    id: uuid(),
    version: 1,
    batchId: uuid(),
    subjectKind,
    year: 2021,
    subjectId,
    provinceId: 'cn-41',
    prefectureId: PREFECTURE,
    scores: {},
    scored: true,
    grade,
    gradedOn: '2021-12-20',
    published: true,
    publishedOn: DAY,
  });
}
