import { describe, expect, it } from '@jest/globals';
import { canonical, digestOf } from './canonical.ts';

describe('canonical text', () => {
  it('does not depend on the order of keys or on absent members', () => {
    expect(canonical({ b: 1, a: { d: [1, 'x'], c: null }, e: undefined })).toBe('{"a":{"c":null,"d":[1,"x"]},"b":1}');
    expect(canonical({ a: { c: null, d: [1, 'x'] }, b: 1 })).toBe(canonical({ b: 1, a: { d: [1, 'x'], c: null } }));
  });

  it('writes numbers as JSON does and minus zero as zero', () => {
    expect(canonical([1.0, 1e21, 0.1, -0])).toBe('[1,1e+21,0.1,0]');
  });

  it.each([Number.NaN, Number.POSITIVE_INFINITY, 1n, undefined, () => 1])('refuses %p', (value) => {
    expect(() => canonical([value])).toThrow(TypeError);
  });

  it('has a digest that changes with the value only', () => {
    expect(digestOf({ a: 1, b: 2 })).toBe(digestOf({ b: 2, a: 1 }));
    expect(digestOf({ a: 1 })).not.toBe(digestOf({ a: 2 }));
    expect(digestOf({})).toBe('sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a');
  });
});
