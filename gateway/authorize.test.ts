import { describe, expect, it } from '@jest/globals';
import { buildSchema, getOperationAST, parse, validate } from 'graphql';
import { type AnswerPolicies, authorize, collectRequirements } from './authorize.ts';
import { enforced, readSupergraph } from './supergraph.ts';
import { anonymous, type Viewer } from './viewer.ts';

const links = Object.values(enforced)
  .map(({ spec }) => `@link(url: "${spec}", for: SECURITY)`)
  .join(' ');

const types = /* GraphQL */ `
  interface Node { id: ID! }
  interface Named implements Node { id: ID! name: String @requiresScopes(scopes: [["names"]]) }
  type Team implements Named & Node { id: ID! name: String grade: Grade @policy(policies: [["see-grade"]]) }
  type Person implements Named & Node @authenticated { id: ID! name: String salary: Money }
  type Note { text: String author: Person }
  union Found = Team | Person | Note
  scalar Money @requiresScopes(scopes: [["money", "read"], ["audit"]])
  enum Grade { A B }
  type Query { team: Team node: Node named: Named found: [Found!]! note: Note money: Money open: Int hidden: Int @policy(policies: []) }
  type Mutation @authenticated { touch: Int }
`;

const supergraph = readSupergraph(
  `schema @link(url: "https://specs.apollo.dev/link/v1.0") ${links} { query: Query mutation: Mutation } ${types}`,
);
const schema = buildSchema(types.replace(/@\w+(\([^)]*\))?/g, ''));

function demandsOf(query: string, name?: string): string[] {
  const document = parse(query);
  expect(validate(schema, document)).toEqual([]);
  const operation = getOperationAST(document, name);
  if (!operation) throw new Error('no such operation');
  return collectRequirements(supergraph, schema, document, operation)
    .map(({ coordinate }) => coordinate)
    .sort();
}

describe('what an operation demands', () => {
  it.each<[string, string[]]>([
    ['{ open __typename __schema { types { name } } }', []],
    ['{ team { id } }', []],
    ['{ team { grade } }', ['Team.grade']],
    ['{ money }', ['Money']],
    ['mutation { touch }', ['Mutation']],
    ['mutation { __typename }', ['Mutation']],
    // Returned type.
    ['{ note { author { __typename } } }', ['Person']],
    // A field of an interface is a field of whoever implements it.
    ['{ node { id } }', ['Person']],
    ['{ named { name } }', ['Named.name', 'Person']],
    ['{ node { __typename } }', []],
    // Fragments of every kind, directives or not.
    ['{ node { ... on Person { __typename } } }', ['Person']],
    ['{ node { ...F } } fragment F on Team { grade }', ['Team.grade']],
    ['{ node { ...F } } fragment F on Named { ... on Team { ...G } } fragment G on Team { grade }', ['Team.grade']],
    ['{ found { ... on Note { text } } }', []],
    ['{ found { ... on Person { salary } } }', ['Money', 'Person']],
    ['{ team { ... { x: grade } } }', ['Team.grade']],
    ['query ($no: Boolean = false) { team { grade @include(if: $no) } }', ['Team.grade']],
    ['{ a: open ... on Query { hidden } }', ['Query.hidden']],
  ])('%s', (query, demands) => expect(demandsOf(query)).toEqual(demands));

  it('is found in no time though fragments are spread again and again', () => {
    const doubling = Array.from({ length: 40 }, (_, i) => `fragment F${i} on Team { ...F${i + 1} ...F${i + 1} }`);
    const document = parse(`{ team { ...F0 } } ${doubling.join(' ')} fragment F40 on Team { grade }`);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    const started = performance.now();
    const found = collectRequirements(supergraph, schema, document, operation);
    expect(found.map(({ coordinate }) => coordinate)).toEqual(['Team.grade']);
    expect(performance.now() - started).toBeLessThan(2_000);
  });

  it('is that of the operation chosen', () => {
    const query = 'query A { open } query B { team { grade } }';
    expect(demandsOf(query, 'A')).toEqual([]);
    expect(demandsOf(query, 'B')).toEqual(['Team.grade']);
  });

  it('holds for whoever implements an interface though the interface demands nothing itself', () => {
    expect(supergraph.requirements.has('Node')).toBe(false);
    expect(supergraph.requirements.has('Node.id')).toBe(false);
    expect(demandsOf('{ node { id } }')).toContain('Person');
  });

  it('is what nobody meets where the supergraph knows nothing of a coordinate', async () => {
    const wider = buildSchema('type Query { open: Int later: Later } type Later { x: Int }');
    const document = parse('{ open later { x } }');
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    const found = collectRequirements(supergraph, wider, document, operation);
    expect(found.map(({ coordinate }) => coordinate)).toEqual(['Query.later', 'Later', 'Later.x']);
    const all = { ...user, scopes: ['money', 'read', 'audit', 'names'] };
    const refused = await authorize(found, all, null, () => new Proxy({}, { get: () => true }));
    expect(refused?.extensions.code).toBe('FORBIDDEN');
  });
});

