import { expect } from '@jest/globals';
import { type Payload, pointedOut, stopping, type Teller } from './door.ts';
import { COUNTY, committee, department, type ExpertTeam, expert } from './leader-selection.ts';

const TEAM = 'team { id version status memberCount }';
const APPROVALS = ['county-party-committee', 'county-government'];
const SOURCE = 'university-staff';
const TERM = { from: '2018-07-01', to: '2020-06-30' };

type Who = Parameters<Teller['act']>[0];

/** An act on the team at the version in hand. */
export async function onTeam(
  teller: Teller,
  team: ExpertTeam,
  who: Who,
  mutation: string,
  on: string,
  input: object = {},
  thing = TEAM,
): Promise<Payload> {
  const payload = await teller.act(who, mutation, on, { team: team.id, version: team.version, ...input }, thing);
  const answered = payload.team ?? payload.engagement?.team;
  if (answered) team.version = answered.version;
  return payload;
}

const propose = (teller: Teller, team: ExpertTeam, who: Who, on: string, person: string, channel: string) =>
  teller.act(
    who,
    'nominationSubmit',
    on,
    { team: team.id, kind: 'MEMBER', person, channel, sourceCategory: SOURCE, plannedOn: TERM.from },
    'nomination { id }',
  );

/** Takes in somebody whom the leader proposed. */
async function takeIn(teller: Teller, team: ExpertTeam, on: string, person: string, practicalExpert: boolean) {
  const practical = { practicalExpert, practicalCertifier: practicalExpert ? '市农科所' : null };
  const input = { person, sourceCategory: SOURCE, approvals: APPROVALS, ...practical };
  const added = await onTeam(teller, team, committee, 'teamMemberAdd', on, input);
  expect([added.decision?.outcome, stopping(added)]).toEqual(['ALLOW', []]);
}

const engage = (teller: Teller, team: ExpertTeam, on: string, person: string, more: object = {}) =>
  onTeam(
    teller,
    team,
    committee,
    'teamMemberEngage',
    on,
    { person, kind: 'MEMBER', ...TERM, approvals: APPROVALS, ...more },
    'engagement { from to approvals team { version } }',
  );

/** Proposes somebody by one of the three channels, takes them in and engages them, each of one day. */
async function oneMore(teller: Teller, team: ExpertTeam, name: string, practical: boolean, on: string, to: string) {
  const person = await expert(teller, name, team.university);
  const proposed = await propose(teller, team, team.leader, on, person, 'targeted-invitation');
  expect(proposed.decision?.outcome).toBe('ALLOW');
  await takeIn(teller, team, on, person, practical);
  expect((await engage(teller, team, on, person, { from: on, to })).decision?.outcome).toBe('ALLOW');
}

