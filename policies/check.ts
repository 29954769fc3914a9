import { isNumeric, leafProblems, unitOf, type Words } from './check-leaf.ts';
import { type Condition, factsOf, leavesOf, parameterOf } from './condition.ts';
import { type FactType, isOfType } from './facts.ts';
import { type Authored, type Inliner, partsOf } from './named.ts';
import type { Catalogue, Citation, PackHeader, Parameter, Period, PointKind, Rule, Text } from './pack.ts';
import { below, type PackProblem, type ProblemCode, problem } from './problem.ts';
import { stemOf } from './shape.ts';

/** A rule file whose shape is right: its conditions may still name others. */
export type AuthoredRule = Omit<Rule, 'requires' | 'appliesWhen' | 'on'> & {
  readonly requires: Authored;
  readonly appliesWhen?: Authored;
} & (
    | { readonly on: readonly string[]; readonly onEvery?: undefined }
    | {
        readonly on?: undefined;
        readonly onEvery: { readonly kind: PointKind; readonly offering?: string; readonly except?: readonly string[] };
      }
  );

/** The decision points of a rule: those it lists, or every one of a kind. */
const pointsOf = ({ on, onEvery }: AuthoredRule, { points }: Catalogue): readonly string[] => {
  if (on) return on;
  const { kind, offering, except = [] } = onEvery;
  return Object.entries(points)
    .filter(([id, point]) => point.kind === kind && !except.includes(id))
    .filter(([, point]) => offering === undefined || point.facts.includes(offering))
    .map(([id]) => id)
    .sort();
};

/** What the files of a pack are checked against. */
export interface Surroundings extends Words {
  readonly catalogue: Catalogue;
  /** Undefined when pack.json itself was refused. */
  readonly pack: PackHeader | undefined;
  readonly documents: ReadonlySet<string> | undefined;
  readonly inliner: Inliner;
  /** Names in conditions.json, readable or not; undefined when that file could not be read. */
  readonly names: ReadonlySet<string> | undefined;
}
export type Report = (code: ProblemCode, path: string, detail?: string) => void;

/** Collects problems of one file. */
export const reporter =
  (file: string, into: PackProblem[]): Report =>
  (code, path, detail = '') =>
    void into.push(problem(code, file, path, detail));

/** Reports a period that ends before it begins. */
export const checkPeriod = (period: Period, path: string, report: Report): void => {
  if (period.to !== undefined && period.to < period.from) report('DATE_ORDER', path, `${period.from} > ${period.to}`);
};

/** Reports a citation of a document that sources.json does not have. */
export const checkCitation = (citation: Citation, path: string, { documents }: Surroundings, report: Report): void => {
  if (documents && !documents.has(citation.document))
    report('UNKNOWN_DOCUMENT', below(path, 'document'), citation.document);
};

/** Reports every wrong value, date and status of a parameter. */
export const checkParameter = (parameter: Parameter, around: Surroundings, report: Report): void => {
  if (Object.hasOwn(around.catalogue.facts, parameter.id)) report('NAME_TAKEN', '/id', parameter.id);
  if (isNumeric(parameter.type) && unitOf(parameter) === undefined) report('MISSING_UNIT', '/unit');
  if (parameter.type === 'fen' && (parameter.unit ?? 'fen') !== 'fen')
    report('UNIT_MISMATCH', '/unit', `fen, ${parameter.unit}`);
  const isRight = (value: unknown) => isOfType[parameter.type](value) && !(Array.isArray(value) && value.length === 0);
  let previous = '';
  for (const [at, { from, value, citation }] of parameter.values.entries()) {
    if (value !== null && !isRight(value)) report('VALUE_TYPE', below('/values', at, 'value'), parameter.type);
    if (from <= previous) report('DATE_ORDER', below('/values', at, 'from'), `${previous}, ${from}`);
    previous = from;
    checkCitation(citation, below('/values', at, 'citation'), around, report);
  }
  const { platformDefault, status, values } = parameter;
  if (platformDefault && !isRight(platformDefault.value))
    report('VALUE_TYPE', '/platformDefault/value', parameter.type);
  const states = values.some(({ value }) => value !== null);
  if (states !== (status === 'stated')) report('PARAMETER_STATUS', '/status', status);
  if (platformDefault && states && values.every(({ value }) => value !== null))
    report('PARAMETER_STATUS', '/platformDefault', `${status}, platformDefault`);
};

/** Reports every comparison of a condition that means nothing, at the place where it is written. */
export const checkCondition = (condition: Authored, path: string, around: Surroundings, report: Report): void => {
  for (const part of partsOf(condition, path)) {
    if (part.kind === 'leaf')
      for (const { code, at, detail } of leafProblems(part.leaf, around)) report(code, below(part.path, ...at), detail);
    else if (around.names && !around.names.has(part.name)) report('UNKNOWN_CONDITION', part.path, part.name);
  }
};

