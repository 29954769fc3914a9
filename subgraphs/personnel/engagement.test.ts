import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { act, codes, done, failing, organisation, person } from './testdata/scene.ts';

/** A county with a posted deputy head, who leads its team. */
const [PROVINCE, COUNTY] = ['cn-43', 'cn-430426'];
const committee = persona('committee', [['county-party-committee', COUNTY]]);
const department = persona('department', [['county-st-dept', COUNTY]]);
const provinceOrg = persona('province-org', [['province-org-dept', PROVINCE]]);
const stranger = persona('stranger', [['county-st-dept', 'cn-430224']]);
const NOBODY = '019ab000-0000-7000-8000-000000000000';

let graph: Graph;
let university: string;
let head: string;
let team: { id: string; version: number };
const members: string[] = [];

const TEAM = 'team { id version status memberCount }';
/** An act on the team at the version in hand. */
async function onTeam(viewer: typeof committee, mutation: string, input: object, thing = TEAM) {
  const payload = await act(
    graph,
    viewer,
    mutation,
    { team: team.id, version: team.version, on: '2018-04-01', ...input },
    thing,
  );
  const answered = payload.team ?? payload.engagement?.team;
  if (payload.decision?.outcome === 'ALLOW' && answered) team.version = answered.version;
  return payload;
}
const newcomer = (more: object = {}) =>
  person(graph, university, {
    birthDate: '1980-01-01',
    education: 'bachelor',
    titleLevel: 'intermediate',
    on: '2018-01-02',
    ...more,
  });
const add = (who: string, more: object = {}, viewer = committee) =>
  onTeam(viewer, 'teamMemberAdd', {
    person: who,
    sourceCategory: 'university-staff',
    practicalExpert: true,
    practicalCertifier: '市农科所',
    approvals: ['county-party-committee', 'county-government'],
    ...more,
  });

beforeAll(async () => {
  graph = await startGraph({ today: '2020-12-31' });
  university = await organisation(graph, 'cn-430100', { on: '2018-01-02' });
  const government = await organisation(graph, COUNTY, { type: 'government', level: 'county', on: '2018-01-02' });
  head = await newcomer({ post: 'st-deputy-head' });
  const liaison = await person(graph, government, { post: 'county-st-dept-head', on: '2018-01-02' });
  const order = { person: head, region: COUNTY, kind: 'st-deputy-head', post: 'st-deputy-head', from: '2018-01-05' };
  await done(
    graph,
    provinceOrg,
    'postingRecord',
    { ...order, orderDocument: '湘组 3 号', on: '2018-01-05' },
    'posting { id }',
  );
  await done(
    graph,
    department,
    'regionIndustryRecord',
    { region: COUNTY, industry: 'tea', on: '2018-01-05' },
    'regionIndustry { id }',
  );
  const forming = {
    name: '祁东县科技扶贫专家服务团',
    level: 'county',
    kind: 'expert-team',
    region: COUNTY,
    organisation: university,
    industries: ['tea'],
    accountable: head,
    leader: head,
    receivingUnit: government,
    term: { from: '2018-05-01', to: '2020-04-30' },
    serviceBody: { organisation: government, role: 'county-st-dept' },
    on: '2018-03-01',
  };
  const created = await act(graph, department, 'teamCreate', forming, TEAM);
  expect(created.decision).toMatchObject({
    outcome: 'ALLOW',
    facts: {
      'team.kind': 'expert-team',
      'team.accountableIsLeader': true,
      'team.serviceBody': 'county-st-dept',
      'team.leadingIndustryCount': 1,
      'team.otherActiveInRegion': 0,
      'region.inTeamScope': true,
      'region.deputyHeadPosted': true,
    },
  });
  team = created.team;
  await onTeam(committee, 'teamLeaderAppoint', { person: head, on: '2018-03-02' });
  await onTeam(department, 'teamLiaisonAppoint', { person: liaison, on: '2018-03-02' });
}, 120_000);
afterAll(() => graph.stop());

