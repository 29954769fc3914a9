import { describe, expect, it } from '@jest/globals';
import type { Condition } from './condition.ts';
import type { Pack, Rule } from './pack.ts';
import { pack } from './testdata/arden.ts';
import { verify } from './verify.ts';

const [first] = pack.rules.filter(({ id }) => id === 'arden.team.size') as [Rule];
const warningsOf = (changed: Pack) => verify(changed).map(({ code, about, from }) => `${code} ${about} ${from}`);
/** The pack with one rule only, which has these conditions. */
const requiring = (requires: Condition, more: Partial<Rule> = {}): Pack => ({
  ...pack,
  rules: [{ ...first, force: 'guidance', requires, ...more }],
  parameters: pack.parameters.filter(({ id }) => id.startsWith('team.size')),
});
const count = (operator: 'lessThan' | 'greaterThan' | 'equal' | 'notEqual', value: number): Condition => ({
  fact: 'team.memberCount',
  operator,
  value,
});
const level = (operator: 'equal' | 'notEqual', value: string): Condition => ({ fact: 'team.level', operator, value });
const days = (operator: 'before' | 'onOrAfter'): Condition => ({
  fact: 'team.signedOn',
  operator,
  value: { fact: 'team.endsOn' },
});
const isCounty = level('equal', 'county');

describe('static checks', () => {
  it('find nothing in a sound pack', () => {
    expect(verify(pack)).toEqual([]);
  });

  it.each<[string, Condition]>([
    ['NEVER_PASSES', { all: [count('lessThan', 5), count('greaterThan', 4)] }],
    ['NEVER_PASSES', { all: [days('before'), days('onOrAfter')] }],
    ['NEVER_PASSES', { all: [isCounty, level('equal', 'city')] }],
    [
      'NEVER_PASSES',
      {
        all: [
          { fact: 'team.fields', operator: 'containsAll', value: ['a', 'b'] },
          { fact: 'team.fields', operator: 'doesNotContain', value: 'b' },
        ],
      },
    ],
    ['ALWAYS_PASSES', { any: [count('lessThan', 5), count('greaterThan', 4)] }],
    ['ALWAYS_PASSES', { not: { all: [isCounty, { not: isCounty }] } }],
    ['ALWAYS_PASSES', { any: [isCounty, level('equal', 'city')] }],
  ])('find a rule that %s: %p', (code, condition) => {
    expect(warningsOf(requiring(condition))).toEqual([`${code} arden.team.size 2020-01-01`]);
  });

  it.each<[Condition]>([
    [{ all: [count('lessThan', 6), count('greaterThan', 4)] }],
    [{ any: [count('lessThan', 5), count('greaterThan', 5)] }],
    [days('before')],
    [{ fact: 'leader.title', operator: 'notEqual', value: 'senior' }],
    [
      {
        fact: 'team.practicalCount',
        operator: 'atLeastPercentOf',
        value: { percent: 40, of: { fact: 'team.memberCount' } },
      },
    ],
    [{ fact: 'team.fields', operator: 'containsNone', value: ['a', 'b'] }],
  ])('leave alone a rule that has both sides: %p', (condition) => {
    expect(warningsOf(requiring(condition))).toEqual([]);
  });

  it('find that a rule applies to nothing', () => {
    const never = { all: [isCounty, level('notEqual', 'county')] };
    expect(warningsOf(requiring(count('lessThan', 5), { appliesWhen: never }))).toEqual([
      'NEVER_APPLIES arden.team.size 2020-01-01',
    ]);
  });

  it('name the day from which a parameter makes a rule impossible', () => {
    const parameters = pack.parameters.map((one) =>
      one.id === 'team.size.min'
        ? { ...one, values: one.values.map((entry, at) => ({ ...entry, value: at === 0 ? 5 : 11 })) }
        : one,
    );
    expect(warningsOf({ ...pack, parameters })).toEqual(['NEVER_PASSES arden.team.size 2022-07-01']);
  });

  it('say nothing of a rule that only informs and always passes', () => {
    const condition = { any: [isCounty, { not: isCounty }] };
    expect(warningsOf(requiring(condition, { effect: 'inform' }))).toEqual([]);
  });

  it('find parameters that nothing uses, which need not be a mistake', () => {
    const unused = {
      ...pack,
      parameters: [...pack.parameters, { ...(pack.parameters[0] as Pack['parameters'][number]), id: 'spare' }],
    };
    expect(verify(unused)).toEqual([
      expect.objectContaining({ code: 'UNUSED_PARAMETER', about: 'spare', isMistake: false }),
    ]);
  });

  it('want both sides of every binding rule shown, and that an open one stays open', () => {
    const without = (outcome: string) => ({
      ...pack,
      cases: pack.cases.filter((one) => !Object.values(one.outcome).includes(outcome as never)),
    });
    expect(warningsOf(without('pass'))).toContain('NO_PASSING_CASE arden.team.term null');
    expect(warningsOf(without('fail'))).toContain('NO_FAILING_CASE arden.team.term null');
    expect(warningsOf(without('undetermined'))).toContain('NO_OPEN_CASE arden.expense.share null');
  });
});
