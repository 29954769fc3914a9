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

  it.each(['in', 'notIn', 'containsAll', 'containsAny', 'lacksAny', 'containsNone'] as const)(
    'asks %s of short and of long lists alike',
    (operator) => {
      const fact = operator === 'in' || operator === 'notIn' ? 'a.code' : 'a.codes';
      const codes = Array.from({ length: 40 }, (_, no) => `c${no}`);
      for (const size of [0, 1, 2, 16, 17, 40]) {
        const value = codes.slice(0, size);
        const test: Test = { fact, operator, right: { kind: 'literal', value } };
        const [text, closed] = [generate([gate(test)], facts), closures([gate(test)], facts)];
        for (const item of ['c0', 'c1', 'c16', 'c39', 'd', '']) {
          const given = fact === 'a.code' ? item : [item, ...codes.slice(1)];
          expect({ size, item, severity: text({ [fact]: given }, never) }).toEqual({
            size,
            item,
            severity: closed({ [fact]: given }, never),
          });
        }
        expect(text({}, never)).toBe(2);
      }
    },
  );

  const types: Record<string, FactDeclaration> = Object.fromEntries(
    (['boolean', 'integer', 'decimal', 'fen', 'date', 'code', 'text', 'codes'] as const).map((type) => [
      type,
      { type },
    ]),
  );
  const odd = [null, true, 0, -0, 1.5, Number.NaN, 1e300, '', '2024-02-30', '2024-02-29', [], ['a'], ['a', 1], {}];
  it.each(Object.keys(types))(
    'refuses what is not of type %s, whether or not there is something to compare with',
    (id) => {
      const operator = id === 'codes' ? 'contains' : 'equal';
      const value = { boolean: true, integer: 0, decimal: 0, fen: 0 }[id] ?? 'a';
      const compared: Test = { fact: id, operator, right: { kind: 'literal', value } };
      const silent: Test = { fact: id, operator, right: { kind: 'absent', parameter: 'none' } };
      for (const test of [compared, silent]) {
        const said = (make: typeof generate, given: unknown) => {
          try {
            return make([gate(test)], types)({ [id]: given }, never);
          } catch (error) {
            return String(error);
          }
        };
        for (const given of odd) expect(said(generate, given)).toBe(said(closures, given));
        expect(said(generate, null)).toMatch(/FACT_TYPE/);
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
