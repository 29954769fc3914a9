import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { parse } from 'graphql';
import { holdsNul, writesNul } from './nul.ts';
import { startTestBed, type TestBed } from './testdata/start.ts';

let bed: TestBed;
beforeAll(async () => {
  bed = await startTestBed();
});
afterAll(() => bed.close());

describe('the character NUL', () => {
  it.each<[unknown, boolean]>([
    ['a\u0000b', true],
    [{ input: { rows: [{ name: '甲' }, { name: '\u0000' }] } }, true],
    [{ 'a\u0000': 1 }, true],
    [{ input: { rows: [{ name: 'a\\u0000b', count: 0, is: false, none: null }] } }, false],
    [undefined, false],
  ])('is found in %j: %s', (value, expected) => {
    expect(holdsNul(value)).toBe(expected);
  });

  it('is found where it is written out', () => {
    expect(writesNul(parse('{ a(b: "x\\u0000") }'))).toBe(true);
    expect(writesNul(parse('{ a(b: { c: ["x\\u{0}"] }) }'))).toBe(true);
    expect(writesNul(parse('{ a(b: "x\\u0001", c: """x\\u0000""") }'))).toBe(false);
  });

  it('is refused before anything is planned, sent either way', async () => {
    const sent = [
      { query: '{ __type(name: "a\\u0000") { name } }' },
      { query: 'query ($name: String!) { __type(name: $name) { name } }', variables: { name: 'a\u0000' } },
    ];
    for (const one of sent) {
      const { status, errors } = await bed.gateway.execute(one);
      expect([status, errors?.[0]?.extensions?.code]).toEqual([400, 'TEXT_INVALID']);
    }
  });
});
