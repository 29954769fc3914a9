import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  act,
  advance,
  advanceToMeeting,
  agreed,
  bureau,
  type Cast,
  CITY,
  cast,
  codesOf,
  countyDept,
  filed,
  meeting,
  NOBODY,
  OPINIONS,
  openRound,
  orgDept,
  otherCounty,
  panel,
  person,
  publishedNeed,
  rulesOf,
  stranger,
  versionOf,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;
let batch = 0;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  players = await cast(graph);
});
afterAll(() => graph.stop());

/** A round of its own with a published need in it. */
async function round() {
  batch += 1;
  const selection = await openRound(graph, { batch });
  const { item } = await publishedNeed(graph, selection, players);
  return { selection, item };
}

async function candidate(selection: string, item: string, name = '候选人') {
  const who = await person(graph, name, players.university);
  return filed(graph, selection, who, await agreed(graph, item, who, players), players);
}

const read = (viewer: typeof bureau, selection: string) =>
  graph.get(
    viewer,
    `query ($id: ID!) { selection(id: $id) { status listedOn list { name } chain { key done { on body } }
      steps { key on body outcome reopenedOn actor decision results { outcome score } opinions { body adverse text } } } }`,
    { id: selection },
  );

describe('the steps of a round', () => {
  it('are taken in order, each by its body', async () => {
    const { selection, item } = await round();
    await candidate(selection, item);
    await advanceToMeeting(graph, selection, players);
    const { selection: seen } = await read(stranger, selection);
    expect(seen.chain.map((step: { key: string; done: object | null }) => [step.key, step.done])).toEqual([
      ['demand', { on: '2022-02-21', body: 'county-st-dept' }],
      ['publish', { on: '2022-02-22', body: 'prefecture-st-bureau' }],
      ['contact', { on: '2022-02-23', body: 'dispatching-unit' }],
      ['form', { on: '2022-02-24', body: 'dispatching-unit' }],
      ['expert-review', { on: '2022-03-01', body: 'expert-panel' }],
      ['bureau-meeting', { on: '2022-03-05', body: 'prefecture-st-bureau-meeting' }],
      ['consult', null],
      ['notice', null],
      ['list', null],
    ]);
  });

  it('are refused out of order, and by another body', async () => {
    const { selection } = await round();
    const skipped = await advance(graph, panel, selection, '2022-02-21', { step: 'expert-review' });
    expect(rulesOf(skipped)).toContain('jiaozuo.select.order');
    expect(rulesOf(skipped)).toContain('jiaozuo.select.4-form');
    expect(skipped.selection.version).toBe(1);
    const order = skipped.decision.findings.find(({ rule }: { rule: string }) => rule === 'jiaozuo.select.order');
    expect(order).toMatchObject({ facts: { 'selection.missingSteps': 4 }, citation: { article: '三（二）' } });
    const wrong = await advance(graph, meeting, selection, '2022-02-21');
    expect(rulesOf(wrong)).toEqual(['jiaozuo.select.1-demand.body']);
    expect(rulesOf(await advance(graph, otherCounty, selection, '2022-02-21'))).toContain('platform.access.permitted');
    expect((await advance(graph, countyDept, selection, '2022-02-21')).decision.outcome).toBe('ALLOW');
  });

  it('are not taken by one account for two bodies', async () => {
    const { selection } = await round();
    await advance(graph, countyDept, selection, '2022-02-21');
    await advance(graph, bureau, selection, '2022-02-22');
    await agreed(graph, (await publishedNeed(graph, selection, players)).item, players.lecturer, players);
    await advance(graph, players.sender, selection, '2022-02-23');
    await advance(graph, players.sender, selection, '2022-02-24');
    const bureauAsPanel = persona('bureau', [['expert-panel', CITY]]);
    expect(rulesOf(await advance(graph, bureauAsPanel, selection, '2022-03-01'))).toEqual([
      'platform.access.separation',
    ]);
  });

  it('know their versions, days and names', async () => {
    const { selection } = await round();
    const input = { selection, version: 1, on: '2022-02-21' };
    const send = (more: Record<string, unknown>) => act(graph, countyDept, 'selectionAdvance', { ...input, ...more });
    expect(codesOf(await send({ selection: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await send({ version: 9 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await send({ on: '2022-01-09' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codesOf(await send({ step: 'lunch' }))).toEqual(['STEP_UNKNOWN']);
    expect(codesOf(await send({ list: [] }))).toEqual(['LIST_EARLY']);
    expect(codesOf(await send({ step: 'list' }))).toEqual(['LIST_REQUIRED']);
    const key = { idempotencyKey: 'step-1' };
    const first = await send(key);
    expect((await send(key)).decision.id).toBe(first.decision.id);
    expect(codesOf(await send({ version: 2, step: 'demand' }))).toEqual(['STEP_DONE']);
    expect(await versionOf(graph, selection)).toBe(2);
  });

  it('pass, reject or let go of candidates, in words only for the bodies of the round', async () => {
    const { selection, item } = await round();
    const [kept, dropped] = [await candidate(selection, item, '甲'), await candidate(selection, item, '乙')];
    for (const [viewer, on] of [
      [countyDept, '2022-02-21'],
      [bureau, '2022-02-22'],
      [players.sender, '2022-02-23'],
      [players.sender, '2022-02-24'],
    ] as const)
      await advance(graph, viewer, selection, on);
    const results = [
      { application: kept, outcome: 'passed', score: 91.5 },
      { application: dropped, outcome: 'rejected', score: 40, note: '专业不符' },
    ];
    expect(
      codesOf(await advance(graph, panel, selection, '2022-03-01', { results: [{ ...results[0], outcome: 'no' }] })),
    ).toEqual(['OUTCOME_INVALID']);
    const unknown = [{ application: NOBODY, outcome: 'passed' }];
    expect(codesOf(await advance(graph, panel, selection, '2022-03-01', { results: unknown }))).toEqual(['NOT_FOUND']);
    await advance(graph, panel, selection, '2022-03-01', { results, decision: '同意甲' });
    const again = [{ application: dropped, outcome: 'passed' }];
    expect(codesOf(await advance(graph, meeting, selection, '2022-03-02', { results: again }))).toEqual([
      'WRONG_STATE',
    ]);
    const review = async (viewer: typeof bureau) => (await read(viewer, selection)).selection.steps.at(-1);
    const inside = {
      actor: 'panel',
      decision: '同意甲',
      results: [
        { outcome: 'passed', score: 91.5 },
        { outcome: 'rejected', score: 40 },
      ],
    };
    expect(await review(orgDept)).toMatchObject(inside);
    expect(await review(panel)).toMatchObject(inside);
    const outside = {
      key: 'expert-review',
      on: '2022-03-01',
      actor: null,
      decision: null,
      results: null,
      opinions: null,
    };
    expect(await review(countyDept)).toMatchObject(outside);
    expect(await review(players.sender)).toMatchObject(outside);
    expect(await review(anonymous)).toMatchObject(outside);
  });
});

describe('asking the members', () => {
  it('waits for every one of them', async () => {
    const { selection, item } = await round();
    await candidate(selection, item);
    await advanceToMeeting(graph, selection, players);
    const partly = await advance(graph, bureau, selection, '2022-03-10', { opinions: OPINIONS.slice(1) });
    expect(partly.decision).toMatchObject({
      outcome: 'DENY',
      findings: [{ rule: 'jiaozuo.select.7-consult.opinions', facts: { 'selection.missingOpinions': 1 } }],
    });
    const twice = { opinions: [...OPINIONS, OPINIONS[0]] };
    expect(codesOf(await advance(graph, bureau, selection, '2022-03-10', twice))).toEqual(['OPINION_DUPLICATE']);
    const silent = { opinions: [{ body: 'prefecture-org-dept', adverse: true }, ...OPINIONS.slice(1)] };
    expect(codesOf(await advance(graph, bureau, selection, '2022-03-10', silent))).toEqual(['REASON_REQUIRED']);
    expect((await advance(graph, bureau, selection, '2022-03-10', { opinions: OPINIONS })).decision.outcome).toBe(
      'ALLOW',
    );
  });

  it('returns to the meeting when one of them objects, and is heard by nobody outside', async () => {
    const { selection, item } = await round();
    await candidate(selection, item);
    await advanceToMeeting(graph, selection, players);
    const opinions = [{ body: 'prefecture-org-dept', adverse: true, text: '人选须再议' }, ...OPINIONS.slice(1)];
    const returned = await advance(graph, bureau, selection, '2022-03-10', { opinions });
    expect(returned.decision.outcome).toBe('ALLOW');
    const done = (chain: { key: string; done: object | null }[]) =>
      chain.filter((step) => step.done).map((step) => step.key);
    expect(done(returned.selection.chain)).toEqual(['demand', 'publish', 'contact', 'form', 'expert-review']);
    const steps = async (viewer: typeof bureau) => (await read(viewer, selection)).selection.steps.slice(-2);
    expect(await steps(orgDept)).toMatchObject([
      { key: 'bureau-meeting', outcome: 'done', reopenedOn: '2022-03-10' },
      { key: 'consult', outcome: 'returned', reopenedOn: null },
    ]);
    const [, consult] = await steps(orgDept);
    expect(consult.opinions).toContainEqual({ body: 'prefecture-org-dept', adverse: true, text: '人选须再议' });
    for (const viewer of [countyDept, players.sender, stranger]) {
      expect((await steps(viewer)).map((step: { opinions: unknown }) => step.opinions)).toEqual([null, null]);
    }
    const straight = await advance(graph, bureau, selection, '2022-03-11', { step: 'consult', opinions: OPINIONS });
    expect(rulesOf(straight)).toEqual(['jiaozuo.select.6-bureau-meeting', 'jiaozuo.select.order']);
    expect(codesOf(await advance(graph, meeting, selection, '2022-03-09'))).toEqual(['ON_BEFORE_LAST_ACT']);
    await advance(graph, meeting, selection, '2022-03-12');
    const settled = await advance(graph, bureau, selection, '2022-03-13', { opinions: OPINIONS });
    expect(done(settled.selection.chain)).toContain('consult');
  });
});
