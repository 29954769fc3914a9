import type { Verdict } from '../../policies/case.ts';
import { type Figure, meets, type Target, targetOf, verdictOf } from '../../policies/indicator.ts';
import type { Indicator, Release, Text } from '../../policies/pack.ts';
import type { Context } from '../context.ts';
import type { Place } from '../place.ts';
import type { TallyAnswer, TallyQuestion } from '../tally.ts';
import { counted } from './indicator-measure.ts';
import { type IndicatorPlan, planOf, questionsOf } from './indicator-plan.ts';
import { type Lineage, lineagesOf } from './indicator-succession.ts';
import { unitsOf } from './indicator-unit.ts';
import { tallies } from './record-owner.ts';
import { topGrade } from './vocabulary.ts';

/** The figure of one unit. */
export interface Row {
  readonly unit: string;
  readonly value: number | boolean | null;
  readonly isMet: boolean | null;
}

/** An indicator in a place and year: target and figures. */
export interface Progress {
  readonly indicator: Indicator;
  readonly release: Release;
  readonly target: Target;
  /** What kind of unit has a figure each; `whole`: one figure of the place. */
  readonly unit: string | null;
  readonly rows: readonly Row[];
  readonly value: number | null;
  readonly expected: number | null;
  /** Units that have any record. */
  readonly reporting: number | null;
  /** Former regions with records that no row contains, for nobody can say whose they are. */
  readonly unattributed: number;
  readonly lineage: Lineage | null;
  readonly opening: number | null;
  readonly period: { readonly from: string; readonly to: string } | null;
  /** Null where the target is not one of this place. */
  readonly verdict: Verdict | null;
  readonly notComputed: Text | null;
  /** How to count which parts of the place have any record, for one figure of the whole. */
  readonly question: TallyQuestion | null;
}

const WHOLE = 'whole';
const rounded = (value: number): number => Math.round(value * 100) / 100;

const elsewhere = (what: string): Text => ({
  zh: `${what} 目前没有可统计的记录，未计算。`,
  en: `There is no record to measure ${what} by: it is not computed.`,
});
const definition: Text = {
  zh: '这是规则的定义，不是可统计的数值。',
  en: 'It is a definition of the law, not a figure that can be counted.',
};
const noOpening: Text = {
  zh: '期初存量没有登记，期末存量不得而知。',
  en: 'The opening stock is not on record, so the stock is not known.',
};

/** The stocks at the beginning, with the day that each is of; null where nobody knows. */
async function openingsOf(context: Context, plans: readonly IndicatorPlan[]) {
  const open = plans.flatMap(({ opening }) => (opening && !opening.stated ? [opening.recorded] : []));
  const answers = await tallies(context, open);
  return plans.map(({ opening }) => {
    if (!opening) return undefined;
    if (opening.stated) return opening.stated;
    const row = answers.shift()?.rows[0];
    return row?.on ? { value: row.value, on: row.on } : null;
  });
}

interface Asked {
  readonly place: Place;
  readonly year: number;
  readonly day: string;
}
interface Found {
  readonly plan: IndicatorPlan;
  readonly ids: readonly string[] | null;
  readonly opening: { readonly value: number; readonly on: string } | null | undefined;
  readonly questions: readonly TallyQuestion[];
  readonly answers: readonly TallyAnswer[];
  readonly lineage: Lineage;
}

const empty = {
  unit: null,
  rows: [],
  value: null,
  expected: null,
  reporting: null,
  unattributed: 0,
  lineage: null,
  opening: null,
  period: null,
  verdict: null,
  notComputed: null,
  question: null,
} as const;

/** Whether the target of one figure is one of this place: of the pack's own regions, not of their parts. */
const isOwn = ({ pack }: Release, { regionId }: Place): boolean =>
  !('regions' in pack.governs) || pack.governs.regions.includes(regionId);

