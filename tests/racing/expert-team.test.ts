import { afterAll, beforeAll, expect } from '@jest/globals';
import { Designation } from '../../subgraphs/personnel/tables/designation.ts';
import { Engagement } from '../../subgraphs/personnel/tables/engagement.ts';
import { Nomination } from '../../subgraphs/personnel/tables/nomination.ts';
import { Posting } from '../../subgraphs/personnel/tables/posting.ts';
import { ProcedureStep } from '../../subgraphs/personnel/tables/procedure.ts';
import { RegionStatus } from '../../subgraphs/personnel/tables/region.ts';
import { TeamMember, TeamPost } from '../../subgraphs/personnel/tables/team.ts';
import { act, done, person } from '../../subgraphs/personnel/testdata/scene.ts';
import { type Graph, persona, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import {
  APPROVALS,
  activeTeam,
  COUNTY,
  cityOrg,
  committee,
  department,
  type FormedTeam,
  formTeam,
  newcomer,
  post,
  provinceOrg,
  readyToDispatch,
  selectionSteps,
  UNPOSTED,
} from './expert-team-scene.ts';
import { allowed, insisting, losers, racing, tablesOf, together } from './race.ts';

const AT_ONCE = 12;

describeOnPostgres('a team of a listed county, at the same time', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31', url: await server().database() });
  }, 120_000);
  afterAll(() => graph.stop());
  const tables = () => tablesOf(graph, 'personnel');
  /** Acts on a team; whoever finds it changed reads it again and insists. */
  const insist = (viewer: typeof committee, team: FormedTeam, mutation: string, input: object, thing: string) =>
    insisting(
      async () => {
        const query = 'query ($id: ID!) { team(id: $id) { version } }';
        return (await graph.get(department, query, { id: team.id })).team.version as number;
      },
      (version) => act(graph, viewer, mutation, { team: team.id, version, on: '2018-09-03', ...input }, thing),
    );
  /** One of several accounts of a body: acts of one account in one chain wait for each other as it is. */
  const account = (at: number, role: string) => persona(`${role} ${at}`, [[role, COUNTY]]);
  const TEAM = 'team { version memberCount }';

  race('has one leader, and one liaison, whoever is appointed at once', async () => {
    const team = await formTeam(graph);
    const heads = [team.head, await newcomer(graph, team.university, { post: 'st-deputy-head' })];
    await post(graph, heads[1] as string);
    const leaders = await together(AT_ONCE, (at) =>
      insist(account(at, 'county-party-committee'), team, 'teamLeaderAppoint', { person: heads[at % 2] }, TEAM),
    );
    expect(allowed(leaders)).toHaveLength(AT_ONCE);
    expect(await tables().count(TeamPost, { teamId: team.id, role: 'leader', to: null })).toBe(1);

    const chiefs = await Promise.all(
      ['county-st-dept-head', 'county-st-dept-deputy-in-charge'].map((held) =>
        person(graph, team.government, { post: held, on: '2018-01-02' }),
      ),
    );
    const liaisons = await together(AT_ONCE, (at) =>
      insist(account(at, 'county-st-dept'), team, 'teamLiaisonAppoint', { person: chiefs[at % 2] }, TEAM),
    );
    expect(allowed(liaisons)).toHaveLength(AT_ONCE);
    expect(await tables().count(TeamPost, { teamId: team.id, role: 'liaison', to: null })).toBe(1);
  });

  race('loses one of eleven members, and none of five practical experts', async () => {
    const team = await activeTeam(graph, 11, 5);
    const leave = (members: readonly string[]) =>
      together(AT_ONCE, (at) => {
        const who = members[at % members.length];
        const why = { reason: '调离', approvals: APPROVALS };
        return at < AT_ONCE / 2
          ? insist(committee, team, 'teamMemberRemove', { person: who, ...why }, TEAM)
          : insist(committee, team, 'teamMemberAdjust', { remove: [who], ...why }, TEAM);
      });
    const practical = await leave(team.members.slice(0, 5));
    expect(allowed(practical)).toEqual([]);
    expect(losers(practical)).toContain('hunan.team.practical-expert-min.change');
    const others = await leave(team.members.slice(5));
    expect(allowed(others)).toHaveLength(1);
    expect(losers(others).filter((code) => code !== 'NOT_FOUND')).toEqual(['hunan.team.member-min.change']);
    expect(await tables().count(TeamMember, { teamId: team.id, to: null })).toBe(10);
  });

  race('takes in, proposes and engages the same person once', async () => {
    const team = await formTeam(graph);
    const who = await newcomer(graph, team.university);
    const proposal = { team: team.id, person: who, kind: 'MEMBER', channel: 'self-nomination', on: '2018-09-03' };
    const proposed = await together(AT_ONCE, () =>
      act(graph, team.leader, 'nominationSubmit', proposal, 'nomination { id }'),
    );
    expect(allowed(proposed)).toHaveLength(1);
    expect(losers(proposed)).toEqual(['ALREADY_NOMINATED']);
    expect(await tables().count(Nomination, { personId: who })).toBe(1);

    // As a leader for a county that has no team yet, too.
    const wanted = { region: UNPOSTED, teamKind: 'expert-team', person: who, kind: 'LEADER', plannedOn: '2018-10-01' };
    const sender = persona('unit-committee', [['dispatching-unit-party-committee', 'cn-430100', team.university]]);
    const named = { ...wanted, channel: 'unit-recommendation', organisingAttested: true, on: '2018-09-03' };
    const put = await together(AT_ONCE, () => act(graph, sender, 'nominationSubmit', named, 'nomination { id }'));
    expect(allowed(put)).toHaveLength(1);
    expect(losers(put)).toContain('ALREADY_NOMINATED');
    expect(await tables().count(Nomination, { personId: who, regionId: UNPOSTED, teamId: null })).toBe(1);

    const coming = { person: who, sourceCategory: 'university-staff', practicalExpert: false, approvals: APPROVALS };
    const added = await together(AT_ONCE, () => insist(committee, team, 'teamMemberAdd', coming, TEAM));
    expect(allowed(added)).toHaveLength(1);
    expect(losers(added)).toEqual(['ALREADY_MEMBER']);
    expect(await tables().count(TeamMember, { teamId: team.id, personId: who })).toBe(1);

    // Terms that begin on days of their own, so that only the count of what overlaps can refuse them.
    const engaged = await together(AT_ONCE, (at) => {
      const from = `2018-10-${String(at + 1).padStart(2, '0')}`;
      const to = at === 0 ? '2020-09-30' : `2020-10-${String(at).padStart(2, '0')}`;
      const input = { person: who, kind: 'MEMBER', from, to, approvals: APPROVALS };
      return insist(committee, team, 'teamMemberEngage', input, 'engagement { id }');
    });
    expect(allowed(engaged)).toHaveLength(1);
    expect(losers(engaged)).toEqual(['ALREADY_ENGAGED']);
    expect(await tables().count(Engagement, { personId: who })).toBe(1);
  });

  race('names a direct contact once', async () => {
    const team = await formTeam(graph);
    const official = await person(graph, team.government, { post: 'county-leader', on: '2018-01-02' });
    const input = { kind: 'direct-contact', region: COUNTY, team: team.id, person: official, on: '2018-09-03' };
    const named = await together(AT_ONCE, () =>
      act(graph, committee, 'designationRecord', input, 'designation { id }'),
    );
    expect(allowed(named)).toHaveLength(1);
    expect(losers(named)).toEqual(['ALREADY_DESIGNATED']);
    expect(await tables().count(Designation, { kind: 'direct-contact', personId: official })).toBe(1);
  });

  race('takes a step of the selection once', async () => {
    const opened = { chain: 'leader-selection', region: UNPOSTED, on: '2018-02-01' };
    const procedure = await done(graph, cityOrg, 'procedureOpen', opened, 'procedure { id version }');
    const input = { procedure: procedure.id, version: procedure.version, documentNumber: '文1', on: '2018-02-02' };
    const steps = await together(AT_ONCE, () =>
      act(graph, cityOrg, 'procedureAdvance', { ...input, step: 'demand' }, 'procedure { version }'),
    );
    expect(allowed(steps)).toHaveLength(1);
    expect(losers(steps)).toEqual(['STALE_VERSION']);
    expect(await tables().count(ProcedureStep, { procedureId: procedure.id })).toBe(1);
  });

  race('keeps the steps of a selection in order, however they are taken and sent back at once', async () => {
    const opened = { chain: 'leader-selection', region: UNPOSTED, on: '2018-02-01' };
    const { id } = await done(graph, cityOrg, 'procedureOpen', opened, 'procedure { id version }');
    const { university } = await formTeam(graph);
    const [candidate, other] = [await newcomer(graph, university), await newcomer(graph, university)];
    const document = 'query ($id: ID!) { procedure(id: $id) { version } }';
    const version = async () => (await graph.get(cityOrg, document, { id })).procedure.version;
    const send = (viewer: typeof cityOrg, mutation: string, input: object) =>
      insisting(version, (now) =>
        act(graph, viewer, mutation, { procedure: id, version: now, on: '2018-03-01', ...input }, 'procedure { id }'),
      );
    const steps = selectionSteps(university, candidate, other);
    const doneKeys = async () => {
      const rows = await tables().find(ProcedureStep, { procedureId: id, done: true, returnedOn: null });
      return rows.map(({ key }) => key);
    };
    const advance = (at: number, input: object = {}) => {
      const { viewer, step, more } = steps[at] as (typeof steps)[number];
      return send(viewer, 'procedureAdvance', { step, documentNumber: '文', ...more, ...input });
    };
    for (const [at, { step, wrong }] of steps.entries()) {
      // The step itself, the one after it, the same step as it must not be taken, and the one before it sent back.
      await together(8, (no) => {
        const next = Math.min(at + 1, steps.length - 1);
        if (no % 4 === 0 || at === 0) return advance(at);
        if (no % 4 === 1) return advance(next);
        if (no % 4 === 2 && wrong) return advance(at, wrong);
        return send(provinceOrg, 'procedureReturn', { step: steps[at - 1]?.step, reason: '补正' });
      });
      const keys = await doneKeys();
      expect(steps.map((one) => one.step).filter((key) => keys.includes(key))).toEqual(
        steps.slice(0, keys.length).map((one) => one.step),
      );
      expect(new Set(keys).size).toBe(keys.length);
      for (let from = keys.length; from <= at; from += 1) await advance(from);
      expect(await doneKeys()).toContain(step);
    }
  });

  race('posts the one on whom several selections settled once, however many dispatch at once', async () => {
    const university = (await formTeam(graph)).university;
    const candidate = await newcomer(graph, university);
    const procedures = await Promise.all(
      [0, 1, 2, 3].map(() => readyToDispatch(graph, UNPOSTED, candidate, university)),
    );
    const dispatched = await together(AT_ONCE, (at) => {
      const held = procedures[at % procedures.length];
      const input = { procedure: held?.id, version: held?.version, documentNumber: '湘组', on: '2018-04-02' };
      return act(graph, provinceOrg, 'procedureAdvance', input, 'procedure { status }');
    });
    expect(allowed(dispatched)).toHaveLength(procedures.length);
    expect(losers(dispatched)).toEqual(['STALE_VERSION']);
    expect(await tables().count(Posting, { personId: candidate })).toBe(1);
    const posted = { regionId: UNPOSTED, kind: 'deputy-head-posted', to: null };
    expect(await tables().find(RegionStatus, posted)).toMatchObject([{ value: true }]);
  });
});
