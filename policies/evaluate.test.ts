import { describe, expect, it } from '@jest/globals';
import { canonical, digestOf } from './canonical.ts';
import { compile } from './compile.ts';
import type { Decision } from './decision.ts';
import { decides, evaluate } from './evaluate.ts';
import { FactError } from './facts.ts';
import type { Release } from './pack.ts';
import { ask, compiled, release } from './testdata/arden.ts';

const outcomes = (decision: Decision) =>
  Object.fromEntries(decision.findings.map(({ rule, outcome }) => [rule, outcome]));
const finding = (decision: Decision, rule: string) => decision.findings.find((one) => one.rule === rule);

/** The pack with other rules, compiled. */
const having = (change: (content: Release) => Partial<Release>) => {
  const { digest, ...content } = { ...release, ...change(release) };
  return compile({ ...content, digest: digestOf(content) });
};

describe('a decision', () => {
  it('is allowed when every rule in force passes, and names what decided', () => {
    const decision = evaluate(ask('teamActivate'));
    expect(decision).toMatchObject({
      point: 'teamActivate',
      outcome: 'allow',
      asOf: '2021-06-01',
      missing: [],
      rank: 0,
      overrides: [],
    });
    expect(decision.packs).toEqual([{ id: 'arden', version: '1.0.0', digest: release.digest }]);
    expect(outcomes(decision)).toEqual({
      'arden.leader.age': 'pass',
      'arden.team.fields': 'pass',
      'arden.team.practical': 'pass',
      'arden.team.size': 'pass',
      'arden.team.term': 'pass',
    });
  });

  it('is refused with the rule, its filled message, the facts used and what would pass', () => {
    const decision = evaluate(ask('teamActivate', { 'team.memberCount': 11, 'team.practicalCount': 5 }));
    expect(decision.outcome).toBe('deny');
    expect(finding(decision, 'arden.team.size')).toMatchObject({
      pack: 'arden',
      norm: 'arden.team.size',
      concept: 'team.size',
      effect: 'deny',
      outcome: 'fail',
      message: { zh: '团队现有11人，应为5至10人。', en: 'The team has 11 members; it needs 5 to 10.' },
      citation: { document: 'arden-2020', article: '3', phrase: '应' },
      facts: { 'team.memberCount': 11 },
      parameters: { 'team.size.max': { value: 10, status: 'stated', from: '2020-01-01', platformDefault: false } },
      leaves: [
        {
          part: 'requires',
          fact: 'team.memberCount',
          operator: 'greaterThanInclusive',
          value: 5,
          actual: 11,
          result: true,
        },
        {
          part: 'requires',
          fact: 'team.memberCount',
          operator: 'lessThanInclusive',
          value: 10,
          actual: 11,
          result: false,
        },
      ],
      wouldPass: {
        text: { zh: '调整到5至10人。', en: 'Bring it to 5 to 10 members.' },
        changes: [{ fact: 'team.memberCount', operator: 'lessThanInclusive', value: 10, actual: 11 }],
      },
    });
  });

  it('waits for facts that matter, and names only those', () => {
    const decision = evaluate(
      ask('teamActivate', { 'team.memberCount': undefined, 'leader.ageYears': undefined, 'leader.title': 'senior' }),
    );
    expect(decision.outcome).toBe('needs-fact');
    expect(finding(decision, 'arden.leader.age')?.outcome).toBe('pass');
    expect(finding(decision, 'arden.team.size')?.missing).toEqual(['team.memberCount']);
    expect(decision.missing).toEqual(['team.memberCount']);
    expect(decision.facts).not.toHaveProperty(['team.memberCount']);
  });

  it('leaves a rule open while nobody knows whether it applies', () => {
    const decision = evaluate(ask('teamActivate', { 'team.level': undefined }));
    expect(finding(decision, 'arden.leader.age')).toMatchObject({ outcome: 'undetermined', missing: ['team.level'] });
    expect(decision.outcome).toBe('needs-fact');
  });

  it('is not blocked by a flag, failing or open, nor by a parameter the law leaves out', () => {
    const failing = evaluate(ask('teamActivate', { 'team.fields': ['tobacco'] }));
    expect(failing.outcome).toBe('allow');
    expect(finding(failing, 'arden.team.fields')).toMatchObject({
      outcome: 'fail',
      parameters: { 'fields.required': { platformDefault: true, value: ['crops'] } },
    });
    const open = evaluate(ask('expenseRecord'));
    expect(open.outcome).toBe('allow');
    expect(finding(open, 'arden.expense.share')).toMatchObject({
      outcome: 'undetermined',
      missing: ['line.share'],
      message: { zh: '不得超过经费的（未规定）%。' },
      parameters: { 'line.share': { value: null, status: 'unspecified' } },
    });
    expect(open.missing).toEqual([]);
  });

  it('lets deny outweigh missing facts, those outweigh an override, and that outweigh flags', () => {
    const old = { 'leader.ageYears': 60 };
    expect(evaluate(ask('teamActivate', old)).outcome).toBe('needs-override');
    expect(evaluate(ask('teamActivate', { ...old, 'team.endsOn': undefined })).outcome).toBe('needs-fact');
    expect(evaluate(ask('teamActivate', { ...old, 'team.endsOn': undefined, 'team.memberCount': 1 })).outcome).toBe(
      'deny',
    );
  });

  it('counts the ranking rules that pass', () => {
    expect(evaluate(ask('teamRanking')).rank).toBe(1);
    expect(evaluate(ask('teamRanking', { 'team.remote': false })).rank).toBe(0);
    expect(evaluate(ask('teamRanking', { 'team.remote': undefined }))).toMatchObject({ outcome: 'allow', rank: 0 });
  });

  it('shows money in yuan', () => {
    const decision = evaluate(ask('expenseRecord', { 'expense.amountFen': 5_000_050 }));
    expect(finding(decision, 'arden.expense.cap')?.message.en).toBe('50000.50 yuan is more than 50000.');
  });
});

