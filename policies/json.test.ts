import { describe, expect, it } from '@jest/globals';
import { fileLimits, maximumDepth, parseJson } from './json.ts';

const codesOf = (text: string) => {
  const parsed = parseJson('f.json', text);
  return 'problems' in parsed ? parsed.problems.map(({ code, path }) => `${code} ${path}`) : [];
};

describe('JSON from strangers', () => {
  it('is read when it is sound', () => {
    const text = '{"a":[1,{"b":"x\\"}{,:"}],"c":{"b":null}}';
    expect(parseJson('f.json', text)).toEqual({ value: JSON.parse(text) });
  });

  it('is refused when it nests 100,000 deep, whatever the brackets', () => {
    expect(codesOf('['.repeat(100_000) + ']'.repeat(100_000))).toEqual(['TOO_DEEP ']);
    expect(codesOf('{"a":'.repeat(100_000) + 1 + '}'.repeat(100_000))).toEqual(['TOO_DEEP ']);
    expect(codesOf('['.repeat(maximumDepth) + ']'.repeat(maximumDepth))).toEqual([]);
    expect(codesOf('['.repeat(maximumDepth + 1) + ']'.repeat(maximumDepth + 1))).toEqual(['TOO_DEEP ']);
  });

  it('does not count brackets inside texts', () => {
    expect(codesOf(JSON.stringify({ a: '[{'.repeat(1000) }))).toEqual([]);
  });

  it('is refused for a key that reaches a prototype, however it is written', () => {
    expect(codesOf('{"a":{"__proto__":{"x":1}}}')).toEqual(['FORBIDDEN_KEY /a/__proto__']);
    expect(codesOf('{"a":[0,{"\\u005f_proto__":1}]}')).toEqual(['FORBIDDEN_KEY /a/1/__proto__']);
    expect(codesOf('{"constructor":1}')).toEqual(['FORBIDDEN_KEY /constructor']);
  });

  it('is refused for a repeated key, of which parsers silently keep the last', () => {
    expect(codesOf('{"effect":"flag","x":{"effect":1},"effect":"deny"}')).toEqual(['DUPLICATE_KEY /effect']);
    expect(codesOf('[{"a":1},{"a":1}]')).toEqual([]);
  });

  it('is refused for a list or a text of too many values, which would be slow to refuse for anything else', () => {
    const list = (count: number, item = '0') => `[${Array(count).fill(item).join(',')}]`;
    expect(codesOf(list(fileLimits.members))).toEqual([]);
    expect(codesOf(list(fileLimits.members + 1))).toEqual(['TOO_MANY ']);
    expect(codesOf(list(100, list(1000)))).toEqual(['TOO_MANY ']);
  });

  it('is refused by size before it is parsed', () => {
    expect(codesOf(`"${'x'.repeat(fileLimits.bytes)}`)).toEqual(['FILE_TOO_LARGE ']);
  });

  it('is refused when it is not JSON', () => {
    expect(codesOf('{"a":1,}')[0]).toMatch(/^NOT_JSON/);
    expect(codesOf('')[0]).toMatch(/^NOT_JSON/);
  });
});
