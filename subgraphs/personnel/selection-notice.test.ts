import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
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
  NOBODY,
  OPINIONS,
  openRound,
  orgDept,
  publishedNeed,
  rulesOf,
  stranger,
  versionOf,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;
let selection: string;
let application: string;
let batch = 0;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  players = await cast(graph);
});
afterAll(() => graph.stop());

beforeEach(async () => {
  batch += 1;
  selection = await openRound(graph, { batch });
  const { item } = await publishedNeed(graph, selection, players);
  const matching = await agreed(graph, item, players.lecturer, players);
  application = await filed(graph, selection, players.lecturer, matching, players);
  await advanceToMeeting(graph, selection, players);
  await advance(graph, bureau, selection, '2022-03-10', { opinions: OPINIONS });
});

const FIXED = { fixedDays: 7, fixedBy: '焦科〔2022〕8号' };

async function open(more: Record<string, unknown> = {}, viewer = bureau) {
  const version = await versionOf(graph, selection);
  const input = { selection, version, days: 7, place: '市科技网', on: '2022-03-20', ...more };
  return act(graph, viewer, 'selectionNoticeOpen', input, 'notice { id version openedOn until days fixedDays place }');
}

const close = (notice: { id: string; version: number }, on: string, viewer = bureau) =>
  act(
    graph,
    viewer,
    'selectionNoticeClose',
    { notice: notice.id, version: notice.version, on },
    'notice { id version closedOn }',
  );

