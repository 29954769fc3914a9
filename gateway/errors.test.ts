import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { createErrorMask, failure, type GatewayCode, subgraphCodes } from './errors.ts';
import { createLogger } from './log.ts';
import { messages } from './messages.ts';

function bed(passCodes: string[] = []) {
  const lines: string[] = [];
  const logger = createLogger({ destination: { write: (line) => void lines.push(line) } });
  return { lines, mask: createErrorMask({ logger, passCodes }) };
}

const show = (error: GraphQLError) => bed().mask.format(error.toJSON(), error);

describe('an error of the gateway', () => {
  it.each(Object.keys(messages) as GatewayCode[])('%s speaks both languages and keeps its code', (code) => {
    const shown = show(failure(code, { status: 400, details: { limit: 3 } }));
    expect(shown.message).toMatch(/^[\x20-\x7e]+$/);
    expect(shown.extensions?.messageZh).toMatch(/\p{Script=Han}{4,}/u);
    expect(shown.extensions).toMatchObject({ code, limit: 3 });
    expect(shown.extensions).not.toHaveProperty('http');
  });

  it('does not carry what caused it', () => {
    const cause = new Error('connect ECONNREFUSED 10.0.0.7:5432');
    expect(JSON.stringify(show(failure('SUBGRAPH_UNAVAILABLE', { cause })))).not.toMatch(/10\.0|ECONN|at /);
  });

  it('is masked when it has no code at all, and found again by its log id', () => {
    const { lines, mask } = bed();
    const error = new GraphQLError('pool is gone', { originalError: new TypeError('x of undefined') });
    const shown = mask.format(error.toJSON(), error);
    expect(shown.extensions).toEqual({
      code: 'INTERNAL_ERROR',
      messageZh: expect.any(String),
      logId: expect.any(String),
    });
    expect(shown.message).not.toContain('pool');
    expect(lines.map((line) => JSON.parse(line))).toEqual([
      expect.objectContaining({
        logId: shown.extensions?.logId,
        err: expect.objectContaining({ message: 'pool is gone' }),
      }),
    ]);
  });

  it.each(['INTERNAL_SERVER_ERROR', 'DOWNSTREAM_SERVICE_ERROR', 'toString', '__proto__'])(
    'is masked under a code that is not for callers: %s',
    (code) => {
      const extensions = { code, messageZh: '内部' };
      expect(show(new GraphQLError('x', { extensions: { code } })).extensions?.code).toBe('INTERNAL_ERROR');
      expect(show(new GraphQLError('x', { extensions })).extensions?.code).toBe('INTERNAL_ERROR');
    },
  );

  it("keeps Apollo's own words about the caller's request", () => {
    const shown = show(
      new GraphQLError('Cannot query field "x".', { extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
    );
    expect(shown).toMatchObject({ message: 'Cannot query field "x".', extensions: { messageZh: expect.any(String) } });
  });
});

describe('an error of a subgraph', () => {
  it.each(subgraphCodes)('passes under %s with message, path and Chinese text, and nothing else', (code) => {
    const { lines, mask } = bed();
    const error = {
      message: 'Not now.',
      path: ['a', 0],
      locations: [{ line: 1, column: 2 }],
      extensions: { code, messageZh: '现在不行。', stacktrace: ['at x'], http: { status: 418 }, id: 'p-1' },
    };
    expect(mask.fromSubgraph(error, 'people')).toEqual({
      message: 'Not now.',
      path: ['a', 0],
      extensions: { code, messageZh: '现在不行。' },
    });
    expect(lines).toEqual([]);
  });

  it('keeps the log id under which the subgraph masked it, and nothing that only poses as one', () => {
    const { lines, mask } = bed();
    const logId = '5c95d9b6-3c93-4bd8-b4fe-27acbad45155';
    const masked = { message: 'Internal error.', extensions: { code: 'INTERNAL_ERROR', logId } };
    expect(mask.fromSubgraph(masked, 'people').extensions).toMatchObject({ code: 'INTERNAL_ERROR', logId });
    expect(JSON.parse(lines[0] ?? '')).toMatchObject({ logId, subgraph: 'people' });
    const posing = { message: 'x', extensions: { logId: 'select * from person' } };
    expect(mask.fromSubgraph(posing, 'people').extensions?.logId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('gets a Chinese text when it brought none', () => {
    const { mask } = bed();
    const shown = mask.fromSubgraph({ message: 'x', extensions: { code: 'CONFLICT' } }, 'people');
    expect(shown.extensions?.messageZh).toBe(messages.CONFLICT.zh);
  });

  it('passes under a code it was allowed at creation', () => {
    const error = { message: 'Full.', extensions: { code: 'TEAM_FULL', messageZh: '已满。' } };
    expect(bed().mask.fromSubgraph(error, 'teams').extensions?.code).toBe('INTERNAL_ERROR');
    expect(bed(['TEAM_FULL']).mask.fromSubgraph(error, 'teams').extensions?.code).toBe('TEAM_FULL');
  });

  it.each([
    ['no code', {}],
    ['a code of the database', { code: '23505' }],
    ['a code the gateway keeps for itself', { code: 'UNAUTHENTICATED' }],
    ['a code that is not a text', { code: ['NOT_FOUND'] }],
    ['a schema it does not share', { code: 'GRAPHQL_VALIDATION_FAILED' }],
  ])('is masked with %s', (_name, extensions) => {
    const shown = bed().mask.fromSubgraph({ message: 'very secret', path: ['a'], extensions }, 'people');
    expect(shown).toMatchObject({ path: ['a'], extensions: { code: 'INTERNAL_ERROR', logId: expect.any(String) } });
    expect(JSON.stringify(shown)).not.toContain('secret');
  });

  it.each([
    'insert into "person" ("name") values ($1) - duplicate key',
    'relation "person" does not exist',
    'duplicate key value violates unique constraint "person_phone"',
    'connect ECONNREFUSED 127.0.0.1:5432',
    'getaddrinfo ENOTFOUND db.internal',
    'postgres://tepai:pw@db/tepai refused',
    'no route to 10.2.3.4',
    'broken\n    at Query.team (team.ts:3:1)',
  ])('is masked though its code is allowed: %s', (message) => {
    const shown = bed().mask.fromSubgraph({ message, extensions: { code: 'NOT_FOUND' } }, 'people');
    expect(shown.extensions?.code).toBe('INTERNAL_ERROR');
    const zh = bed().mask.fromSubgraph(
      { message: 'x', extensions: { code: 'NOT_FOUND', messageZh: message } },
      'people',
    );
    expect(zh.extensions?.code).toBe('INTERNAL_ERROR');
  });

  it.each([
    'Select a leader from the list (required).',
    'Each team exists once.',
    'Update the agreement first; expired.',
  ])('is not masked for plain words: %s', (message) => {
    const shown = bed().mask.fromSubgraph({ message, extensions: { code: 'BAD_USER_INPUT' } }, 'people');
    expect(shown.message).toBe(message);
  });
});