describe('a nomination', () => {
  const nominate = (viewer: typeof committee, input: object) =>
    act(
      graph,
      viewer,
      'nominationSubmit',
      { team: team.id, kind: 'MEMBER', on: '2018-03-15', ...input },
      'nomination { id }',
    );

  it('is made by the leader, ranked by the priority rules, seen by those who act for the team', async () => {
    const leader = persona('leader', [], { person: head });
    const [plain, seasoned] = [
      await newcomer(),
      await newcomer({ titleLevel: 'senior', serviceCategories: ['stp-province'], adminPostHeld: true }),
    ];
    const first = await nominate(leader, { person: plain, channel: 'unit-recommendation', plannedOn: '2018-05-01' });
    expect(first.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'nomination.byLeader': true,
        'nomination.ageOnPlannedDay': 38,
        'team.leaderCount': 1,
        'unit.kind': 'university',
      },
    });
    expect(codes(await nominate(leader, { person: plain, channel: 'unit-recommendation' }))).toEqual([
      'ALREADY_NOMINATED',
    ]);
    await nominate(leader, { person: seasoned, channel: 'unit-recommendation', organisingAttested: true });
    const { candidateRanking } = await graph.get(
      department,
      `query ($team: ID!) { candidateRanking(team: $team, kind: MEMBER, asOf: "2018-04-01") {
        position nomination { person { id } } decision { point rank } } }`,
      { team: team.id },
    );
    const order = candidateRanking.map((one: { nomination: { person: { id: string } } }) => one.nomination.person.id);
    expect(order).toEqual([seasoned, plain]);
    expect(candidateRanking[0].decision.rank).toBeGreaterThan(candidateRanking[1].decision.rank);
    const seen = async (viewer: typeof committee) =>
      (await graph.get(viewer, 'query ($id: ID!) { team(id: $id) { nominations { person { id } } } }', { id: team.id }))
        .team.nominations.length;
    expect(await seen(department)).toBe(2);
    expect(await seen(persona('plain', [], { person: plain }))).toBe(1);
    expect(await seen(stranger)).toBe(0);
  });

  it('for a leader may come before there is a team', async () => {
    const region = 'cn-430225';
    const who = await newcomer({ birthDate: null });
    const unit = persona('unit', [['dispatching-unit', 'cn-430100', university]]);
    const input = { team: null, region, teamKind: 'expert-team', person: who, kind: 'LEADER', plannedOn: '2018-06-15' };
    const payload = await nominate(unit, input);
    expect(payload.decision).toMatchObject({ outcome: 'NEEDS_FACT', facts: { 'team.kind': 'expert-team' } });
    expect(payload.decision?.missing).toContain('nomination.ageOnPlannedDay');
    expect(codes(await nominate(unit, { ...input, region: null }))).toEqual(['TEAM_OR_REGION']);
    expect(codes(await nominate(unit, { person: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codes(await nominate(unit, { ...input, teamKind: '团' }))).toEqual(['CODE_INVALID']);
  });
});

describe('members', () => {
  it('come one by one, and in one act with those who go', async () => {
    for (let at = 0; at < 10; at += 1) {
      const who = await newcomer();
      expect((await add(who, { practicalExpert: at < 5 })).decision?.outcome).toBe('ALLOW');
      members.push(who);
    }
    const [first, other] = [members[0] as string, await newcomer()];
    const adjust = (input: object, viewer = committee) =>
      onTeam(viewer, 'teamMemberAdjust', { on: '2018-04-02', ...input });
    expect(codes(await adjust({}))).toEqual(['ADJUSTMENT_EMPTY']);
    expect(codes(await adjust({ remove: [first], add: [{ person: first }] }))).toEqual(['PERSON_TWICE']);
    expect(codes(await adjust({ remove: [other] }))).toEqual(['NOT_FOUND']);
    expect(codes(await adjust({ add: [{ person: first }] }))).toEqual(['ALREADY_MEMBER']);
    expect(codes(await adjust({ version: 1, remove: [first] }))).toEqual(['STALE_VERSION']);
    const swap = {
      remove: [first],
      add: [
        { person: other, practicalExpert: true, practicalCertifier: '市农科所', sourceCategory: 'university-staff' },
      ],
      approvals: ['county-party-committee', 'county-government'],
      reason: '工作调动',
    };
    expect((await adjust(swap, stranger)).decision?.outcome).toBe('DENY');
    const swapped = await adjust(swap);
    expect(swapped.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: { 'team.memberCountAfter': 10, 'team.practicalExpertCount': 5, 'team.practicalExpertCountAfter': 5 },
    });
    members[0] = other;
    const { team: read } = await graph.get(
      anonymous,
      `query ($id: ID!) { team(id: $id) { memberCount(asOf: "2018-04-02") memberships { totalCount }
        ledger(first: 1) { edges { node { act on approvals persons { id } } } } } }`,
      { id: team.id },
    );
    expect(read).toMatchObject({ memberCount: 10, memberships: { totalCount: 11 } });
    expect(read.ledger.edges[0].node).toEqual({
      act: 'teamMemberAdjust',
      on: '2018-04-02',
      approvals: ['county-government', 'county-party-committee'],
      persons: [{ id: first }, { id: other }],
    });
  });
});

