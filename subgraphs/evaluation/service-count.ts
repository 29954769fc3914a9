import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';

/** How much service an appointment gave in a year, up to a day. */
export interface ServiceCount {
  /** Distinct dates of on-site service: two records on one day are one day. */
  readonly onSiteDays: number;
  /** Services begun in the year, of any mode. */
  readonly services: number;
}

export const NO_SERVICE: ServiceCount = { onSiteDays: 0, services: 0 };

// A record of several days counts each of its days, and only those of the year: it may reach over New Year.
const COUNT = `
  select r."appointment_id" as "id",
    count(distinct d."day") filter (where r."mode" = 'on-site') as "days",
    count(distinct r."id") filter (where r."year" = ?) as "services"
  from ?? r
  cross join lateral generate_series(greatest(r."date", ?::date), least(r."ends_on", ?::date), interval '1 day') as d("day")
  where r."appointment_id" in (?) and r."date" <= ?::date and r."ends_on" >= ?::date
  group by r."appointment_id"`;

/** Counts for many appointments with one query. Those without any service are left out. */
export async function countServices(
  em: SqlEntityManager,
  ids: readonly string[],
  year: number,
  asOf: string,
): Promise<Map<string, ServiceCount>> {
  const first = `${year}-01-01`;
  const last = asOf < `${year}-12-31` ? asOf : `${year}-12-31`;
  if (ids.length === 0 || last < first) return new Map();
  const rows: { id: string; days: string; services: string }[] = await em.execute(COUNT, [
    year,
    `${em.config.get('schema')}.service_record`,
    first,
    last,
    [...ids],
    last,
    first,
  ]);
  return new Map(
    rows.map((row) => [row.id, { onSiteDays: Number(row.days), services: Number(row.services) }] as const),
  );
}

/** One appointment's counts, made with one query for all that the request asks for. */
export async function serviceCount(context: Context, id: string, year: number, asOf: string): Promise<ServiceCount> {
  const loader = loaderOf<string, ServiceCount>(context, `services:${year}:${asOf}`, (ids) =>
    countServices(context.em, ids, year, asOf),
  );
  return (await loader.load(id)) ?? NO_SERVICE;
}

/**
 * The county in which an appointment gave most services in a year; null when it gave none. A draw goes to the county
 * served last.
 */
export async function countyServedMost(em: SqlEntityManager, id: string, year: number): Promise<string | null> {
  const rows: { county: string }[] = await em.execute(
    `select "county_id" as "county" from ?? where "appointment_id" = ? and "year" = ? and "county_id" is not null
     group by "county_id" order by count(*) desc, max("date") desc, "county_id" limit 1`,
    [`${em.config.get('schema')}.service_record`, id, year],
  );
  return rows[0]?.county ?? null;
}