describe('an override', () => {
  const override = { rule: 'arden.leader.age', reason: '急需该专业', role: 'county-office', actor: 'p1' };
  const old = ask('teamActivate', { 'leader.ageYears': 60 });
  const given = (change: object) => evaluate({ ...old, overrides: [{ ...override, ...change }] });

  it('lifts the rule it names and is kept with reason, role and actor', () => {
    const decision = given({});
    expect(decision.outcome).toBe('allow');
    expect(finding(decision, 'arden.leader.age')).toMatchObject({
      outcome: 'fail',
      overridden: { reason: '急需该专业', role: 'county-office', actor: 'p1' },
      note: null,
    });
    expect(decision.overrides).toEqual([override]);
  });

  it.each([
    ['without a reason', { reason: ' \n\u3000\u200b' }, 'An override needs a reason.'],
    ['by another role', { role: 'clerk' }, 'The role "clerk" may not override this; these may: county-office.'],
  ])('%s does not count, and says so', (_title, change, note) => {
    const decision = given(change);
    expect(decision.outcome).toBe('needs-override');
    expect(finding(decision, 'arden.leader.age')).toMatchObject({ overridden: null, note: { en: note } });
    expect(decides({ ...old, overrides: [{ ...override, ...change }] })).toBe('needs-override');
  });

  it('does not lift a rule that denies, nor one that waits for facts', () => {
    const small = {
      ...ask('teamActivate', { 'team.memberCount': 1 }),
      overrides: [{ ...override, rule: 'arden.team.size' }],
    };
    expect(evaluate(small).outcome).toBe('deny');
    expect(finding(evaluate(small), 'arden.team.size')?.note?.en).toBe('This rule cannot be overridden.');
    const open = { ...ask('teamActivate', { 'leader.ageYears': undefined }), overrides: [override] };
    expect(evaluate(open).outcome).toBe('needs-fact');
    expect(finding(evaluate(open), 'arden.leader.age')?.note?.en).toMatch(/^Facts are missing/);
  });

  it('counts when one of several for a rule is sound', () => {
    expect(evaluate({ ...old, overrides: [{ ...override, role: 'clerk' }, override] }).outcome).toBe('allow');
  });
});

