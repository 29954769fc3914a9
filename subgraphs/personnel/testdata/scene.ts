import { type Answer, type Graph, persona } from '../../../tests/harness.ts';
import type { Viewer } from '../../viewer.ts';

/** The day on which the scene acts unless a test says otherwise: inside the window of the pack. */
export const DAY = '2022-06-01';
export const PREFECTURE = 'cn-410800';
/** Two counties, and the area that has no national code. */
export const [XIUWU, BOAI, ZONE] = ['cn-410821', 'cn-410822', 'cn-410871'] as const;

export const bureau = persona('account:bureau', [['prefecture-st-bureau', PREFECTURE]]);
export const administrator = persona('account:administrator', [['region-administrator', 'cn']]);
export const countyDept = (county: string) => persona(`account:${county}`, [['county-st-dept', county]]);

export interface Payload {
  readonly decision: {
    readonly outcome: string;
    readonly facts: Record<string, unknown>;
    readonly missing: string[];
    readonly findings: {
      rule: string;
      outcome: string;
      effect: string;
      message: { zh: string; en: string };
      citation: { document: string; article: string; phrase: string };
    }[];
  } | null;
  readonly userErrors: { code: string; field: string[]; message: { zh: string; en: string } }[];
  // biome-ignore lint/suspicious/noExplicitAny: the thing's shape is what the test asked for
  readonly [thing: string]: any;
}

const ANSWER = `decision { outcome facts missing findings { rule outcome effect message { zh en } citation { document article phrase } } }
  userErrors { code field message { zh en } }`;
const upper = (name: string) => `${name.charAt(0).toUpperCase()}${name.slice(1)}`;

/** Runs one mutation on the scene's day and answers its payload; `thing` is the payload's field and what to read of it. */
export async function act(
  graph: Graph,
  viewer: Viewer,
  mutation: string,
  input: Record<string, unknown>,
  thing: string,
): Promise<Payload> {
  const { data, errors }: Answer<Record<string, Payload>> = await graph.ask(
    viewer,
    `mutation Act($input: ${upper(mutation)}Input!) { ${mutation}(input: $input) { ${thing} ${ANSWER} } }`,
    { input: { on: DAY, ...input } },
  );
  if (errors.length > 0) throw new Error(`${mutation}: ${JSON.stringify(errors)}`);
  return data[mutation] as Payload;
}

/** As `act`, for what must be allowed: answers the thing. */
// biome-ignore lint/suspicious/noExplicitAny: as above
export async function done(...args: Parameters<typeof act>): Promise<any> {
  const payload = await act(...args);
  if (payload.decision?.outcome !== 'ALLOW') {
    throw new Error(`${args[2]}: ${JSON.stringify(payload.userErrors)} ${JSON.stringify(failing(payload))}`);
  }
  return payload[args[4].split(/[ {]/)[0] as string];
}

/** The rules of a payload's decision that fail, by id. */
export const failing = (payload: Payload): string[] =>
  (payload.decision?.findings ?? []).filter(({ outcome }) => outcome === 'FAIL').map(({ rule }) => rule);

/** The codes of a payload's user errors. */
export const codes = (payload: Payload): string[] => payload.userErrors.map(({ code }) => code);

let number = 0;

/** Registers an organisation in a region and answers its id. */
export async function organisation(graph: Graph, region: string, more: Record<string, unknown> = {}): Promise<string> {
  number += 1;
  const input = {
    name: `单位${number}`,
    type: 'university',
    nature: 'public-institution',
    level: 'unit',
    region,
    ...more,
  };
  return (await done(graph, administrator, 'organisationRegister', input, 'organisation { id }')).id;
}

/** Registers a person of an organisation and answers the id. */
export async function person(graph: Graph, unit: string, more: Record<string, unknown> = {}): Promise<string> {
  number += 1;
  const input = {
    name: `人员${number}`,
    organisation: unit,
    employmentStatus: 'in-service',
    titleLevel: 'senior',
    ...more,
  };
  return (await done(graph, administrator, 'personRegister', input, 'person { id }')).id;
}

/** A team as a test holds it: with the version to send next. */
export interface TeamInHand {
  readonly id: string;
  version: number;
  readonly unit: string;
  readonly members: string[];
}

/** Runs a mutation on a team, which must be allowed, and keeps its version. */
export async function onTeam(
  graph: Graph,
  team: TeamInHand,
  mutation: string,
  input: Record<string, unknown> = {},
): Promise<void> {
  const all = { team: team.id, version: team.version, ...input };
  const thing = mutation === 'agreementSign' ? 'agreement { team { id version } }' : 'team { id version }';
  const answer = await done(graph, bureau, mutation, all, thing);
  team.version = (answer.team ?? answer).version;
}

/** Forms a team of the prefecture with some members. */
export async function formTeam(graph: Graph, size: number, more: Record<string, unknown> = {}): Promise<TeamInHand> {
  const unit = await organisation(graph, 'cn-410100');
  const input = {
    name: `服务团${unit}`,
    level: 'prefecture',
    region: PREFECTURE,
    organisation: unit,
    field: 'yam',
    chainStages: ['planting'],
    ...more,
  };
  const { id, version } = await done(graph, bureau, 'teamCreate', input, 'team { id version }');
  const team: TeamInHand = { id, version, unit, members: [] };
  for (let count = 0; count < size; count += 1) {
    const member = await person(graph, unit);
    await onTeam(graph, team, 'teamMemberAdd', { person: member });
    team.members.push(member);
  }
  return team;
}

/** Signs the team with a county and appoints the county's leader and liaison; answers the leader. */
export async function signCounty(graph: Graph, team: TeamInHand, county: string): Promise<string> {
  const government = await organisation(graph, county, { type: 'government', level: 'county' });
  const leader = await person(graph, government, { post: 'county-leader' });
  const liaison = await person(graph, government, { post: 'county-st-dept-head' });
  await onTeam(graph, team, 'agreementSign', {
    county,
    commitments: [{ text: '每季度一次现场指导' }],
    teamSignatory: team.members[0],
    countySignatory: leader,
  });
  await onTeam(graph, team, 'teamLeaderAppoint', { person: leader, side: 'county', county });
  await onTeam(graph, team, 'teamLiaisonAppoint', { person: liaison, county });
  return leader;
}

/** A team at work: members, a leader of its unit, and one signed county with leader and liaison. */
export async function activeTeam(graph: Graph, size: number, county: string = XIUWU): Promise<TeamInHand> {
  const team = await formTeam(graph, size);
  const head = await person(graph, team.unit, { post: 'unit-leader-in-charge' });
  await onTeam(graph, team, 'teamLeaderAppoint', { person: head, side: 'unit' });
  await signCounty(graph, team, county);
  await onTeam(graph, team, 'teamActivate');
  return team;
}
