import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Viewer } from '../../gateway/viewer.ts';
import { checkPack, loadCatalogue } from '../../policies/load.ts';
import { bundle } from '../../policies/release.ts';
import { anonymous, type Graph, persona, startGraph } from '../../tests/harness.ts';
import { checkInThread } from './check-run.ts';
import { type Files, packsFolder, publish, riverland } from './testdata/riverland.ts';

const folder = packsFolder();
const author = persona('author', [['policy-author', 'cn-410800']]);
let graph: Graph;

beforeAll(async () => {
  publish(folder, riverland());
  graph = await startGraph({ today: '2022-06-01', packs: folder });
});
afterAll(async () => {
  await graph?.stop();
  rmSync(folder, { recursive: true });
});

const QUERY = `query ($files: [PackFileInput!]!) {
  packCheck(files: $files) {
    sound releasable digest warnings { code mistake about from message { zh en } }
    problemCount problems { code file pointer message { zh en } }
    caseCount failedCaseCount cases { id point passed expected actual } rulesWithoutCases { code title { en } }
  }
}`;
const asInput = (files: Files) => Object.entries(files).map(([path, text]) => ({ path, text }));
const check = async (files: Files, viewer: Viewer = author) =>
  (await graph.get(viewer, QUERY, { files: asInput(files) })).packCheck;

interface Problem {
  code: string;
  file: string;
  pointer: string;
  message: { zh: string; en: string };
}
/** The problems of a pack that must have some, as `CODE file#pointer`, each once. */
const problemsOf = async (changes: Record<string, unknown>) => {
  const { sound, problems, digest, caseCount } = await check(riverland('1.0.0', changes));
  expect({ sound, digest, caseCount }).toEqual({ sound: false, digest: null, caseCount: 0 });
  for (const { message } of problems) expect([message.zh, message.en]).not.toContain('');
  return [...new Set(problems.map(({ code, file, pointer }: Problem) => `${code} ${file}#${pointer}`))];
};

/** A rule of the sound pack with another condition. */
const withCondition = (requires: unknown, more: Record<string, unknown> = {}) => ({
  'rules/team.size.json': { ...JSON.parse(riverland()['rules/team.size.json'] ?? ''), requires },
  ...more,
});
const leaf = { fact: 'team.memberCount', operator: 'greaterThan', value: 1 };

