import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { poorVillages } from './assignment-facts.ts';
import { statusesOf } from './region-status-facts.ts';
import { servedIndustries, servingOn } from './serving.ts';
import { Appointment } from './tables/appointment.ts';
import { Assignment } from './tables/assignment.ts';
import { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { VillageExpert } from './tables/village-expert.ts';
import { activeTeams } from './team-coverage.ts';
import { activeTeamOn, inForceOn } from './team-facts.ts';

/** The villages of a region; itself when it is one. */
export function villagesOf(em: SqlEntityManager, region: Region): Promise<Region[]> {
  return em.find(Region, { level: 'village', path: { $contains: [region.id] } }, { orderBy: { id: 'asc' } });
}

/** The villages of a region that are poor on a day or once were. */
export async function oncePoor(em: SqlEntityManager, region: Region, on: string): Promise<string[]> {
  const ids = (await villagesOf(em, region)).map(({ id }) => id);
  return ids.length > 0 ? [...(await poorVillages(em, ids, on))].sort() : [];
}

/** Which of some villages are linked to an expert, and which an appointment serves by an assignment. */
async function servedVillages(em: SqlEntityManager, ids: readonly string[], on: string) {
  const links = await em.find(
    VillageExpert,
    { regionId: { $in: [...ids] }, ...inForceOn(on) },
    { fields: ['regionId'] },
  );
  const assignments = await em.find(Assignment, { villageId: { $in: [...ids] }, ...inForceOn(on) });
  const serving = await em.find(
    Appointment,
    { id: { $in: assignments.map(({ appointmentId }) => appointmentId) }, ...servingOn(on) },
    { fields: ['id'] },
  );
  const active = new Set(serving.map(({ id }) => id));
  const linked = new Set(links.map(({ regionId }) => regionId));
  const assigned = assignments.filter(({ appointmentId }) => active.has(appointmentId));
  return { linked, assigned: new Set(assigned.map(({ villageId }) => villageId)) };
}

/** How many main industries of some villages nobody serves: no team or appointment of their county states them. */
async function industriesUncovered(
  em: SqlEntityManager,
  region: Region,
  villages: readonly Region[],
  on: string,
): Promise<number> {
  const served = await servedIndustries(em, region, on);
  // A team of what contains the region serves it too.
  const above = await em.find(Team, { regionId: { $in: region.path }, ...activeTeamOn(on) });
  const teams = [...(await activeTeams(em, region, on)), ...above];
  const byTeam = new Set(
    teams.flatMap(({ regionId, industry, industries }) =>
      [...industries, ...(industry ? [industry] : [])].map((one) => `${regionId} ${one}`),
    ),
  );
  const uncovered = villages.flatMap(({ path, mainIndustries }) =>
    (mainIndustries ?? []).filter(
      (industry) => !path.some((id) => served(id, industry) || byTeam.has(`${id} ${industry}`)),
    ),
  );
  return uncovered.length;
}

/** How far the villages of a region that are owed service have it, on a day. */
export async function villageCoverage(em: SqlEntityManager, region: Region, on: string): Promise<Facts> {
  const villages = await villagesOf(em, region);
  const ids = villages.map(({ id }) => id);
  const statuses = await statusesOf(em, ids, ['poor', 'delisted', 'st-demand'], on);
  const is = (id: string, kind: string) => statuses.get(id)?.get(kind) === true;
  const poor = ids.filter((id) => is(id, 'poor'));
  const owed = villages.filter(({ id }) => (is(id, 'poor') && !is(id, 'delisted')) || is(id, 'st-demand'));
  const { linked, assigned } = await servedVillages(em, ids, on);
  return {
    'region.poorVillageCount': poor.length,
    'region.poorVillagesWithoutExpert': poor.filter((id) => !linked.has(id)).length,
    'region.villagesOwedService': owed.length,
    'region.villagesOwedWithoutExpert': owed.filter(({ id }) => !linked.has(id) && !assigned.has(id)).length,
    'region.villageIndustriesUncovered': await industriesUncovered(em, region, owed, on),
  };
}
