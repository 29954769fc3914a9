import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import type { Case } from './case.ts';
import { checkPack, loadCatalogue, loadPack } from './load.ts';
import type { Baseline, Parameter, Rule, Source } from './pack.ts';
import { PackError } from './problem.ts';
import { maximumPackSize } from './read.ts';
import { catalogue, changed, files, folder } from './testdata/arden.ts';

const rule = 'rules/team.size.json';
const parameter = 'parameters/team.size.min.json';

/** Codes and places of all problems. */
const problemsOf = (texts: Record<string, string>) =>
  checkPack(texts, catalogue).problems.map(({ code, file, path }) => `${code} ${file}#${path}`);

const requiring = (condition: unknown) => changed<Rule>(rule, (value) => ({ ...value, requires: condition }));
const leaf = { fact: 'team.memberCount', operator: 'greaterThan', value: 5 };

describe('a sound pack', () => {
  it('has no problems and names every fact its rules read', () => {
    expect(problemsOf(files())).toEqual([]);
    const { facts, rules, cases } = loadPack(folder, catalogue);
    expect(rules).toHaveLength(9);
    expect(cases).toHaveLength(25);
    expect(Object.keys(facts)).toContain('team.endsOn');
    expect(facts['team.memberCount']).toEqual({ type: 'integer', unit: 'person', owner: 'personnel' });
  });

  it('has its named conditions inlined', () => {
    const { rules } = loadPack(folder, catalogue);
    expect(JSON.stringify(rules)).not.toContain('"condition":');
  });
});

describe('a rule for every point of a kind', () => {
  const every = (onEvery: Record<string, unknown>) =>
    changed<Rule>(rule, ({ on, ...value }) => ({ ...value, onEvery }) as unknown as Rule);
  const points = (onEvery: Record<string, unknown>) =>
    checkPack(every(onEvery), catalogue).pack?.rules.find(({ id }) => id === 'arden.team.size')?.on;

  it('is asked at each of them, also at one that the author did not know of', () => {
    const mutations = Object.keys(catalogue.points).filter((id) => catalogue.points[id]?.kind === 'mutation');
    const offering = mutations.filter((id) => catalogue.points[id]?.facts.includes('team.memberCount')).sort();
    expect(offering.length).toBeLessThan(mutations.length);
    expect(points({ kind: 'mutation', offering: 'team.memberCount' })).toEqual(offering);
    expect(points({ kind: 'mutation', offering: 'team.memberCount', except: [offering[0]] })).toEqual(
      offering.slice(1),
    );
  });

  it('is refused where a point does not offer what it asks, where it names no point, or lists points besides', () => {
    expect(problemsOf(every({ kind: 'mutation' }))).toContain(`FACT_NOT_OFFERED ${rule}#/requires`);
    expect(problemsOf(every({ kind: 'mutation', except: ['teamDissolve'] }))).toContain(
      `UNKNOWN_POINT ${rule}#/onEvery/except/0`,
    );
    const both = changed<Rule>(rule, (value) => ({ ...value, onEvery: { kind: 'mutation' } }) as unknown as Rule);
    expect(problemsOf(both)).toContain(`SHAPE ${rule}#/on`);
  });
});