function progressOf(indicator: Indicator, release: Release, found: Found, { place, day }: Asked): Progress {
  const { plan, ids, opening, questions, answers, lineage } = found;
  const target = targetOf(indicator, release, day);
  const unknown = answers.find((answer) => answer.unknown !== null)?.unknown;
  const units = plan.unit === WHOLE ? [place.regionId] : ids;
  if (unknown || !units) {
    return { ...empty, indicator, release, target, notComputed: elsewhere(unknown ?? plan.unit) };
  }
  const known = answers.map(({ rows }) => new Map(rows.map((row) => [row.unit, row.value])));
  const kept = indicator.comparator === 'yes' || plan.measure.aggregation === 'any';
  const split = [...lineage.unclear].filter(([id]) => known.some((figures) => figures.has(id)));
  const doubtful = new Set(split.flatMap(([, now]) => now));
  const figureOf = (id: string): number | null => {
    if (opening === null || doubtful.has(id)) return null;
    const none = plan.measure.aggregation === 'last' ? null : 0;
    const values = known.map((figures) => figures.get(id) ?? none);
    // Of several periods each must do, so the least tells.
    return values.includes(null) ? null : Math.min(...values.map(Number)) + (opening?.value ?? 0);
  };
  const isRatio = plan.measure.aggregation === 'ratio';
  const isMet = (value: Figure): boolean | null => {
    if (value === null) return null;
    return isRatio ? Number(value) > 0 : meets(Number(value), indicator.comparator, target);
  };
  const rows = units.map((unit): Row => {
    const figure = figureOf(unit);
    const value = figure !== null && (kept || isRatio) ? figure > 0 : figure;
    return { unit, value, isMet: isMet(value) };
  });
  const values = rows.flatMap(({ value }) => (value === null ? [] : Number(value)));
  const mean = values.length === 0 ? null : values.reduce((sum, value) => sum + value, 0) / values.length;
  const value = mean === null ? null : rounded(isRatio ? 100 * mean : mean);
  const figures: Figure[] = isRatio ? (value === null ? [] : [value]) : rows.map((row) => row.value);
  const judged = plan.unit !== WHOLE || isOwn(release, place);
  return {
    indicator,
    release,
    target,
    unit: plan.unit,
    rows,
    value,
    expected: units.length,
    reporting: rows.filter(({ unit }) => known.some((found) => found.has(unit))).length,
    unattributed: split.length,
    lineage,
    opening: opening?.value ?? null,
    period: { from: questions[0]?.from ?? day, to: questions.at(-1)?.to ?? day },
    verdict: judged ? verdictOf(indicator, release, day, figures, opening?.value ?? null) : null,
    notComputed: opening === null ? noOpening : null,
    question: questions[0] ?? null,
  };
}

/** What the format cannot say yet, measured by code of its own. */
async function countedProgress(
  context: Context,
  indicator: Indicator,
  release: Release,
  law: readonly Release[],
  { place, year, day }: Asked,
): Promise<Progress> {
  const target = targetOf(indicator, release, day);
  const count = counted[indicator.fact ?? ''];
  if (!count) {
    const notComputed = indicator.fact
      ? elsewhere(indicator.fact)
      : indicator.measure
        ? elsewhere(indicator.scope)
        : definition;
    return { ...empty, indicator, release, target, notComputed };
  }
  const { units, expected, overall } = await count(context, { place, year, asOf: day, top: topGrade(law, day) });
  const rows = units.map(({ unit, value }) => ({ unit, value, isMet: meets(value, indicator.comparator, target) }));
  return {
    ...empty,
    indicator,
    release,
    target,
    rows,
    value: rows.length === 0 ? null : rounded(overall),
    expected,
    reporting: rows.length,
    verdict:
      rows.length < expected
        ? 'unknown'
        : verdictOf(
            indicator,
            release,
            day,
            rows.map(({ value }) => value),
          ),
  };
}

/** Measures indicators of releases in a place and year: each keeper of records is asked once for all of them. */
export async function measure(
  context: Context,
  law: readonly Release[],
  wanted: readonly (readonly [Indicator, Release])[],
  asked: Asked,
): Promise<Progress[]> {
  const { place, year, day } = asked;
  const planned = wanted.map(([indicator, release]) => planOf(indicator, release, place, year, day));
  const plans = planned.filter((plan) => plan !== null);
  const ids = await unitsOf(
    context,
    plans.map(({ units }) => units),
  );
  const openings = await openingsOf(context, plans);
  const lineages = await lineagesOf(
    context,
    place,
    plans.map(({ on }) => on),
  );
  const lineageOf = ({ on }: IndicatorPlan) => lineages.get(on) as Lineage;
  const questions = plans.map((plan, at) =>
    questionsOf(plan, place, ids[at] ?? null, openings[at]?.on ?? null, lineageOf(plan)),
  );
  const answers = await tallies(context, questions.flat());
  const found = plans.map((plan, at): Found => {
    const own = questions[at] ?? [];
    return {
      plan,
      ids: ids[at] ?? null,
      opening: openings[at],
      questions: own,
      answers: answers.splice(0, own.length),
      lineage: lineageOf(plan),
    };
  });
  const list: Progress[] = [];
  for (const [at, [indicator, release]] of wanted.entries()) {
    const one = planned[at] ? found.shift() : undefined;
    list.push(
      one ? progressOf(indicator, release, one, asked) : await countedProgress(context, indicator, release, law, asked),
    );
  }
  return list;
}