describe('the length of a notice', () => {
  it('is a question while the law is silent and no document fixes it', async () => {
    const payload = await open();
    expect(payload.notice).toBeNull();
    expect(payload.decision).toMatchObject({
      outcome: 'NEEDS_FACT',
      findings: [
        { rule: 'jiaozuo.select.8-notice.length', outcome: 'UNDETERMINED', citation: { phrase: '公示等程序' } },
      ],
    });
    expect(payload.decision.missing).toEqual(['notice.fixedDays']);
  });

  it('is what the body fixed by a document, or longer', async () => {
    expect(codesOf(await open({ fixedDays: 7 }))).toEqual(['DOCUMENT_REQUIRED']);
    expect(codesOf(await open({ days: 0 }))).toEqual(['DAYS_INVALID']);
    expect((await open({ ...FIXED, days: 6 })).decision.outcome).not.toBe('ALLOW');
    const payload = await open({ ...FIXED });
    expect(payload.notice).toMatchObject({ openedOn: '2022-03-20', until: '2022-03-27', days: 7, fixedDays: 7 });
  });

  it('has run when its last day has come, the first not counted', async () => {
    const { notice } = await open({ ...FIXED });
    const early = await close(notice, '2022-03-26');
    expect(early.notice.closedOn).toBeNull();
    expect(early.decision.findings[0]).toMatchObject({
      rule: 'jiaozuo.select.8-notice.full',
      facts: { 'notice.elapsedDays': 6 },
    });
    const inTime = await close(notice, '2022-03-27');
    expect(inTime).toMatchObject({ decision: { outcome: 'ALLOW' }, notice: { closedOn: '2022-03-27' } });
    expect(codesOf(await close(inTime.notice, '2022-03-28'))).toEqual(['WRONG_STATE']);
    expect(codesOf(await advance(graph, bureau, selection, '2022-03-26'))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect((await advance(graph, bureau, selection, '2022-03-28')).decision.outcome).toBe('ALLOW');
  });
});

describe('a notice', () => {
  it('comes after the steps before it, one at a time, from the bodies of the round', async () => {
    expect(rulesOf(await open({ ...FIXED }, countyDept))).toContain('platform.access.permitted');
    expect(rulesOf(await open({ ...FIXED, step: 'list' }))).toContain('jiaozuo.select.order');
    expect(codesOf(await open({ ...FIXED, step: 'consult' }))).toEqual(['STEP_DONE']);
    expect(codesOf(await open({ ...FIXED, step: 'lunch' }))).toEqual(['STEP_UNKNOWN']);
    expect(codesOf(await open({ ...FIXED, version: 1 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await open({ ...FIXED, on: '2022-03-09' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    const { notice } = await open({ ...FIXED });
    expect(codesOf(await open({ ...FIXED }))).toEqual(['NOTICE_RUNNING']);
    expect(codesOf(await close({ id: NOBODY, version: 1 }, '2022-03-27'))).toEqual(['NOT_FOUND']);
    expect(codesOf(await close({ ...notice, version: 9 }, '2022-03-27'))).toEqual(['STALE_VERSION']);
    expect(codesOf(await close(notice, '2022-03-19'))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(rulesOf(await close(notice, '2022-03-27', countyDept))).toContain('platform.access.permitted');
  });

  it('must be closed before its step is taken', async () => {
    await open({ ...FIXED });
    expect(rulesOf(await advance(graph, bureau, selection, '2022-03-21'))).toEqual(['jiaozuo.select.8-notice.closed']);
  });

  it('takes no more candidates', async () => {
    await open({ ...FIXED });
    const late = await act(graph, players.sender, 'applicationSubmit', {
      selection,
      person: players.lecturer,
      form: {},
      on: '2022-03-21',
    });
    expect(codesOf(late)).toEqual(['ROUND_CLOSED']);
  });

  it('no longer counts when an objection of a member sends the round back behind it', async () => {
    const { notice } = await open({ ...FIXED });
    await close(notice, '2022-03-27');
    const opinions = [{ body: 'prefecture-org-dept', adverse: true, text: '收到反映' }];
    await advance(graph, bureau, selection, '2022-03-28', { opinions });
    const data = await graph.get(
      stranger,
      'query ($id: ID!) { selection(id: $id) { notices { supersededOn } chain { key done { on } } } }',
      {
        id: selection,
      },
    );
    expect(data.selection.notices).toEqual([{ supersededOn: '2022-03-28' }]);
    expect(data.selection.chain[6]).toEqual({ key: 'consult', done: null });
    await advance(graph, bureau, selection, '2022-03-29', { opinions: OPINIONS });
    expect(rulesOf(await advance(graph, bureau, selection, '2022-03-30'))).toEqual(['jiaozuo.select.8-notice.closed']);
    expect((await open({ ...FIXED, on: '2022-03-30' })).decision.outcome).toBe('ALLOW');
  });
});

describe('an objection to a notice', () => {
  const object = (notice: { id: string; version: number }, more: Record<string, unknown>, viewer = bureau) =>
    act(
      graph,
      viewer,
      'selectionObjectionRecord',
      { notice: notice.id, version: notice.version, text: '材料不实', on: '2022-03-22', ...more },
      'notice { id version openObjections objections { id text raisedBy application settledOn settlement } }',
    );

  it('is recorded while it runs, settled, and flagged at the close while it is not', async () => {
    const { notice } = await open({ ...FIXED });
    const first = await object(notice, { application, raisedBy: '群众' });
    expect(first.notice).toMatchObject({
      openObjections: 1,
      objections: [{ text: '材料不实', raisedBy: '群众', application, settledOn: null }],
    });
    const flagged = await close(first.notice, '2022-03-27');
    expect(flagged.decision.outcome).toBe('ALLOW');
    expect(flagged.decision.findings).toEqual([
      expect.objectContaining({ rule: 'jiaozuo.select.8-notice.objections', effect: 'flag', outcome: 'FAIL' }),
    ]);
  });

  it('is settled once, with what was found', async () => {
    const { notice } = await open({ ...FIXED });
    const first = await object(notice, {});
    const objection = first.notice.objections[0].id;
    const settled = await object(first.notice, { objection, text: '经查属实但不影响', on: '2022-03-24' });
    expect(settled.notice).toMatchObject({
      openObjections: 0,
      objections: [{ settledOn: '2022-03-24', settlement: '经查属实但不影响' }],
    });
    expect(codesOf(await object(settled.notice, { objection }))).toEqual(['WRONG_STATE']);
    expect((await close(settled.notice, '2022-03-27')).decision.findings).toEqual([]);
  });

  it('names a candidate of the round, a day, a text', async () => {
    const { notice } = await open({ ...FIXED });
    expect(codesOf(await object(notice, { text: ' ' }))).toEqual(['TEXT_REQUIRED']);
    expect(codesOf(await object(notice, { application: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await object(notice, { objection: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await object(notice, { on: '2022-03-19' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    expect(codesOf(await object({ ...notice, version: 9 }, {}))).toEqual(['STALE_VERSION']);
    expect(rulesOf(await object(notice, {}, orgDept))).toEqual(['platform.access.permitted']);
  });

  it('is read by the bodies of the round alone', async () => {
    const { notice } = await open({ ...FIXED });
    await object(notice, {});
    const seen = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        'query ($id: ID!) { selection(id: $id) { notices { openObjections objections { text } } } }',
        {
          id: selection,
        },
      );
      return data.selection.notices[0];
    };
    expect(await seen(orgDept)).toEqual({ openObjections: 1, objections: [{ text: '材料不实' }] });
    expect(await seen(persona('auditor', [['auditor', CITY]]))).toEqual({ openObjections: 1, objections: null });
    expect(await seen(players.sender)).toEqual({ openObjections: 1, objections: null });
  });
});