describe('dates', () => {
  it('take each value from its day on', () => {
    const five = { 'team.memberCount': 5 };
    expect(evaluate({ ...ask('teamActivate', five), asOf: '2022-06-30' }).outcome).toBe('allow');
    expect(evaluate({ ...ask('teamActivate', five), asOf: '2022-07-01' }).outcome).toBe('deny');
  });

  it('leave out a rule before its first day and after its last', () => {
    const ids = (asOf: string) => evaluate({ ...ask('expenseRecord'), asOf }).findings.map(({ rule }) => rule);
    expect(ids('2019-12-31')).toEqual([]);
    expect(ids('2020-01-01')).toEqual(['arden.expense.cap', 'arden.expense.share']);
    expect(ids('2024-12-31')).toEqual(['arden.expense.cap', 'arden.expense.share']);
    expect(ids('2025-01-01')).toEqual(['arden.expense.share']);
  });

  it.each(['2021-02-29', '2021-6-1', ''])('must be civil dates: %p is not', (asOf) => {
    expect(() => evaluate({ ...ask('teamActivate'), asOf })).toThrow(RangeError);
    expect(() => decides({ ...ask('teamActivate'), asOf })).toThrow(RangeError);
  });
});

describe('facts', () => {
  it.each([
    ['team.memberCount', '6'],
    ['team.memberCount', null],
    ['team.memberCount', Number.NaN],
    ['team.endsOn', '2022-1-1'],
    ['team.level', true],
    ['leader.title', 5],
  ])('%s cannot be %p', (fact, value) => {
    const question = ask('teamActivate', { [fact]: value });
    expect(() => evaluate(question)).toThrow(FactError);
    expect(() => decides(question)).toThrow(FactError);
    expect(() => decides({ ...question, packs: [compile(release, { code: false })] })).toThrow(FactError);
  });

  it('of a list are checked one by one', () => {
    const question = { ...ask('team', { 'viewer.roles': ['office', 1] }) };
    expect(() => evaluate(question)).toThrow(FactError);
    expect(() => decides(question)).toThrow(FactError);
  });

  it('may be given in any order and with undefined among them', () => {
    const question = ask('teamActivate');
    const reversed = {
      ...question,
      facts: Object.fromEntries([...Object.entries(question.facts).reverse(), ['team.published', undefined]]),
    };
    expect(canonical(evaluate(reversed))).toBe(canonical(evaluate(question)));
  });
});

describe('several packs', () => {
  const other = having(() => ({
    pack: { ...release.pack, id: 'bree' },
    rules: release.rules
      .filter(({ id }) => id === 'arden.team.size')
      .map((rule) => ({ ...rule, id: 'bree.team.size' })),
    parameters: release.parameters.map((one) =>
      one.id === 'team.size.min'
        ? { ...one, values: one.values.slice(0, 1).map((entry) => ({ ...entry, value: 8 })) }
        : one,
    ),
  }));

  it('decide together, each with its own numbers, in one order', () => {
    const question = ask('teamActivate', { 'team.memberCount': 6 });
    const decision = evaluate({ ...question, packs: [other, compiled] });
    expect(decision.outcome).toBe('deny');
    expect(finding(decision, 'bree.team.size')).toMatchObject({
      pack: 'bree',
      outcome: 'fail',
      message: { en: 'The team has 6 members; it needs 8 to 10.' },
    });
    expect(finding(decision, 'arden.team.size')?.outcome).toBe('pass');
    expect(canonical(evaluate({ ...question, packs: [compiled, other] }))).toBe(canonical(decision));
    expect(decides({ ...question, packs: [other, compiled] })).toBe('deny');
  });

  it('cannot hold one pack twice', () => {
    expect(() => evaluate({ ...ask('teamActivate'), packs: [compiled, compiled] })).toThrow('DUPLICATE_PACK: arden');
  });
});
