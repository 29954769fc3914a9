import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  bureau,
  type Cast,
  CITY,
  COUNTY,
  cast,
  codesOf,
  NOBODY,
  openRound,
  organisation,
  otherCounty,
  person,
  rulesOf,
  stranger,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  players = await cast(graph);
});
afterAll(() => graph.stop());

const RIGHTS = ['personnel-relation', 'title', 'promotion', 'social-insurance'];

function grant(who: string, more: Record<string, unknown> = {}, viewer = players.sender) {
  const input = {
    person: who,
    region: CITY,
    from: '2022-03-01',
    rightsKept: RIGHTS,
    meetsConditions: true,
    on: '2022-02-20',
    ...more,
  };
  return act(graph, viewer, 'offPostLeaveGrant', input, 'leave { id version from to rightsKept endedOn }');
}

const end = (leave: { id: string; version: number }, more: Record<string, unknown> = {}) =>
  act(
    graph,
    players.sender,
    'offPostLeaveEnd',
    { leave: leave.id, version: leave.version, choice: 'return', on: '2022-09-01', ...more },
    'leave { id version endedOn choice person { employmentStatus } }',
  );

const newcomer = () => person(graph, '孙老师', players.university);

describe('leave for a start-up', () => {
  it('is granted to staff of a public institution, with the rights that the law keeps', async () => {
    const who = await newcomer();
    const short = await grant(who, { rightsKept: RIGHTS.slice(1) });
    expect(short.leave).toBeNull();
    expect(short.decision).toMatchObject({
      outcome: 'DENY',
      findings: [{ rule: 'jiaozuo.offpost.rights', citation: { article: '四（四）4' } }],
    });
    expect(rulesOf(await grant(who, { meetsConditions: false }))).toEqual(['jiaozuo.offpost']);
    const unknown = await grant(who, { meetsConditions: null });
    expect(unknown.decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['offPost.meetsConditions'] });
    const payload = await grant(who, { to: '2025-02-28' });
    expect(payload.leave).toMatchObject({ from: '2022-03-01', to: '2025-02-28', rightsKept: [...RIGHTS].sort() });
    expect(codesOf(await grant(who))).toEqual(['ON_LEAVE']);
  });

  it('is not for the staff of a firm, and not for others to grant', async () => {
    const firm = await organisation(graph, '公司', { type: 'enterprise', nature: 'enterprise' });
    const boss = persona('boss', [['dispatching-unit', CITY, firm]]);
    expect(rulesOf(await grant(await person(graph, '赵工', firm), {}, boss))).toEqual(['jiaozuo.offpost']);
    expect(rulesOf(await grant(await newcomer(), {}, stranger))).toEqual(['platform.access.permitted']);
    expect(codesOf(await grant(NOBODY))).toEqual(['NOT_FOUND']);
    expect(codesOf(await grant(await newcomer(), { region: 'cn-419999' }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await grant(await newcomer(), { to: '2022-02-28' }))).toEqual(['PERIOD_INVALID']);
    // Where the unit sits, no regime is in force: the scheme must be named.
    expect(rulesOf(await grant(await newcomer(), { region: null }))).toContain('platform.regime.in-force');
  });

  it('ends with a choice that the law gives, and only once', async () => {
    const { leave } = await grant(await newcomer());
    const refused = await end(leave, { choice: 'stay' });
    expect(rulesOf(refused)).toEqual(['jiaozuo.offpost.choice']);
    expect(refused.leave).toMatchObject({ version: 1, endedOn: null });
    expect(codesOf(await end(leave, { version: 9 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await end({ id: NOBODY, version: 1 }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await end(leave, { on: '2022-02-28' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codesOf(await end(leave, { choice: ' ' }))).toEqual(['TEXT_REQUIRED']);
    const ended = await end(leave, { choice: 'terminate', employmentStatus: 'self-employed' });
    expect(ended.leave).toMatchObject({
      endedOn: '2022-09-01',
      choice: 'terminate',
      person: { employmentStatus: 'self-employed' },
    });
    expect(codesOf(await end(ended.leave))).toEqual(['WRONG_STATE']);
  });

  it('is known to a selection as long as it holds, and not before or after', async () => {
    const who = await newcomer();
    const { leave } = await grant(who);
    const selection = await openRound(graph);
    const submit = async (on: string) => {
      const input = { selection, person: who, form: { a: 1 }, sealed: true, on };
      const payload = await act(graph, players.sender, 'applicationSubmit', input);
      return payload.decision.outcome === 'ALLOW' ? [] : rulesOf(payload);
    };
    expect(await submit('2022-03-01')).toEqual(['jiaozuo.stp.source.off-post']);
    await end(leave);
    expect(await submit('2022-08-31')).toEqual(['jiaozuo.stp.source.off-post']);
    expect(await submit('2022-09-01')).toEqual([]);
  });

  it('is read by those whom it concerns', async () => {
    const who = await newcomer();
    const { leave } = await grant(who);
    const sees = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        'query ($id: ID!, $who: ID!) { offPostLeave(id: $id) { id } person(id: $who) { offPostLeaves { id } } }',
        { id: leave.id, who },
      );
      expect(data.person.offPostLeaves.length).toBe(data.offPostLeave === null ? 0 : 1);
      return data.offPostLeave !== null;
    };
    for (const viewer of [players.sender, bureau, persona('self', [], { person: who })])
      expect(await sees(viewer)).toBe(true);
    for (const viewer of [stranger, otherCounty, persona('c', [['county-st-dept', COUNTY]])])
      expect(await sees(viewer)).toBe(false);
  });
});
