import type { ObligationCase, PackCase } from '../../policies/case.ts';
import { anonymous } from '../harness.ts';
import { pack } from './case.ts';
import { CITY, COUNTY, type Stage } from './stage.ts';

interface Listed {
  readonly entry: string;
  readonly recurrence: string;
  readonly status: string;
}

/** How a duty stands in the calendars of the prefecture and a county of it, long after the year. */
async function dutyOf({ graph }: Stage, { obligation, year }: ObligationCase): Promise<ObligationCase['expect']> {
  const query = `query ($city: ID!, $county: ID!, $year: Int!) {
    city: obligations(region: $city, year: $year) { entry recurrence status }
    county: obligations(region: $county, year: $year) { entry recurrence status }
  }`;
  const data = await graph.get(anonymous, query, { city: CITY, county: COUNTY, year });
  const listed: Listed[] = [...data.city, ...data.county].filter(({ entry }: Listed) => entry === obligation);
  const [first] = listed;
  if (!first) return 'not-scheduled';
  if (first.recurrence === 'yearly') return 'scheduled';
  return listed.some(({ status }) => status === 'LATE') ? 'scheduled' : 'never-overdue';
}

/** What the graph says to a scenario of the calendar: of a duty in a year, or of the pack on a day. */
export async function calendarSays(stage: Stage, one: ObligationCase | PackCase): Promise<string> {
  if (one.kind === 'obligation') return dutyOf(stage, one);
  const query = 'query ($region: ID!, $on: Date!) { packsGoverning(region: $region, asOf: $on) { id } }';
  const data = await stage.graph.get(anonymous, query, { region: CITY, on: one.asOf });
  const governs = data.packsGoverning.some(({ id }: { id: string }) => id === pack.pack.id);
  return governs ? 'in-force' : 'not-in-force';
}
