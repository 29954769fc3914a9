import { afterAll, beforeAll, expect } from '@jest/globals';
import { Agreement } from '../../subgraphs/personnel/tables/agreement.ts';
import { Brigade, BrigadeMember } from '../../subgraphs/personnel/tables/brigade.ts';
import { Person } from '../../subgraphs/personnel/tables/person.ts';
import { TeamMember } from '../../subgraphs/personnel/tables/team.ts';
import { appointment } from '../../subgraphs/personnel/testdata/rows.ts';
import {
  act,
  activeTeam,
  administrator,
  bureau,
  codes,
  countyDept,
  done,
  failing,
  formTeam,
  organisation,
  person,
} from '../../subgraphs/personnel/testdata/scene.ts';
import { DecisionRecord, OutboxEvent } from '../../subgraphs/record.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import { allowed, insisting, losers, racing, tablesOf, together } from './race.ts';

const AT_ONCE = 20;

describeOnPostgres('acts at the same time', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-01', url: await server().database() });
  });
  afterAll(() => graph.stop());
  const tables = () => tablesOf(graph, 'personnel');

  race('never take a team below its floor: of twenty removals from ten members five are done', async () => {
    const team = await activeTeam(graph, 10);
    const version = async () =>
      (await graph.get(bureau, 'query($id: ID!) { team(id: $id) { version } }', { id: team.id })).team.version;
    const payloads = await together(AT_ONCE, async (at) => {
      // Two accounts want each member out; whoever finds the team changed reads it again and insists.
      for (;;) {
        const input = { team: team.id, version: await version(), person: team.members[at % 10], reason: '调离' };
        const payload = await act(graph, bureau, 'teamMemberRemove', input, 'team { memberCount }');
        if (!codes(payload).includes('STALE_VERSION')) return payload;
      }
    });
    expect(allowed(payloads)).toHaveLength(5);
    for (const payload of payloads) {
      if (payload.decision) expect(payload.team.memberCount).toBeGreaterThanOrEqual(5);
      if (payload.decision?.outcome === 'DENY') expect(failing(payload)).toEqual(['jiaozuo.team.size.change']);
      else if (!payload.decision) expect(codes(payload)).toEqual(['NOT_FOUND']);
    }
    expect(await tables().count(TeamMember, { teamId: team.id, to: null })).toBe(5);
  });

  race('never take a team above its ceiling: of twenty who come to eight members two are taken in', async () => {
    const team = await activeTeam(graph, 8);
    const newcomers = await together(10, () => person(graph, team.unit));
    const version = async () =>
      (await graph.get(bureau, 'query($id: ID!) { team(id: $id) { version } }', { id: team.id })).team.version;
    const payloads = await together(AT_ONCE, (at) =>
      insisting(version, (now) => {
        const input = { team: team.id, version: now, person: newcomers[at % 10] };
        return act(graph, bureau, 'teamMemberAdd', input, 'team { memberCount }');
      }),
    );
    expect(allowed(payloads)).toHaveLength(2);
    expect(losers(payloads).filter((code) => code !== 'ALREADY_MEMBER')).toEqual(['jiaozuo.team.size.change']);
    expect(await tables().count(TeamMember, { teamId: team.id, to: null })).toBe(10);
  });

  race('sign one agreement of a team with a county for an industry', async () => {
    const team = await formTeam(graph, 1);
    const [member] = team.members;
    const official = await person(
      graph,
      await organisation(graph, 'cn-410823', { type: 'government', level: 'county' }),
    );
    const version = async () =>
      (await graph.get(bureau, 'query($id: ID!) { team(id: $id) { version } }', { id: team.id })).team.version;
    const terms = {
      county: 'cn-410823',
      industry: 'yam',
      commitments: [],
      teamSignatory: member,
      countySignatory: official,
    };
    const payloads = await together(AT_ONCE, () =>
      insisting(version, (now) =>
        act(graph, bureau, 'agreementSign', { team: team.id, version: now, ...terms }, 'agreement { id }'),
      ),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(losers(payloads)).toEqual(['ALREADY_SIGNED']);
    expect(await tables().count(Agreement, { teamId: team.id })).toBe(1);
  });

  race('make one brigade of a county', async () => {
    const county = 'cn-410825';
    const government = await organisation(graph, county, { type: 'government', level: 'county' });
    const leader = await person(graph, government, { post: 'county-leader' });
    const deputy = await person(graph, government);
    const input = { county, leader, deputies: [deputy], liaisons: [deputy] };
    const payloads = await together(AT_ONCE, () =>
      act(graph, countyDept(county), 'brigadeCreate', input, 'brigade { id }'),
    );
    expect(allowed(payloads)).toHaveLength(1);
    for (const payload of payloads.filter(({ brigade }) => !brigade))
      expect([...codes(payload), ...failing(payload)]).toEqual(['COUNTY_HAS_BRIGADE']);
    expect(await tables().count(Brigade, { countyId: county })).toBe(1);
  });

  race('put an appointment into its brigade once', async () => {
    const county = 'cn-410822';
    const government = await organisation(graph, county, { type: 'government', level: 'county' });
    const leader = await person(graph, government, { post: 'county-leader' });
    const deputy = await person(graph, government);
    const made = { county, leader, deputies: [deputy], liaisons: [deputy] };
    const brigade = await done(graph, countyDept(county), 'brigadeCreate', made, 'brigade { id }');
    const served = await appointment(graph, county, { person: deputy, organisation: government }, { status: 'active' });
    const version = async () =>
      (await graph.get(bureau, 'query($id: ID!) { brigade(id: $id) { version } }', { id: brigade.id })).brigade.version;
    const payloads = await together(AT_ONCE, () =>
      insisting(version, (now) => {
        const input = { brigade: brigade.id, version: now, appointment: served };
        return act(graph, countyDept(county), 'brigadeMemberAdd', input, 'brigade { id }');
      }),
    );
    expect(allowed(payloads)).toHaveLength(1);
    expect(losers(payloads)).toEqual(['ALREADY_MEMBER']);
    expect(await tables().count(BrigadeMember, { brigadeId: brigade.id })).toBe(1);
  });

  race('with one idempotency key are one act with one decision and one event', async () => {
    const team = await formTeam(graph, 1);
    const member = await person(graph, team.unit);
    const input = { team: team.id, version: team.version, person: member, idempotencyKey: 'the one key' };
    const before = await tables().count(OutboxEvent);
    const payloads = await together(AT_ONCE, () =>
      act(graph, bureau, 'teamMemberAdd', input, 'team { version memberCount } decision { id digest }'),
    );
    const [first] = payloads;
    expect(first?.team).toEqual({ version: team.version + 1, memberCount: 2 });
    expect(first?.userErrors).toEqual([]);
    for (const payload of payloads) expect(payload).toEqual(first);
    expect(await tables().count(TeamMember, { teamId: team.id, personId: member })).toBe(1);
    const decisions = await tables().find(DecisionRecord, { subjectId: team.id, point: 'teamMemberAdd' });
    // The first member of the team was added by an act of its own.
    expect(decisions).toHaveLength(2);
    expect(await tables().count(OutboxEvent)).toBe(before + 1);
  });

  race('register an identity number once, and the others are told so', async () => {
    const unit = await organisation(graph, 'cn-410825');
    const input = { name: '同号', organisation: unit, idNumber: '410825198001010010' };
    const payloads = await together(AT_ONCE, () => act(graph, administrator, 'personRegister', input, 'person { id }'));
    expect(allowed(payloads)).toHaveLength(1);
    expect(payloads.filter((payload) => codes(payload)[0] === 'DUPLICATE_PERSON')).toHaveLength(AT_ONCE - 1);
    expect(await tables().count(Person, { idNumber: input.idNumber })).toBe(1);
  });
});
