import { describe, expect, it } from '@jest/globals';
import { closures } from './closure.ts';
import type { FactDeclaration } from './facts.ts';
import { canGenerate, type Gate, generate } from './generate.ts';
import type { Test } from './tree.ts';

const facts: Record<string, FactDeclaration> = {
  'a.code': { type: 'code' },
  'a.codes': { type: 'codes' },
  'a.no': { type: 'integer' },
};
const gate = (requires: Test, effect: Gate['effect'] = 'deny'): Gate => ({ effect, applies: null, requires });
const equal = (value: string): Test => ({ fact: 'a.code', operator: 'equal', right: { kind: 'literal', value } });
const never = () => false;

describe('generated code', () => {
  it('is what runs here', () => {
    expect(canGenerate).toBe(true);
  });

  it.each(['"); throw 1; ("', '\\', `\`$\{1}\``, '\u2028\u2029', "'", '*/', '</script>', '\0', '\ud800'])(
    'takes %j as a value and no more',
    (hostile) => {
      for (const make of [generate, closures]) {
        const judge = make([gate(equal(hostile))], facts);
        expect(judge({ 'a.code': hostile }, never)).toBe(0);
        expect(judge({ 'a.code': `${hostile}x` }, never)).toBe(3);
        const list = make(
          [gate({ fact: 'a.codes', operator: 'containsAll', right: { kind: 'literal', value: [hostile, 'b'] } })],
          facts,
        );
        expect(list({ 'a.codes': ['b', hostile] }, never)).toBe(0);
        expect(list({ 'a.codes': ['b'] }, never)).toBe(3);
      }
    },
  );

  it('weighs gates like the closures that stand in for it', () => {
    const positive: Test = { fact: 'a.no', operator: 'greaterThan', right: { kind: 'literal', value: 0 } };
    const gates = [gate(equal('x')), { effect: 'override' as const, applies: equal('x'), requires: positive }];
    for (const make of [generate, closures]) {
      const judge = make(gates, facts);
      expect(judge({ 'a.code': 'x', 'a.no': 1 }, never)).toBe(0);
      expect(judge({ 'a.code': 'x', 'a.no': 0 }, never)).toBe(1);
      expect(judge({ 'a.code': 'x', 'a.no': 0 }, (at) => at === 1)).toBe(0);
      expect(judge({ 'a.code': 'x' }, () => true)).toBe(2);
      expect(judge({ 'a.no': 0 }, never)).toBe(2);
      expect(judge({ 'a.code': 'y', 'a.no': 0 }, never)).toBe(3);
    }
  });
});
