import { validate } from 'uuid';
import { askMany } from '../ask-many.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { type GraphRegion, knownPlace, PLACE_FIELDS, type Place, type Placed, placeOf } from '../place.ts';
import { notFound } from '../user-error.ts';

/*
 * What others own, asked of the graph before a transaction opens. Each function throws UserError NOT_FOUND for an id
 * that leads nowhere. The graph answers as it stands when asked; what it says is kept with the decision.
 */

interface Id {
  readonly id: string;
}

/** An engagement of a commissioner, as this subgraph needs it. */
export interface Appointment extends Id {
  readonly category: string;
  readonly status: string;
  readonly from: string | null;
  readonly to: string | null;
  readonly person: Id;
  readonly organisation: Id;
  readonly receivingUnit: Id | null;
  readonly place: Placed;
  /** The code of its latest published grade; `none` when never graded. Asked only on demand. */
  readonly grade: string | undefined;
}

/** A service team, as this subgraph needs it. */
export interface Team extends Id {
  readonly level: string;
  /** What the place calls it; null where there is one kind only. */
  readonly kind: string | null;
  readonly status: string;
  readonly organisation: Id;
  /** The persons who lead it today. */
  readonly leaders: readonly string[];
  readonly place: Placed;
  readonly grade: string | undefined;
}

export interface Organisation extends Id {
  readonly type: string;
  readonly level: string;
  readonly place: Placed;
}

const gradeOf = (asked: boolean, grade: string | null | undefined) => (asked ? (grade ?? 'none') : undefined);

/** Our ids are UUIDs: anything else leads nowhere, and the owner's database would choke on it. */
export function knownForm(id: string, field: string): string {
  if (!validate(id)) throw notFound(field);
  return id;
}

const APPOINTMENT = /* GraphQL */ `
  query FundedAppointment($id: ID!, $graded: Boolean!) {
    appointment(id: $id) {
      id category status from to
      person { id }
      organisation { id }
      receivingUnit { id }
      county { ${PLACE_FIELDS} }
      publishedGrade @include(if: $graded)
    }
  }
`;

export async function readAppointment(
  context: Context,
  id: string,
  field: string,
  { graded } = { graded: false },
): Promise<Appointment> {
  type Answer = Omit<Appointment, 'place' | 'grade'> & { county: GraphRegion; publishedGrade?: string | null };
  const { appointment } = await context.graph<{ appointment: Answer | null }>(APPOINTMENT, {
    id: knownForm(id, field),
    graded,
  });
  if (!appointment) throw notFound(field);
  return { ...appointment, place: placeOf(appointment.county), grade: gradeOf(graded, appointment.publishedGrade) };
}

const TEAM = /* GraphQL */ `
  query FundedTeam($id: ID!, $graded: Boolean!) {
    team(id: $id) {
      id level kind status
      organisation { id }
      leaders { person { id } }
      region { ${PLACE_FIELDS} }
      publishedGrade @include(if: $graded)
    }
  }
`;

export async function readTeam(
  context: Context,
  id: string,
  field: string,
  { graded } = { graded: false },
): Promise<Team> {
  type Answer = Omit<Team, 'place' | 'leaders' | 'grade'> & {
    region: GraphRegion;
    leaders: { person: Id }[];
    publishedGrade?: string | null;
  };
  const { team } = await context.graph<{ team: Answer | null }>(TEAM, { id: knownForm(id, field), graded });
  if (!team) throw notFound(field);
  return {
    ...team,
    leaders: team.leaders.map(({ person }) => person.id),
    place: placeOf(team.region),
    grade: gradeOf(graded, team.publishedGrade),
  };
}

const ORGANISATION = /* GraphQL */ `
  query FundedOrganisation($id: ID!) {
    organisation(id: $id) { id type level region { ${PLACE_FIELDS} } }
  }
`;

export async function readOrganisation(context: Context, id: string, field: string): Promise<Organisation> {
  type Answer = Omit<Organisation, 'place'> & { region: GraphRegion };
  const { organisation } = await context.graph<{ organisation: Answer | null }>(ORGANISATION, {
    id: knownForm(id, field),
  });
  if (!organisation) throw notFound(field);
  return { ...organisation, place: placeOf(organisation.region) };
}

/** A person, and the unit that employs them. */
export async function readPerson(context: Context, id: string, field: string): Promise<Id & { organisation: Id }> {
  const { person } = await context.graph<{ person: (Id & { organisation: Id }) | null }>(
    'query FundedPerson($id: ID!) { person(id: $id) { id organisation { id } } }',
    { id: knownForm(id, field) },
  );
  if (!person) throw notFound(field);
  return person;
}

export async function readPlace(context: Context, id: string, field: string): Promise<Place> {
  const place = await knownPlace(context.graph, id);
  if (!place) throw notFound(field);
  return place;
}

/** One of the engagements of a person, as receipts need it. */
export interface Engagement extends Id {
  readonly from: string;
  readonly to: string;
  readonly status: string;
  readonly endedOn: string | null;
  /** What the place calls it beside its level; null where there is one kind only. */
  readonly kind: string | null;
  readonly receivingUnit: Id | null;
  readonly serviceObjectIds: readonly string[];
}

const ENGAGEMENTS = /* GraphQL */ `
  query EngagementsOf($person: ID!) {
    appointments(filter: { person: $person }, first: 200, sort: NEWEST) {
      edges { node { id kind from to status endedOn receivingUnit { id } serviceObjectIds } }
    }
  }
`;

/** The engagements of a person, newest first; more than two hundred nobody has. */
export async function engagementsOf(context: Context, person: string): Promise<Engagement[]> {
  const { appointments } = await context.graph<{ appointments: { edges: { node: Engagement }[] } }>(ENGAGEMENTS, {
    person,
  });
  return appointments.edges.map(({ node }) => node);
}

/** The ids of the teams that a person is a member of on a day. */
export async function teamsOf(context: Context, person: string, on: string): Promise<string[]> {
  const { teams } = await context.graph<{ teams: { edges: { node: Id }[] } }>(
    'query TeamsOf($person: ID!, $on: Date!) { teams(filter: { member: $person, memberOn: $on }, first: 200) { edges { node { id } } } }',
    { person, on },
  );
  return teams.edges.map(({ node }) => node.id);
}

const SERVING = 'id status region { id } agreements(asOf: $on) { county { id } }';

interface Serving extends Id {
  readonly status: string;
  readonly region: Id;
  readonly agreements: readonly { readonly county: Id }[];
}

/**
 * Whether a team serves a county on a day: it is active, and the county is its region or has an agreement with it that
 * holds.
 */
export async function serves(
  context: Context,
  team: string,
  county: string | null | undefined,
  on: string,
  field: string,
): Promise<boolean> {
  const loader = loaderOf<string, Serving>(context, `serving:${on}`, (ids) =>
    askMany<Serving>(context.graph, { field: 'team', selection: SERVING }, ids, on),
  );
  const found = await loader.load(knownForm(team, field));
  if (!found) throw notFound(field);
  const counties = [found.region.id, ...found.agreements.map((agreement) => agreement.county.id)];
  return found.status === 'active' && typeof county === 'string' && counties.includes(county);
}
