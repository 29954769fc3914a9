import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { PREFECTURE, ZONE } from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
});
afterAll(() => graph.stop());

interface Page {
  readonly edges: readonly { readonly node: { readonly id: string } }[];
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
}

const found = async (filter: object) => {
  const query =
    'query($filter: RegionFilter) { regions(filter: $filter, first: 200) { totalCount edges { node { id } } } }';
  const { regions } = await graph.get(anonymous, query, { filter });
  expect(regions.totalCount).toBe(regions.edges.length);
  return regions.edges.map(({ node }: { node: { id: string } }) => node.id);
};

describe('regions', () => {
  it('are found by code, level and place; names are not unique', async () => {
    expect(await found({ gbCode: '410821' })).toEqual(['cn-410821']);
    expect(await found({ level: 'PREFECTURE', within: 'cn-41' })).toHaveLength(17);
    expect((await found({ name: '永定区' })).length).toBeGreaterThan(1);
    expect(await found({ name: '示范区', within: PREFECTURE })).toEqual([ZONE]);
    expect(await found({ name: '没有这个地方' })).toEqual([]);
  });

  it('exist from a day to a day', async () => {
    const name = '平果';
    expect(await found({ name, asOf: '2019-11-19', level: 'COUNTY' })).toEqual(['cn-451023']);
    expect(await found({ name, asOf: '2019-11-20', level: 'COUNTY' })).toEqual(['cn-451082']);
    const { region } = await graph.get(anonymous, '{ region(id: "cn-451023") { validTo successors { id } } }');
    expect(region).toEqual({ validTo: '2019-11-20', successors: [{ id: 'cn-451082' }] });
  });

  it('know their place, and an area without a national code is one of them', async () => {
    const { region } = await graph.get(
      anonymous,
      `{ region(id: "${ZONE}") { gbCode statisticalCode standard level path parent { id parent { id } } } }`,
    );
    expect(region).toEqual({
      gbCode: null,
      statisticalCode: '410871',
      standard: false,
      level: 'COUNTY',
      path: [ZONE, PREFECTURE, 'cn-41', 'cn'],
      parent: { id: PREFECTURE, parent: { id: 'cn-41' } },
    });
  });

  it('are paged without losing or repeating any', async () => {
    const seen: string[] = [];
    for (let after: string | null = null, more = true; more; ) {
      const { regions }: { regions: Page } = await graph.get(
        anonymous,
        `query($after: String) { regions(filter: {within: "${PREFECTURE}"}, first: 5, after: $after) {
          edges { node { id } } pageInfo { hasNextPage endCursor } } }`,
        { after },
      );
      seen.push(...regions.edges.map(({ node }) => node.id));
      ({ endCursor: after, hasNextPage: more } = regions.pageInfo);
    }
    expect(seen).toEqual(await found({ within: PREFECTURE }));
    expect(new Set(seen).size).toBe(seen.length);
    const { errors } = await graph.ask(anonymous, '{ regions(first: 201) { edges { node { id } } } }');
    expect(errors[0]?.extensions?.code).toBe('PAGE_TOO_LARGE');
  });

  it('have statuses with a source and a period; absence says nothing', async () => {
    const ask = async (id: string) => {
      const query = 'query($id: ID!) { region(id: $id) { statuses(asOf: "2018-01-01") { kind value from source } } }';
      return (await graph.get(anonymous, query, { id })).region.statuses;
    };
    const statuses = await ask('cn-431271');
    expect(statuses.map(({ kind }: { kind: string }) => kind)).toContain('in-team-scope');
    expect(statuses.every(({ source }: { source: string }) => source.includes('annex'))).toBe(true);
    expect(await ask(ZONE)).toEqual([]);
  });

  it('answers null for an id that nobody has', async () => {
    expect(await graph.get(anonymous, '{ region(id: "cn-000000") { id } }')).toEqual({ region: null });
  });
});