describe('packCheck', () => {
  it('is for authors: a role or a scope opens it', async () => {
    const codeOf = async (viewer: Viewer) => {
      const { errors } = await graph.ask(viewer, QUERY, { files: [] });
      return errors[0]?.extensions?.code;
    };
    expect(await codeOf(anonymous)).toBe('UNAUTHENTICATED');
    expect(await codeOf(persona('reader', [['county-office', 'cn-410800']], { scopes: ['audit:read'] }))).toBe(
      'FORBIDDEN',
    );
    expect(await codeOf(persona('tool', [], { scopes: ['policy:check'] }))).toBeUndefined();
    expect(await codeOf(author)).toBeUndefined();
  });

  it('answers digest and cases of a sound pack, and the rules that no case tries', async () => {
    const answer = await check(riverland());
    const { pack } = checkPack(riverland(), loadCatalogue());
    expect(answer).toMatchObject({ sound: true, problems: [], problemCount: 0, caseCount: 5, failedCaseCount: 0 });
    expect(pack && bundle(pack).digest).toBe(answer.digest);
    expect(answer.digest).toBe(graph.registry.named('riverland', '1.0.0')?.digest);
    expect(answer.rulesWithoutCases).toEqual([{ code: 'riverland.team.open', title: { en: 'overdue commitments' } }]);
    expect(answer.cases).toContainEqual({
      id: 'five-do',
      point: 'teamActivate',
      passed: true,
      expected: { decision: 'allow', outcome: { 'riverland.team.size': 'pass' }, flags: [] },
      actual: { decision: 'allow', outcome: { 'riverland.team.size': 'pass' }, flags: [] },
    });
  });

  it('shows what a failing case expected and what the pack answers', async () => {
    const wrong = [
      {
        id: 'wrong',
        on: 'teamActivate',
        facts: { 'team.memberCount': 4 },
        outcome: { 'riverland.team.size': 'pass' },
        decision: 'allow',
      },
    ];
    const answer = await check(riverland('1.0.0', { 'cases/team.size.json': wrong }));
    expect(answer).toMatchObject({ sound: true, caseCount: 3, failedCaseCount: 1 });
    expect(answer.cases.find(({ id }: { id: string }) => id === 'wrong')).toEqual({
      id: 'wrong',
      point: 'teamActivate',
      passed: false,
      expected: { decision: 'allow', outcome: { 'riverland.team.size': 'pass' } },
      actual: { decision: 'deny', outcome: { 'riverland.team.size': 'fail' } },
    });
  });

  it('says which baselines are not allowed, and warns of what nobody can have meant', async () => {
    const size = JSON.parse(riverland()['rules/team.size.json'] ?? '');
    const { fact } = size.requires;
    const impossible = {
      all: [
        { fact, operator: 'lessThan', value: 3 },
        { fact, operator: 'greaterThan', value: 3 },
      ],
    };
    const answer = await check(
      riverland('1.0.0', {
        'rules/team.open.json': { ...size, id: 'riverland.team.open', effect: 'deny', requires: impossible },
      }),
    );
    expect(answer).toMatchObject({ sound: true, releasable: false });
    expect(answer.warnings).toContainEqual({
      code: 'NEVER_PASSES',
      mistake: true,
      about: 'riverland.team.open',
      from: '2021-01-01',
      message: { zh: expect.stringContaining('不可能'), en: expect.stringContaining('pass') },
    });
    expect(answer.cases.filter(({ id }: { id: string }) => id.startsWith('baselines/'))).toEqual([
      {
        id: 'baselines/teamActivate',
        point: 'teamActivate',
        passed: false,
        expected: { decision: 'allow' },
        actual: { decision: 'deny' },
      },
    ]);
  });

  it('finds every problem with its file and place', async () => {
    expect(
      await problemsOf({
        'rules/team.open.json': '{',
        'rules/team.field.json': { ...JSON.parse(riverland()['rules/team.field.json'] ?? ''), on: ['teamFly'] },
        'parameters/visits.json': { ...JSON.parse(riverland()['parameters/visits.json'] ?? ''), status: 'stated' },
        'notes.txt': 'to do',
      }),
    ).toEqual([
      'UNEXPECTED_FILE notes.txt#',
      'NOT_JSON rules/team.open.json#',
      'PARAMETER_STATUS parameters/visits.json#/status',
      'UNKNOWN_POINT rules/team.field.json#/on/0',
    ]);
    expect(await problemsOf({ 'pack.json': undefined })).toContain('MISSING_FILE pack.json#');
    const twice = [...asInput(riverland()), { path: 'pack.json', text: '{}' }];
    const { packCheck } = await graph.get(author, QUERY, { files: twice });
    expect(packCheck.problems).toMatchObject([{ code: 'DUPLICATE_FILE', file: 'pack.json' }]);
  });
});

