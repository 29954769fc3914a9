import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { Organisation } from '../../subgraphs/personnel/tables/organisation.ts';
import { Person } from '../../subgraphs/personnel/tables/person.ts';
import { type Graph, persona } from '../harness.ts';
import type { Situation } from './case.ts';

type Viewer = Parameters<Graph['ask']>[0];

export const CITY = 'cn-410800';
const COUNTY_CODES = ['02', '03', '04', '11', '21', '22', '23', '25', '71', '82', '83'];
/** The counties of the prefecture. Those that are counted as a whole have one that no other noun uses. */
export const COUNTIES: readonly string[] = COUNTY_CODES.map((code) => `cn-4108${code}`);
export const COUNTY = 'cn-410821';
export const BRIGADE_COUNTY = 'cn-410882';
export const COUNTED_COUNTY = 'cn-410883';
const CAPITAL = 'cn-410100';

export const bureau = persona('bureau', [['prefecture-st-bureau', CITY]]);
export const countyDept = (county: string = COUNTY) => persona(`dept ${county}`, [['county-st-dept', county]]);
/** Whoever acts for a unit. */
export const unitAccount = (unit: string, role = 'dispatching-unit') => persona(`unit ${unit}`, [[role, CITY, unit]]);

/** The tables of the graph, and rows that every noun needs. */
export interface Stage {
  readonly graph: Graph;
  readonly packVersion: string;
}

/** A mutation to send: the point names it. */
export interface Act {
  readonly viewer: Viewer;
  readonly input: Readonly<Record<string, unknown>>;
}

/** What to ask of a decision in a query. */
export const DECISION = 'outcome facts findings { rule outcome effect }';

export interface Answered {
  readonly outcome: string;
  readonly facts: Readonly<Record<string, unknown>>;
  readonly findings: readonly { readonly rule: string; readonly outcome: string; readonly effect: string }[];
}

/** A query to ask, and where in its answer the decision stands. */
export interface Question {
  readonly viewer: Viewer;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  // biome-ignore lint/suspicious/noExplicitAny: the answer has the shape of the query above it
  decision(data: any): Answered;
}

/** A ranking to ask for, and the things of its answer in their order, by the ids that `arrange` gave them. */
export interface Ranking {
  readonly viewer: Viewer;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** The row that stands for each candidate. */
  readonly rows: ReadonlyMap<string, string>;
  // biome-ignore lint/suspicious/noExplicitAny: as above
  order(data: any): { readonly row: string; readonly facts: Readonly<Record<string, unknown>> }[];
}

/** Brings the tables into the state in which the facts of a case are true, and says what is sent then. */
export type Arrange<Sent> = (stage: Stage, situation: Situation) => Promise<Sent>;
export type ArrangeRanking = (stage: Stage, candidates: readonly Situation[]) => Promise<Ranking>;

export function rowsOf({ graph }: Stage, subgraph: 'personnel' | 'projects-funding' | 'evaluation') {
  const found = graph.subgraphs.get(subgraph);
  if (!found) throw new Error(`no subgraph ${subgraph}`);
  return found.orm.em.fork();
}

/** Reads facts as what they must be: a case that lacks one that its arranger needs is a mistake, not a default. */
export function read(facts: Facts) {
  const need = <Value>(id: string, is: (value: unknown) => value is Value): Value => {
    const value = facts[id];
    if (is(value)) return value;
    throw new Error(`the case does not say ${id}: ${JSON.stringify(value)}`);
  };
  return {
    has: (id: string) => facts[id] !== undefined,
    text: (id: string) => need(id, (value) => typeof value === 'string'),
    count: (id: string) => need(id, (value) => typeof value === 'number'),
    is: (id: string) => need(id, (value) => typeof value === 'boolean'),
    codes: (id: string) => [...need(id, (value): value is readonly string[] => Array.isArray(value))],
  };
}

export const times = (count: number): number[] => Array.from({ length: count }, (_, at) => at);

/** Where a region of the prefecture lies. */
export const placeOf = (region: string) => ({
  countyId: region === CITY ? null : region,
  prefectureId: CITY,
  provinceId: 'cn-41',
});

export async function organisation(stage: Stage, more: Partial<Organisation> = {}): Promise<string> {
  const id = uuid();
  await rowsOf(stage, 'personnel').insert(Organisation, {
    id,
    version: 1,
    name: `单位 ${id}`,
    aliases: [],
    type: 'university',
    nature: 'public-institution',
    level: 'unit',
    regionId: CAPITAL,
    ...more,
  });
  return id;
}

export async function person(stage: Stage, unit: string, more: Partial<Person> = {}): Promise<string> {
  const id = uuid();
  await rowsOf(stage, 'personnel').insert(Person, {
    id,
    version: 1,
    name: `人员 ${id}`,
    organisationId: unit,
    employmentStatus: 'in-service',
    fields: [],
    ...more,
  });
  return id;
}
