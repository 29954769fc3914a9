import { describe, expect, it } from '@jest/globals';
import { lawAccount, untriedRules } from './account.ts';
import type { Clause, Obligation, Pack } from './pack.ts';
import { pack } from './testdata/arden.ts';

const clause = (id: string, force: Clause['force'] = 'hard'): Clause => ({
  id,
  document: 'arden-2020',
  article: '1',
  force,
});
const account = (clauses: readonly Clause[], coverage: Pack['coverage'], more: Partial<Pack> = {}) =>
  lawAccount({ ...pack, ...more, clauses, coverage }).map(({ id, fault }) => `${id} ${fault}`);
const size = { as: 'rule', at: 'rules/team.size.json' } as const;

describe('the account of the law', () => {
  it('finds a clause in the rule that bears its name or says that it carries it, and counts both sides of its cases', () => {
    const [found] = lawAccount({
      ...pack,
      clauses: [clause('arden.team.size')],
      coverage: { 'arden.team.size': size },
    });
    expect(found).toMatchObject({ as: 'rule', at: 'rules/team.size.json', fault: null });
    expect(found?.kept).toBeGreaterThan(0);
    expect(found?.broken).toBeGreaterThan(0);
    const rules = pack.rules.map((rule) => (rule.id === 'arden.team.size' ? { ...rule, norm: 'arden.people' } : rule));
    expect(account([clause('arden.people')], { 'arden.people': size }, { rules })).toEqual(['arden.people null']);
  });

  it('has a fault for a clause that lives nowhere, in no file, or in a file of another clause', () => {
    expect(account([clause('arden.lost')], {})).toEqual(['arden.lost homeless']);
    expect(account([clause('arden.lost')], { 'arden.lost': { as: 'none', at: null } })).toEqual([
      'arden.lost homeless',
    ]);
    expect(account([clause('arden.lost', 'none')], { 'arden.lost': { as: 'none', at: null } })).toEqual([
      'arden.lost null',
    ]);
    expect(account([clause('arden.lost')], { 'arden.lost': { as: 'rule', at: 'rules/lost.json' } })).toEqual([
      'arden.lost not-there',
    ]);
    expect(account([clause('arden.other')], { 'arden.other': size })).toEqual(['arden.other says-other-clause']);
    for (const [as, at] of [
      ['chain', 'chains/lost.json'],
      ['parameter', 'parameters/lost.json'],
      ['shown-only', 'rules/lost.json'],
      ['vocabulary', 'words.json'],
    ] as const)
      expect(account([clause('arden.lost')], { 'arden.lost': { as, at } })).toEqual(['arden.lost not-there']);
    expect(account([clause('arden.words')], { 'arden.words': { as: 'vocabulary', at: 'pack.json' } })).toEqual([
      'arden.words null',
    ]);
  });

  it('has a fault for a binding clause whose cases show one side only', () => {
    const failing = pack.cases.filter(({ outcome }) => outcome['arden.team.size'] !== 'pass');
    const coverage = { 'arden.team.size': size };
    expect(account([clause('arden.team.size')], coverage, { cases: failing })).toEqual(['arden.team.size untried']);
    expect(account([clause('arden.team.size', 'guidance')], coverage, { cases: failing })).toEqual([
      'arden.team.size null',
    ]);
    expect(untriedRules({ ...pack, cases: failing })).toContain('arden.team.size');
  });

  it('has a fault for a duty that no case tries', () => {
    const norm = 'arden.duty';
    const duty: Obligation = {
      id: 'report',
      title: { zh: '报告', en: 'report' },
      norm,
      owner: ['office'],
      recurrence: 'yearly',
      window: { from: '12-01', to: '12-31' },
      satisfiedBy: [],
      lateEffect: 'flag',
      citation: { document: 'arden-2020', article: '1', phrase: 'x' },
    };
    const more = { obligations: [duty] };
    const coverage = { [norm]: { as: 'obligation', at: `obligations/${duty.id}.json` } } as const;
    expect(account([clause(norm)], coverage, { ...more, entryCases: [] })).toEqual([`${norm} untried`]);
    const tried = { id: 'a', kind: 'obligation', obligation: duty.id, year: 2020, expect: 'scheduled' } as const;
    expect(account([clause(norm)], coverage, { ...more, entryCases: [tried] })).toEqual([`${norm} null`]);
  });

  it('counts the cases of an indicator', () => {
    const indicator = {
      id: 'teams',
      title: { zh: '团队', en: 'teams' },
      norm: 'arden.teams',
      scope: 'region',
      comparator: 'yes',
      unit: 'team',
      citation: { document: 'arden-2020', article: '1', phrase: 'x' },
    } as const;
    const tried = (expected: ('met' | 'unmet')[]) =>
      account(
        [clause('arden.teams')],
        { 'arden.teams': { as: 'indicator', at: 'indicators/teams.json' } },
        {
          indicators: [indicator],
          entryCases: expected.map((expect, at) => ({
            id: `${at}`,
            kind: 'indicator',
            indicator: 'teams',
            year: 2020,
            expect,
          })),
        },
      );
    expect(tried(['met', 'unmet'])).toEqual(['arden.teams null']);
    expect(tried(['met'])).toEqual(['arden.teams untried']);
  });
});
