import { checkCitation, checkPeriod, type Report, type Surroundings } from './check.ts';
import type { Chain, Clause, Coverage, Indicator, Obligation, Role, Source } from './pack.ts';
import { below } from './problem.ts';

/** Reports what occurs a second time. */
export const checkUnique = (ids: readonly string[], pathOf: (at: number) => string, report: Report): void => {
  const seen = new Set<string>();
  for (const [at, id] of ids.entries()) {
    if (seen.has(id)) report('DUPLICATE_ID', pathOf(at), id);
    seen.add(id);
  }
};

const checkPoints = (points: readonly string[], path: string, { catalogue }: Surroundings, report: Report) => {
  for (const [at, point] of points.entries())
    if (!Object.hasOwn(catalogue.points, point)) report('UNKNOWN_POINT', below(path, at), point);
};

const checkParameterExists = (id: string | undefined, path: string, { parameters }: Surroundings, report: Report) => {
  if (id !== undefined && !parameters.has(id)) report('UNKNOWN_PARAMETER', path, id);
};

export const checkSources = (sources: readonly Source[], report: Report): void =>
  checkUnique(
    sources.map(({ id }) => id),
    (at) => below('', at, 'id'),
    report,
  );

export const checkRoles = (roles: readonly Role[], around: Surroundings, report: Report): void => {
  checkUnique(
    roles.map(({ role }) => role),
    (at) => below('', at, 'role'),
    report,
  );
  for (const [at, { may, citation }] of roles.entries()) {
    checkPoints(may, below('', at, 'may'), around, report);
    if (citation) checkCitation(citation, below('', at, 'citation'), around, report);
  }
};

export const checkChain = ({ steps }: Chain, around: Surroundings, report: Report): void => {
  checkUnique(
    steps.map(({ key }) => key),
    (at) => below('/steps', at, 'key'),
    report,
  );
  for (const [at, { citation }] of steps.entries())
    checkCitation(citation, below('/steps', at, 'citation'), around, report);
};

export const checkIndicator = (
  indicator: Indicator,
  around: Surroundings,
  indicators: ReadonlySet<string>,
  report: Report,
): void => {
  const { value, valueMax, tolerancePercent, baseline, values = [], fact, beside = [], window, citation } = indicator;
  checkCitation(citation, '/citation', around, report);
  checkParameterExists(value && ('lengthOf' in value ? value.lengthOf : value.parameter), '/value', around, report);
  checkParameterExists(valueMax?.parameter, '/valueMax', around, report);
  checkParameterExists(tolerancePercent?.parameter, '/tolerancePercent', around, report);
  checkParameterExists(baseline?.parameter, '/baseline', around, report);
  if (fact !== undefined && !Object.hasOwn(around.facts, fact)) report('UNKNOWN_FACT', '/fact', fact);
  if (window) checkPeriod(window, '/window', report);
  for (const [at, id] of beside.entries())
    if (!indicators.has(id)) report('UNKNOWN_INDICATOR', below('/beside', at), id);
  for (const [at, one] of values.entries())
    if (one.citation) checkCitation(one.citation, below('/values', at, 'citation'), around, report);
};

export const checkObligation = (obligation: Obligation, around: Surroundings, report: Report): void => {
  const { satisfiedBy, window, windows = [], count, years, citation } = obligation;
  checkCitation(citation, '/citation', around, report);
  checkPoints(satisfiedBy, '/satisfiedBy', around, report);
  checkParameterExists(window?.length?.parameter, '/window/length', around, report);
  for (const [at, one] of windows.entries())
    checkParameterExists(one.length?.parameter, below('/windows', at, 'length'), around, report);
  checkParameterExists(count?.parameter, '/count', around, report);
  if (years && years[0] > years[1]) report('DATE_ORDER', '/years', years.join(' > '));
};

/** Reports clauses that are said to stand in a file that does not exist. */
export const checkCoverage = (
  coverage: Readonly<Record<string, Coverage>>,
  files: ReadonlySet<string>,
  report: Report,
): void => {
  for (const [clause, { at }] of Object.entries(coverage))
    if (at !== null && !files.has(at)) report('UNKNOWN_FILE', below('', clause, 'at'), at);
};

export const checkClauses = (clauses: readonly Clause[], { documents }: Surroundings, report: Report): void => {
  checkUnique(
    clauses.map(({ id }) => id),
    (at) => below('', at, 'id'),
    report,
  );
  for (const [at, { document }] of clauses.entries())
    if (documents && !documents.has(document)) report('UNKNOWN_DOCUMENT', below('', at, 'document'), document);
};
