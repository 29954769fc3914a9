import type { Finding } from '../../policies/decision.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { decideStanding } from '../standing.ts';
import { untold } from './assessment.ts';
import { Assessment } from './tables/assessment.ts';
import { RecordedFinding } from './tables/inspection.ts';

/** The fact by which the law lets a result bear on the money of the year after. */
const BEARING = 'fundingLine.previousYearOutcome';

/** The rules on next year's money that speak of the outcome, each with whether the outcome satisfies it. */
export function bearings(
  context: Context,
  assessment: Assessment,
): { readonly finding: Finding; readonly isMet: boolean }[] {
  const { outcome, recordedOn, teamId, personId } = assessment;
  if (!outcome || !recordedOn) return [];
  // A result of somebody in a team, such as its leader, is not one of the team, and bears on no money of it.
  if (teamId && personId) return [];
  const facts = { [BEARING]: outcome };
  const { findings } = decideStanding(context, 'fundingAllocate', regionsOf(assessment), facts, { asOf: recordedOn });
  return findings.flatMap((finding) => {
    const leaves = finding.leaves.filter(({ part, fact }) => part === 'requires' && fact === BEARING);
    return leaves.length > 0 ? [{ finding, isMet: leaves.every(({ result }) => result === true) }] : [];
  });
}

/** Whether a rule that stops bars next year's money because of the result. */
export const isAdverse = (context: Context, assessment: Assessment): boolean =>
  bearings(context, assessment).some(
    ({ finding, isMet }) => !isMet && (finding.effect === 'deny' || finding.effect === 'override'),
  );

/** What is open of each adverse result on a day: units that are not told, and rectifications not verified, one where none is on record. */
async function openIn(
  context: Context,
  results: readonly Assessment[],
  asOf: string,
): Promise<Map<Assessment, number>> {
  const ids = results.map(({ id }) => id);
  const found = await context.em.find(RecordedFinding, { assessmentId: { $in: ids }, foundOn: { $lte: asOf } });
  const findings = Map.groupBy(found, ({ assessmentId }) => assessmentId);
  return new Map(
    results.map((result) => {
      const own = findings.get(result.id);
      const open = own ? own.filter(({ verifiedOn }) => !verifiedOn || verifiedOn > asOf).length : 1;
      return [result, untold(result, asOf).length + open];
    }),
  );
}

/** What follows from the results of a team and has no record of being done by a day; two statements for all teams of a request. */
export async function openConsequences(context: Context, teamId: string, asOf: string): Promise<number> {
  const loader = loaderOf<string, number>(context, `openConsequences:${asOf}`, async (teams) => {
    const results = await context.em.find(Assessment, {
      teamId: { $in: [...teams] },
      outcome: { $ne: null },
      recordedOn: { $lte: asOf },
    });
    const adverse = results.filter((result) => isAdverse(context, result));
    const open = adverse.length === 0 ? new Map<Assessment, number>() : await openIn(context, adverse, asOf);
    return [...Map.groupBy(adverse, (result) => result.teamId as string)].map(
      ([team, own]) => [team, own.reduce((sum, result) => sum + (open.get(result) ?? 0), 0)] as const,
    );
  });
  return (await loader.load(teamId)) ?? 0;
}