describe('the meaning of a pack', () => {
  it.each<[string, Record<string, string>]>([
    [`UNKNOWN_FACT ${rule}#/requires/fact`, requiring({ ...leaf, fact: 'team.colour' })],
    [`FACT_NOT_OFFERED ${rule}#/requires`, requiring({ ...leaf, fact: 'expense.amountFen' })],
    [`UNKNOWN_OPERATOR ${rule}#/requires/operator`, requiring({ ...leaf, operator: 'resembles' })],
    [`UNKNOWN_OPERATOR ${rule}#/requires/operator`, requiring({ ...leaf, operator: 'lacksAny' })],
    [`UNKNOWN_OPERATOR ${rule}#/requires/operator`, requiring({ ...leaf, operator: 'toString' })],
    [`OPERATOR_TYPE ${rule}#/requires/operator`, requiring({ ...leaf, operator: 'before' })],
    [`VALUE_TYPE ${rule}#/requires/value`, requiring({ ...leaf, value: '5' })],
    [`VALUE_TYPE ${rule}#/requires/value`, requiring({ ...leaf, value: 5.5 })],
    [
      `VALUE_TYPE ${rule}#/requires/value`,
      requiring({ fact: 'team.signedOn', operator: 'before', value: '2021-02-30' }),
    ],
    [`VALUE_TYPE ${rule}#/requires/value`, requiring({ fact: 'team.level', operator: 'in', value: 'county' })],
    [`VALUE_TYPE ${rule}#/requires/value/fact`, requiring({ ...leaf, value: { fact: 'team.level' } })],
    [`UNIT_MISMATCH ${rule}#/requires/value/fact`, requiring({ ...leaf, value: { fact: 'leader.ageYears' } })],
    [`UNIT_MISMATCH ${rule}#/requires/value/parameter`, requiring({ ...leaf, value: { parameter: 'leader.age.max' } })],
    [`UNKNOWN_PARAMETER ${rule}#/requires/value/parameter`, requiring({ ...leaf, value: { parameter: 'nothing' } })],
    [`UNKNOWN_CODE ${rule}#/requires/value`, requiring({ fact: 'team.level', operator: 'equal', value: 'village' })],
    [`UNKNOWN_CONDITION ${rule}#/requires/any/0/condition`, requiring({ any: [{ condition: 'nameless' }] })],
    [`UNKNOWN_POINT ${rule}#/on/0`, changed<Rule>(rule, (value) => ({ ...value, on: ['teamDissolve'] }))],
    [`WRONG_ID ${rule}#/id`, changed<Rule>(rule, (value) => ({ ...value, id: 'arden.other' }))],
    [
      `UNKNOWN_DOCUMENT ${rule}#/citation/document`,
      changed<Rule>(rule, (value) => ({ ...value, citation: { document: 'x', article: '1', phrase: '应' } })),
    ],
    [
      `OUTSIDE_PACK_PERIOD ${rule}#/effective`,
      changed<Rule>(rule, (value) => ({ ...value, effective: { from: '2019-12-31' } })),
    ],
    [`OVERRIDE_ROLES ${rule}#/override`, changed<Rule>(rule, (value) => ({ ...value, effect: 'override' }))],
    [
      `OVERRIDE_ROLES ${rule}#/override`,
      changed<Rule>(rule, (value) => ({ ...value, override: { roles: ['county-office'] } })),
    ],
    [
      `UNKNOWN_PLACEHOLDER ${rule}#/message/zh`,
      changed<Rule>(rule, (value) => ({ ...value, message: { zh: '{team.colour}', en: 'x' } })),
    ],
    [
      `DATE_ORDER ${rule}#/effective`,
      changed<Rule>(rule, (value) => ({ ...value, effective: { from: '2021-01-01', to: '2020-12-31' } })),
    ],
    [
      `NOT_A_DATE ${rule}#/effective/from`,
      changed<Rule>(rule, (value) => ({ ...value, effective: { from: '2021-02-29' } })),
    ],
    [
      `DATE_ORDER ${parameter}#/values/1/from`,
      changed<Parameter>(parameter, (value) => ({ ...value, values: value.values.toReversed() })),
    ],
    [
      `VALUE_TYPE ${parameter}#/values/0/value`,
      changed<Parameter>(parameter, (value) => ({ ...value, values: [{ ...value.values[0], value: '5' }] })),
    ],
    [
      `PARAMETER_NOT_IN_FORCE ${rule}#/requires`,
      changed<Parameter>(parameter, (value) => ({ ...value, values: [{ ...value.values[0], from: '2020-01-02' }] })),
    ],
    [
      `PARAMETER_STATUS ${parameter}#/status`,
      changed<Parameter>(parameter, (value) => ({ ...value, status: 'silent' })),
    ],
    [
      `PARAMETER_STATUS ${parameter}#/platformDefault`,
      changed<Parameter>(parameter, (value) => ({
        ...value,
        platformDefault: { value: 1, note: { zh: '甲', en: 'a' } },
      })),
    ],
    [`MISSING_UNIT ${parameter}#/unit`, changed<Parameter>(parameter, ({ unit, ...value }) => ({ ...value }))],
    [
      `UNKNOWN_RULE cases/team.term.json#/0`,
      changed<Case[]>('cases/team.term.json', ([first]) => [{ ...first, outcome: { 'arden.none': 'pass' } }]),
    ],
    [`DUPLICATE_ID cases/team.term.json#/1/id`, changed<Case[]>('cases/team.term.json', ([first]) => [first, first])],
    [`DUPLICATE_ID sources.json#/1/id`, changed<Source[]>('sources.json', ([first]) => [first, first])],
    [
      `VALUE_TYPE baselines/team.json#/facts/team.published`,
      changed<Baseline>('baselines/team.json', (value) => ({ ...value, facts: { 'team.published': 'yes' } })),
    ],
    ['UNEXPECTED_FILE rule/x.json#', { ...files(), 'rule/x.json': '{}' }],
    ['UNEXPECTED_FILE rules/../pack.json#', { ...files(), 'rules/../pack.json': '{}' }],
  ])('is checked: %s', (problem, texts) => {
    expect(problemsOf(texts)).toContain(problem);
  });

  it('is reported whole, not up to the first problem', () => {
    const texts = { ...requiring({ ...leaf, fact: 'team.colour' }), 'sources.json': '{', 'rules/team.term.json': '[]' };
    expect(problemsOf(texts)).toEqual([
      'SHAPE rules/team.term.json#',
      'NOT_JSON sources.json#',
      'UNKNOWN_FACT rules/team.size.json#/requires/fact',
    ]);
  });

  it('says what is missing', () => {
    const { 'pack.json': header, 'sources.json': sources, ...texts } = files();
    expect(header && sources).toBeTruthy();
    expect(problemsOf(texts)).toEqual(['MISSING_FILE pack.json#', 'MISSING_FILE sources.json#']);
  });

  it('is told in both languages', () => {
    const [problem] = checkPack(requiring({ ...leaf, fact: 'team.colour' }), catalogue).problems;
    expect(problem?.message).toEqual({ zh: '未知的事实：team.colour', en: 'unknown fact: team.colour' });
  });
});

