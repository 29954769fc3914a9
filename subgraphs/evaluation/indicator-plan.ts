import { addDays } from '../../policies/day.ts';
import type { Indicator, Measure, Release } from '../../policies/pack.ts';
import { parameterOn } from '../../policies/parameter.ts';
import type { Place } from '../place.ts';
import type { TallyQuestion, UnitQuestion } from '../tally.ts';
import { factMeasures } from './fact-measure.ts';
import { asItself, type Lineage } from './indicator-succession.ts';

/** How an indicator is measured in a place and year. */
export interface IndicatorPlan {
  readonly measure: Measure;
  /** The kind of unit that has a figure each; `whole`: one figure of the place. */
  readonly unit: string;
  /** The day whose regions stand: the last that counts. */
  readonly on: string;
  /** Which units there are; for one figure, which units alone are counted. Null: whatever there is. */
  readonly units: UnitQuestion | null;
  readonly periods: readonly { readonly from: string; readonly to: string }[];
  readonly when: TallyQuestion['when'];
  /** The stock at the beginning, where the indicator needs one: what the law says, or how to find what is on record. */
  readonly opening: { readonly stated: { value: number; on: string } | null; readonly recorded: TallyQuestion } | null;
}

const WHOLE = 'whole';
const LEVELS = ['province', 'prefecture', 'county', 'township', 'village'];
const EVER = '1900-01-01';
const earlier = (a: string, b: string): string => (a < b ? a : b);

/** The days that count, and none for a period that is not one of the calendar's. */
export function periodsOf(indicator: Indicator, year: number, day: string): IndicatorPlan['periods'] {
  const [first, last] = [`${year}-01-01`, `${year}-12-31`];
  switch (indicator.period) {
    case 'calendar-year':
      return [{ from: first, to: earlier(day, last) }];
    case 'half-year': {
      const halves = [
        { from: first, to: `${year}-06-30` },
        { from: `${year}-07-01`, to: last },
      ];
      // A half that lasts is not yet to be judged, unless there is no other.
      const over = halves.filter(({ to }) => to <= day);
      return over.length > 0 ? over : [{ from: first, to: day }];
    }
    case 'plan': {
      const { from, to = last } = indicator.window ?? { from: first };
      return [{ from, to: earlier(day, to) }];
    }
    case 'by':
      return [{ from: EVER, to: earlier(day, indicator.due ?? last) }];
    case 'standing':
      return [{ from: first, to: day }];
    default:
      return [];
  }
}

/** The kind of unit that a scope names, and of which sort they are. */
function unitOf(scope: string): { readonly unit: string; readonly sort: string | null } | null {
  if (scope === 'region' || scope === 'country') return { unit: WHOLE, sort: null };
  if (LEVELS.includes(scope)) return { unit: scope, sort: null };
  const [, sort = null, unit] = /^(?:(.+)-)?(appointment|team)$/.exec(scope) ?? [];
  return unit ? { unit, sort } : null;
}

const within = ({ regionId, level }: Place) => ({ within: regionId, withinLevel: level });

function openingOf({ baseline }: Indicator, release: Release, place: Place, day: string): IndicatorPlan['opening'] {
  if (!baseline) return null;
  const parameter = release.parameters.find(({ id }) => id === baseline.parameter);
  if (!parameter) throw new Error(`${release.pack.id} has no parameter ${baseline.parameter}`);
  const { value, from } = parameterOn(parameter, day);
  return {
    stated: typeof value === 'number' ? { value, on: from ?? EVER } : null,
    recorded: {
      of: 'work-result',
      where: { kind: ['opening-stock'], reference: [baseline.parameter] },
      aggregation: 'last',
      field: 'quantity',
      when: 'at-end',
      per: WHOLE,
      ...within(place),
      among: null,
      from: EVER,
      to: day,
    },
  };
}

/** Plans how an indicator is measured; null when nothing says how, of whom, or when. */
export function planOf(
  indicator: Indicator,
  release: Release,
  place: Place,
  year: number,
  day: string,
): IndicatorPlan | null {
  const measure = indicator.measure ?? factMeasures[indicator.fact ?? ''];
  const scope = unitOf(indicator.scope);
  const periods = periodsOf(indicator, year, day);
  if (!measure || !scope || periods.length === 0) return null;
  const unit = measure.per ?? scope.unit;
  const { status = null, without = null } = indicator.among ?? {};
  const on = periods.at(-1)?.to ?? day;
  const asked = { sort: scope.sort, within: place.regionId, status, without, year, on };
  const isStock = indicator.period === 'by' || indicator.period === 'standing';
  return {
    measure,
    unit,
    on,
    units: unit !== WHOLE ? { unit, ...asked } : status ? { unit: 'county', ...asked } : null,
    periods,
    when: measure.when ?? (isStock ? 'at-end' : null),
    opening: openingOf(indicator, release, place, day),
  };
}

/** The questions of a plan, one for each of its periods. */
export function questionsOf(
  { measure, unit, periods, when, units }: IndicatorPlan,
  place: Place,
  ids: readonly string[] | null,
  openingOn: string | null,
  { succession, unclear }: Lineage,
): TallyQuestion[] {
  const { of, aggregation, field } = measure;
  return periods.map(({ from, to }) => ({
    of,
    where: measure.where ?? {},
    aggregation: aggregation === 'ratio' ? 'count' : aggregation,
    field: field ?? null,
    // To an opening stock comes what began after it.
    when: openingOn === null ? when : 'started',
    per: unit,
    ...within(place),
    among: unit === WHOLE && units ? ids : null,
    from: openingOn === null ? from : addDays(openingOn, 1),
    to,
    // For one figure of the place, what is unclear of its parts does not matter; what else it may have had is not its own.
    succession: unit === WHOLE ? succession : [...succession, ...asItself(unclear)],
  }));
}
