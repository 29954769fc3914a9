import { afterAll, beforeAll, expect } from '@jest/globals';
import { v7 as uuid } from 'uuid';
import { Designation } from '../../subgraphs/personnel/tables/designation.ts';
import { Posting } from '../../subgraphs/personnel/tables/posting.ts';
import { ProcedureStep } from '../../subgraphs/personnel/tables/procedure.ts';
import { Region, RegionStatus } from '../../subgraphs/personnel/tables/region.ts';
import { Team, TeamMember, TeamPost } from '../../subgraphs/personnel/tables/team.ts';
import { VillageExpert } from '../../subgraphs/personnel/tables/village-expert.ts';
import { act, done, type Payload, person } from '../../subgraphs/personnel/testdata/scene.ts';
import { DecisionRecord } from '../../subgraphs/record.ts';
import type { Viewer } from '../../subgraphs/viewer.ts';
import { type Graph, startGraph } from '../harness.ts';
import { describeOnPostgres } from '../postgres.ts';
import {
  APPROVALS,
  activeTeam,
  COUNTY,
  cityOrg,
  committee,
  department,
  formTeam,
  newcomer,
  provinceOrg,
  selectionSteps,
  UNPOSTED,
} from './expert-team-scene.ts';
import { allowed, losers, racing, tablesOf, together } from './race.ts';

const STEPS = 'procedure { id chain { key done { on } } }';
const WORKERS = 16;
const ACTS_OF_EACH = 25;
const on = '2018-09-03';

/** Numbers from 0 to below 1, the same for the same seed (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

interface Act {
  readonly viewer: Viewer;
  readonly mutation: string;
  readonly thing: string;
  readonly input: Record<string, unknown>;
  /** Of the thing whose version goes with it. */
  readonly of?: readonly [query: string, id: string];
}

