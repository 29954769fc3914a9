import { buildSubgraphSchema } from '@apollo/subgraph';
import { describe, expect, it } from '@jest/globals';
import { buildSchema, parse } from 'graphql';
import type { Catalogue, Release } from '../policies/pack.ts';
import { compose } from './compose.ts';
import { composeContract } from './contract.ts';
import { changelogWith, etagOf, namesDigest } from './contract-changelog.ts';
import { partiesOf } from './parties.ts';

const point = (kind: string, subject: string) => ({ kind, subject, owner: 'personnel', title: {}, facts: [] });
const catalogue = {
  facts: {},
  points: {
    teamCreate: point('mutation', 'Team'),
    teamEnd: point('mutation', 'Team'),
    brigadeCreate: point('mutation', 'Brigade'),
    brigadeStanding: point('standing', 'Brigade'),
  },
} as unknown as Catalogue;
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key"])';
const subgraphs = [
  {
    name: 'people',
    schema: buildSubgraphSchema(
      parse(`${link}
        type Team @key(fields: "id") { id: ID! brigade: Brigade name: String }
        type Brigade @key(fields: "id") { id: ID! patron: Patron brigadeStanding: Boolean }
        type Patron { name: String }
        type BrigadeConnection { edges: [BrigadeEdge!]! }
        type BrigadeEdge { node: Brigade }
        union Led = Team | Brigade
        input BrigadeInput { name: String }
        type Payload { team: Team }
        type Query { teams: [Team!]! brigades: BrigadeConnection led: Led }
        type Mutation { teamCreate: Payload teamEnd: Payload brigadeCreate(input: BrigadeInput): Boolean }`),
    ),
  },
];
const release = (id: string, governs: unknown, on: string[], may: string[] = []) =>
  ({
    pack: { id, governs },
    rules: on.length > 0 ? [{ on }] : [],
    roles: may.length > 0 ? [{ may }] : [],
    obligations: [],
  }) as unknown as Release;
const plain = release('plain', { regions: ['cn-1'] }, ['teamCreate']);
const rich = release('rich', { regions: ['cn-2'] }, ['teamCreate', 'brigadeStanding'], ['brigadeCreate']);
const listed = release('listed', { status: 'listed' }, ['teamEnd']);
const shared = [release('all', { everywhere: true }, Object.keys(catalogue.points))];
const of = (...packs: Release[]) => buildSchema(composeContract(subgraphs, { name: 'x', packs }, shared, catalogue));

describe('a contract', () => {
  it('has the nouns and acts that its packs use, and nothing that only leads to others', () => {
    const schema = of(plain);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {})).toEqual(['teamCreate']);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort()).toEqual(['led', 'teams']);
    expect(
      ['Brigade', 'BrigadeConnection', 'BrigadeEdge', 'BrigadeInput', 'Patron'].filter((name) => schema.getType(name)),
    ).toEqual([]);
    expect(String(schema.getType('Led')?.astNode?.kind)).toBe('UnionTypeDefinition');
    expect(Object.keys((schema.getType('Team') as never as { getFields(): object }).getFields()).sort()).toEqual([
      'id',
      'name',
    ]);
  });

  it('grows with what a pack’s roles may do and its rules ask, not with what everybody’s rules say of every act', () => {
    const schema = of(rich);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort()).toEqual(['brigadeCreate', 'teamCreate']);
    expect(schema.getType('Patron')).toBeDefined();
  });

  it('of a place under two packs has what either uses', () => {
    expect(Object.keys(of(plain, listed).getMutationType()?.getFields() ?? {}).sort()).toEqual([
      'teamCreate',
      'teamEnd',
    ]);
  });

  it('leaves the public schema as it is', () => {
    expect(compose(subgraphs, catalogue).api).toContain('brigadeCreate');
    expect(compose(subgraphs, catalogue).api).not.toContain('@tag');
  });

  it('is made for every combination of packs that can govern a place', () => {
    expect(partiesOf([plain, rich, listed, ...shared]).map(({ name }) => name)).toEqual([
      'listed',
      'plain',
      'plain+listed',
      'rich',
      'rich+listed',
    ]);
  });
});

describe('the changelog of a contract', () => {
  const before = 'type Query { a: Int b: Int }';
  const after = 'type Query { a: Int c: Int }';

  it('begins with the first version, and puts what each later one breaks first', async () => {
    const first = await changelogWith('contracts/plain.md', null, null, before);
    expect(first).toBe(`# plain\n\n## 1 · ${etagOf(before)}\n\n首次发布。 First version.\n`);
    expect([namesDigest(first, before), namesDigest(first, after), namesDigest(null, before)]).toEqual([
      true,
      false,
      false,
    ]);
    const second = await changelogWith('contracts/plain.md', first, before, after);
    expect(second.indexOf('## 2 ·')).toBeLessThan(second.indexOf('## 1 ·'));
    expect(second).toMatch(/Breaking\n\n- .*b.*removed[\s\S]*Compatible\n\n- .*c.*added/);
    expect(namesDigest(second, after)).toBe(true);
  });

  it('says a new type once, and of words only that they changed', async () => {
    const grown = `"""The root.""" type Query { a: Int "More of it." b: Int state(of: Int): State } enum State { ON OFF }`;
    const second = await changelogWith('contracts/plain.md', null, before, grown);
    expect(second.split('\n').filter((line) => line.startsWith('- '))).toEqual([
      "- Field 'state' was added to object type 'Query'",
      "- Type 'State' was added",
    ]);
    const words = await changelogWith('contracts/plain.md', null, before, `"""The root.""" ${before}`);
    expect(words).toContain('仅说明文字有改动。 Descriptions only.');
  });
});
