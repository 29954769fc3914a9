import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Graph, persona, startGraph } from '../../tests/harness.ts';
import {
  AUDIENCE,
  act,
  bureau,
  type Cast,
  CITY,
  COUNTY,
  cast,
  codesOf,
  countyDept,
  NOBODY,
  OTHER_COUNTY,
  openRound,
  otherCounty,
  publishedNeed,
  rulesOf,
  stranger,
} from './testdata/round.ts';

let graph: Graph;
let players: Cast;
let round: string;

beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
  players = await cast(graph);
  round = await openRound(graph);
});
afterAll(() => graph.stop());

const need = { field: 'soil', industry: 'yam', description: '土壤连作障碍' };

function submit(more: Record<string, unknown> = {}, viewer = countyDept) {
  const input = { county: COUNTY, receivingUnit: players.coop, year: 2022, items: [need], on: '2022-01-20', ...more };
  return act(graph, viewer, 'demandSubmit', input, 'demand { id version status items { id no status } }');
}

describe('a need', () => {
  it('is filed by the county that it lies in', async () => {
    const payload = await submit({ items: [need, { ...need, stage: 'processing', urgency: 'high' }] });
    expect(payload.decision.outcome).toBe('ALLOW');
    expect(payload.demand).toMatchObject({
      status: 'submitted',
      items: [
        { no: 1, status: 'open' },
        { no: 2, status: 'open' },
      ],
    });
  });

  it('is refused without an item, with the words of the law', async () => {
    const payload = await submit({ items: [] });
    expect(payload.demand).toBeNull();
    expect(payload.decision).toMatchObject({
      outcome: 'DENY',
      findings: [
        {
          rule: 'jiaozuo.select.1-demand.content',
          citation: { document: 'jiaozuo-commissioner-plan', article: '三（二）' },
          facts: { 'demand.itemCount': 0 },
        },
      ],
    });
    expect(rulesOf(await submit({ receivingUnit: null }))).toEqual(['jiaozuo.select.1-demand.content']);
  });

  it('is not for another county to file, nor for a stranger', async () => {
    expect(rulesOf(await submit({}, otherCounty))).toEqual(['platform.access.permitted']);
    expect(rulesOf(await submit({}, stranger))).toEqual(['platform.access.permitted']);
  });

  it('is not filed where and when no regime is in force', async () => {
    expect(rulesOf(await submit({ on: '2020-12-31' }))).toContain('platform.regime.in-force');
  });

  it('needs what it names to exist and to fit', async () => {
    expect(codesOf(await submit({ county: 'cn-419999' }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await submit({ county: CITY }))).toEqual(['COUNTY_INVALID']);
    expect(codesOf(await submit({ receivingUnit: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await submit({ contactPerson: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await submit({ selection: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await submit({ selection: round, year: 2023 }))).toEqual(['YEAR_MISMATCH']);
    expect(codesOf(await submit({ items: [{ ...need, description: '  ' }] }))).toEqual(['TEXT_REQUIRED']);
    const elsewhere = await openRound(graph, { region: OTHER_COUNTY, level: 'county', category: 'county' });
    expect(elsewhere).toBeDefined();
    expect(codesOf(await submit({ selection: elsewhere }))).toEqual(['COUNTY_OUTSIDE_ROUND']);
  });

  it('is filed once, however often the same submission arrives', async () => {
    const again = { idempotencyKey: 'demand-1', contactPerson: players.contact };
    const [first, second] = [await submit(again), await submit(again)];
    expect(second.demand.id).toBe(first.demand.id);
    expect(second.decision.id).toBe(first.decision.id);
    expect(codesOf(await submit({ ...again, year: 2021 }))).toEqual(['IDEMPOTENCY_KEY_REUSED']);
  });
});

describe('publishing a need', () => {
  const publish = (input: Record<string, unknown>, viewer = bureau) =>
    act(
      graph,
      viewer,
      'demandPublish',
      { audience: AUDIENCE, selection: round, on: '2022-02-01', ...input },
      'demand { version status publishedOn audience selection { id } }',
    );

  it('reaches every group that the law names, for a round of its tier', async () => {
    const { demand } = await submit();
    const short = await publish({ demand: demand.id, version: 1, audience: AUDIENCE.slice(0, 2) });
    expect(rulesOf(short)).toEqual(['jiaozuo.select.2-publish.audience']);
    expect(short.demand).toMatchObject({ version: 1, status: 'submitted', selection: null });
    const payload = await publish({ demand: demand.id, version: 1 });
    expect(payload.demand).toEqual({
      version: 2,
      status: 'published',
      publishedOn: '2022-02-01',
      audience: [...AUDIENCE].sort(),
      selection: { id: round },
    });
  });

  it('cannot be judged without a round: nobody can say which tier selects', async () => {
    const { demand } = await submit();
    const payload = await publish({ demand: demand.id, version: 1, selection: null, audience: ['villages'] });
    expect(payload.decision).toMatchObject({ outcome: 'NEEDS_FACT', missing: ['selection.level'] });
    expect(payload.demand.status).toBe('submitted');
  });

  it('is not done by the account that filed the need for another body', async () => {
    const both = persona('both', [
      ['county-st-dept', COUNTY],
      ['prefecture-st-bureau', CITY],
    ]);
    const panelToo = persona('both', [
      ['expert-panel', CITY],
      ['prefecture-st-bureau', CITY],
    ]);
    const { demand } = await submit({ selection: round }, both);
    expect(rulesOf(await publish({ demand: demand.id, version: 1 }, panelToo))).toEqual(['platform.access.separation']);
    expect((await publish({ demand: demand.id, version: 1 })).decision.outcome).toBe('ALLOW');
  });

  it('keeps versions, days and rounds in order', async () => {
    const { demand } = await submit({ selection: round });
    expect(codesOf(await publish({ demand: demand.id, version: 7 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await publish({ demand: NOBODY, version: 1 }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await publish({ demand: demand.id, version: 1, on: '2022-01-19' }))).toEqual(['ON_BEFORE_LAST_ACT']);
    const other = await openRound(graph, { batch: 2 });
    expect(codesOf(await publish({ demand: demand.id, version: 1, selection: other }))).toEqual(['SELECTION_MISMATCH']);
  });

  it('makes it public; before that, only those whom it concerns see it', async () => {
    const { demand } = await submit();
    const seen = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        `query ($id: ID!, $county: ID!) { demand(id: $id) { id }
          demands(filter: { region: $county }, first: 200) { edges { node { id } } } }`,
        { id: demand.id, county: COUNTY },
      );
      const ids = data.demands.edges.map((edge: { node: { id: string } }) => edge.node.id);
      expect(ids.includes(demand.id)).toBe(data.demand !== null);
      return data.demand !== null;
    };
    expect(await seen(countyDept)).toBe(true);
    expect(await seen(bureau)).toBe(true);
    expect(await seen(players.receiver)).toBe(true);
    expect(await seen(otherCounty)).toBe(false);
    expect(await seen(players.sender)).toBe(false);
    await publish({ demand: demand.id, version: 1 });
    expect(await seen(otherCounty)).toBe(true);
    expect(await seen(stranger)).toBe(true);
  });
});

describe('a contact over a need', () => {
  let item: string;
  beforeAll(async () => {
    ({ item } = await publishedNeed(graph, round, players));
  });
  const record = (input: Record<string, unknown>, viewer = players.sender) =>
    act(
      graph,
      viewer,
      'matchingRecord',
      { person: players.lecturer, on: '2022-02-10', ...input },
      'matching { id version personConsent receivingUnitConsent contactPerson { id } demandItem { status } }',
    );

  it('says who has agreed; silence is no', async () => {
    const first = await record({ demandItem: item, personConsents: true });
    expect(first.matching).toMatchObject({
      version: 1,
      personConsent: true,
      receivingUnitConsent: false,
      contactPerson: { id: players.contact },
      demandItem: { status: 'open' },
    });
    const second = await record({ demandItem: item, version: 1, receivingUnitConsents: true }, players.receiver);
    expect(second.matching).toMatchObject({
      id: first.matching.id,
      version: 2,
      personConsent: true,
      receivingUnitConsent: true,
      demandItem: { status: 'matched' },
    });
    expect(codesOf(await record({ demandItem: item }))).toEqual(['ALREADY_MATCHED']);
    expect(codesOf(await record({ demandItem: item, version: 1 }))).toEqual(['STALE_VERSION']);
    expect(codesOf(await record({ demandItem: item, version: 2, on: '2022-02-09' }))).toEqual(['ON_BEFORE_LAST_ACT']);
  });

  it('is refused without a need, and over one that is not published', async () => {
    const blind = await record({ selection: round });
    expect(blind.decision.outcome).toBe('DENY');
    expect(rulesOf(blind)).toContain('jiaozuo.select.3-contact.item');
    const { demand } = await submit({ selection: round });
    const early = await record({ demandItem: demand.items[0].id });
    expect(rulesOf(early)).toEqual(['jiaozuo.select.2-publish.matching']);
    expect(early.matching).toBeNull();
  });

  it('needs to be about something that exists', async () => {
    expect(codesOf(await record({}))).toEqual(['DEMAND_ITEM_OR_SELECTION_REQUIRED']);
    expect(codesOf(await record({ demandItem: NOBODY }))).toEqual(['NOT_FOUND']);
    expect(codesOf(await record({ demandItem: item, person: NOBODY }))).toEqual(['NOT_FOUND']);
    const other = await openRound(graph, { batch: 3 });
    expect(codesOf(await record({ demandItem: item, selection: other }))).toEqual(['SELECTION_MISMATCH']);
  });

  it('is seen by the two sides and their authorities alone', async () => {
    const seen = async (viewer: typeof bureau) => {
      const data = await graph.get(
        viewer,
        `query ($county: ID!) { demands(filter: { region: $county, status: "published" }, first: 200) {
          edges { node { items { matchings { id } } } } } }`,
        { county: COUNTY },
      );
      type Edge = { node: { items: { matchings: unknown[] }[] } };
      return data.demands.edges.flatMap((edge: Edge) => edge.node.items.flatMap((one) => one.matchings)).length;
    };
    expect(await seen(players.sender)).toBe(1);
    expect(await seen(players.receiver)).toBe(1);
    expect(await seen(persona('lecturer', [], { person: players.lecturer }))).toBe(1);
    expect(await seen(countyDept)).toBe(1);
    expect(await seen(otherCounty)).toBe(0);
    expect(await seen(stranger)).toBe(0);
  });
});