describeOnPostgres('a county on which everybody acts at once', (server) => {
  let graph: Graph;
  const race = racing(() => graph);
  beforeAll(async () => {
    graph = await startGraph({ today: '2020-12-31', url: await server().database() });
  }, 120_000);
  afterAll(() => graph.stop());
  const tables = () => tablesOf(graph, 'personnel');

  /** The things that are acted on, and every kind of act on them. */
  async function scene(next: () => number) {
    const one = <Value>(list: readonly Value[]): Value => list[Math.floor(next() * list.length)] as Value;
    const teams = [await activeTeam(graph, 12, 6), await formTeam(graph, 10, 5)] as const;
    const [{ university, government, head, leader }] = teams;
    const officials = await together(3, () => person(graph, government, { post: 'county-leader', on: '2018-01-02' }));
    const liaisons = await together(2, () =>
      person(graph, government, { post: 'county-st-dept-head', on: '2018-01-02' }),
    );
    const experts = await together(6, () => newcomer(graph, university));
    const opened = { chain: 'leader-selection', region: UNPOSTED, on: '2018-02-01' };
    const procedures = await together(2, () => done(graph, cityOrg, 'procedureOpen', opened, 'procedure { id }'));
    const steps = [
      ...selectionSteps(university, experts[0] as string, experts[1] as string),
      { step: 'dispatch', viewer: provinceOrg, more: {} },
    ];
    const villages = await together(2, (at) =>
      done(graph, department, 'villageRegister', { parent: COUNTY, name: `村${at}`, on }, 'village { id }'),
    );
    const reached = new Map<string, number>();
    const postings: string[] = [];
    const designations: string[] = [];
    const everybody = [...teams[0].members, ...teams[1].members, ...experts];
    const source = { sourceCategory: 'university-staff', practicalExpert: true, practicalCertifier: '所' };
    const onTeam = (viewer: Viewer, mutation: string, input: object, thing = 'team { id }'): Act => {
      const { id } = one(teams);
      return { viewer, mutation, thing, input: { team: id, ...input }, of: ['team', id] };
    };
    const onRegion = (viewer: Viewer, mutation: string, input: object, thing: string): Act => ({
      viewer,
      mutation,
      thing,
      input: { region: COUNTY, ...input },
    });
    const ending = (mutation: string, thing: string, ids: readonly string[]): Act | null =>
      ids.length === 0
        ? null
        : {
            viewer: department,
            mutation,
            thing: `${thing} { id }`,
            input: { [thing]: one(ids), version: 1, reason: '期满' },
          };
    const kinds: readonly (() => Act | null)[] = [
      () => onTeam(committee, 'teamMemberAdd', { person: one(experts), approvals: APPROVALS, ...source }),
      () => onTeam(committee, 'teamMemberRemove', { person: one(everybody), approvals: APPROVALS, reason: '调离' }),
      () =>
        onTeam(committee, 'teamMemberAdjust', {
          add: [{ person: one(experts), ...source }],
          remove: [one(everybody)],
          approvals: APPROVALS,
          reason: '轮换',
        }),
      () => {
        const term = { kind: 'MEMBER', from: on, to: '2020-04-30', approvals: APPROVALS };
        return onTeam(committee, 'teamMemberEngage', { person: one(everybody), ...term }, 'engagement { id }');
      },
      () => onTeam(committee, 'teamLeaderAppoint', { person: one([head, ...experts]) }),
      () => onTeam(department, 'teamLiaisonAppoint', { person: one(liaisons) }),
      () => onTeam(department, 'teamActivate', {}),
      () => {
        const signed = { county: COUNTY, industry: one(['tea', 'rice']), commitments: [], teamConsents: true };
        return onTeam(department, 'agreementSign', { ...signed, countyConsents: true }, 'agreement { id }');
      },
      () => {
        const named = { kind: 'direct-contact', team: one(teams).id, person: one(officials) };
        return onRegion(committee, 'designationRecord', named, 'designation { id }');
      },
      () => ending('designationEnd', 'designation', designations),
      () => {
        const order = { kind: 'st-deputy-head', post: 'st-deputy-head', issuerBody: 'province-org-dept' };
        const holder = { person: one(experts), from: on, orderDocument: '湘组 4 号' };
        const there = { region: one([COUNTY, UNPOSTED]), ...order, ...holder };
        return onRegion(provinceOrg, 'postingRecord', there, 'posting { id }');
      },
      () => ending('postingEnd', 'posting', postings),
      () => {
        const stated = { kind: one(['deputy-head-posted', 'poor-county']), value: one([true, false]), source: '文' };
        const there = { region: one([COUNTY, UNPOSTED]), ...stated };
        return onRegion(provinceOrg, 'regionStatusRecord', there, 'regionStatus { value }');
      },
      () => {
        const input = { parent: COUNTY, name: `新村${Math.floor(next() * 4)}` };
        return { viewer: department, mutation: 'villageRegister', thing: 'village { id }', input };
      },
      () => {
        const input = { village: one(villages).id, person: one(experts), category: 'other-expert' };
        return { viewer: department, mutation: 'villageExpertAssign', thing: 'villageExpert { id }', input };
      },
      () => {
        const input = { team: one(teams).id, person: one(experts), kind: 'MEMBER', channel: 'self-nomination' };
        return { viewer: leader, mutation: 'nominationSubmit', thing: 'nomination { id }', input };
      },
      () => {
        // Mostly the step that is next as far as is known, so that the selections come to their end and begin again.
        const { id } = one(procedures);
        const at = next() < 0.8 ? (reached.get(id) ?? 0) : Math.floor(next() * steps.length);
        const { viewer, step, more } = steps[at % steps.length] as (typeof steps)[number];
        const input = { procedure: id, step, documentNumber: '文', ...more };
        return { viewer, mutation: 'procedureAdvance', thing: STEPS, input, of: ['procedure', id] };
      },
      () => {
        const { id } = one(procedures);
        const input = { procedure: id, reason: '补正' };
        return { viewer: provinceOrg, mutation: 'procedureReturn', thing: STEPS, input, of: ['procedure', id] };
      },
    ];
    /** Takes note of what can be ended later. */
    const note = ({ posting, designation, procedure }: Payload) => {
      if (procedure) reached.set(procedure.id, procedure.chain.filter((step: { done: unknown }) => step.done).length);
      if (posting) postings.push(posting.id);
      if (designation) designations.push(designation.id);
    };
    return { teams, procedures, steps, kinds, one, note };
  }

  /** Whoever finds the thing changed tries once more, and then lets it be. */
  async function send({ viewer, mutation, thing, input, of }: Act, tries = 2): Promise<Payload> {
    if (!of) return act(graph, viewer, mutation, { on, ...input }, thing);
    const [query, id] = of;
    const found = await graph.get(viewer, `query ($id: ID!) { thing: ${query}(id: $id) { version } }`, { id });
    const payload = await act(graph, viewer, mutation, { on, version: found.thing.version, ...input }, thing);
    const stale = payload.userErrors[0]?.code === 'STALE_VERSION';
    return stale && tries > 1 ? send({ viewer, mutation, thing, input, of }, tries - 1) : payload;
  }

  /** How often two transactions of the database waited for each other: sessions tell it when they end. */
  async function deadlocks(): Promise<number> {
    const { pool } = graph.database;
    await pool.query(
      'select pg_terminate_backend(pid, 5000) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
    );
    const { rows } = await pool.query(
      'select deadlocks::int as count from pg_stat_database where datname = current_database()',
    );
    return rows[0].count;
  }

  race('acts of every kind on one county end, and leave every count as the law wants it', async () => {
    const next = numbers(20_180_903);
    const { teams, procedures, steps, kinds, one, note } = await scene(next);
    const since = uuid();
    const made = new Map<string, number>();
    let decided = 0;
    const payloads = await together(WORKERS, async () => {
      const answers: Payload[] = [];
      while (answers.length < ACTS_OF_EACH) {
        const chosen = one(kinds)();
        if (!chosen) continue;
        const payload = await send(chosen);
        note(payload);
        if (payload.decision && chosen.mutation !== 'teamMemberAdd') decided += 1;
        answers.push(payload);
        if (allowed([payload]).length > 0) made.set(chosen.mutation, (made.get(chosen.mutation) ?? 0) + 1);
      }
      return answers;
    });
    const all = payloads.flat();
    // None of them failed (that throws), none was overtaken for good, and enough of them were done.
    expect(losers(all)).not.toContain('CONFLICT');
    expect(made.size).toBeGreaterThan(kinds.length - 4);

    const em = tables();
    // One decision stands for each answer; an adjustment decides those who come at a point of their own besides.
    const here = { id: { $gt: since }, point: { $ne: 'teamMemberAdd' } };
    expect(await em.count(DecisionRecord, here)).toBe(decided);
    const active = await em.find(Team, { regionId: COUNTY, status: 'active' });
    expect(active.map(({ id }) => id)).toEqual([teams[0].id]);
    for (const { id } of teams) {
      const members = await em.find(TeamMember, { teamId: id, to: null });
      expect(new Set(members.map(({ personId }) => personId)).size).toBe(members.length);
      if (id === teams[0].id) {
        expect(members.length).toBeGreaterThanOrEqual(10);
        expect(members.filter(({ practicalExpert }) => practicalExpert).length).toBeGreaterThanOrEqual(5);
      }
      for (const role of ['leader', 'liaison'])
        expect(await em.count(TeamPost, { teamId: id, role, to: null })).toBeLessThanOrEqual(1);
    }
    const twice = <Row>(rows: readonly Row[], key: (row: Row) => string) =>
      rows.map(key).filter((text, at, keys) => keys.indexOf(text) !== at);
    const both = { regionId: { $in: [COUNTY, UNPOSTED] } };
    const statuses = await em.find(RegionStatus, { ...both, to: null });
    expect(twice(statuses, (row) => `${row.regionId} ${row.kind}`)).toEqual([]);
    expect(
      twice(await em.find(Designation, { regionId: COUNTY, to: null }), (row) => `${row.teamId} ${row.personId}`),
    ).toEqual([]);
    const posted = await em.find(Posting, { ...both, endedOn: null });
    expect(twice(posted, (row) => `${row.regionId} ${row.kind} ${row.post} ${row.personId}`)).toEqual([]);
    const villages = await em.find(Region, { parentId: COUNTY, level: 'village' });
    expect(twice(villages, ({ name }) => name)).toEqual([]);
    expect(twice(await em.find(VillageExpert, { to: null }), (row) => `${row.regionId} ${row.personId}`)).toEqual([]);
    for (const { id } of procedures) {
      const rows = await em.find(ProcedureStep, { procedureId: id, done: true, returnedOn: null });
      const keys = rows.map(({ key }) => key).sort();
      expect(keys).toEqual(
        steps
          .slice(0, keys.length)
          .map(({ step }) => step)
          .sort(),
      );
    }
    expect(await deadlocks()).toBe(0);
  });
});
