import type pg from 'pg';
import { NATION } from '../scale.ts';

/** A county to fill, with its number among all of them. */
export interface NationCounty {
  readonly number: number;
  readonly id: string;
  readonly short: string;
  readonly provinceId: string;
  readonly prefectureId: string | null;
}

/** How many of everything there are to be, over all counties. */
export interface Totals {
  readonly persons: number;
  readonly appointments: number;
  readonly services: number;
  readonly teams: number;
  readonly trainings: number;
}

/** What the nation has at a share: persons and service records as given, the rest in proportion to the persons. */
export function totalsAt(share: number): Totals {
  const persons = Math.round(NATION.persons * share);
  return {
    persons,
    appointments: Math.round(persons * 0.8),
    services: Math.round(NATION.serviceRecords * share),
    teams: Math.round(persons / 40),
    trainings: Math.round(persons / 50),
  };
}

/** The numbers from which and up to which (without it) part `at` of `parts` has its share of `total`. */
export function partOf(total: number, at: number, parts: number): readonly [from: number, to: number] {
  return [Math.floor((total * at) / parts), Math.floor((total * (at + 1)) / parts)];
}

const EXISTING = `
  select id, short_name, path from personnel.region
   where level = 'county' and (valid_from is null or valid_from <= '2024-01-01')
     and (valid_to is null or valid_to > '2024-12-31') and not path @> array[$1]::text[]
   order by id`;

/** The counties that existed all through 2024, but for those of one prefecture. */
export async function countiesOutside(pool: pg.Pool, prefecture: string): Promise<NationCounty[]> {
  const { rows } = await pool.query<{ id: string; short_name: string; path: string[] }>(EXISTING, [prefecture]);
  return rows.map(({ id, short_name: short, path }, number) => ({
    number,
    id,
    short,
    provinceId: path.at(-2) as string,
    // A county of a municipality or one that the province runs itself lies in no prefecture.
    prefectureId: path.length > 3 ? (path[1] as string) : null,
  }));
}

const ROWS_AT_ONCE = 8_000;
/** Rows that every county has whatever the share, and those that follow from one appointment besides its services. */
const [FIXED, FOR_EACH] = [8, 8];

/** How many counties make one part of the load, so that a part has some thousands of rows. */
export function countiesAtOnce(totals: Totals, counties: number): number {
  const rows = totals.persons + totals.services + totals.appointments * FOR_EACH;
  return Math.max(1, Math.floor(ROWS_AT_ONCE / (FIXED + rows / counties)));
}
