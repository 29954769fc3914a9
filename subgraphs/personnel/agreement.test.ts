import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import { DemandItem } from './tables/demand.ts';
import { demand } from './testdata/rows.ts';
import {
  act,
  BOAI,
  bureau,
  codes,
  countyDept,
  done,
  failing,
  formTeam,
  onTeam,
  organisation,
  person,
  signCounty,
  XIUWU,
  ZONE,
} from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
});
afterAll(() => graph.stop());

const AGREEMENT = `agreement { id version industry signedOn until county { id } team { id version }
  teamSignatory { id } countySignatory { id } commitments { id text due settledOn evidence } }`;
type Team = { id: string; version: number };
const sign = (team: Team, input: object, viewer = bureau) =>
  act(
    graph,
    viewer,
    'agreementSign',
    { team: team.id, version: team.version, county: XIUWU, commitments: [], ...input },
    AGREEMENT,
  );

describe('agreementSign', () => {
  it('records both signatures and the commitments, and moves the team on', async () => {
    const team = await formTeam(graph, 1);
    const leader = await person(graph, await organisation(graph, XIUWU), { post: 'county-leader' });
    const payload = await sign(team, {
      industry: 'yam',
      until: '2023-05-31',
      commitments: [{ text: ' 现场指导四次 ', due: '2022-09-30' }, { text: '培训两期' }],
      teamSignatory: team.members[0],
      countySignatory: leader,
    });
    expect(payload.decision?.outcome).toBe('ALLOW');
    expect(payload.decision?.facts).toMatchObject({
      'team.level': 'prefecture',
      'team.status': 'forming',
      'agreement.commitmentCount': 2,
      'agreement.bothSigned': true,
      'agreement.otherTeamsSameField': 0,
      'agreement.countyHasDemand': false,
      'actor.otherBodySteps': 0,
    });
    expect(failing(payload)).toEqual(['jiaozuo.team.one-plus-n.need']);
    expect(payload.agreement).toMatchObject({
      version: 1,
      industry: 'yam',
      signedOn: '2022-06-01',
      until: '2023-05-31',
      county: { id: XIUWU },
      team: { id: team.id, version: team.version + 1 },
      teamSignatory: { id: team.members[0] },
      countySignatory: { id: leader },
      commitments: [
        { text: '现场指导四次', due: '2022-09-30', settledOn: null, evidence: null },
        { text: '培训两期', due: null, settledOn: null, evidence: null },
      ],
    });
  });

  it('says that a side has not signed', async () => {
    const team = await formTeam(graph, 1);
    const payload = await sign(team, { teamSignatory: team.members[0] });
    expect(payload.decision?.facts['agreement.bothSigned']).toBe(false);
  });

  it('shows another team of the same field in the county; a team of another field does not count', async () => {
    const first = await formTeam(graph, 1, { field: 'peony' });
    await onTeam(graph, first, 'agreementSign', { county: BOAI, commitments: [] });
    const other = await formTeam(graph, 1, { field: 'sheep' });
    expect((await sign(other, { county: BOAI })).decision?.facts['agreement.otherTeamsSameField']).toBe(0);
    const second = await formTeam(graph, 1, { field: 'peony' });
    const payload = await sign(second, { county: BOAI });
    expect(payload.decision?.outcome).toBe('ALLOW');
    expect(failing(payload)).toContain('jiaozuo.stp.one-county-one-team');
    expect(payload.decision?.facts['agreement.otherTeamsSameField']).toBe(1);
  });

  it('finds a demand of the county in the field or the industry until somebody serves it', async () => {
    const county = 'cn-410882';
    const item = await demand(graph, county, { field: 'goat', industry: 'dairy' });
    const ask = async (field: string | null, input: object = {}) => {
      const team = await formTeam(graph, 1, { field });
      return (await sign(team, { county, ...input })).decision?.facts['agreement.countyHasDemand'];
    };
    expect(await ask('goat')).toBe(true);
    expect(await ask(null, { industry: 'dairy' })).toBe(true);
    expect(await ask('peony', { industry: 'tea' })).toBe(false);
    expect(await ask('goat', { county: 'cn-410883' })).toBe(false);
    await graph.subgraphs.get('personnel')?.orm.em.fork().nativeUpdate(DemandItem, { id: item }, { status: 'served' });
    expect(await ask('goat')).toBe(false);
  });

  it('leaves open what only a field could tell', async () => {
    const team = await formTeam(graph, 1, { field: null });
    const payload = await sign(team, { county: ZONE });
    expect(payload.decision?.facts).not.toHaveProperty('agreement.otherTeamsSameField');
    expect(payload.decision?.facts).not.toHaveProperty('agreement.countyHasDemand');
    expect(payload.decision?.outcome).toBe('ALLOW');
  });

  it('is for the county, the bureau above it, and the unit of the team, and for no other county', async () => {
    const team = await formTeam(graph, 1);
    expect(failing(await sign(team, {}, countyDept(BOAI)))).toContain('platform.access.permitted');
    const unit = persona('account:unit', [['dispatching-unit', 'cn-410100', team.unit]]);
    const signed = await sign(team, {}, unit);
    expect(signed.decision?.outcome).toBe('ALLOW');
    const now = { id: team.id, version: signed.agreement.team.version };
    expect((await sign(now, { county: BOAI }, countyDept(BOAI))).decision?.outcome).toBe('ALLOW');
  });

  it('answers mistakes as data', async () => {
    const team = await formTeam(graph, 1);
    const wrong = async (input: object) => codes(await sign(team, input));
    expect(await wrong({ county: 'cn-410800' })).toEqual(['COUNTY_INVALID']);
    expect(await wrong({ county: 'cn-000000' })).toEqual(['NOT_FOUND']);
    expect(await wrong({ until: '2022-05-31' })).toEqual(['UNTIL_INVALID']);
    expect(await wrong({ commitments: [{ text: ' ' }] })).toEqual(['TEXT_REQUIRED']);
    expect(await wrong({ commitments: [{ text: '培训', due: '2022-05-31' }] })).toEqual(['DUE_INVALID']);
    expect(await wrong({ countySignatory: team.unit })).toEqual(['NOT_FOUND']);
    expect(await wrong({ version: team.version + 1 })).toEqual(['STALE_VERSION']);
    expect(await wrong({ on: '2022-05-31' })).toEqual(['ON_BEFORE_LAST_ACT']);
    await onTeam(graph, team, 'agreementSign', { county: XIUWU, commitments: [], industry: 'yam' });
    expect(await wrong({ industry: 'yam' })).toEqual(['ALREADY_SIGNED']);
    expect((await sign(team, { industry: 'peony' })).decision?.outcome).toBe('ALLOW');
  });
});

