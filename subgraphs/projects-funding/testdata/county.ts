import { v7 as uuid } from 'uuid';
import { type Graph, persona } from '../../../tests/harness.ts';
import { Region, RegionStatus } from '../../personnel/tables/region.ts';
import { Team } from '../../personnel/tables/team.ts';
import { organisation } from '../../personnel/testdata/scene.ts';

/** Whoever acts in a role in a region. */
export const department = (role: string, region: string) => persona(`account:${role}:${region}`, [[role, region]]);

function tables(graph: Graph) {
  const personnel = graph.subgraphs.get('personnel');
  if (!personnel) throw new Error('no personnel subgraph');
  return personnel.orm.em.fork();
}

/** Puts a status of a region on record, from long ago. How that comes about is another subgraph's matter. */
export async function status(graph: Graph, regionId: string, kind: string, value = true): Promise<void> {
  const em = tables(graph);
  em.create(RegionStatus, { id: uuid(), regionId, kind, value, from: '2016-01-01', to: null, source: '名单' });
  await em.flush();
}

let number = 0;

/** Puts a village of a township of a county into the tables; answers both ids. */
export async function village(graph: Graph, county: string): Promise<{ village: string; township: string }> {
  const em = tables(graph);
  const { path } = await em.findOneOrFail(Region, { id: county });
  number += 1;
  const [townshipId, villageId] = [`${county}-t${number}`, `${county}-v${number}`];
  const usual = { predecessors: [], successors: [], aliases: [], standard: false };
  const named = (name: string) => ({ name, shortName: name, divisionType: name });
  em.create(Region, {
    id: townshipId,
    ...named('乡'),
    level: 'township',
    parentId: county,
    path: [townshipId, ...path],
    ...usual,
  });
  em.create(Region, {
    id: villageId,
    ...named('村'),
    level: 'village',
    parentId: townshipId,
    path: [villageId, townshipId, ...path],
    ...usual,
  });
  await em.flush();
  return { village: villageId, township: townshipId };
}

/** Puts an active team of a region into the tables. */
export async function activeTeam(graph: Graph, regionId: string, kind: string, level = 'county'): Promise<string> {
  const unit = await organisation(graph, regionId, { on: '2018-01-05' });
  const em = tables(graph);
  const id = uuid();
  em.create(Team, {
    id,
    version: 1,
    name: `团队${id}`,
    level,
    kind,
    regionId,
    organisationId: unit,
    chainStages: [],
    industries: [],
    expertLevels: [],
    status: 'active',
    formedOn: '2018-01-05',
    activatedOn: '2018-01-10',
    changedOn: '2018-01-10',
    changedAt: new Date('2018-01-10T04:00:00Z'),
  });
  await em.flush();
  return id;
}
