import type { Text } from './pack.ts';

/** Every reason a pack can be refused for: a stable code, and what it says with `{detail}` filled in. */
const said = {
  FILE_TOO_LARGE: ['文件过大：{detail}', 'the file is too large: {detail}'],
  PACK_TOO_LARGE: ['规则包过大：{detail}', 'the pack is too large: {detail}'],
  UNEXPECTED_FILE: ['规则包中不应有此文件', 'a pack has no such file'],
  MISSING_FILE: ['缺少文件', 'the file is missing'],
  NOT_JSON: ['不是合法的 JSON：{detail}', 'not valid JSON: {detail}'],
  TOO_DEEP: ['嵌套超过 {detail} 层', 'nested deeper than {detail} levels'],
  TOO_MANY: ['条目超过 {detail} 个', 'more than {detail} entries'],
  FORBIDDEN_KEY: ['不允许的键：{detail}', 'forbidden key: {detail}'],
  DUPLICATE_KEY: ['重复的键：{detail}', 'duplicate key: {detail}'],
  SHAPE: ['格式不符：{detail}', 'wrong shape: {detail}'],
  AMBIGUOUS_CONDITION: [
    '条件只能用 all、any、not、condition、fact 之一',
    'a condition is exactly one of all, any, not, condition, fact',
  ],
  EMPTY_CONDITION: ['条件列表不能为空', 'a list of conditions cannot be empty'],
  REFUSED_KEY: ['条件中不允许使用 {detail}', 'a condition cannot use {detail}'],
  MORE_PROBLEMS: ['另有 {detail} 处问题', '{detail} more problems in this file'],
  WRONG_ID: ['标识应为 {detail}', 'the id must be {detail}'],
  DUPLICATE_ID: ['重复的标识：{detail}', 'duplicate id: {detail}'],
  UNKNOWN_FACT: ['未知的事实：{detail}', 'unknown fact: {detail}'],
  UNKNOWN_POINT: ['未知的决策点：{detail}', 'unknown decision point: {detail}'],
  UNKNOWN_PARAMETER: ['未知的参数：{detail}', 'unknown parameter: {detail}'],
  UNKNOWN_OPERATOR: ['未知的运算符：{detail}', 'unknown operator: {detail}'],
  UNKNOWN_CONDITION: ['未知的命名条件：{detail}', 'unknown named condition: {detail}'],
  UNKNOWN_DOCUMENT: ['sources.json 中没有此文件：{detail}', 'no such document in sources.json: {detail}'],
  UNKNOWN_RULE: ['未知的规则：{detail}', 'unknown rule: {detail}'],
  UNKNOWN_OBLIGATION: ['未知的义务：{detail}', 'unknown obligation: {detail}'],
  UNKNOWN_INDICATOR: ['未知的指标：{detail}', 'unknown indicator: {detail}'],
  UNKNOWN_CANDIDATE: ['排序与候选者不一致：{detail}', 'the order does not name each candidate once: {detail}'],
  UNKNOWN_FILE: ['规则包中没有此文件：{detail}', 'the pack has no such file: {detail}'],
  UNKNOWN_PLACEHOLDER: [
    '文字中的占位符既非事实也非参数：{detail}',
    'a placeholder is neither a fact nor a parameter: {detail}',
  ],
  UNKNOWN_CODE: ['不在该事实的取值之内：{detail}', 'not among the values of the fact: {detail}'],
  FACT_NOT_OFFERED: ['决策点不提供此事实：{detail}', 'the decision point does not offer the fact: {detail}'],
  OPERATOR_TYPE: ['运算符不适用于该类型的事实：{detail}', 'the operator does not compare facts of this type: {detail}'],
  VALUE_TYPE: ['比较值的类型不符：{detail}', 'the value is of the wrong type: {detail}'],
  UNIT_MISMATCH: ['单位不一致：{detail}', 'units differ: {detail}'],
  MISSING_UNIT: ['数值必须注明单位', 'a number needs its unit'],
  CONDITION_CYCLE: ['命名条件循环引用：{detail}', 'named conditions refer to each other in a circle: {detail}'],
  CONDITION_TOO_LARGE: ['条件展开后过大：{detail}', 'the condition is too large once its names are inlined: {detail}'],
  NOT_A_DATE: ['不是有效日期：{detail}', 'not a real date: {detail}'],
  DATE_ORDER: ['日期次序有误：{detail}', 'dates are out of order: {detail}'],
  OUTSIDE_PACK_PERIOD: ['规则的有效期超出规则包的有效期', 'the rule is in force outside the period of its pack'],
  PARAMETER_NOT_IN_FORCE: [
    '规则生效时参数尚无取值：{detail}',
    'the parameter has no value when the rule comes into force: {detail}',
  ],
  PARAMETER_STATUS: [
    '参数状态与取值不符：{detail}',
    'status and values of the parameter contradict each other: {detail}',
  ],
  NAME_TAKEN: ['名称已被事实占用：{detail}', 'the name is that of a fact: {detail}'],
  OVERRIDE_ROLES: [
    '只有 effect 为 override 的规则才有、且必须有 override.roles',
    'override.roles belongs to rules of effect override, and they need it',
  ],
  BASELINE_MISSING: [
    '决策点没有基线，案例须自带 asOf：{detail}',
    'the point has no baseline, so the case needs its own asOf: {detail}',
  ],
  RELEASE_FORMAT: ['发布文件格式不符：{detail}', 'not a release file: {detail}'],
  RELEASE_DIGEST: [
    '发布文件的摘要与内容不符：{detail}',
    'the digest of the release does not match its content: {detail}',
  ],
  RELEASE_EXISTS: ['该版本已发布，不可改写：{detail}', 'this version is published and is never rewritten: {detail}'],
  CASE_DIFFERS: ['案例结果与预期不符：{detail}', 'a case comes out otherwise: {detail}'],
  WARNED: ['静态检查未通过：{detail}', 'the static checks object: {detail}'],
  CHANGELOG_SILENT: ['CHANGELOG.md 中没有此版本：{detail}', 'CHANGELOG.md says nothing of the version: {detail}'],
} as const satisfies Record<string, readonly [string, string]>;

