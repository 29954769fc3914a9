import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import type { Subject } from '../actor.ts';
import type { Context } from '../context.ts';
import { regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { knownForm } from './from-graph.ts';
import { lineVisibility } from './funding-line.ts';
import { type Concerned, openFindings } from './open-misuse.ts';
import { FundingLine } from './tables/funding-line.ts';

/**
 * Loads a line and holds its row: what is left of it is counted and used up by one act at a time.
 *
 * @throws UserError NOT_FOUND, also for a line that the caller may not see; ON_BEFORE_ALLOCATION
 */
export async function lockLine(tx: SqlEntityManager, context: Context, id: string, on: string): Promise<FundingLine> {
  const line = await tx.findOne(FundingLine, { id: knownForm(id, 'line') }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!line || !lineVisibility.allows(context, line)) throw notFound('line');
  // What is left counts every use whatever its day, so acts need no order among themselves; only none comes before the money.
  if (on >= line.allocatedOn) return line;
  throw new UserError('ON_BEFORE_ALLOCATION', 'on', {
    zh: `办理日期 ${on} 早于该笔经费的安排日期 ${line.allocatedOn}。`,
    en: `The act is dated ${on}, before the money was set aside on ${line.allocatedOn}.`,
  });
}

/** The acts on one line: who has money set aside, pays it out, spends it and looks at how it was used is kept apart. */
export const lineProcess = (id: string): string => `line:${id}`;

/** The subject of a decision about something that happens to a line. */
export function subjectOn(line: FundingLine, type: string, id: string): Subject {
  return {
    type,
    id,
    regions: regionsOf(line),
    process: lineProcess(line.id),
    organisations: [line.payerId, ...(line.dispatchingUnitId ? [line.dispatchingUnitId] : [])],
    persons: line.personId ? [line.personId] : [],
  };
}

/** Whom and what the money of a line concerns. */
export const concernedBy = (line: FundingLine): Concerned => ({
  line: line.id,
  beneficiaryKind: line.beneficiaryKind,
  beneficiaryId: line.beneficiaryId,
  person: line.personId,
  unit: line.dispatchingUnitId,
});

/** Findings of others about money that are open and concern a line, asked before a transaction opens. */
export async function findingsOnLine(context: Context, id: string): Promise<string[]> {
  const line = await context.em.findOne(FundingLine, { id: knownForm(id, 'line') });
  return line ? openFindings(context, concernedBy(line)) : [];
}

/**
 * What a decision about a line's money may ask of the line. `usedFen` is what of it is used up for this purpose. That
 * nobody uses more than is left is a rule; the table's own checks stand behind it.
 */
export function lineFacts(line: FundingLine, usedFen: number) {
  return {
    'fundingLine.beneficiaryLevel': line.beneficiaryLevel ?? undefined,
    'fundingLine.payerLevel': line.payerLevel,
    'fundingLine.remainingFen': line.amountFen - usedFen,
  };
}
