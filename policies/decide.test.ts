import { describe, expect, it } from '@jest/globals';
import { canonical } from './canonical.ts';
import type { CompiledPack } from './compile.ts';
import { decide, EngineDisagreement } from './decide.ts';
import { evaluate } from './evaluate.ts';
import { FactError } from './facts.ts';
import { consult } from './oracle.ts';
import { ask, compiled } from './testdata/arden.ts';

/** The pack as compiled, with one rule's finding turned round. */
const wrong: CompiledPack = {
  ...compiled,
  at(point, asOf) {
    const segment = compiled.at(point, asOf);
    const rules = segment.rules.map((trace) => ({
      ...trace,
      judge: (...args: Parameters<typeof trace.judge>) => {
        const finding = trace.judge(...args);
        return trace.rule.id === 'arden.team.size' ? { ...finding, outcome: 'fail' as const } : finding;
      },
    }));
    return { ...segment, rules, facts: segment.facts, gates: segment.gates, judge: segment.judge };
  },
};

describe('deciding a change', () => {
  it('gives the finding of every rule when both engines agree', async () => {
    const question = {
      ...ask('teamActivate', { 'leader.ageYears': 60 }),
      overrides: [{ rule: 'arden.leader.age', reason: '急需', role: 'county-office', actor: 'p' }],
    };
    expect(canonical(await decide(question))).toBe(canonical(evaluate(question)));
  });

  it('refuses when they do not', async () => {
    const decision = decide({ ...ask('teamActivate'), packs: [wrong] });
    await expect(decision).rejects.toThrow(EngineDisagreement);
    await expect(decision).rejects.toMatchObject({
      code: 'ENGINE_DISAGREEMENT',
      differences: [
        { rule: 'arden.team.size', engine: 'pass', compiled: 'fail' },
        { rule: '', engine: 'deny', compiled: 'allow' },
      ],
    });
  });

  it('refuses a fact of the wrong type, which json-rules-engine would compare', async () => {
    await expect(decide(ask('teamActivate', { 'team.memberCount': '6' }))).rejects.toThrow(FactError);
  });

  it('does not mix up decisions that run at once', async () => {
    const sizes = Array.from({ length: 60 }, (_, at) => at % 12);
    const decisions = await Promise.all(
      sizes.map((size) => decide(ask('teamActivate', { 'team.memberCount': size, 'team.practicalCount': size }))),
    );
    for (const [at, { outcome, findings }] of decisions.entries()) {
      expect(findings).toHaveLength(5);
      expect(outcome).toBe((sizes[at] ?? 0) >= 5 && (sizes[at] ?? 0) <= 10 ? 'allow' : 'deny');
    }
  });
});

describe('json-rules-engine as asked here', () => {
  it('neither passes nor fails on missing facts, which it would alone', async () => {
    const outcomes = await consult(
      ask('teamActivate', {
        'team.fields': undefined,
        'team.endsOn': undefined,
        'leader.title': undefined,
        'leader.ageYears': undefined,
      }),
    );
    expect(Object.fromEntries(outcomes)).toEqual({
      'arden.leader.age': 'undetermined',
      'arden.team.fields': 'undetermined',
      'arden.team.practical': 'pass',
      'arden.team.size': 'pass',
      'arden.team.term': 'undetermined',
    });
  });

  it('leaves out rules that are not in force', async () => {
    const question = { ...ask('expenseRecord'), asOf: '2025-01-01' };
    expect([...(await consult(question)).keys()]).toEqual(['arden.expense.share']);
  });
});
