import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Brigade } from '../../subgraphs/personnel/tables/brigade.ts';
import { Person } from '../../subgraphs/personnel/tables/person.ts';
import { TeamMember } from '../../subgraphs/personnel/tables/team.ts';
import {
  act,
  activeTeam,
  administrator,
  bureau,
  codes,
  countyDept,
  failing,
  formTeam,
  organisation,
  type Payload,
  person,
} from '../../subgraphs/personnel/testdata/scene.ts';
import { DecisionRecord, OutboxEvent } from '../../subgraphs/record.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';

const AT_ONCE = 20;
const together = <Value>(work: (at: number) => Promise<Value>): Promise<Value[]> =>
  Promise.all(Array.from({ length: AT_ONCE }, (_, at) => work(at)));
const allowed = (payloads: Payload[]) => payloads.filter(({ decision }) => decision?.outcome === 'ALLOW');

describeOnPostgres('acts at the same time', (server) => {
  let graph: Graph;
  beforeAll(async () => {
    graph = await startGraph({ today: '2022-12-01', url: await server().database() });
  });
  afterAll(() => graph.stop());
  const tables = () => {
    const personnel = graph.subgraphs.get('personnel');
    if (!personnel) throw new Error('no personnel subgraph');
    return personnel.orm.em.fork();
  };

  it('never take a team below its floor: of twenty removals from ten members five are done', async () => {
    const team = await activeTeam(graph, 10);
    const version = async () =>
      (await graph.get(bureau, 'query($id: ID!) { team(id: $id) { version } }', { id: team.id })).team.version;
    const payloads = await together(async (at) => {
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

  it('make one brigade of a county', async () => {
    const county = 'cn-410825';
    const government = await organisation(graph, county, { type: 'government', level: 'county' });
    const leader = await person(graph, government, { post: 'county-leader' });
    const deputy = await person(graph, government);
    const input = { county, leader, deputies: [deputy], liaisons: [deputy] };
    const payloads = await together(() => act(graph, countyDept(county), 'brigadeCreate', input, 'brigade { id }'));
    expect(allowed(payloads)).toHaveLength(1);
    for (const payload of payloads.filter(({ brigade }) => !brigade))
      expect([...codes(payload), ...failing(payload)]).toEqual(['COUNTY_HAS_BRIGADE']);
    expect(await tables().count(Brigade, { countyId: county })).toBe(1);
  });

  it('with one idempotency key are one act with one decision and one event', async () => {
    const team = await formTeam(graph, 1);
    const member = await person(graph, team.unit);
    const input = { team: team.id, version: team.version, person: member, idempotencyKey: 'the one key' };
    const before = await tables().count(OutboxEvent);
    const payloads = await together(() =>
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

  it('register an identity number once, and the others are told so', async () => {
    const unit = await organisation(graph, 'cn-410825');
    const input = { name: '同号', organisation: unit, idNumber: '410825198001010010' };
    const payloads = await together(() => act(graph, administrator, 'personRegister', input, 'person { id }'));
    expect(allowed(payloads)).toHaveLength(1);
    expect(payloads.filter((payload) => codes(payload)[0] === 'DUPLICATE_PERSON')).toHaveLength(AT_ONCE - 1);
    expect(await tables().count(Person, { idNumber: input.idNumber })).toBe(1);
  });
});