const user: Viewer = { subject: 'u', kind: 'user', person: null, roles: [], scopes: [] };

async function ask(query: string, viewer: Viewer, answer?: AnswerPolicies) {
  const document = parse(query);
  const operation = getOperationAST(document);
  if (!operation) throw new Error('no operation');
  const error = await authorize(collectRequirements(supergraph, schema, document, operation), viewer, 'Op', answer);
  return error ? [error.extensions.code, error.extensions.missing] : 'may';
}

describe('who may', () => {
  it.each<[string, string, Viewer, unknown]>([
    ['anyone what is public', '{ open }', anonymous, 'may'],
    ['nobody unknown what needs a login', 'mutation { touch }', anonymous, ['UNAUTHENTICATED', ['authenticated']]],
    ['a user what needs a login', 'mutation { touch }', user, 'may'],
    ['a service what needs a login', 'mutation { touch }', { ...user, kind: 'service' }, 'may'],
    ['nobody without a scope', '{ money }', user, ['FORBIDDEN', ['scope:money', 'scope:read']]],
    ['nobody with half a group', '{ money }', { ...user, scopes: ['money'] }, ['FORBIDDEN', ['scope:read']]],
    ['whoever has a whole group', '{ money }', { ...user, scopes: ['read', 'money'] }, 'may'],
    ['whoever has the other group', '{ money }', { ...user, scopes: ['audit'] }, 'may'],
    [
      'nobody unknown, whatever scopes it says it has',
      '{ money }',
      anonymous,
      ['UNAUTHENTICATED', ['scope:money', 'scope:read']],
    ],
    ['nobody where the list of alternatives is empty', '{ hidden }', user, ['FORBIDDEN', []]],
  ])('%s', async (_name, query, viewer, expected) => expect(await ask(query, viewer)).toEqual(expected));
});

describe('policies', () => {
  const query = '{ team { grade } }';
  const denied = ['FORBIDDEN', ['policy:see-grade']];

  it.each<[string, AnswerPolicies | undefined, unknown]>([
    ['hold when answered yes', () => ({ 'see-grade': true }), 'may'],
    ['hold when answered later', async () => ({ 'see-grade': true }), 'may'],
    ['fail when answered no', () => ({ 'see-grade': false }), denied],
    ['fail when not answered', () => ({}), denied],
    ['fail when answered with something like yes', () => ({ 'see-grade': 'yes' }) as never, denied],
    ['fail when the answer only inherits a yes', () => Object.create({ 'see-grade': true }), denied],
    ['fail when nobody answers', undefined, denied],
  ])('%s', async (_name, answer, expected) => expect(await ask(query, user, answer)).toEqual(expected));

  it('are asked once, all together, and only when there are any', async () => {
    const asked: unknown[] = [];
    const answer: AnswerPolicies = (question) => {
      asked.push(question);
      return { 'see-grade': true };
    };
    await ask('{ team { grade x: grade } node { ... on Team { grade } } }', { ...user, scopes: ['names'] }, answer);
    await ask('{ open }', user, answer);
    expect(asked).toEqual([
      { policies: ['see-grade'], viewer: expect.objectContaining({ subject: 'u' }), operationName: 'Op' },
    ]);
  });

  it('let nothing through when the answer fails', async () => {
    const answer = () => Promise.reject(new Error('the rules are gone'));
    await expect(ask(query, user, answer)).rejects.toThrow('the rules are gone');
  });

  it('can be open to someone without a token, and say who is unknown otherwise', async () => {
    expect(await ask(query, anonymous, () => ({ 'see-grade': true }))).toBe('may');
    expect(await ask(query, anonymous, () => ({}))).toEqual(['UNAUTHENTICATED', ['policy:see-grade']]);
  });
});
