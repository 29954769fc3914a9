import {
  type AuthoredRule,
  checkCondition,
  checkParameter,
  checkPeriod,
  checkRule,
  placeholders,
  type Report,
  reporter,
  type Surroundings,
} from './check.ts';
import { type AnyCase, checkBaseline, checkCases } from './check-case.ts';
import {
  checkChain,
  checkClauses,
  checkCoverage,
  checkIndicator,
  checkObligation,
  checkRoles,
  checkSources,
} from './check-entry.ts';
import { type Condition, factsOf, leavesOf } from './condition.ts';
import type { FactDeclaration } from './facts.ts';
import { parseJson } from './json.ts';
import { inliner, type NamedConditions } from './named.ts';
import type {
  Baseline,
  Catalogue,
  Chain,
  Clause,
  Coverage,
  Indicator,
  Obligation,
  Pack,
  PackHeader,
  Parameter,
  Role,
  Rule,
  Source,
} from './pack.ts';
import { below, type PackProblem, problem } from './problem.ts';
import { type Kind, kindOf, shapeProblems, stemOf } from './shape.ts';

export const maximumPackSize: number = 8 * 1_048_576;
export const maximumFiles = 5000;
const ignored = /^(README\.md|CHANGELOG\.md|withdrawals\.json|releases\/[0-9.]+\.json)$/;

type Files = Readonly<Record<string, string>>;
interface Shaped {
  readonly file: string;
  readonly value: unknown;
}

/** What the kinds of files hold once their shape is right. */
interface Contents {
  pack: PackHeader;
  sources: readonly Source[];
  conditions: NamedConditions;
  roles: readonly Role[];
  coverage: Readonly<Record<string, Coverage>>;
  clauses: readonly Clause[];
  parameter: Parameter;
  rule: AuthoredRule;
  chain: Chain;
  indicator: Indicator;
  obligation: Obligation;
  baseline: Baseline;
  cases: readonly AnyCase[];
}
type Located<T> = readonly { readonly file: string; readonly value: T }[];
type Items = <K extends keyof Contents>(kind: K) => Located<Contents[K]>;

/** Parses every file and keeps those of the right shape, by kind. */
const parse = (files: Files, problems: PackProblem[]): Items => {
  const shaped = new Map<Kind, Shaped[]>();
  for (const file of Object.keys(files).sort()) {
    if (ignored.test(file)) continue;
    const kind = kindOf(file);
    if (!kind) {
      problems.push(problem('UNEXPECTED_FILE', file));
      continue;
    }
    const parsed = parseJson(file, files[file] ?? '');
    const wrong = 'problems' in parsed ? parsed.problems : shapeProblems(kind, file, parsed.value);
    problems.push(...wrong);
    if ('problems' in parsed || wrong.length > 0) continue;
    const alike = shaped.get(kind) ?? [];
    shaped.set(kind, alike);
    alike.push({ file, value: parsed.value });
  }
  for (const file of ['pack.json', 'sources.json'])
    if (!Object.hasOwn(files, file)) problems.push(problem('MISSING_FILE', file));
  return <K extends keyof Contents>(kind: K) => (shaped.get(kind) ?? []) as Located<Contents[K]>;
};

/** Stems of the files of a kind, readable or not: a reference to a broken file is not itself broken. */
const stemsOf = (files: Files, kind: Kind): string[] =>
  Object.keys(files)
    .filter((file) => kindOf(file) === kind)
    .map(stemOf);

const surroundingsOf = (files: Files, items: Items, catalogue: Catalogue): Surroundings => {
  const parameters = new Map<string, Parameter | null>(stemsOf(files, 'parameter').map((stem) => [stem, null]));
  for (const { file, value } of items('parameter')) parameters.set(stemOf(file), value);
  const [named] = items('conditions');
  const [sources] = items('sources');
  const areNamesKnown = named !== undefined || !Object.hasOwn(files, 'conditions.json');
  return {
    catalogue,
    facts: catalogue.facts,
    parameters,
    pack: items('pack')[0]?.value,
    documents: sources && new Set(sources.value.map(({ id }) => id)),
    inliner: inliner(named?.value ?? {}),
    names: areNamesKnown ? new Set(Object.keys(named?.value ?? {})) : undefined,
  };
};

/** The declarations of all facts that the rules compare or show. */
const factsRead = (rules: readonly Rule[], catalogue: Catalogue): Record<string, FactDeclaration> => {
  const ids = new Set<string>();
  const read = (condition: Condition) => {
    for (const leaf of leavesOf(condition)) for (const fact of factsOf(leaf)) ids.add(fact);
  };
  for (const { appliesWhen, requires, message, remedy } of rules) {
    if (appliesWhen) read(appliesWhen);
    read(requires);
    for (const text of [message.zh, message.en, remedy.zh, remedy.en])
      for (const [, id = ''] of text.matchAll(placeholders)) if (Object.hasOwn(catalogue.facts, id)) ids.add(id);
  }
  const facts: Record<string, FactDeclaration> = {};
  for (const id of [...ids].sort()) {
    const entry = catalogue.facts[id];
    if (!entry) continue;
    const { type, unit, owner, values } = entry;
    facts[id] = { type, owner, ...(unit === undefined ? {} : { unit }), ...(values ? { values } : {}) };
  }
  return facts;
};

