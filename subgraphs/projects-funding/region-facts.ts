import type { Facts } from '../../policies/facts.ts';
import { askMany } from '../ask-many.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import type { Place, Placed } from '../place.ts';

/*
 * What the owner of regions knows of them on a day, asked before a transaction opens. What it does not know is left out.
 */

interface RecordedStatus {
  readonly kind: string;
  readonly value: boolean;
  readonly from: string | null;
  /** The first day it no longer holds. */
  readonly to: string | null;
}

/** What is recorded of the statuses of one region. */
export interface RegionRecord {
  /** Whether it has a status on a day. */
  has(kind: string, on: string): boolean;
  /** Whether it has a status on a day or had it before. */
  hadBy(kind: string, on: string): boolean;
}

/** One region as the graph answers it, asked together with the others that this request asks for; null when there is none. */
function askedOf<Found>(
  context: Context,
  name: string,
  selection: string,
  id: string,
  on: string,
): Promise<Found | null> {
  const loader = loaderOf<string, Found>(context, `region:${name}:${on}`, (ids) =>
    askMany<Found>(context.graph, { field: 'region', selection }, ids, on),
  );
  return loader.load(id);
}

/** Asks for what is recorded of a region. Days that the records leave out are days on which a status does not hold. */
export async function readRegionRecord(context: Context, id: string): Promise<RegionRecord> {
  const region = await askedOf<{ statuses: readonly RecordedStatus[] }>(
    context,
    'statuses',
    'statuses { kind value from to }',
    id,
    '',
  );
  const begun = (kind: string, on: string) =>
    (region?.statuses ?? []).filter((status) => status.kind === kind && status.value && (status.from ?? on) <= on);
  return {
    has: (kind, on) => begun(kind, on).some(({ to }) => to === null || to > on),
    hadBy: (kind, on) => begun(kind, on).length > 0,
  };
}

type Known = Readonly<Record<'povertyLifted' | 'inTeamScope', boolean | null>>;

/** What decisions about something in a place ask of its county, or of the place itself when it lies in none. */
export async function regionFacts(context: Context, place: Placed, on: string): Promise<Facts> {
  const region = await askedOf<Known>(
    context,
    'facts',
    'povertyLifted(asOf: $on) inTeamScope(asOf: $on)',
    place.countyId ?? place.regionId,
    on,
  );
  return {
    'region.povertyLifted': region?.povertyLifted ?? undefined,
    'region.inTeamScope': region?.inTeamScope ?? undefined,
  };
}

interface Counts {
  readonly inTeamScope: boolean | null;
  readonly activeTeamCount: number | null;
  readonly teamScopeCountyCount: number | null;
}

/** What is asked of a region as such: its tier, its place in the scope of teams, and the teams that serve it. */
export async function readRegionCounts(context: Context, place: Place, on: string): Promise<Facts> {
  const selection = 'inTeamScope(asOf: $on) activeTeamCount(asOf: $on) teamScopeCountyCount(asOf: $on)';
  const region = await askedOf<Counts>(context, 'counts', selection, place.regionId, on);
  return {
    'region.level': place.level,
    'region.inTeamScope': region?.inTeamScope ?? undefined,
    'region.activeTeamCount': region?.activeTeamCount ?? undefined,
    'region.teamScopeCountyCount': region?.teamScopeCountyCount ?? undefined,
  };
}

/** The kinds of the teams that serve a county on a day: those of the county and those that have an agreement with it. */
export async function readTeamKinds(context: Context, place: Place, on: string): Promise<readonly string[]> {
  const region = await askedOf<{ activeTeamKinds: readonly string[] }>(
    context,
    'kinds',
    'activeTeamKinds(asOf: $on)',
    place.regionId,
    on,
  );
  return region?.activeTeamKinds ?? [];
}

/** The villages in a region, itself included, that are poor on a day or once were. */
export async function poorVillagesOf(context: Context, id: string, on: string): Promise<readonly string[]> {
  const selection = 'poorVillageIds(asOf: $on)';
  const region = await askedOf<{ poorVillageIds: readonly string[] }>(context, 'villages', selection, id, on);
  return region?.poorVillageIds ?? [];
}