describe('packCheck on hostile input', () => {
  const hostile: [string, Record<string, unknown>, string][] = [
    ['ten megabytes in a file', { 'rules/team.big.json': ' '.repeat(10_000_000) }, 'PACK_TOO_LARGE #'],
    [
      'a file that is too large',
      { 'rules/team.big.json': ' '.repeat(2_000_000) },
      'FILE_TOO_LARGE rules/team.big.json#',
    ],
    [
      'a path that backtracks for ever',
      withCondition({ ...leaf, path: '$[?(@.match(/^(a+)+$/))]' }),
      'REFUSED_KEY rules/team.size.json#/requires/path',
    ],
    [
      'conditions that name each other',
      withCondition(
        { condition: 'one' },
        {
          'conditions.json': {
            one: { all: [{ condition: 'two' }, { condition: 'two' }] },
            two: { any: [{ condition: 'one' }, { condition: 'one' }] },
          },
        },
      ),
      'CONDITION_CYCLE conditions.json#/one',
    ],
    [
      'conditions that double each other',
      withCondition(
        { condition: 'c30' },
        {
          'conditions.json': Object.fromEntries(
            Array.from({ length: 31 }, (_, at) => [
              `c${at}`,
              at === 0 ? leaf : { all: [{ condition: `c${at - 1}` }, { condition: `c${at - 1}` }] },
            ]),
          ),
        },
      ),
      'CONDITION_TOO_LARGE conditions.json#/c9',
    ],
    [
      'both any and all',
      withCondition({ any: [leaf], all: [leaf] }),
      'AMBIGUOUS_CONDITION rules/team.size.json#/requires/any',
    ],
    [
      'a key that reaches a prototype',
      { 'conditions.json': '{"__proto__": {"fact": "team.level", "operator": "equal", "value": "county"}}' },
      'FORBIDDEN_KEY conditions.json#/__proto__',
    ],
    ['a key that repeats', { 'sources.json': '[{"id": "a", "id": "b"}]' }, 'DUPLICATE_KEY sources.json#/0/id'],
    ['a hundred thousand brackets', { 'rules/team.size.json': '['.repeat(100_000) }, 'TOO_DEEP rules/team.size.json#'],
    [
      'conditions in conditions',
      withCondition(Array.from({ length: 70 }).reduce((inner) => ({ not: inner }), leaf)),
      'TOO_DEEP rules/team.size.json#',
    ],
    ['a path out of the pack', { '../../../etc/passwd': 'root' }, 'UNEXPECTED_FILE ../../../etc/passwd#'],
  ];

  it.each(hostile)('answers %s with a clear problem and soon', async (_name, changes, expected) => {
    const started = performance.now();
    expect(await problemsOf(changes)).toContain(expected);
    expect(performance.now() - started).toBeLessThan(15_000);
  });

  it('takes a file called __proto__ for a file', async () => {
    const files = [...asInput(riverland()), { path: '__proto__', text: '{}' }];
    const { packCheck } = await graph.get(author, QUERY, { files });
    expect(packCheck.problems).toMatchObject([{ code: 'UNEXPECTED_FILE', file: '__proto__' }]);
  });

  it('counts all problems and shows the first of very many', async () => {
    // The engine itself stops at a hundred problems a file, so it takes many files.
    const astray = Object.fromEntries(Array.from({ length: 600 }, (_, at) => [`nowhere/${at}.json`, {}]));
    const answer = await check(riverland('1.0.0', astray));
    expect(answer.problems).toHaveLength(500);
    expect(answer.problemCount).toBe(600);
  });
});

/** A sound pack whose few kilobytes take long to decide: large conditions behind short names, and many cases. */
function costly(): Files {
  const size = JSON.parse(riverland()['rules/team.size.json'] ?? '');
  const many = { all: Array.from({ length: 190 }, () => leaf) };
  const rules = Array.from({ length: 900 }, (_, at) => [
    `rules/team.c${at}.json`,
    {
      ...size,
      id: `riverland.team.c${at}`,
      requires: { any: Array.from({ length: 5 }, () => ({ condition: 'many' })) },
    },
  ]);
  const cases = Array.from({ length: 900 }, (_, at) => ({
    id: `case-${at}`,
    on: 'teamActivate',
    facts: { 'team.memberCount': at },
    outcome: {},
    decision: 'deny',
  }));
  return riverland('1.0.0', { ...Object.fromEntries(rules), 'conditions.json': { many }, 'cases/many.json': cases });
}

describe('the thread that checks', () => {
  const limits = { ms: 8_000, megabytes: 512, atOnce: 2, problems: 500 };

  it('gives up on a pack that takes too long, and lets others be answered meanwhile', async () => {
    let done = false;
    const checking = checkInThread(costly(), { ...limits, ms: 3_000 }).finally(() => {
      done = true;
    });
    const { pack } = await graph.get(anonymous, '{ pack(id: "riverland") { version } }');
    expect(pack.version).toBe('1.0.0');
    expect(done).toBe(false);
    expect(await checking).toMatchObject({ sound: null, problems: [{ code: 'CHECK_TOO_COSTLY' }] });
  });

  it('gives up on a pack that takes too much memory, and this process lives on', async () => {
    const result = await checkInThread(costly(), { ...limits, megabytes: 24 });
    expect(result).toMatchObject({ sound: null, problems: [{ code: 'CHECK_TOO_COSTLY' }] });
    expect((await check(riverland())).sound).toBe(true);
  });

  it('runs few checks at once and refuses more', async () => {
    const ask = () => graph.ask(author, QUERY, { files: asInput(riverland()) });
    const answers = await Promise.all([ask(), ask(), ask()]);
    const codes = answers.map(({ errors }) => errors[0]?.extensions?.code ?? 'answered').sort();
    expect(codes).toEqual(['PACK_CHECK_BUSY', 'answered', 'answered']);
    expect((await check(riverland())).sound).toBe(true);
  });
});