export type ProblemCode = keyof typeof said;

export interface PackProblem {
  readonly code: ProblemCode;
  /** Path inside the pack, such as `rules/team.size.json`. */
  readonly file: string;
  /** JSON pointer inside the file, '' for the whole of it. */
  readonly path: string;
  readonly message: Text;
}

/** One problem with its message in both languages. */
export const problem = (code: ProblemCode, file: string, path = '', detail = ''): PackProblem => {
  const shown = detail.length > 200 ? `${detail.slice(0, 200)}…` : detail;
  const [zh, en] = said[code];
  // A function as replacement: a `$&` in hostile detail is then only text.
  return {
    code,
    file,
    path,
    message: { zh: zh.replace('{detail}', () => shown), en: en.replace('{detail}', () => shown) },
  };
};

/** A pack or release that was refused, with every reason found; `code` is that of the first. */
export class PackError extends Error {
  readonly code: ProblemCode;
  readonly problems: readonly PackProblem[];
  constructor(problems: readonly [PackProblem, ...PackProblem[]]) {
    super(
      problems.map(({ code, file, path, message }) => `${code} ${file}${path && `#${path}`}: ${message.en}`).join('\n'),
    );
    this.code = problems[0].code;
    this.problems = problems;
  }
}

/** Throws a PackError with all of them if there is any problem. */
export const refuseIfAny = (problems: readonly PackProblem[]): void => {
  const [first, ...rest] = problems;
  if (first) throw new PackError([first, ...rest]);
};

const mostPerFile = 100;

/** The first problems of a file, and how many more: a large file that is all wrong must not fill the memory. */
export const capped = <T>(found: readonly T[], file: string, toProblem: (one: T) => PackProblem): PackProblem[] => {
  const shown = found.slice(0, mostPerFile).map(toProblem);
  const rest = found.length - shown.length;
  return rest > 0 ? [...shown, problem('MORE_PROBLEMS', file, '', String(rest))] : shown;
};

/** A JSON pointer below another. */
export const below = (path: string, ...keys: (string | number)[]): string =>
  path + keys.map((key) => `/${String(key).replaceAll('~', '~0').replaceAll('/', '~1')}`).join('');
