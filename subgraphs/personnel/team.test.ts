import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  activeTeam,
  administrator,
  BOAI,
  bureau,
  codes,
  countyDept,
  done,
  failing,
  formTeam,
  onTeam,
  organisation,
  PREFECTURE,
  person,
  signCounty,
  XIUWU,
} from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
});
afterAll(() => graph.stop());

const TEAM = 'team { id version status memberCount }';

describe('teamCreate', () => {
  it('forms a team, and shows that a field is missing without refusing', async () => {
    const unit = await organisation(graph, 'cn-410100');
    const input = { name: '怀药服务团', level: 'prefecture', region: PREFECTURE, organisation: unit };
    const payload = await act(graph, bureau, 'teamCreate', input, TEAM);
    expect(payload.team).toMatchObject({ status: 'forming', memberCount: 0 });
    expect(failing(payload)).toEqual(['jiaozuo.team.by-field']);
    expect(payload.decision?.findings.find(({ rule }) => rule === 'jiaozuo.team.by-field')?.effect).toBe('flag');
  });

  it('refuses who may not form one there, by a rule with its citation', async () => {
    const unit = await organisation(graph, 'cn-410100');
    const input = { name: '团', level: 'prefecture', region: PREFECTURE, organisation: unit };
    const elsewhere = persona('account:elsewhere', [['prefecture-st-bureau', 'cn-410700']]);
    const payload = await act(graph, elsewhere, 'teamCreate', input, TEAM);
    expect(payload.decision?.outcome).toBe('DENY');
    expect(payload.team).toBeNull();
    const finding = payload.decision?.findings.find(({ rule }) => rule === 'platform.access.permitted');
    expect(finding).toMatchObject({ outcome: 'FAIL', citation: { document: 'platform-charter', article: '第一条' } });
  });

  it('answers mistakes as data: a level that no rule knows, an empty name, ids that lead nowhere', async () => {
    const unit = await organisation(graph, 'cn-410100');
    const good = { name: '团', level: 'prefecture', region: PREFECTURE, organisation: unit };
    const wrong = async (more: object) => codes(await act(graph, bureau, 'teamCreate', { ...good, ...more }, TEAM));
    expect(await wrong({ level: 'city' })).toEqual(['LEVEL_INVALID']);
    expect(await wrong({ name: '  ' })).toEqual(['NAME_REQUIRED']);
    expect(await wrong({ region: 'cn-419999' })).toEqual(['NOT_FOUND']);
    expect(await wrong({ organisation: '019ab000-0000-7000-8000-000000000000' })).toEqual(['NOT_FOUND']);
    expect(await wrong({ organisation: 'not an id' })).toEqual(['NOT_FOUND']);
    expect(await wrong({ on: '2022-12-02' })).toEqual(['ON_IN_FUTURE']);
  });

  it('refuses where no regime is in force', async () => {
    const unit = await organisation(graph, 'cn-410100');
    const input = { name: '团', level: 'prefecture', region: PREFECTURE, organisation: unit, on: '2020-12-31' };
    const payload = await act(graph, bureau, 'teamCreate', input, TEAM);
    expect(payload.decision?.outcome).toBe('DENY');
    expect(failing(payload)).toContain('platform.regime.in-force');
  });
});

