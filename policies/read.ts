import {
  type AuthoredRule,
  checkCitation,
  checkCondition,
  checkFacts,
  checkParameter,
  checkPeriod,
  checkRule,
  placeholders,
  reporter,
  type Surroundings,
} from './check.ts';
import { type Condition, factsOf, leavesOf } from './condition.ts';
import type { FactDeclaration } from './facts.ts';
import { parseJson } from './json.ts';
import { inliner, type NamedConditions } from './named.ts';
import type {
  Baseline,
  Case,
  Catalogue,
  Chain,
  Entry,
  Pack,
  PackHeader,
  Parameter,
  Role,
  Rule,
  Source,
} from './pack.ts';
import { below, type PackProblem, problem } from './problem.ts';
import { type Kind, kindOf, shapeProblems, stemOf } from './shape.ts';

export const maximumPackSize = 8 * 1_048_576;
export const maximumFiles = 5000;
const ignored = /^(README\.md|CHANGELOG\.md|releases\/[0-9.]+\.json)$/;

interface Item {
  readonly file: string;
  readonly value: unknown;
}
type Items = ReadonlyMap<Kind, readonly Item[]>;

/** Parses every file of a pack and keeps those of the right shape, by kind. */
const parse = (files: Readonly<Record<string, string>>, problems: PackProblem[]): Items => {
  const items = new Map<Kind, Item[]>();
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
    if (wrong.length > 0 || 'problems' in parsed) continue;
    items.set(kind, [...(items.get(kind) ?? []), { file, value: parsed.value }]);
  }
  for (const file of ['pack.json', 'sources.json'])
    if (!Object.hasOwn(files, file)) problems.push(problem('MISSING_FILE', file));
  return items;
};

const checkUnique = (ids: readonly string[], pathOf: (at: number) => string, file: string, problems: PackProblem[]) => {
  for (const [at, id] of ids.entries())
    if (ids.indexOf(id) !== at) problems.push(problem('DUPLICATE_ID', file, pathOf(at), id));
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

/**
 * Reads a pack from the texts of its files, which may be hostile, and finds every problem it can
 * rather than the first. `pack` is null exactly when there is a problem. Touches no file system.
 */
export const readPack = (
  files: Readonly<Record<string, string>>,
  catalogue: Catalogue,
): { readonly pack: Pack | null; readonly problems: readonly PackProblem[] } => {
  const names = Object.keys(files);
  const size = names.reduce((sum, name) => sum + Buffer.byteLength(files[name] ?? ''), 0);
  if (size > maximumPackSize || names.length > maximumFiles)
    return { pack: null, problems: [problem('PACK_TOO_LARGE', '', '', `${names.length} files, ${size} B`)] };
  const problems: PackProblem[] = [];
  const items = parse(files, problems);
  const located = <T>(kind: Kind) => (items.get(kind) ?? []) as readonly { file: string; value: T }[];
  const values = <T>(kind: Kind) => located<T>(kind).map(({ value }) => value);

  const [header] = values<PackHeader>('pack');
  const [sources] = values<Source[]>('sources');
  const [roles = []] = values<Role[]>('roles');
  const [named = {}] = values<NamedConditions>('conditions');
  const parameters = new Map<string, Parameter | null>();
  for (const file of names) if (kindOf(file) === 'parameter') parameters.set(stemOf(file), null);
  for (const { file, value } of located<Parameter>('parameter')) parameters.set(stemOf(file), value);
  const inline = inliner(named);
  problems.push(...inline.problems);
  const around: Surroundings = {
    catalogue,
    facts: catalogue.facts,
    parameters,
    pack: header,
    documents: sources && new Set(sources.map(({ id }) => id)),
    inliner: inline,
    names: items.has('conditions') || !names.includes('conditions.json') ? new Set(Object.keys(named)) : undefined,
  };

  if (header) checkPeriod(header.effective, '/effective', reporter('pack.json', problems));
  if (sources)
    checkUnique(
      sources.map(({ id }) => id),
      (at) => below('', at, 'id'),
      'sources.json',
      problems,
    );
  checkUnique(
    roles.map(({ role }) => role),
    (at) => below('', at, 'role'),
    'roles.json',
    problems,
  );
  for (const [at, { may, citation }] of roles.entries()) {
    const report = reporter('roles.json', problems);
    for (const [no, point] of may.entries())
      if (!Object.hasOwn(catalogue.points, point)) report('UNKNOWN_POINT', below('', at, 'may', no), point);
    if (citation) checkCitation(citation, below('', at, 'citation'), around, report);
  }
  for (const [name, condition] of Object.entries(named))
    checkCondition(condition, below('', name), around, reporter('conditions.json', problems));
  for (const kind of ['parameter', 'chain', 'indicator', 'obligation'] as const)
    for (const { file, value } of located<{ id: string }>(kind))
      if (value.id !== stemOf(file)) problems.push(problem('WRONG_ID', file, '/id', stemOf(file)));
  for (const { file, value } of located<Parameter>('parameter'))
    checkParameter(value, around, reporter(file, problems));
  for (const { file, value } of located<Chain>('chain')) {
    checkUnique(
      value.steps.map(({ key }) => key),
      (at) => below('/steps', at, 'key'),
      file,
      problems,
    );
    for (const [at, { citation }] of value.steps.entries())
      checkCitation(citation, below('/steps', at, 'citation'), around, reporter(file, problems));
  }
  const rules = located<AuthoredRule>('rule').flatMap(
    ({ file, value }) => checkRule(value, file, around, problems) ?? [],
  );

  const baselines = new Map<string, Baseline>();
  for (const { file, value } of located<Baseline>('baseline')) {
    const report = reporter(file, problems);
    const point = stemOf(file);
    if (!Object.hasOwn(catalogue.points, point)) report('UNKNOWN_POINT', '', point);
    else checkFacts(value.facts, point, '/facts', around, report);
    baselines.set(point, value);
  }
  const ruleNames = new Set(
    header ? names.flatMap((f) => (kindOf(f) === 'rule' ? [`${header.id}.${stemOf(f)}`] : [])) : [],
  );
  const pointHasBaseline = (point: string) => names.includes(`baselines/${point}.json`);
  const caseIds = new Set<string>();
  for (const { file, value } of located<Case[]>('cases')) {
    const report = reporter(file, problems);
    for (const [at, one] of value.entries()) {
      if (caseIds.has(one.id)) report('DUPLICATE_ID', below('', at, 'id'), one.id);
      caseIds.add(one.id);
      if (!Object.hasOwn(catalogue.points, one.on)) report('UNKNOWN_POINT', below('', at, 'on'), one.on);
      else if (one.asOf === undefined && !pointHasBaseline(one.on)) report('BASELINE_MISSING', below('', at), one.on);
      checkFacts(one.facts, one.on, below('', at, 'facts'), around, report);
      if (header)
        for (const id of [
          ...Object.keys(one.outcome),
          ...(one.flags ?? []),
          ...(one.overrides ?? []).map(({ rule }) => rule),
        ])
          if (!ruleNames.has(id)) report('UNKNOWN_RULE', below('', at), id);
    }
  }
  if (problems.length > 0 || !header || !sources) return { pack: null, problems };
  const pack: Pack = {
    pack: header,
    sources,
    parameters: values<Parameter>('parameter'),
    rules,
    roles,
    chains: values<Chain>('chain'),
    indicators: values<Entry>('indicator'),
    obligations: values<Entry>('obligation'),
    facts: factsRead(rules, catalogue),
    baselines: Object.fromEntries(baselines),
    cases: values<Case[]>('cases').flat(),
  };
  return { pack, problems };
};
