import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { anonymous, type Graph, startGraph } from '../../tests/harness.ts';
import { act, administrator, BOAI, codes, countyDept, failing, organisation, XIUWU } from './testdata/scene.ts';

let graph: Graph;
beforeAll(async () => {
  graph = await startGraph({ today: '2022-12-01' });
});
afterAll(() => graph.stop());

const THING = 'organisation { id name aliases level type nature region { id } parent { id } }';
const register = (input: object, viewer = administrator) => {
  const usual = { name: '修武县农技站', type: 'extension-institution', nature: 'public-institution', level: 'county' };
  return act(graph, viewer, 'organisationRegister', { ...usual, region: XIUWU, ...input }, THING);
};

describe('organisationRegister', () => {
  it('registers it where the role reaches, under another one', async () => {
    const parent = await organisation(graph, XIUWU);
    const payload = await register({ name: ' 县畜牧站 ', aliases: ['畜牧站'], parent }, countyDept(XIUWU));
    expect(payload.organisation).toMatchObject({
      name: '县畜牧站',
      aliases: ['畜牧站'],
      level: 'county',
      region: { id: XIUWU },
      parent: { id: parent },
    });
    expect(payload.decision?.facts).toMatchObject({
      'organisation.kind': 'extension-institution',
      'organisation.duplicate': false,
    });
    const elsewhere = await register({ name: '博爱站' }, countyDept(BOAI));
    expect(failing(elsewhere)).toEqual(['platform.access.permitted']);
    expect(elsewhere.organisation).toBeNull();
  });

  it('says that a name or an alias is registered in the region already, and not of another region', async () => {
    await register({ name: '县林业站', aliases: ['林站'] });
    for (const name of ['县林业站', '林站'])
      expect((await register({ name })).decision?.facts['organisation.duplicate']).toBe(true);
    const other = await register({ name: '县林业站', region: BOAI });
    expect(other.decision?.facts['organisation.duplicate']).toBe(false);
  });

  it('answers mistakes as data', async () => {
    expect(codes(await register({ name: '' }))).toEqual(['NAME_REQUIRED']);
    expect(codes(await register({ level: 'city' }))).toEqual(['LEVEL_INVALID']);
    expect(codes(await register({ region: 'cn-000000' }))).toEqual(['NOT_FOUND']);
    expect(codes(await register({ parent: '019ab000-0000-7000-8000-000000000000' }))).toEqual(['NOT_FOUND']);
  });
});

describe('organisations', () => {
  it('are public and found by exact name or alias, type and region', async () => {
    await register({ name: '寻找站', aliases: ['找站'], type: 'institute' });
    const query = 'query($filter: OrganisationFilter) { organisations(filter: $filter) { edges { node { name } } } }';
    const find = async (filter: object) => {
      const { organisations } = await graph.get(anonymous, query, { filter });
      return organisations.edges.map(({ node }: { node: { name: string } }) => node.name);
    };
    expect(await find({ name: '找站' })).toEqual(['寻找站']);
    expect(await find({ type: 'institute', region: XIUWU })).toEqual(['寻找站']);
    expect(await find({ type: 'institute', region: BOAI })).toEqual([]);
    expect(await find({ name: '找' })).toEqual([]);
  });

  it('say that a text is no id, as the caller’s mistake', async () => {
    const { data, errors } = await graph.ask(anonymous, '{ organisation(id: "x") { name } }');
    // Asked for by it, there is none such; in a filter it cannot be compared.
    expect(data.organisation).toBeNull();
    expect(errors).toEqual([]);
    const filtered = await graph.ask(anonymous, '{ teams(filter: { organisation: "x" }) { totalCount } }');
    expect(filtered.errors[0]?.extensions).toMatchObject({ code: 'ID_INVALID' });
  });
});