describe('teamActivate', () => {
  it('activates a team of five that is led and signed', async () => {
    const team = await activeTeam(graph, 5);
    const { team: read } = await graph.get(
      bureau,
      'query($id: ID!) { team(id: $id) { status activatedOn memberCount standing(asOf: "2022-06-01") { outcome facts } } }',
      { id: team.id },
    );
    expect(read).toEqual({
      status: 'active',
      activatedOn: '2022-06-01',
      memberCount: 5,
      standing: {
        outcome: 'ALLOW',
        facts: expect.objectContaining({
          'team.memberCount': 5,
          'team.openCommitments': 0,
          'team.latestGrade': 'none',
        }),
      },
    });
  });

  it('refuses four members, no agreement and no leaders, each by its rule', async () => {
    const team = await formTeam(graph, 4);
    const payload = await act(graph, bureau, 'teamActivate', { team: team.id, version: team.version }, TEAM);
    expect(payload.decision?.outcome).toBe('DENY');
    expect(payload.team.status).toBe('forming');
    expect(failing(payload)).toEqual(
      expect.arrayContaining(['jiaozuo.team.size', 'jiaozuo.team.one-plus-n', 'jiaozuo.team.co-leaders']),
    );
    const size = payload.decision?.findings.find(({ rule }) => rule === 'jiaozuo.team.size');
    expect(size?.citation.phrase).toBe('每团5—10人');
    expect(size?.message.zh).toContain('现有成员 4 人');
  });

  it('wants a county-side leader for each signed county, and shows a missing liaison', async () => {
    const team = await formTeam(graph, 6);
    const head = await person(graph, team.unit, { post: 'industry-expert' });
    await onTeam(graph, team, 'teamLeaderAppoint', { person: head, side: 'unit' });
    await signCounty(graph, team, XIUWU);
    await onTeam(graph, team, 'agreementSign', { county: BOAI, commitments: [] });
    const first = await act(graph, bureau, 'teamActivate', { team: team.id, version: team.version }, TEAM);
    expect(failing(first)).toEqual(['jiaozuo.team.co-leaders', 'jiaozuo.team.liaison']);
    expect(first.decision?.facts).toMatchObject({
      'team.signedAgreementCount': 2,
      'team.unitLeaderCount': 1,
      'team.signedCountiesWithoutLeader': 1,
      'team.signedCountiesWithoutLiaison': 1,
    });
    const government = await organisation(graph, BOAI, { type: 'government', level: 'county' });
    const leader = await person(graph, government, { post: 'county-leader' });
    await onTeam(graph, team, 'teamLeaderAppoint', { person: leader, side: 'county', county: BOAI });
    const second = await act(graph, bureau, 'teamActivate', { team: team.id, version: team.version }, TEAM);
    expect(second.decision?.outcome).toBe('ALLOW');
    expect(failing(second)).toEqual(['jiaozuo.team.liaison']);
    expect(second.team.status).toBe('active');
  });

  it('does not apply the size to a team of a county', async () => {
    const unit = await organisation(graph, XIUWU);
    const input = { name: '县团', level: 'county', region: XIUWU, organisation: unit, field: 'yam' };
    const team = await done(graph, countyDept(XIUWU), 'teamCreate', input, 'team { id version }');
    const { id, version } = team;
    const payload = await act(graph, countyDept(XIUWU), 'teamActivate', { team: id, version }, TEAM);
    expect(payload.decision?.outcome).toBe('ALLOW');
  });

  it('answers a stale version, a second activation and an act out of order as mistakes', async () => {
    const team = await activeTeam(graph, 5);
    const again = { team: team.id, version: team.version };
    expect(codes(await act(graph, bureau, 'teamActivate', { ...again, version: team.version - 1 }, TEAM))).toEqual([
      'STALE_VERSION',
    ]);
    expect(codes(await act(graph, bureau, 'teamActivate', again, TEAM))).toEqual(['WRONG_STATE']);
    const forming = await formTeam(graph, 1);
    const early = { team: forming.id, version: forming.version, on: '2022-05-31' };
    expect(codes(await act(graph, bureau, 'teamActivate', early, TEAM))).toEqual(['ON_BEFORE_LAST_ACT']);
  });

  it('does not let one account take steps for two bodies', async () => {
    const team = await formTeam(graph, 5);
    const recorder = persona('account:bureau', [['recorder', 'cn']]);
    const input = { team: team.id, version: team.version, onBehalfOf: 'county-st-dept' };
    const payload = await act(graph, recorder, 'teamActivate', input, TEAM);
    // Forming it and adding five members, all for the bureau.
    expect(payload.decision?.facts['actor.otherBodySteps']).toBe(6);
    expect(failing(payload)).toContain('platform.access.separation');
  });

  it('does the same act once when it is sent twice with one key, and refuses the key for another', async () => {
    const team = await formTeam(graph, 2);
    const extra = await person(graph, team.unit);
    const input = { team: team.id, version: team.version, person: extra, idempotencyKey: `add ${extra}` };
    const first = await act(graph, bureau, 'teamMemberAdd', input, `${TEAM} decision { id }`);
    const second = await act(graph, bureau, 'teamMemberAdd', input, `${TEAM} decision { id }`);
    expect(first.team.memberCount).toBe(3);
    expect(second.team).toEqual(first.team);
    expect(second.decision).toEqual(first.decision);
    const other = { ...input, person: await person(graph, team.unit) };
    expect(codes(await act(graph, bureau, 'teamMemberAdd', other, TEAM))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

describe('teams', () => {
  it('are found by what they are and by who is in them', async () => {
    const team = await formTeam(graph, 1);
    const [member] = team.members;
    const ask = async (filter: object) => {
      const { teams } = await graph.get(
        administrator,
        'query($filter: TeamFilter) { teams(filter: $filter) { totalCount edges { node { id } } } }',
        { filter },
      );
      return teams.edges.map((edge: { node: { id: string } }) => edge.node.id);
    };
    expect(await ask({ member })).toEqual([team.id]);
    expect(await ask({ organisation: team.unit })).toEqual([team.id]);
    expect(await ask({ organisation: team.unit, status: 'active' })).toEqual([]);
    expect(await ask({ ids: [team.id], member })).toEqual([team.id]);
    expect(await ask({ ids: [], member })).toEqual([]);
  });
});
