import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { type Divisions, liesIn, regionsOf } from '../place.ts';
import { heldOn } from './agreement-facts.ts';
import { Agreement } from './tables/agreement.ts';
import type { Region } from './tables/region.ts';
import { Team } from './tables/team.ts';

/** Appointments that serve on a day: activated, not ended, and inside their term. The status column tells only of today. */
export function servingOn(on: string) {
  return {
    activatedOn: { $lte: on },
    from: { $lte: on },
    to: { $gte: on },
    $or: [{ endedOn: null }, { endedOn: { $gt: on } }],
  };
}

interface Served extends Divisions {
  readonly industry: string;
}

const rowsOfAppointments = (column: string) => `
  select distinct a.province_id, a.prefecture_id, a.county_id, i.industry
    from ?? a join ?? i on i.id = a.demand_item_id
   where a.activated_on <= ? and a."from" <= ? and a."to" >= ? and (a.ended_on is null or a.ended_on > ?) ${column}`;

/** The industries that appointments serve, by the demand they answer. */
async function byAppointments(em: SqlEntityManager, region: Region, on: string): Promise<Served[]> {
  const schema = em.config.get('schema');
  const [place] = Object.entries(liesIn(region));
  const column = place ? `and a.${place[0].replace('Id', '_id')} = ?` : '';
  const rows: Record<'province_id' | 'prefecture_id' | 'county_id' | 'industry', string>[] = await em.execute(
    rowsOfAppointments(column),
    [`${schema}.appointment`, `${schema}.demand_item`, on, on, on, on, ...(place ? [place[1]] : [])],
  );
  return rows.map((row) => ({
    provinceId: row.province_id,
    prefectureId: row.prefecture_id,
    countyId: row.county_id,
    industry: row.industry,
  }));
}

/** The industries that teams serve by agreement: the agreement's own, or those of the team when it names none. */
async function byAgreements(em: SqlEntityManager, region: Region, on: string): Promise<Served[]> {
  const agreements = await em.find(Agreement, { ...liesIn(region), ...heldOn(on) });
  const teams = await em.find(Team, {
    id: { $in: agreements.map(({ teamId }) => teamId) },
    $or: [{ endedOn: null }, { endedOn: { $gt: on } }],
  });
  const industriesOf = new Map(teams.map((team) => [team.id, team.industries]));
  return agreements.flatMap((agreement) => {
    const industries = industriesOf.get(agreement.teamId);
    if (!industries) return [];
    return (agreement.industry ? [agreement.industry] : industries).map((industry) => ({
      provinceId: agreement.provinceId,
      prefectureId: agreement.prefectureId,
      countyId: agreement.countyId,
      industry,
    }));
  });
}

/**
 * Answers, for a region and those below it, whether an appointment or a team's agreement serves an industry there on a
 * day. What serves a county serves what the county lies in. Three queries, however many counties there are.
 */
export async function servedIndustries(
  em: SqlEntityManager,
  region: Region,
  on: string,
): Promise<(regionId: string, industry: string) => boolean> {
  const served = [...(await byAppointments(em, region, on)), ...(await byAgreements(em, region, on))];
  const keys = new Set(served.flatMap((one) => regionsOf(one).map((id) => `${id} ${one.industry}`)));
  return (regionId, industry) => keys.has(`${regionId} ${industry}`);
}
