import type { Finding } from '../../policies/decision.ts';
import type { Context } from '../context.ts';
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
  const { outcome, recordedOn } = assessment;
  if (!outcome || !recordedOn) return [];
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

/** Of an adverse result: units that are not told, and rectifications not verified, one where none is on record. */
async function openIn(context: Context, assessment: Assessment, asOf: string): Promise<number> {
  const findings = await context.em.find(RecordedFinding, { assessmentId: assessment.id, foundOn: { $lte: asOf } });
  const open = findings.filter(({ verifiedOn }) => !verifiedOn || verifiedOn > asOf);
  return untold(assessment).length + (findings.length === 0 ? 1 : open.length);
}

/** What follows from the results of a team and has no record of being done. */
export async function openConsequences(context: Context, teamId: string, asOf: string): Promise<number> {
  const results = await context.em.find(Assessment, { teamId, outcome: { $ne: null }, recordedOn: { $lte: asOf } });
  const counts = results
    .filter((assessment) => isAdverse(context, assessment))
    .map((assessment) => openIn(context, assessment, asOf));
  return (await Promise.all(counts)).reduce((sum, count) => sum + count, 0);
}
