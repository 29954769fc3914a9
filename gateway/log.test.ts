import { describe, expect, it } from '@jest/globals';
import { GraphQLError } from 'graphql';
import { createLogger, createSubjectMark, describeError, requestScope, scrub } from './log.ts';

function bed() {
  const lines: string[] = [];
  return { lines, logger: createLogger({ level: 'debug', destination: { write: (line) => void lines.push(line) } }) };
}

describe('a line of the log', () => {
  it('is JSON with the time, and with the request it belongs to wherever it was written', async () => {
    const { lines, logger } = bed();
    logger.info('outside');
    await requestScope.run({ requestId: 'r-12345678', codes: [] }, async () => {
      await Promise.resolve();
      logger.info('inside');
    });
    const [outside, inside] = lines.map((line) => JSON.parse(line));
    expect(outside).toEqual({ level: 30, time: expect.stringMatching(/^\d{4}-.*Z$/), msg: 'outside' });
    expect(inside).toMatchObject({ requestId: 'r-12345678', msg: 'inside' });
  });

  it.each([
    { authorization: 'Bearer canary' },
    { token: 'canary' },
    { request: { variables: { name: 'canary' } } },
    { request: { headers: { authorization: 'canary' } } },
    { headers: { 'x-tepai-viewer': 'canary' } },
    { 'x-tepai-viewer': 'canary' },
    { viewer: { subject: 'canary', person: 'canary' } },
    { person: { name: 'canary' } },
    { team: { leader: { name: 'canary' } } },
    { body: 'canary' },
    { query: '{ person(name: "canary") { id } }' },
    { err: new Error('no person "canary"') },
    { error: new GraphQLError("no person 'canary'") },
    { error: 'Error: no person "canary"' },
    { message: 'Key (name)=(canary) exists' },
    { stack: 'Error: no person "canary"\n    at a.ts:1:1' },
  ])('never shows a secret given by mistake: %j', (fields) => {
    const { lines, logger } = bed();
    logger.info(fields, 'm');
    expect(lines).toHaveLength(1);
    expect(lines[0]).not.toContain('canary');
  });
});

describe('an error in the log', () => {
  it('keeps its kind, code, frames and cause', () => {
    const cause = Object.assign(new TypeError('inner'), { code: 'ECONNREFUSED' });
    const described = describeError(new Error('outer', { cause }));
    expect(described).toMatchObject({
      type: 'Error',
      message: 'outer',
      cause: { type: 'TypeError', code: 'ECONNREFUSED' },
    });
    expect(described.frames).toEqual(expect.arrayContaining([expect.stringMatching(/^at .*log\.test\.ts/)]));
  });

  it('is described once though it passes two serializers', () => {
    const once = describeError(new Error('x'));
    expect(describeError(once)).toEqual(once);
  });

  it.each([
    ['Key (phone)=(13800001111) exists', '13800001111'],
    ['no person "Li Si"', 'Li Si'],
    ['no person 张三丰·艾力', '张三丰'],
    ['id 410811199001011234 taken', '410811199001011234'],
    ['id 41081119900101123X taken', '123X'],
    ['mail li.si@example.org bounced', 'li.si'],
    ['bad eyJhbGciOiJub25lIn0.eyJzdWIiOiJ1In0.sig token', 'eyJ'],
  ])('loses what its message says of people: %s', (message, secret) => {
    expect(scrub(message)).not.toContain(secret);
  });

  it('keeps the words around', () =>
    expect(scrub('Key (phone)=(138) violates "u"')).toBe('Key (phone)[value] violates [value]'));
});

it('marks a subject always alike, and differently under another key', () => {
  const mark = createSubjectMark(new Uint8Array(32));
  expect(mark('u-1')).toBe(mark('u-1'));
  expect(mark('u-1')).not.toBe(mark('u-2'));
  expect(mark('u-1')).not.toBe(createSubjectMark(new Uint8Array(32).fill(1))('u-1'));
  expect(mark('u-1')).not.toContain('u-1');
});
