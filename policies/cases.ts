import { canonical } from './canonical.ts';
import type { Case, IndicatorCase, ObligationCase, PackCase, RankingCase } from './case.ts';
import { type CompiledPack, compile } from './compile.ts';
import { decide } from './decide.ts';
import type { Decision } from './decision.ts';
import { countOf, isAsked, isRecurring, standingOn, windowsOf } from './duty.ts';
import type { Facts } from './facts.ts';
import { verdictOf } from './indicator.ts';
import type { Obligation, Pack, Release } from './pack.ts';
import { isInForce } from './pack.ts';
import { bundle } from './release.ts';

/** What a case says, and what the pack says to it; both sides name the same things. */
export interface CaseResult {
  readonly id: string;
  /** The decision point; '' for a case of the calendar. */
  readonly point: string;
  readonly passed: boolean;
  readonly expected: Readonly<Record<string, unknown>>;
  readonly actual: Readonly<Record<string, unknown>>;
}

const resultOf = (id: string, point: string, expected: CaseResult['expected'], actual: CaseResult['actual']) => ({
  id,
  point,
  passed: canonical(expected) === canonical(actual),
  expected,
  actual,
});

/** The facts of a case: those of the point's baseline, its own over them, without those it takes away. */
const factsOf = (pack: Pack, point: string, own: Facts, without: readonly string[] = []): Facts => {
  const base = Object.hasOwn(pack.baselines, point) ? pack.baselines[point]?.facts : {};
  const facts: Record<string, Facts[string]> = { ...base, ...own };
  for (const id of without) delete facts[id];
  return facts;
};

const dateOf = (pack: Pack, { on, asOf }: Case | RankingCase): string =>
  asOf ?? pack.baselines[on]?.asOf ?? pack.pack.effective.from;

const shownFailures = ({ findings }: Decision) =>
  findings
    .filter(({ effect, outcome }) => (effect === 'flag' || effect === 'inform') && outcome === 'fail')
    .map(({ rule }) => rule)
    .sort();

const tryDecision = async (one: Case, pack: Pack, packs: readonly CompiledPack[]): Promise<CaseResult> => {
  const { id, on, facts, without, overrides, outcome, decision, flags, rank } = one;
  const question = { packs, point: on, asOf: dateOf(pack, one), facts: factsOf(pack, on, facts, without) };
  const decided = await decide({ ...question, overrides: overrides ?? [] });
  const outcomes = new Map(decided.findings.map((finding) => [finding.rule, finding.outcome]));
  const asked = Object.keys(outcome).map((rule) => [rule, outcomes.get(rule) ?? 'not-applicable']);
  return resultOf(
    id,
    on,
    { decision, outcome, flags: flags && [...flags].sort(), rank },
    {
      decision: decided.outcome,
      outcome: Object.fromEntries(asked),
      flags: flags && shownFailures(decided),
      rank: rank === undefined ? undefined : decided.rank,
    },
  );
};

const tryRanking = async (one: RankingCase, pack: Pack, packs: readonly CompiledPack[]): Promise<CaseResult> => {
  const asOf = dateOf(pack, one);
  const ranked: { id: string; rank: number }[] = [];
  for (const { id, facts } of one.candidates) {
    const decided = await decide({ packs, point: one.on, asOf, facts: factsOf(pack, one.on, facts) });
    ranked.push({ id, rank: decided.rank });
  }
  const order = ranked.sort((a, b) => b.rank - a.rank).map(({ id }) => id);
  return resultOf(one.id, one.on, { order: one.expectOrder }, { order });
};

const CALENDAR = new Set(['scheduled', 'not-scheduled', 'never-overdue']);

/** How a duty stands in a case: whether it is in the calendar of the year, or on a day with the acts that the case gives. */
const standing = (one: ObligationCase, duty: Obligation, pack: Pack): ObligationCase['expect'] => {
  const { year, events, asOf, on: days = [], waivedOn = null } = one;
  if (!CALENDAR.has(one.expect)) {
    const window = windowsOf(duty, year, pack, events)[(one.window ?? 1) - 1] ?? null;
    const day = asOf ?? `${year}-12-31`;
    const done = { days, count: countOf(duty, pack, day), isCounted: duty.count !== undefined, waivedOn };
    return standingOn(window, done, day).status;
  }
  if (one.expect === 'never-overdue' && duty.lateEffect === 'none') return 'never-overdue';
  const comes = events ? windowsOf(duty, year, pack, events).length > 0 : isRecurring(duty);
  return comes && (events !== undefined || isAsked(duty, pack, year)) ? 'scheduled' : 'not-scheduled';
};

const tryObligation = (one: ObligationCase, pack: Pack): CaseResult => {
  const duty = pack.obligations.find(({ id }) => id === one.obligation);
  if (!duty) throw new Error(`${one.id} names an obligation that was not checked`);
  const { expect, expectWindow } = one;
  const window = windowsOf(duty, one.year, pack, one.events)[(one.window ?? 1) - 1];
  return resultOf(
    one.id,
    '',
    { expect, window: expectWindow },
    {
      expect: standing(one, duty, pack),
      window: expectWindow && (window ? { from: window.from, to: window.to } : null),
    },
  );
};

const tryIndicator = (one: IndicatorCase, pack: Pack): CaseResult => {
  const indicator = pack.indicators.find(({ id }) => id === one.indicator);
  if (!indicator) throw new Error(`${one.id} names an indicator that was not checked`);
  const figures = one.figures ? Object.values(one.figures) : [one.figure ?? null];
  const verdict = verdictOf(indicator, pack, one.asOf ?? `${one.year}-12-31`, figures, one.opening ?? null);
  return resultOf(one.id, '', { expect: one.expect }, { expect: verdict });
};

const tryEntry = (one: ObligationCase | IndicatorCase | PackCase, pack: Pack): CaseResult => {
  if (one.kind === 'obligation') return tryObligation(one, pack);
  if (one.kind === 'indicator') return tryIndicator(one, pack);
  const inForce = isInForce(pack.pack.effective, one.asOf) ? 'in-force' : 'not-in-force';
  return resultOf(one.id, '', { expect: one.expect }, { expect: inForce });
};

/** Runs every case of a pack, each decision by json-rules-engine and the compiled evaluators. */
export const runCases = async (pack: Pack, release: Release = bundle(pack)): Promise<CaseResult[]> => {
  const packs = [compile(release)];
  const results: CaseResult[] = [];
  for (const one of pack.cases) results.push(await tryDecision(one, pack, packs));
  for (const one of pack.rankingCases) results.push(await tryRanking(one, pack, packs));
  return [...results, ...pack.entryCases.map((one) => tryEntry(one, pack))];
};

/** Decides every baseline, which must be allowed: cases say what one change of it does. */
export const runBaselines = async (pack: Pack, release: Release = bundle(pack)): Promise<CaseResult[]> => {
  const packs = [compile(release)];
  const results: CaseResult[] = [];
  for (const [point, { asOf, facts }] of Object.entries(pack.baselines)) {
    const { outcome } = await decide({ packs, point, asOf, facts });
    results.push(resultOf(`baselines/${point}`, point, { decision: 'allow' }, { decision: outcome }));
  }
  return results;
};
