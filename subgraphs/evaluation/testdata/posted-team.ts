import { v7 as uuid } from 'uuid';
import { type Graph, persona } from '../../../tests/harness.ts';
import { Team, TeamMember, TeamPost } from '../../personnel/tables/team.ts';
import { act } from './batch.ts';

/** A county with a team that was sent there, and the tiers above it. */
export const TEAM_COUNTY = 'cn-430224';
export const TEAM_CITY = 'cn-430200';
export const TEAM_PROVINCE = 'cn-43';
export const department = persona('department', [['province-st-dept', TEAM_PROVINCE]]);
export const cityBureau = persona('city bureau', [['prefecture-st-bureau', TEAM_CITY]]);
export const countyCommittee = persona('county committee', [['county-party-committee', TEAM_COUNTY]]);

async function unit(graph: Graph, name: string): Promise<string> {
  const payload = await act(
    graph,
    department,
    'organisationRegister',
    {
      name,
      type: 'university',
      nature: 'public-institution',
      level: 'province',
      region: TEAM_COUNTY,
      on: '2018-01-05',
    },
    'organisation { id }',
  );
  return payload.organisation.id;
}

async function person(graph: Graph, name: string, organisation: string): Promise<string> {
  const input = { name, organisation, on: '2018-01-05' };
  const payload = await act(graph, department, 'personRegister', input, 'person { id }');
  return payload.person.id;
}

/** An active team with a leader and a member of two units, as the way from the nomination to the term would leave it. */
export async function postedTeam(graph: Graph, name: string) {
  const [home, other, receiving] = [
    await unit(graph, `${name}大学`),
    await unit(graph, `${name}院`),
    await unit(graph, `${name}局`),
  ];
  const [leader, member] = [await person(graph, `${name}团长`, home), await person(graph, `${name}成员`, other)];
  const em = graph.subgraphs.get('personnel')?.orm.em.fork();
  if (!em) throw new Error('no personnel subgraph');
  const id = uuid();
  em.create(Team, {
    id,
    version: 1,
    name,
    level: 'province',
    kind: 'expert-team',
    regionId: TEAM_COUNTY,
    organisationId: home,
    field: null,
    chainStages: [],
    industry: null,
    industries: [],
    parentId: null,
    termFrom: '2018-05-01',
    termTo: '2020-04-30',
    receivingUnitId: receiving,
    accountableId: null,
    namedLeaderId: null,
    procedureId: null,
    expertLevels: [],
    status: 'active',
    formedOn: '2018-04-01',
    activatedOn: '2018-05-01',
    endedOn: null,
    changedOn: '2018-05-01',
    changedAt: new Date('2018-05-01T04:00:00Z'),
  });
  em.create(TeamPost, {
    id: uuid(),
    teamId: id,
    personId: leader,
    role: 'leader',
    side: 'unit',
    post: null,
    countyId: null,
    from: '2018-05-01',
    to: null,
  });
  em.create(TeamMember, {
    id: uuid(),
    teamId: id,
    personId: member,
    from: '2018-05-01',
    to: null,
    endReason: null,
    sourceCategory: null,
    practicalExpert: null,
    practicalCertifier: null,
  });
  await em.flush();
  return {
    id,
    home,
    other,
    receiving,
    leader,
    member,
    receiver: persona(`receiver ${name}`, [['receiving-unit', TEAM_COUNTY, receiving]]),
    sender: persona(`sender ${name}`, [['dispatching-unit', TEAM_COUNTY, home]]),
    head: persona(`head ${name}`, [], { person: leader }),
  };
}