/** Nine members, four of them practical experts: one too few of each. Answers who they are. */
export async function becomeNine(teller: Teller, team: ExpertTeam): Promise<string[]> {
  const persons: string[] = [];
  for (let at = 0; at < 9; at += 1) persons.push(await expert(teller, `成员${at}`, team.university));
  const [first = ''] = persons;
  const notTheirs = await propose(teller, team, department, '2018-05-07', first, 'unit-recommendation');
  expect(notTheirs.decision?.outcome).toBe('DENY');
  expect(stopping(notTheirs)).toEqual(['hunan.team.formation-by-leader']);
  const advertised = await propose(teller, team, team.leader, '2018-05-07', first, 'advertisement');
  expect(advertised.decision?.outcome).toBe('NEEDS_OVERRIDE');
  expect(stopping(advertised)).toEqual(['hunan.team.member-channels']);

  const channels = ['unit-recommendation', 'targeted-invitation', 'self-nomination'];
  for (const [at, person] of persons.entries()) {
    const channel = channels[at % channels.length] as string;
    const proposed = await propose(teller, team, team.leader, '2018-05-07', person, channel);
    expect(proposed.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  }
  for (const [at, person] of persons.entries()) await takeIn(teller, team, '2018-05-14', person, at < 4);

  const oneSided = await engage(teller, team, '2018-06-11', first, { approvals: ['county-government'] });
  expect(stopping(oneSided)).toEqual(['hunan.team.county-approval']);
  expect(oneSided.decision?.findings[0]?.citation).toMatchObject({ article: '三（三）', phrase: '研究同意后予以聘任' });
  const short = await engage(teller, team, '2018-06-11', first, { to: '2019-06-30' });
  expect(short.decision?.outcome).toBe('NEEDS_OVERRIDE');
  expect(stopping(short)).toEqual(['hunan.team.term-length']);
  for (const person of persons) {
    const engaged = await engage(teller, team, '2018-06-11', person);
    expect(engaged.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
    expect(engaged.engagement).toMatchObject({ ...TERM, approvals: [...APPROVALS].sort() });
  }
  return persons;
}

async function appointLiaison(teller: Teller, team: ExpertTeam): Promise<void> {
  const appoint = (person: string) =>
    onTeam(teller, team, department, 'teamLiaisonAppoint', '2018-06-12', { person, county: COUNTY });
  const clerk = await expert(teller, '干事', team.government, { post: 'clerk' });
  expect(stopping(await appoint(clerk))).toEqual(['hunan.team.liaison-role']);
  const head = await expert(teller, '科技局长', team.government, { post: 'county-st-dept-head' });
  expect((await appoint(head)).decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
}

const setTarget = (teller: Teller, team: ExpertTeam, more: object = {}) =>
  teller.act(
    committee,
    'targetSet',
    '2018-06-20',
    {
      subjectKind: 'TEAM',
      subject: team.id,
      kind: 'term',
      measure: '建立茶叶示范基地',
      quantity: 2,
      due: '2020-06-30',
      taskType: 'demonstration',
      industry: 'tea',
      ...more,
    },
    'target { id due }',
  );

/** Refused below ten, below five practical experts, and before the engagements begin; then at work, and kept whole. */
export async function activate(teller: Teller, team: ExpertTeam, persons: readonly string[]): Promise<void> {
  const tryOn = (on: string) => onTeam(teller, team, department, 'teamActivate', on);
  const bare = await tryOn('2018-06-11');
  expect(stopping(bare).sort()).toEqual([
    'hunan.team.county-approval.active',
    'hunan.team.liaison-count',
    'hunan.team.member-min',
    'hunan.team.practical-expert-min',
  ]);
  expect(pointedOut(bare)).toEqual(['hunan.team.term-targets']);
  await appointLiaison(teller, team);
  expect(pointedOut(await setTarget(teller, team, { measure: ' ' }))).toContain('hunan.team.term-targets.content');
  expect((await setTarget(teller, team)).decision?.outcome).toBe('ALLOW');

  const nine = await tryOn('2018-07-02');
  expect(stopping(nine).sort()).toEqual(['hunan.team.member-min', 'hunan.team.practical-expert-min']);
  expect(pointedOut(nine)).toEqual([]);
  await oneMore(teller, team, '第十人', false, '2018-07-03', '2020-07-02');
  const fourPractical = await tryOn('2018-07-04');
  expect(stopping(fourPractical)).toEqual(['hunan.team.practical-expert-min']);
  await oneMore(teller, team, '土专家', true, '2018-07-05', '2020-07-04');
  const whole = await tryOn('2018-07-06');
  expect(whole.decision).toMatchObject({ outcome: 'ALLOW', findings: [] });
  expect(whole.team).toMatchObject({ status: 'active', memberCount: 11 });

  const remove = (person: string | undefined, approvals = APPROVALS) =>
    onTeam(teller, team, committee, 'teamMemberRemove', '2018-09-03', { person, reason: '调离', approvals });
  expect(stopping(await remove(persons[8], []))).toEqual(['hunan.team.member-adjust.direct']);
  expect(stopping(await remove(persons[0]))).toEqual(['hunan.team.practical-expert-min.change']);
  expect((await remove(persons[8])).team).toMatchObject({ memberCount: 10 });
  expect(stopping(await remove(persons[7]))).toEqual(['hunan.team.member-min.change']);
  await readLedger(teller, team);
}

/** The ledger tells every act on the team, with whose approval. */
async function readLedger(teller: Teller, team: ExpertTeam): Promise<void> {
  const query = `query ($id: ID!) { team(id: $id) { memberCount termTargetCount
    standing(asOf: "2018-12-31") { facts findings(outcomes: [FAIL]) { rule } }
    ledger(first: 50) { edges { node { act on approvals } } } } }`;
  const { team: read } = await teller.get(department, query, { id: team.id });
  expect(read).toMatchObject({
    memberCount: 10,
    termTargetCount: 2,
    standing: { facts: { 'team.ledgerCurrent': true } },
  });
  const acts = read.ledger.edges.map(({ node }: { node: { act: string } }) => node.act);
  const times = (act: string) => acts.filter((one: string) => one === act).length;
  expect(['teamCreate', 'teamLeaderAppoint', 'teamMemberAdd', 'teamMemberEngage', 'teamActivate'].map(times)).toEqual([
    1, 1, 11, 11, 1,
  ]);
  expect(read.ledger.edges[0].node).toEqual({
    act: 'teamMemberRemove',
    on: '2018-09-03',
    approvals: [...APPROVALS].sort(),
  });
}