/** Checks the meaning of everything whose shape is right. Returns the rules with their conditions inlined. */
const check = (files: Files, items: Items, around: Surroundings, problems: PackProblem[]): Rule[] => {
  const each = <K extends keyof Contents>(kind: K, one: (value: Contents[K], report: Report, file: string) => void) => {
    for (const { file, value } of items(kind)) one(value, reporter(file, problems), file);
  };
  problems.push(...around.inliner.problems);
  each('pack', ({ effective }, report) => checkPeriod(effective, '/effective', report));
  each('sources', checkSources);
  each('roles', (roles, report) => checkRoles(roles, around, report));
  each('conditions', (named, report) => {
    for (const [name, condition] of Object.entries(named)) checkCondition(condition, below('', name), around, report);
  });
  for (const kind of ['parameter', 'chain', 'indicator', 'obligation'] as const)
    each(kind, ({ id }, report, file) => {
      if (id !== stemOf(file)) report('WRONG_ID', '/id', stemOf(file));
    });
  each('parameter', (parameter, report) => checkParameter(parameter, around, report));
  each('chain', (chain, report) => checkChain(chain, around, report));
  each('indicator', (indicator, report) =>
    checkIndicator(indicator, around, new Set(stemsOf(files, 'indicator')), report),
  );
  each('obligation', (obligation, report) => checkObligation(obligation, around, report));
  each('clauses', (clauses, report) => checkClauses(clauses, around, report));
  each('coverage', (coverage, report) => checkCoverage(coverage, new Set(Object.keys(files)), report));
  each('baseline', (baseline, report, file) => checkBaseline(stemOf(file), baseline, around, report));
  const { pack } = around;
  const tried = {
    rules: pack && new Set(stemsOf(files, 'rule').map((stem) => `${pack.id}.${stem}`)),
    obligations: new Set(stemsOf(files, 'obligation')),
    indicators: new Set(stemsOf(files, 'indicator')),
    baselines: new Set(stemsOf(files, 'baseline')),
  };
  const caseIds = items('cases').flatMap(({ file, value }) => value.map(({ id }, at) => ({ id, file, at })));
  const seen = new Set<string>();
  for (const { id, file, at } of caseIds) {
    if (seen.has(id)) problems.push(problem('DUPLICATE_ID', file, below('', at, 'id'), id));
    seen.add(id);
  }
  each('cases', (cases, report) => checkCases(cases, around, tried, report));
  return items('rule').flatMap(({ file, value }) => checkRule(value, file, around, problems) ?? []);
};

/**
 * Reads a pack from the texts of its files, which may be hostile, and finds every problem it can rather than the first.
 * `pack` is null exactly when there is a problem. Touches no file system.
 */
export const readPack = (
  files: Files,
  catalogue: Catalogue,
): { readonly pack: Pack | null; readonly problems: readonly PackProblem[] } => {
  const names = Object.keys(files);
  const size = names.reduce((sum, name) => sum + Buffer.byteLength(files[name] ?? ''), 0);
  if (size > maximumPackSize || names.length > maximumFiles)
    return { pack: null, problems: [problem('PACK_TOO_LARGE', '', '', `${names.length} files, ${size} B`)] };
  const problems: PackProblem[] = [];
  const items = parse(files, problems);
  const rules = check(files, items, surroundingsOf(files, items, catalogue), problems);
  const values = <K extends keyof Contents>(kind: K) => items(kind).map(({ value }) => value);
  const [header] = values('pack');
  if (problems.length > 0 || !header) return { pack: null, problems };
  const cases = values('cases').flat();
  const pack: Pack = {
    pack: header,
    sources: values('sources').flat(),
    parameters: values('parameter'),
    rules,
    roles: values('roles').flat(),
    chains: values('chain'),
    indicators: values('indicator'),
    obligations: values('obligation'),
    facts: factsRead(rules, catalogue),
    baselines: Object.fromEntries(items('baseline').map(({ file, value }) => [stemOf(file), value])),
    cases: cases.filter((one) => 'outcome' in one),
    rankingCases: cases.filter((one) => 'expectOrder' in one),
    entryCases: cases.filter((one) => 'kind' in one),
    coverage: values('coverage')[0] ?? {},
    clauses: values('clauses').flat(),
  };
  return { pack, problems };
};
