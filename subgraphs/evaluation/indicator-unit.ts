import type { Context } from '../context.ts';
import type { Place } from '../place.ts';
import type { UnitQuestion } from '../tally.ts';
import type { Progress } from './indicator-figure.ts';
import { asItself } from './indicator-succession.ts';
import { tallies } from './record-owner.ts';

const UNITS = /* GraphQL */ `
  query EvaluationUnits($questions: [UnitQuestion!]!) {
    personnelUnits(questions: $questions) { ids }
  }
`;

/** The ids of the units of each question that there is. */
export async function unitsOf(
  context: Context,
  questions: readonly (UnitQuestion | null)[],
): Promise<(string[] | null)[]> {
  const asked = questions.filter((question) => question !== null);
  if (asked.length === 0) return questions.map(() => null);
  const { personnelUnits } = await context.graph<{ personnelUnits: { ids: string[] | null }[] }>(UNITS, {
    questions: asked,
  });
  const answers = personnelUnits.map(({ ids }) => ids);
  return questions.map((question) => (question ? (answers.shift() ?? null) : null));
}

/** How many counties of the place have any record behind one figure of the whole, of how many. */
export async function completeness(context: Context, { question, period, lineage }: Progress, place: Place) {
  if (!question || !period || !lineage) return null;
  const counties = { unit: 'county', sort: null, within: place.regionId, status: null, without: null };
  const [ids] = await unitsOf(context, [{ ...counties, year: Number(period.to.slice(0, 4)), on: period.to }]);
  const succession = [...lineage.succession, ...asItself(lineage.unclear)];
  const [answer] = await tallies(context, [
    { ...question, aggregation: 'count', field: null, per: 'county', succession },
  ]);
  if (!ids || !answer || answer.unknown !== null) return null;
  const reporting = new Set(answer.rows.map(({ unit }) => unit));
  return {
    expected: ids.length,
    reporting: ids.filter((id) => reporting.has(id)).length,
    unattributed: [...lineage.unclear.keys()].filter((id) => reporting.has(id)).length,
  };
}