describe('a hostile pack', () => {
  const named = (conditions: unknown) => ({ ...files(), 'conditions.json': JSON.stringify(conditions) });
  const experienced = { fact: 'leader.title', operator: 'equal', value: 'senior' };

  it('cannot loop through one branch or two', () => {
    const one = { experienced: { any: [{ condition: 'b' }] }, b: { condition: 'experienced' } };
    expect(problemsOf(named(one))).toEqual(['CONDITION_CYCLE conditions.json#/experienced']);
    const two = {
      experienced: { any: [{ condition: 'b' }, { condition: 'b' }] },
      b: { all: [{ condition: 'experienced' }, { condition: 'experienced' }] },
    };
    expect(problemsOf(named(two))).toContain('CONDITION_CYCLE conditions.json#/experienced');
    expect(problemsOf(named({ experienced: { not: { condition: 'experienced' } } }))).toEqual([
      'CONDITION_CYCLE conditions.json#/experienced',
    ]);
  });

  it('cannot grow by names that double each other', () => {
    const doubling: Record<string, unknown> = {
      experienced: { all: [{ condition: 'n0' }, { condition: 'n0' }] },
      n40: experienced,
    };
    for (let no = 0; no < 40; no++)
      doubling[`n${no}`] = { all: [{ condition: `n${no + 1}` }, { condition: `n${no + 1}` }] };
    const found = problemsOf(named(doubling));
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^CONDITION_TOO_LARGE conditions.json#/);
  });

  it('cannot chain names deeper than is read', () => {
    const chain: Record<string, unknown> = { experienced: { not: { condition: 'n0' } }, n150: experienced };
    for (let no = 0; no < 150; no++) chain[`n${no}`] = { not: { condition: `n${no + 1}` } };
    expect(problemsOf(named(chain))[0]).toMatch(/^CONDITION_TOO_LARGE/);
  });

  it.each<[string, unknown]>([
    ['REFUSED_KEY rules/team.size.json#/requires/path', { ...leaf, path: '$[?(@.match(/^(a+)+$/))]' }],
    ['REFUSED_KEY rules/team.size.json#/requires/all/0/params', { all: [{ ...leaf, params: {} }] }],
    ['REFUSED_KEY rules/team.size.json#/requires/priority', { all: [leaf], priority: 2 }],
    [
      'REFUSED_KEY rules/team.size.json#/requires/value/path',
      { ...leaf, value: { fact: 'team.practicalCount', path: '$.x' } },
    ],
    ['AMBIGUOUS_CONDITION rules/team.size.json#/requires/any', { all: [leaf], any: [leaf] }],
    ['AMBIGUOUS_CONDITION rules/team.size.json#/requires/fact', { not: leaf, ...leaf }],
    ['EMPTY_CONDITION rules/team.size.json#/requires/any', { any: [] }],
    ['EMPTY_CONDITION rules/team.size.json#/requires/all', { all: [] }],
  ])('cannot write %s', (problem, condition) => {
    expect(problemsOf(requiring(condition))).toContain(problem);
  });

  it('cannot reach a prototype', () => {
    const text = JSON.stringify({ id: 'x' }).replace('{', '{"__proto__":{"polluted":true},');
    expect(problemsOf({ ...files(), [rule]: text })).toContain(`FORBIDDEN_KEY ${rule}#/__proto__`);
    expect('polluted' in {}).toBe(false);
    expect(problemsOf({ ...files(), [rule]: `{"requires":{"all":[{"constructor":1}]}}` })[0]).toMatch(/^FORBIDDEN_KEY/);
  });

  it('cannot nest 100,000 deep', () => {
    const deep = `{"requires":${'{"not":'.repeat(100_000)}1${'}'.repeat(100_000)}}`;
    expect(problemsOf({ ...files(), [rule]: deep })).toContain(`TOO_DEEP ${rule}#`);
  });

  it('is refused by size before anything is parsed', () => {
    const half = 'x'.repeat(maximumPackSize / 2 + 1);
    expect(problemsOf({ ...files(), 'rules/a.json': half, 'rules/b.json': half })).toEqual(['PACK_TOO_LARGE #']);
    const many = Object.fromEntries(Array.from({ length: 6000 }, (_, no) => [`rules/r${no}.json`, '']));
    expect(problemsOf(many)).toEqual(['PACK_TOO_LARGE #']);
  });

  it('is refused by size on disk before anything is read', () => {
    const place = mkdtempSync(join(tmpdir(), 'pack-'));
    try {
      writeFileSync(join(place, 'pack.json'), Buffer.alloc(10 * 1_048_576, 32));
      expect(() => loadPack(place, catalogue)).toThrow(expect.objectContaining({ code: 'PACK_TOO_LARGE' }) as never);
    } finally {
      rmSync(place, { recursive: true });
    }
  });
});

describe('a folder', () => {
  it('must bear the name of its pack', () => {
    expect(() => loadPack(join(folder, '..'), catalogue)).toThrow(PackError);
  });
});

describe('the catalogue', () => {
  it('reports numbers without unit, facts in the file of another noun, and points that offer unknown facts', () => {
    expect(() => loadCatalogue(join(import.meta.dirname, 'testdata', 'bad-catalogue'))).toThrow(
      expect.objectContaining({
        problems: [
          expect.objectContaining({ code: 'MISSING_UNIT', file: 'facts/team.json', path: '/team.size' }),
          expect.objectContaining({ code: 'WRONG_ID', file: 'facts/team.json', path: '/leader.age' }),
          expect.objectContaining({ code: 'UNKNOWN_FACT', file: 'points/team.json', path: '/teamActivate/facts/1' }),
        ],
      }) as never,
    );
  });
});
