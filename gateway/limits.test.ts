import { describe, expect, it } from '@jest/globals';
import { buildSchema, getOperationAST, parse } from 'graphql';
import { checkCost, createTextCheck, defaultLimits } from './limits.ts';

const codeOf = (error: { extensions: Record<string, unknown> } | undefined) => error?.extensions.code;
const nest = (depth: number) => `${'{ a '.repeat(depth)}${'}'.repeat(depth)}`;

describe('the text of a query', () => {
  const check = createTextCheck({ ...defaultLimits, tokens: 400, depth: 5, aliases: 3, rootFields: 4, fields: 20 });

  it.each<[string, string, unknown]>([
    ['as deep as allowed', nest(5), undefined],
    ['one deeper', nest(6), 'QUERY_TOO_DEEP'],
    [
      'deeper through fragments',
      `{ a { ...F } } fragment F on T { a { ... on T { a { a { a } } a { a { a { a } } } } } }`,
      'QUERY_TOO_DEEP',
    ],
    ['as many aliases as allowed', '{ x: a y: a z: a }', undefined],
    ['one alias more', '{ x: a y: a z: a w: a }', 'QUERY_TOO_MANY_ALIASES'],
    ['aliases spread in', '{ ...F a { ...F } } fragment F on T { x: a y: a }', 'QUERY_TOO_MANY_ALIASES'],
    ['as many root fields as allowed', '{ a b c d }', undefined],
    ['one root field more', '{ a b c d e }', 'QUERY_TOO_MANY_ROOT_FIELDS'],
    ['root fields in fragments', '{ ...F ... { c d } } fragment F on Query { a b e }', 'QUERY_TOO_MANY_ROOT_FIELDS'],
    [
      'fields multiplied by spreads',
      '{ a { ...F ...F ...F } } fragment F on T { a b c d e f g }',
      'QUERY_TOO_MANY_FIELDS',
    ],
    ['too many tokens', `{ a { ${'b '.repeat(500)} } }`, 'QUERY_TOO_MANY_TOKENS'],
    ['in any of its operations', `query A { a } query B ${nest(6)}`, 'QUERY_TOO_DEEP'],
    [
      'with introspection, which has limits of its own',
      '{ __schema { types { fields { type { ofType { name } } } } } }',
      undefined,
    ],
    ['with a fragment in itself, which the validator refuses', '{ ...F } fragment F on T { a ...F }', undefined],
    ['with an unknown fragment', '{ ...F }', undefined],
    ['that does not parse', '{ a ', undefined],
  ])('%s', (_name, query, code) => {
    expect(codeOf(check(query))).toBe(code);
    expect(codeOf(check(query))).toBe(code);
  });

  it('is measured in no time though its spreads multiply without end', () => {
    const doubling = Array.from({ length: 60 }, (_, i) => `fragment F${i} on T { ...F${i + 1} ...F${i + 1} }`);
    const started = performance.now();
    const code = codeOf(
      createTextCheck(defaultLimits)(`{ a { ...F0 } } ${doubling.join(' ')} fragment F60 on T { b }`),
    );
    expect(code).toBe('QUERY_TOO_MANY_FIELDS');
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});

describe('the rows an operation asks for', () => {
  const schema = buildSchema(/* GraphQL */ `
    type Query { teams(first: Int, last: Int): Page one: Team }
    type Page { nodes: [Team!]! }
    type Team { id: ID members(first: Int): Page }
  `);
  const limits = { ...defaultLimits, pageSize: 50, defaultPageSize: 10, cost: 300 };

  it.each<[string, Record<string, unknown>, unknown]>([
    ['{ one { id } }', {}, undefined],
    ['{ teams(first: 50) { nodes { id } } }', {}, undefined],
    ['{ teams(first: 51) { nodes { id } } }', {}, 'PAGE_TOO_LARGE'],
    ['{ teams(last: 51) { nodes { id } } }', {}, 'PAGE_TOO_LARGE'],
    ['query ($n: Int) { teams(first: $n) { nodes { id } } }', { n: 51 }, 'PAGE_TOO_LARGE'],
    ['query ($n: Int = 51) { teams(first: $n) { nodes { id } } }', {}, 'PAGE_TOO_LARGE'],
    ['query ($n: Int = 51) { teams(first: $n) { nodes { id } } }', { n: 5 }, undefined],
    ['{ teams(first: 10) { nodes { members(first: 10) { nodes { id } } } } }', {}, undefined],
    ['{ teams(first: 20) { nodes { members(first: 20) { nodes { id } } } } }', {}, 'QUERY_TOO_COSTLY'],
    [
      '{ teams(first: 20) { nodes { ...F } } } fragment F on Team { members(first: 20) { nodes { id } } }',
      {},
      'QUERY_TOO_COSTLY',
    ],
    // Saying nothing is not asking for nothing.
    ['{ teams { nodes { members { nodes { members { nodes { id } } } } } } }', {}, 'QUERY_TOO_COSTLY'],
    [
      '{ teams(first: -1000) { nodes { members(first: 40) { nodes { members(first: 40) { nodes { id } } } } } } }',
      {},
      'QUERY_TOO_COSTLY',
    ],
  ])('%s %j', (query, variables, code) => {
    const document = parse(query);
    const operation = getOperationAST(document);
    if (!operation) throw new Error('no operation');
    expect(codeOf(checkCost(schema, document, operation, variables, limits))).toBe(code);
  });
});
