import type { Case, IndicatorCase, ObligationCase, PackCase, RankingCase } from './case.ts';
import { checkFacts, type Report, type Surroundings } from './check.ts';
import { checkUnique } from './check-entry.ts';
import type { Baseline } from './pack.ts';
import { below } from './problem.ts';

export type AnyCase = Case | RankingCase | ObligationCase | IndicatorCase | PackCase;

/** What cases may speak of besides facts. */
export interface Tried {
  /** Ids of the pack's rules; undefined when the pack's own id is not known. */
  readonly rules: ReadonlySet<string> | undefined;
  readonly obligations: ReadonlySet<string>;
  readonly indicators: ReadonlySet<string>;
  readonly baselines: ReadonlySet<string>;
}

const isPoint = (point: string, { catalogue }: Surroundings) => Object.hasOwn(catalogue.points, point);

export const checkBaseline = (point: string, { facts }: Baseline, around: Surroundings, report: Report): void => {
  if (isPoint(point, around)) checkFacts(facts, point, '/facts', around, report);
  else report('UNKNOWN_POINT', '', point);
};

const checkPoint = (one: Case | RankingCase, path: string, around: Surroundings, tried: Tried, report: Report) => {
  if (!isPoint(one.on, around)) report('UNKNOWN_POINT', below(path, 'on'), one.on);
  else if (one.asOf === undefined && !tried.baselines.has(one.on)) report('BASELINE_MISSING', path, one.on);
};

const checkDecision = (one: Case, path: string, around: Surroundings, tried: Tried, report: Report) => {
  checkPoint(one, path, around, tried, report);
  checkFacts(one.facts, one.on, below(path, 'facts'), around, report);
  const named = [...Object.keys(one.outcome), ...(one.flags ?? []), ...(one.overrides ?? []).map(({ rule }) => rule)];
  for (const id of named) if (tried.rules && !tried.rules.has(id)) report('UNKNOWN_RULE', path, id);
};

const checkRanking = (one: RankingCase, path: string, around: Surroundings, tried: Tried, report: Report) => {
  checkPoint(one, path, around, tried, report);
  const ids = one.candidates.map(({ id }) => id);
  checkUnique(ids, (at) => below(path, 'candidates', at, 'id'), report);
  for (const [at, { facts }] of one.candidates.entries())
    checkFacts(facts, one.on, below(path, 'candidates', at, 'facts'), around, report);
  if ([...ids].sort().join('\n') !== [...one.expectOrder].sort().join('\n'))
    report('UNKNOWN_CANDIDATE', below(path, 'expectOrder'), one.expectOrder.join(', '));
};

/** Reports everything in a file of cases that the pack or the catalogue does not have. */
export const checkCases = (cases: readonly AnyCase[], around: Surroundings, tried: Tried, report: Report): void => {
  for (const [at, one] of cases.entries()) {
    const path = below('', at);
    if ('outcome' in one) checkDecision(one, path, around, tried, report);
    else if ('expectOrder' in one) checkRanking(one, path, around, tried, report);
    else if ('obligation' in one && !tried.obligations.has(one.obligation))
      report('UNKNOWN_OBLIGATION', below(path, 'obligation'), one.obligation);
    else if ('indicator' in one && !tried.indicators.has(one.indicator))
      report('UNKNOWN_INDICATOR', below(path, 'indicator'), one.indicator);
  }
};
