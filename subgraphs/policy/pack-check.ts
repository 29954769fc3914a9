import { GraphQLError } from 'graphql';
import type { CaseResult } from '../../policies/cases.ts';
import type { Warning } from '../../policies/verify.ts';
import type { Viewer } from '../viewer.ts';
import { builder, types } from './builder.ts';
import { type CheckProblem, type CheckResult, refusal } from './check-result.ts';
import { checkInThread, checkLimits } from './check-run.ts';
import { TermRef } from './term.ts';

const FileInput = builder.inputType('PackFileInput', {
  fields: (t) => ({
    path: t.string({ required: true, description: 'Inside the pack, such as rules/team.size.json.' }),
    text: t.string({ required: true }),
  }),
});

const Problem = builder.objectRef<CheckProblem>('PackProblem').implement({
  description: 'A reason why a pack cannot be published.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; for programs.' }),
    file: t.exposeString('file', { description: 'Path inside the pack; empty for the pack as a whole.' }),
    pointer: t.exposeString('path', { description: 'JSON pointer inside the file; empty for the whole of it.' }),
    message: t.field({ type: types.Bilingual, resolve: ({ message }) => message }),
  }),
});

const Case = builder.objectRef<CaseResult>('PackCaseResult').implement({
  description: 'What one case expects, and what the pack answers.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Of a baseline: baselines/<point>.' }),
    point: t.exposeString('point', { description: 'Empty for a case of the calendar.' }),
    passed: t.exposeBoolean('passed'),
    expected: t.field({
      type: 'JSON',
      description:
        'decision, outcome by rule, and flags and rank where the case speaks of them; order of a ranking; expect of the calendar.',
      resolve: ({ expected }) => expected,
    }),
    actual: t.field({ type: 'JSON', description: 'The same of the answer.', resolve: ({ actual }) => actual }),
  }),
});

const WarningRef = builder.objectRef<Warning>('PackWarning').implement({
  description: 'Something about a sound pack that nobody can have meant, or that may be forgotten.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Stable; for programs.' }),
    mistake: t.exposeBoolean('isMistake', { description: 'True: a pack with it is not released.' }),
    about: t.exposeString('about', { description: 'The id of the rule or parameter.' }),
    from: t.expose('from', {
      type: 'Date',
      nullable: true,
      description: 'The first day on which it is so; null where days do not matter.',
    }),
    message: t.field({ type: types.Bilingual, resolve: ({ message }) => message }),
  }),
});

const PackCheck = builder.objectRef<CheckResult>('PackCheck').implement({
  description: 'What a check of a pack found.',
  fields: (t) => ({
    sound: t.boolean({
      description: 'True without problems. Cases may fail nevertheless.',
      resolve: ({ sound }) => sound !== null,
    }),
    problems: t.field({
      type: [Problem],
      description: `At most ${checkLimits.problems}; problemCount says how many there are.`,
      resolve: ({ problems }) => [...problems],
    }),
    problemCount: t.exposeInt('problemCount'),
    digest: t.string({
      nullable: true,
      description: 'SHA-256 that this content has once it is released. Null where there is a problem.',
      resolve: ({ sound }) => sound?.release.digest ?? null,
    }),
    releasable: t.boolean({
      description: 'Sound, every case and baseline as expected, and no warning that is a mistake.',
      resolve({ sound }) {
        if (!sound) return false;
        return sound.cases.every(({ passed }) => passed) && !sound.warnings.some(({ isMistake }) => isMistake);
      },
    }),
    warnings: t.field({ type: [WarningRef], resolve: ({ sound }) => [...(sound?.warnings ?? [])] }),
    cases: t.field({
      type: [Case],
      description: 'Its baselines, which must be allowed, and its cases.',
      args: { passed: t.arg.boolean({ description: 'Only those that passed, or that failed.' }) },
      resolve: ({ sound }, { passed }) =>
        (sound?.cases ?? []).filter((one) => typeof passed !== 'boolean' || one.passed === passed),
    }),
    caseCount: t.int({ resolve: ({ sound }) => sound?.cases.length ?? 0 }),
    failedCaseCount: t.int({ resolve: ({ sound }) => sound?.cases.filter(({ passed }) => !passed).length ?? 0 }),
    rulesWithoutCases: t.field({
      type: [TermRef],
      description: 'Rules whose outcome no case expects, with their titles.',
      resolve: ({ sound }) =>
        (sound?.rulesWithoutCases ?? []).map((code) => ({
          code,
          title: sound?.release.rules.find(({ id }) => id === code)?.title ?? null,
        })),
    }),
  }),
});

function mayCheck({ roles, scopes }: Viewer): boolean {
  return scopes.includes('policy:check') || roles.some(({ role }) => role === 'policy-author');
}

async function check(files: readonly { path: string; text: string }[]): Promise<CheckResult> {
  const texts = new Map<string, string>();
  for (const { path, text } of files) {
    if (texts.has(path)) {
      return refusal('DUPLICATE_FILE', path.slice(0, 200), { zh: '同一文件出现两次', en: 'the file is there twice' });
    }
    texts.set(path, text);
  }
  return checkInThread(Object.fromEntries(texts));
}

builder.queryField('packCheck', (t) =>
  t.field({
    type: PackCheck,
    authenticated: true,
    description:
      "Checks an author's pack, given as texts, and runs its cases; nothing is kept. For the role policy-author or the scope policy:check. Errors: FORBIDDEN, PACK_CHECK_BUSY.",
    args: { files: t.arg({ type: [FileInput], required: true }) },
    resolve(_root, { files }, { viewer }) {
      if (!mayCheck(viewer)) {
        throw new GraphQLError('Checking packs needs the role policy-author or the scope policy:check.', {
          extensions: { code: 'FORBIDDEN', messageZh: '检查规则包需要 policy-author 角色或 policy:check 授权。' },
        });
      }
      return check(files);
    },
  }),
);