/** Facts of a condition that a point of the rule does not offer. */
const checkOffered = (
  condition: Condition,
  path: string,
  on: readonly string[],
  around: Surroundings,
  report: Report,
) => {
  const reported = new Set<string>();
  for (const leaf of leavesOf(condition))
    for (const fact of factsOf(leaf))
      for (const id of on) {
        const point = Object.hasOwn(around.catalogue.points, id) ? around.catalogue.points[id] : undefined;
        const known = Object.hasOwn(around.catalogue.facts, fact);
        const said = `${id}, ${fact}`;
        if (!point || !known || point.facts.includes(fact) || reported.has(said)) continue;
        reported.add(said);
        report('FACT_NOT_OFFERED', path, said);
      }
};

/** Ids in braces; a text is shown with their values. */
export const placeholders = /\{([a-z][A-Za-z0-9]*(?:[.-][A-Za-z0-9]+)*)\}/g;

const checkText = (text: Text, path: string, around: Surroundings, report: Report) => {
  for (const language of ['zh', 'en'] as const)
    for (const [, id = ''] of text[language].matchAll(placeholders))
      if (!Object.hasOwn(around.facts, id) && !around.parameters.has(id))
        report('UNKNOWN_PLACEHOLDER', below(path, language), id);
};

const checkInForce = (condition: Condition, path: string, from: string, around: Surroundings, report: Report) => {
  const used = new Set([...leavesOf(condition)].map(parameterOf));
  for (const id of used) {
    const first = id === undefined ? undefined : around.parameters.get(id)?.values[0];
    if (first && first.from > from) report('PARAMETER_NOT_IN_FORCE', path, `${id}: ${first.from} > ${from}`);
  }
};

/** Reports everything wrong with a rule and returns it with its conditions inlined, or null if that cannot be done. */
export const checkRule = (
  rule: AuthoredRule,
  file: string,
  around: Surroundings,
  problems: PackProblem[],
): Rule | null => {
  const report = reporter(file, problems);
  const { pack } = around;
  if (pack) {
    const id = `${pack.id}.${stemOf(file)}`;
    if (rule.id !== id) report('WRONG_ID', '/id', id);
    const { from, to } = rule.effective;
    const end = pack.effective.to;
    if (from < pack.effective.from || (end !== undefined && (to === undefined || to > end)))
      report('OUTSIDE_PACK_PERIOD', '/effective');
  }
  for (const [at, point] of (rule.on ?? rule.onEvery.except ?? []).entries())
    if (!Object.hasOwn(around.catalogue.points, point))
      report('UNKNOWN_POINT', below(rule.on ? '/on' : '/onEvery/except', at), point);
  const { onEvery, ...own } = rule;
  const on = pointsOf(rule, around.catalogue);
  if ((rule.effect === 'override') !== (rule.override !== undefined)) report('OVERRIDE_ROLES', '/override');
  checkPeriod(rule.effective, '/effective', report);
  checkCitation(rule.citation, '/citation', around, report);
  checkText(rule.message, '/message', around, report);
  checkText(rule.remedy, '/remedy', around, report);
  const resolve = (condition: Authored | undefined, path: string): Condition | null | undefined => {
    if (condition === undefined) return undefined;
    checkCondition(condition, path, around, report);
    const inlined = around.inliner.inline(condition, file, path);
    if (inlined && 'code' in inlined) problems.push(inlined);
    if (!inlined || 'code' in inlined) return null;
    checkOffered(inlined, path, on, around, report);
    checkInForce(inlined, path, rule.effective.from, around, report);
    return inlined;
  };
  const requires = resolve(rule.requires, '/requires');
  const appliesWhen = resolve(rule.appliesWhen, '/appliesWhen');
  if (!requires || appliesWhen === null) return null;
  return { ...own, on, appliesWhen, requires };
};

/** Reports facts that no one offers at a point, or of the wrong type. */
export const checkFacts = (
  facts: Readonly<Record<string, unknown>>,
  point: string,
  path: string,
  { catalogue }: Surroundings,
  report: Report,
): void => {
  const offered = Object.hasOwn(catalogue.points, point) ? catalogue.points[point]?.facts : undefined;
  for (const [id, value] of Object.entries(facts)) {
    const type: FactType | undefined = Object.hasOwn(catalogue.facts, id) ? catalogue.facts[id]?.type : undefined;
    if (!type) report('UNKNOWN_FACT', below(path, id), id);
    else if (offered && !offered.includes(id)) report('FACT_NOT_OFFERED', below(path, id), `${point}, ${id}`);
    else if (!isOfType[type](value)) report('VALUE_TYPE', below(path, id), type);
  }
};
