import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  type Cast,
  CITY,
  cast,
  codesOf,
  listedCandidate,
  NOBODY,
  organisation,
  otherCounty,
  person,
  rulesOf,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;
let appointment: string;
let team: string;
let leader: string;
let self: typeof bureau;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  players = await cast(graph);
  self = persona('lecturer', [], { person: players.lecturer });
  const { application } = await listedCandidate(graph, players);
  const term = { from: '2022-04-01', to: '2022-12-31' };
  const created = await act(
    graph,
    bureau,
    'appointmentCreate',
    { application, ...term, on: '2022-03-29' },
    'appointment { id }',
  );
  appointment = created.appointment.id;
  await act(graph, players.sender, 'insuranceRecord', {
    appointment,
    kind: 'personal-accident',
    ...term,
    on: '2022-03-30',
  });
  const institute = await organisation(graph, '农科所', { type: 'institute' });
  const formed = await act(
    graph,
    bureau,
    'teamCreate',
    {
      name: '山药团',
      level: 'prefecture',
      region: CITY,
      organisation: institute,
      field: 'soil',
      chainStages: ['production'],
      on: '2022-03-01',
    },
    'team { id version }',
  );
  team = formed.team.id;
  leader = await person(graph, '团长', institute, { post: 'unit-leader-in-charge' });
  await act(graph, bureau, 'teamLeaderAppoint', {
    team,
    version: formed.team.version,
    person: leader,
    side: 'unit',
    on: '2022-03-02',
  });
}, 60_000);
afterAll(() => graph.stop());

const THING = 'supportRequest { id version status route answer answeredOn team { id } }';

function ask(more: Record<string, unknown> = {}, viewer = self) {
  const input = { appointment, route: 'team-leader', team, need: '需要植保专家', on: '2022-05-01', ...more };
  return act(graph, viewer, 'supportRequestSubmit', input, THING);
}

const reply = (request: { id: string; version: number }, viewer: typeof bureau, more: Record<string, unknown> = {}) =>
  act(
    graph,
    viewer,
    'supportRequestAnswer',
    { supportRequest: request.id, version: request.version, answer: '派张研究员下周到场', on: '2022-05-03', ...more },
    THING,
  );

describe('asking for help', () => {
  it('waits until the engagement has begun', async () => {
    expect(codesOf(await ask())).toEqual(['WRONG_STATE']);
    const sent = await act(graph, bureau, 'appointmentActivate', { appointment, version: 1, on: '2022-04-01' });
    expect(sent.decision.outcome).toBe('ALLOW');
    const payload = await ask();
    expect(payload.decision.outcome).toBe('ALLOW');
    expect(payload.supportRequest).toMatchObject({
      status: 'open',
      route: 'team-leader',
      team: { id: team },
      answer: null,
    });
  });

  it('is for the commissioner to do, of somebody who exists', async () => {
    expect(rulesOf(await ask({}, players.receiver))).toEqual(['platform.access.permitted']);
    expect(codesOf(await ask({ appointment: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await ask({ team: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await ask({ addressee: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await ask({ need: '' }))).toEqual(['TEXT_REQUIRED']);
    const [first, second] = [await ask({ idempotencyKey: 'help-1' }), await ask({ idempotencyKey: 'help-1' })];
    expect(second.supportRequest.id).toBe(first.supportRequest.id);
  });

  it('by another route than the law names is shown, not refused', async () => {
    const payload = await ask({ route: 'friends', team: null });
    expect(payload.decision.outcome).toBe('ALLOW');
    expect(payload.decision.findings).toEqual([
      expect.objectContaining({ rule: 'jiaozuo.dispatch.escalate', effect: 'inform' }),
    ]);
  });
});

describe('an answer', () => {
  it('comes from the leader of the team that was asked, once', async () => {
    const { supportRequest } = await ask();
    expect(rulesOf(await reply(supportRequest, self))).toEqual(['platform.access.permitted']);
    expect(rulesOf(await reply(supportRequest, players.sender))).toEqual(['platform.access.permitted']);
    const teamLeader = persona('leader', [], { person: leader });
    expect(codesOf(await reply(supportRequest, teamLeader, { version: 9 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await reply(supportRequest, teamLeader, { on: '2022-04-30' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codesOf(await reply(supportRequest, teamLeader, { answer: ' ' }))).toEqual(['TEXT_REQUIRED']);
    expect(codesOf(await reply({ id: NOBODY, version: 1 }, teamLeader))).toEqual(['NOT_FOUND']);
    const answered = await reply(supportRequest, teamLeader);
    expect(answered).toMatchObject({
      decision: { outcome: 'ALLOW' },
      supportRequest: { status: 'answered', answer: '派张研究员下周到场', answeredOn: '2022-05-03' },
    });
    expect(codesOf(await reply(answered.supportRequest, teamLeader))).toEqual(['WRONG_STATE']);
  });

  it('comes from the organisation that was asked', async () => {
    const { supportRequest } = await ask({ route: 'dispatching-unit', team: null, addressee: players.university });
    expect((await reply(supportRequest, players.sender)).decision.outcome).toBe('ALLOW');
  });
});

describe('requests', () => {
  it('are read by those whom they concern', async () => {
    const count = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        'query ($filter: SupportRequestFilter) { supportRequests(filter: $filter, first: 200) { edges { node { id } } } }',
        { filter: { appointment, team, status: 'answered' } },
      );
      return data.supportRequests.edges.length;
    };
    for (const viewer of [self, players.sender, players.receiver, bureau]) expect(await count(viewer)).toBe(1);
    expect(await count(otherCounty)).toBe(0);
  });
});