describe('agreementCommitmentSettle', () => {
  async function signed() {
    const team = await formTeam(graph, 1);
    const commitments = [
      { text: '现场指导', due: '2022-09-30' },
      { text: '培训', due: '2022-12-31' },
      { text: '示范' },
    ];
    const input = { team: team.id, version: team.version, county: XIUWU, commitments };
    return done(graph, bureau, 'agreementSign', input, AGREEMENT);
  }
  const open = async (team: string, asOf: string) => {
    const query = 'query($team: ID!, $asOf: Date) { team(id: $team) { openCommitmentCount(asOf: $asOf) } }';
    return (await graph.get(bureau, query, { team, asOf })).team.openCommitmentCount;
  };

  it('closes one commitment on a day; until then it was open from the day after which it is due', async () => {
    const agreement = await signed();
    const [first] = agreement.commitments;
    expect(await open(agreement.team.id, '2022-09-29')).toBe(0);
    expect(await open(agreement.team.id, '2022-09-30')).toBe(1);
    expect(await open(agreement.team.id, '2023-01-01')).toBe(2);
    const input = { agreement: agreement.id, version: 1, commitment: first.id, evidence: '签到表', on: '2022-10-15' };
    const payload = await act(graph, bureau, 'agreementCommitmentSettle', input, AGREEMENT);
    expect(payload.decision?.facts['commitment.evidenceAttached']).toBe(true);
    expect(payload.agreement.version).toBe(2);
    expect(payload.agreement.commitments[0]).toMatchObject({ settledOn: '2022-10-15', evidence: '签到表' });
    expect(await open(agreement.team.id, '2022-10-14')).toBe(1);
    expect(await open(agreement.team.id, '2022-10-15')).toBe(0);
  });

  it('answers mistakes as data', async () => {
    const agreement = await signed();
    const [first] = agreement.commitments;
    const settle = async (input: object) => {
      const all = { agreement: agreement.id, version: 1, commitment: first.id, ...input };
      return codes(await act(graph, bureau, 'agreementCommitmentSettle', all, AGREEMENT));
    };
    expect(await settle({ version: 2 })).toEqual(['STALE_VERSION']);
    expect(await settle({ on: '2022-05-31' })).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(await settle({ commitment: agreement.id })).toEqual(['NOT_FOUND']);
    expect(await settle({ agreement: first.id })).toEqual(['NOT_FOUND']);
    expect(await settle({})).toEqual([]);
    expect(await settle({ version: 2 })).toEqual(['WRONG_STATE']);
  });
});

describe('agreements', () => {
  it('are read by county and day, and at the team', async () => {
    const team = await formTeam(graph, 1);
    await signCounty(graph, team, ZONE);
    await onTeam(graph, team, 'agreementSign', { county: XIUWU, commitments: [], until: '2022-08-31' });
    const { team: read, agreements } = await graph.get(
      bureau,
      `query($id: ID!) {
        team(id: $id) { june: agreements(asOf: "2022-08-31") { county { id } } now: agreements { county { id } } }
        agreements(filter: {team: $id, county: "${XIUWU}", heldOn: "2022-09-01"}) { totalCount }
      }`,
      { id: team.id },
    );
    expect(read.june).toEqual([{ county: { id: ZONE } }, { county: { id: XIUWU } }]);
    expect(read.now).toEqual([{ county: { id: ZONE } }]);
    expect(agreements.totalCount).toBe(0);
  });
});
