import type { Facts } from '../../policies/facts.ts';
import type { Context } from '../context.ts';
import type { Place, Placed } from '../place.ts';

interface RecordedStatus {
  readonly kind: string;
  readonly value: boolean;
  readonly from: string | null;
  /** The first day it no longer holds. */
  readonly to: string | null;
}

interface Answer {
  readonly region: { readonly statuses: readonly RecordedStatus[] } | null;
}

const STATUSES = 'query RecordedStatuses($id: ID!) { region(id: $id) { statuses { kind value from to } } }';

const holds = ({ value, from, to }: RecordedStatus, on: string) =>
  value && (from ?? on) <= on && (to === null || to > on);

/** What is recorded of the statuses of one region. */
export interface RegionRecord {
  /** Whether it has a status on a day; undefined when nothing was ever recorded of that kind. */
  has(kind: string, on: string): boolean | undefined;
  /** Whether it has a status on a day or had it before. */
  hadBy(kind: string, on: string): boolean;
}

/** Asks for what is recorded of a region. Days that the records leave out are days on which a status does not hold. */
export async function readRegionRecord(context: Context, region: string): Promise<RegionRecord> {
  const answer = await context.graph<Answer>(STATUSES, { id: region });
  const of = (kind: string) => (answer.region?.statuses ?? []).filter((status) => status.kind === kind);
  return {
    has: (kind, on) => (of(kind).length > 0 ? of(kind).some((status) => holds(status, on)) : undefined),
    hadBy: (kind, on) => of(kind).some(({ value, from }) => value && (from ?? on) <= on),
  };
}

const LISTED = /* GraphQL */ `
  query ListedCounties($province: ID!) {
    regions(filter: { within: $province, level: COUNTY }, first: 200) { edges { node { id statuses { kind value from to } } } }
  }
`;

interface Counties {
  readonly regions: {
    readonly edges: readonly { readonly node: { readonly id: string; readonly statuses: readonly RecordedStatus[] } }[];
  };
}

/** The counties of a province of which a status is recorded, and whether it holds on a day. */
async function listed(context: Context, province: string, kind: string, on: string): Promise<Map<string, boolean>> {
  const { regions } = await context.graph<Counties>(LISTED, { province });
  return new Map(
    regions.edges.flatMap(({ node }) => {
      const recorded = node.statuses.filter((status) => status.kind === kind);
      return recorded.length > 0 ? [[node.id, recorded.some((status) => holds(status, on))] as const] : [];
    }),
  );
}

/**
 * Whether a region is in the scope of teams on a day. The list of a province is complete: who is not on it is not in
 * scope. Undefined when the province has no list.
 */
export async function inTeamScope(
  context: Context,
  place: Placed,
  record: RegionRecord,
  on: string,
): Promise<boolean | undefined> {
  const own = record.has('in-team-scope', on);
  if (own !== undefined || !place.provinceId) return own;
  return (await listed(context, place.provinceId, 'in-team-scope', on)).size > 0 ? false : undefined;
}

/** What decisions about something in a place ask of its county, or of the place itself when it lies in none. */
export async function regionFacts(context: Context, place: Placed, on: string): Promise<Facts> {
  const record = await readRegionRecord(context, place.countyId ?? place.regionId);
  return {
    'region.povertyLifted': record.has('poverty-lifted', on),
    'region.inTeamScope': await inTeamScope(context, place, record, on),
  };
}

const VILLAGES = /* GraphQL */ `
  query VillagesIn($within: ID!, $after: String) {
    regions(filter: { within: $within, level: VILLAGE }, first: 200, after: $after) {
      edges { node { id statuses { kind value from to } } }
      pageInfo { hasNextPage endCursor }
    }
  }
`;

interface VillagePage {
  readonly regions: Counties['regions'] & {
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  };
}

/** The villages in a region, itself included, that are poor on a day or once were. */
export async function poorVillagesOf(context: Context, region: string, on: string): Promise<string[]> {
  const poor: string[] = [];
  let after: string | null = null;
  do {
    const { regions }: VillagePage = await context.graph<VillagePage>(VILLAGES, { within: region, after });
    const found = regions.edges.filter(({ node }) =>
      node.statuses.some(({ kind, value, from }) => kind === 'poor' && value && (from ?? on) <= on),
    );
    poor.push(...found.map(({ node }) => node.id));
    after = regions.pageInfo.hasNextPage ? regions.pageInfo.endCursor : null;
  } while (after);
  return poor;
}

const COUNTS = /* GraphQL */ `
  query CountsOfRegion($id: ID!, $on: Date!) {
    teams(filter: { within: $id, activeOn: $on }, first: 0) { totalCount }
    regions(filter: { within: $id, level: COUNTY, status: "in-team-scope", asOf: $on }, first: 0) { totalCount }
  }
`;

interface Counted {
  readonly totalCount: number;
}

/** What is asked of a region as such: its tier, its place in the scope of teams, and the teams that serve it. */
export async function readRegionCounts(context: Context, place: Place, on: string): Promise<Facts> {
  const { teams, regions } = await context.graph<{ teams: Counted; regions: Counted }>(COUNTS, {
    id: place.regionId,
    on,
  });
  const record = await readRegionRecord(context, place.regionId);
  return {
    'region.level': place.level,
    'region.inTeamScope': await inTeamScope(context, place, record, on),
    'region.activeTeamCount': teams.totalCount,
    'region.teamScopeCountyCount': regions.totalCount,
  };
}

const TEAM_KINDS = /* GraphQL */ `
  query KindsOfTeams($id: ID!, $on: Date!) {
    teams(filter: { region: $id, activeOn: $on }, first: 200) { edges { node { id kind } } }
    agreements(filter: { county: $id, heldOn: $on }, first: 200) { edges { node { team { id kind status } } } }
  }
`;

interface Teams {
  readonly teams: { readonly edges: readonly { readonly node: { readonly kind: string | null } }[] };
  readonly agreements: {
    readonly edges: readonly {
      readonly node: { readonly team: { readonly kind: string | null; readonly status: string } };
    }[];
  };
}

/** The kinds of the teams that serve a county on a day: those of the county and those that have an agreement with it. */
export async function readTeamKinds(context: Context, place: Place, on: string): Promise<string[]> {
  const { teams, agreements } = await context.graph<Teams>(TEAM_KINDS, { id: place.regionId, on });
  const serving = [
    ...teams.edges.map(({ node }) => node),
    ...agreements.edges.flatMap(({ node }) => (node.team.status === 'active' ? [node.team] : [])),
  ];
  return [...new Set(serving.flatMap(({ kind }) => kind ?? []))].sort();
}
