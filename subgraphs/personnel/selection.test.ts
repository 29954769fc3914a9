import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import {
  act,
  advance,
  advanceToMeeting,
  agreed,
  bureau,
  type Cast,
  CITY,
  COUNTY,
  cast,
  codesOf,
  countyDept,
  filed,
  NOBODY,
  OPINIONS,
  openRound,
  person,
  publishedNeed,
  rulesOf,
  runNotice,
  stranger,
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

describe('opening a round', () => {
  const open = (input: Record<string, unknown>, viewer = bureau) =>
    act(
      graph,
      viewer,
      'selectionOpen',
      { region: CITY, level: 'prefecture', year: 2023, category: 'prefecture', on: '2022-06-01', ...input },
      'selection { status pack chain { key no bodies opinions documents { zh } done { id } } }',
    );

  it('takes the chain that the pack has for the tier', async () => {
    const { selection } = await open({});
    expect(selection).toMatchObject({ status: 'open', pack: 'jiaozuo' });
    expect(selection.chain).toHaveLength(9);
    expect(selection.chain[6]).toMatchObject({
      key: 'consult',
      no: 7,
      bodies: ['prefecture-st-bureau'],
      opinions: OPINIONS.map(({ body }) => body),
      documents: [{ zh: '成员单位书面意见' }],
      done: null,
    });
  });

  it('follows no chain where the law has none for the tier', async () => {
    const { selection } = await open({ region: COUNTY, level: 'county', category: 'county' }, countyDept);
    expect(selection).toEqual({ status: 'open', pack: null, chain: [] });
    const named = await open({
      region: COUNTY,
      level: 'county',
      category: 'county',
      batch: 2,
      chain: 'team-lifecycle',
    });
    expect(named.selection.chain).toHaveLength(6);
  });

  it('is for the bodies of the region, once for a year, category and batch', async () => {
    expect(rulesOf(await open({ batch: 5 }, countyDept))).toEqual(['platform.access.permitted']);
    expect(rulesOf(await open({ batch: 5 }, stranger))).toEqual(['platform.access.permitted']);
    expect(codesOf(await open({}))).toEqual(['DUPLICATE_ROUND']);
    expect((await open({ batch: 2 })).decision.outcome).toBe('ALLOW');
  });

  it('names a tier, a region of that tier, and a unit only for a round of its own', async () => {
    expect(codesOf(await open({ level: 'village' }))).toEqual(['LEVEL_INVALID']);
    expect(codesOf(await open({ region: COUNTY }))).toEqual(['LEVEL_MISMATCH']);
    expect(codesOf(await open({ region: 'cn-419999' }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await open({ category: ' ' }))).toEqual(['CATEGORY_REQUIRED']);
    expect(codesOf(await open({ level: 'unit', category: 'unit' }))).toEqual(['ORGANISATION_REQUIRED']);
    expect(codesOf(await open({ organisation: players.university }))).toEqual(['ORGANISATION_REQUIRED']);
    expect(codesOf(await open({ chain: 'nowhere' }))).toEqual(['CHAIN_UNKNOWN']);
    const own = { level: 'unit', category: 'unit', organisation: players.university };
    expect((await open(own, players.sender)).decision.outcome).toBe('ALLOW');
    expect(codesOf(await open(own, players.sender))).toEqual(['DUPLICATE_ROUND']);
  });
});

describe('the final list', () => {
  it('is decided last, from those still in the round, and is public', async () => {
    const { selection, item } = await round();
    const chosen = await candidate(selection, item, '入选者');
    await candidate(selection, item, '落选者');
    await advanceToMeeting(graph, selection, players);
    await advance(graph, bureau, selection, '2022-03-10', { opinions: OPINIONS });
    const early = await advance(graph, bureau, selection, '2022-03-11', { step: 'list', list: [chosen] });
    expect(rulesOf(early)).toEqual(expect.arrayContaining(['jiaozuo.select.order', 'jiaozuo.select.8-notice.closed']));
    expect((await read(anonymous, selection)).selection.list).toEqual([]);
    await runNotice(graph, selection);
    const unknown = { list: [NOBODY] };
    expect(codesOf(await advance(graph, bureau, selection, '2022-03-28', unknown))).toEqual(['NOT_FOUND']);
    await advance(graph, bureau, selection, '2022-03-28', { list: [chosen] });
    const { selection: seen } = await read(anonymous, selection);
    expect(seen).toMatchObject({ status: 'listed', listedOn: '2022-03-28', list: [{ name: '入选者' }] });
    expect(codesOf(await advance(graph, bureau, selection, '2022-03-29', { step: 'list', list: [] }))).toEqual([
      'WRONG_STATE',
    ]);
  });

  it('can come with any step where the law has no chain', async () => {
    const selection = await openRound(graph, { region: COUNTY, level: 'county', category: 'county', batch: 9 });
    expect(codesOf(await advance(graph, countyDept, selection, '2022-03-01'))).toEqual(['STEP_REQUIRED']);
    const payload = await advance(graph, countyDept, selection, '2022-03-01', { step: 'own-way', list: [] });
    expect(payload).toMatchObject({ selection: { status: 'listed' }, decision: { outcome: 'ALLOW' } });
  });
});

describe('rounds', () => {
  it('are found by region, tier, year and state', async () => {
    const find = async (filter: Record<string, unknown>) => {
      const data = await graph.get(
        stranger,
        `query ($filter: SelectionFilter) { selections(filter: $filter, first: 200) { edges { node { region { id } level year status } } } }`,
        { filter },
      );
      return data.selections.edges.map((edge: { node: { region: { id: string }; level: string } }) => edge.node);
    };
    const inCity = await find({ region: CITY });
    expect(new Set(inCity.map(({ level }: { level: string }) => level))).toEqual(
      new Set(['prefecture', 'county', 'unit']),
    );
    const inCounty = await find({ region: COUNTY, level: 'county', year: 2023 });
    expect(inCounty).toHaveLength(2);
    expect(inCounty.every(({ region }: { region: { id: string } }) => region.id === COUNTY)).toBe(true);
    expect(await find({ region: 'cn-410822' })).toEqual([]);
    expect((await find({ status: 'listed', category: 'county' })).length).toBe(1);
  });
});
