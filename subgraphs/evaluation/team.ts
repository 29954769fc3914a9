import type { Facts } from '../../policies/facts.ts';
import { askMany, possibleIds } from '../ask-many.ts';
import type { Context, GraphQuery } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { type GraphRegion, PLACE_FIELDS, type Place, placeOf } from '../place.ts';
import { notFound } from '../user-error.ts';

/** What the graph knows of a team on a day. */
export interface Team {
  readonly id: string;
  readonly level: string;
  readonly kind: string | null;
  readonly status: string;
  /** The first and the last day of its term; null: not stated. */
  readonly termFrom: string | null;
  readonly termTo: string | null;
  readonly receivingUnitId: string | null;
  /** The unit it comes from. */
  readonly organisationId: string;
  readonly leaderIds: readonly string[];
  readonly memberIds: readonly string[];
  /** The units of its leaders and members. */
  readonly unitIds: readonly string[];
  readonly place: Place;
}

interface GraphPerson {
  readonly id: string;
  readonly organisation: { readonly id: string };
}
interface GraphTeam {
  readonly id: string;
  readonly level: string;
  readonly kind: string | null;
  readonly status: string;
  readonly term: { readonly from: string | null; readonly to: string | null } | null;
  readonly receivingUnit: { readonly id: string } | null;
  readonly organisation: { readonly id: string };
  readonly region: GraphRegion;
  readonly leaders: readonly { readonly person: GraphPerson }[];
  readonly members: { readonly edges: readonly { readonly node: { readonly person: GraphPerson } }[] };
}

const PERSON = 'person { id organisation { id } }';
const SELECTION = `id level kind status term { from to } receivingUnit { id } organisation { id } region { ${PLACE_FIELDS} }
  leaders(asOf: $on) { ${PERSON} } members(first: 200, asOf: $on) { edges { node { ${PERSON} } } }`;

function read({ id, level, kind, status, term, receivingUnit, organisation, region, ...posts }: GraphTeam): Team {
  const leaders = posts.leaders.map(({ person }) => person);
  const members = posts.members.edges.map(({ node }) => node.person);
  return {
    id,
    level,
    kind,
    status,
    termFrom: term?.from ?? null,
    termTo: term?.to ?? null,
    receivingUnitId: receivingUnit?.id ?? null,
    organisationId: organisation.id,
    leaderIds: leaders.map((person) => person.id),
    memberIds: members.map((person) => person.id),
    unitIds: [...new Set([...leaders, ...members].map((person) => person.organisation.id))].sort(),
    place: placeOf(region),
  };
}

/** Asks the graph for teams as they are on a day. Those that do not exist are left out. */
export async function teams(graph: GraphQuery, ids: readonly string[], on: string): Promise<Map<string, Team>> {
  const found = await askMany<GraphTeam>(graph, { field: 'team', selection: SELECTION }, possibleIds(ids), on);
  return new Map([...found].map(([id, team]) => [id, read(team)]));
}

/** @throws UserError NOT_FOUND */
export async function requireTeam(context: Context, id: string, on: string, field = 'team'): Promise<Team> {
  const team = (await teams(context.graph, [id], on)).get(id);
  if (!team) throw notFound(field);
  return team;
}

/** One team, asked together with the others that this request asks for; null when there is none. */
export function teamOf(context: Context, id: string, on: string): Promise<Team | null> {
  return loaderOf<string, Team>(context, `team:${on}`, (ids) => teams(context.graph, ids, on)).load(id);
}

/** The role that its leaders hold on what is theirs. */
export const leaderPosts = ({ leaderIds }: Team) => leaderIds.map((person) => ({ person, role: 'team-leader' }));

/** What rules may ask of the team that something is about; nothing where it is about none. */
export function teamFacts(team: Team | null): Facts {
  return team ? { 'team.kind': team.kind ?? undefined, 'team.level': team.level, 'team.status': team.status } : {};
}