describe('an engagement', () => {
  const THING = 'engagement { id version from to extensions { to } team { version } }';
  const engage = (who: string, input: object = {}, viewer = committee) =>
    onTeam(
      viewer,
      'teamMemberEngage',
      {
        person: who,
        kind: 'MEMBER',
        from: '2018-05-01',
        to: '2020-04-30',
        approvals: ['county-party-committee', 'county-government'],
        on: '2018-04-20',
        ...input,
      },
      THING,
    );

  it('is for two years, with both approvals, once for a time', async () => {
    const [first] = members as [string];
    const alone = await engage(first, { approvals: ['county-government'] });
    expect(alone.decision?.outcome).toBe('DENY');
    expect(failing(alone)).toContain('hunan.team.county-approval');
    const short = await engage(first, { to: '2019-04-30' });
    expect(short.decision?.outcome).toBe('NEEDS_OVERRIDE');
    expect(failing(short)).toContain('hunan.team.term-length');
    const engaged = await engage(first);
    expect(engaged.decision).toMatchObject({
      outcome: 'ALLOW',
      facts: {
        'engagement.months': 24,
        'engagement.extraDays': 0,
        'engagement.endsWithTeamTerm': true,
        'engagement.nominated': false,
        'engagement.ageAtStart': 38,
        'member.sourceCategory': 'university-staff',
      },
    });
    expect(codes(await engage(first, { from: '2020-04-30', to: '2022-04-29' }))).toEqual(['ALREADY_ENGAGED']);
    expect(codes(await engage(first, { to: '2018-01-01' }))).toEqual(['PERIOD_INVALID']);
    expect(codes(await engage(NOBODY))).toEqual(['NOT_FOUND']);

    const extend = (version: number, input: object) =>
      act(
        graph,
        committee,
        'engagementExtend',
        { engagement: engaged.engagement.id, version, on: '2020-04-10', ...input },
        THING,
      );
    const approvals = ['county-party-committee', 'county-government'];
    expect(codes(await extend(1, { to: '2020-04-30' }))).toEqual(['NEW_END_INVALID']);
    expect(codes(await extend(5, { to: '2021-04-30' }))).toEqual(['STALE_VERSION']);
    const silent = await extend(1, { to: '2021-04-30', approvals });
    expect(failing(silent)).toContain('hunan.team.term-extension');
    const extended = await extend(silent.engagement.version, { to: '2022-04-30', approvals, reason: '产业项目未完成' });
    expect(extended.decision?.facts).toMatchObject({
      'engagement.reasonStated': true,
      'engagement.newTo': '2022-04-30',
    });
    expect(extended.engagement.to).toBe('2022-04-30');
  });

  it('of every member lets the team be put to work; what is missing is named', async () => {
    const { team: read } = await graph.get(
      department,
      'query ($id: ID!) { team(id: $id) { version standing(asOf: "2020-05-01") { facts } } }',
      { id: team.id },
    );
    team.version = read.version;
    expect(read.standing.facts).toMatchObject({
      'team.leaderCount': 1,
      'team.liaisonCount': 1,
      'team.practicalExpertCount': 5,
      'team.membersWithoutEngagement': 9,
      'team.receivingUnitStated': true,
      'team.directContactCount': 0,
      'team.oldestMemberAge': 40,
      'team.ledgerCurrent': true,
      'team.termTargetCount': 0,
      'team.taskTypesCovered': [],
    });
    const on = '2020-05-01';
    expect((await onTeam(committee, 'teamActivate', { on })).decision?.facts).toMatchObject({
      'team.membersWithoutEngagement': 9,
      'team.termTargetCount': 0,
    });
  });
});
