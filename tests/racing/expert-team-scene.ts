import { done, organisation, person } from '../../subgraphs/personnel/testdata/scene.ts';
import { type Graph, persona } from '../harness.ts';

/** A county with a posted deputy head, one without, and who acts for them. */
const PROVINCE = 'cn-43';
export const COUNTY = 'cn-430426';
export const UNPOSTED = 'cn-430224';
export const committeeOf = (county: string) => persona(`committee ${county}`, [['county-party-committee', county]]);
export const departmentOf = (county: string) => persona(`department ${county}`, [['county-st-dept', county]]);
export const committee = committeeOf(COUNTY);
export const department = departmentOf(COUNTY);
export const provinceOrg = persona('province-org', [['province-org-dept', PROVINCE]]);
const provinceSt = persona('province-st', [['province-st-dept', PROVINCE]]);
export const cityOrg = persona('city-org', [['prefecture-org-dept', 'cn-430200']]);
export const APPROVALS = ['county-party-committee', 'county-government'];

const REGISTERED = '2018-01-02';
const TEAM = 'team { id version }';

export interface FormedTeam {
  readonly id: string;
  readonly university: string;
  readonly government: string;
  readonly head: string;
  readonly leader: ReturnType<typeof persona>;
  readonly members: string[];
}

export const newcomer = (graph: Graph, unit: string, more: Record<string, unknown> = {}): Promise<string> =>
  person(graph, unit, { birthDate: '1980-01-01', education: 'doctor', on: REGISTERED, ...more });

/** Posts somebody to the county as its deputy head. */
export async function post(graph: Graph, who: string, county: string = COUNTY): Promise<void> {
  const kind = { kind: 'st-deputy-head', post: 'st-deputy-head', issuerBody: 'province-org-dept' };
  const order = { person: who, region: county, from: '2018-01-05', orderDocument: '湘组 3 号', on: '2018-01-05' };
  await done(graph, provinceOrg, 'postingRecord', { ...kind, ...order }, 'posting { id }');
}

/** A team of the county under its leader, with some members of whom some are practical experts. */
export async function formTeam(graph: Graph, size = 0, practical = 0, county: string = COUNTY): Promise<FormedTeam> {
  const [committee, department] = [committeeOf(county), departmentOf(county)];
  const university = await organisation(graph, 'cn-430100', { on: REGISTERED });
  const government = await organisation(graph, county, { type: 'government', level: 'county', on: REGISTERED });
  const head = await newcomer(graph, university);
  await post(graph, head, county);
  const forming = {
    name: '县科技扶贫专家服务团',
    level: 'county',
    kind: 'expert-team',
    region: county,
    organisation: university,
    accountable: head,
    leader: head,
    receivingUnit: government,
    term: { from: '2018-05-01', to: '2020-04-30' },
    on: '2018-03-01',
  };
  let { id, version } = await done(graph, department, 'teamCreate', forming, TEAM);
  const onTeam = async (viewer: typeof committee, mutation: string, on: string, input: object, thing = TEAM) => {
    const answer = await done(graph, viewer, mutation, { team: id, version, on, ...input }, thing);
    version = (answer.team ?? answer).version;
  };
  await onTeam(committee, 'teamLeaderAppoint', '2018-03-02', { person: head });
  const liaison = await person(graph, government, { post: 'county-st-dept-head', on: REGISTERED });
  await onTeam(department, 'teamLiaisonAppoint', '2018-03-02', { person: liaison });
  const members: string[] = [];
  for (let at = 0; at < size; at += 1) {
    const who = await newcomer(graph, university);
    const expert = { practicalExpert: at < practical, practicalCertifier: '市农科所' };
    const coming = { person: who, sourceCategory: 'university-staff', approvals: APPROVALS, ...expert };
    await onTeam(committee, 'teamMemberAdd', '2018-04-01', coming);
    members.push(who);
  }
  for (const who of members) {
    const term = { person: who, kind: 'MEMBER', from: '2018-05-01', to: '2020-04-30', approvals: APPROVALS };
    await onTeam(committee, 'teamMemberEngage', '2018-04-02', term, 'engagement { team { version } }');
  }
  const leader = persona(`leader ${head}`, [], { person: head });
  return { id, university, government, head, leader, members };
}

/** A team at work. */
export async function activeTeam(graph: Graph, size: number, practical: number): Promise<FormedTeam> {
  const team = await formTeam(graph, size, practical);
  const query = 'query ($id: ID!) { team(id: $id) { version } }';
  const { version } = (await graph.get(department, query, { id: team.id })).team;
  await done(graph, department, 'teamActivate', { team: team.id, version, on: '2018-05-02' }, TEAM);
  return team;
}

/**
 * The steps of a selection of a leader before its last one, with who takes them and, for some, how they must not be taken:
 * without a candidate, with one whose unit does not consent, settled on somebody who was not put forward.
 */
export function selectionSteps(unit: string, candidate: string, other: string) {
  const unitCommittee = persona('unit-committee', [['dispatching-unit-party-committee', 'cn-430100', unit]]);
  const consents = ['prefecture-org-dept', 'dispatching-unit'];
  return [
    { step: 'demand', viewer: cityOrg, more: {}, wrong: null },
    {
      step: 'unit-consent',
      viewer: unitCommittee,
      more: { candidates: [{ person: candidate, unitConsents: true }] },
      wrong: { candidates: [] },
    },
    {
      step: 'collate',
      viewer: provinceSt,
      more: {},
      wrong: { candidates: [{ person: other, unitConsents: false }] },
    },
    { step: 'approve', viewer: provinceOrg, more: {}, wrong: null },
    { step: 'negotiate', viewer: cityOrg, more: { finalPerson: candidate, consents }, wrong: { finalPerson: other } },
  ];
}

/** A selection of a region's leader before its last step, settled on somebody. */
export async function readyToDispatch(graph: Graph, region: string, candidate: string, unit: string) {
  const THING = 'procedure { id version }';
  const opened = { chain: 'leader-selection', region, on: '2018-02-01' };
  let held = await done(graph, cityOrg, 'procedureOpen', opened, THING);
  for (const { viewer, more } of selectionSteps(unit, candidate, candidate)) {
    const input = { procedure: held.id, version: held.version, documentNumber: '文', on: '2018-03-01', ...more };
    held = await done(graph, viewer, 'procedureAdvance', input, THING);
  }
  return held as { id: string; version: number };
}
