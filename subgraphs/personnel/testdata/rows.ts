import { v7 as uuid } from 'uuid';
import type { Graph } from '../../../tests/harness.ts';
import { Appointment } from '../tables/appointment.ts';
import { Demand, DemandItem } from '../tables/demand.ts';
import { Region } from '../tables/region.ts';
import { Team } from '../tables/team.ts';
import { PREFECTURE } from './scene.ts';

function tables(graph: Graph) {
  const personnel = graph.subgraphs.get('personnel');
  if (!personnel) throw new Error('no personnel subgraph');
  return personnel.orm.em.fork();
}

/** Puts a demand of one open item into the tables. Answers the item's id. */
export async function demand(graph: Graph, county: string, item: Partial<DemandItem>): Promise<string> {
  const em = tables(graph);
  const [id, demandId] = [uuid(), uuid()];
  await em.insert(Demand, {
    id: demandId,
    version: 1,
    countyId: county,
    year: 2022,
    status: 'submitted',
    submittedOn: '2022-01-15',
    published: false,
    audience: [],
  });
  const usual = { no: 1, field: 'any', industry: 'any', description: '需求', status: 'open' };
  await em.insert(DemandItem, { id, demandId, countyId: county, ...usual, ...item });
  return id;
}

/** Puts a team at work for a region and some industries into the table, for tests of what teams cover. Answers its id. */
export async function team(graph: Graph, region: string, organisation: string, industries: string[]): Promise<string> {
  const id = uuid();
  const on = '2019-01-02';
  const days = { formedOn: on, activatedOn: on, changedOn: on, changedAt: new Date() };
  const about = { name: `服务团队${id}`, level: 'prefecture', regionId: region, organisationId: organisation };
  const row = { id, version: 1, ...about, chainStages: [], industries, expertLevels: [], status: 'active', ...days };
  await tables(graph).insert(Team, row);
  return id;
}

/**
 * Puts an appointment into the table as the way from the need to the list leaves it, for tests of what is counted over
 * appointments and not of that way. It serves all of 2022 unless `more` says otherwise. Answers its id.
 */
export async function appointment(
  graph: Graph,
  county: string,
  holder: { readonly person: string; readonly organisation: string },
  more: Partial<Appointment> = {},
): Promise<string> {
  const em = tables(graph);
  const { path } = await em.findOneOrFail(Region, { id: county });
  const id = uuid();
  await em.insert(Appointment, {
    id,
    version: 1,
    category: 'prefecture-stp',
    personId: holder.person,
    organisationId: holder.organisation,
    provinceId: path.at(-2) ?? null,
    prefectureId: path.includes(PREFECTURE) ? PREFECTURE : null,
    countyId: county,
    year: 2022,
    from: '2022-01-01',
    to: '2022-12-31',
    status: 'active',
    appointedOn: '2022-01-01',
    activatedOn: '2022-01-01',
    unitSupports: [],
    serviceObjectIds: [],
    annualTargets: [],
    published: true,
    ...more,
  });
  return id;
}
