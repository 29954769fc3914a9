import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import type { Subject } from '../actor.ts';
import { requireCode } from '../code.ts';
import { regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder } from './builder.ts';
import { knownForm } from './from-graph.ts';
import { notAfter, stated, sumFen } from './input.ts';
import { MisuseEffect, MisuseFinding } from './tables/misuse-finding.ts';

export const MisuseEffectInput = builder.inputType('MisuseEffectInput', {
  description: 'Something that was done about a misuse of money.',
  fields: (t) => ({
    kind: t.string({ required: true, description: 'A code, such as public-criticism, clawback or legal-referral.' }),
    doneOn: t.field({ type: 'Date', description: 'The day of the act if absent; not later.' }),
    document: t.string(),
    amountFen: t.field({ type: 'Fen', description: 'What was recovered.' }),
    body: t.string({ description: 'The body that it was referred to.' }),
  }),
});

type Maybe<Value> = Value | null | undefined;
interface Effect {
  readonly kind: string;
  readonly doneOn?: Maybe<string>;
  readonly document?: Maybe<string>;
  readonly amountFen?: Maybe<number>;
  readonly body?: Maybe<string>;
}

/** A text that may be left out. */
export const orNull = (text: Maybe<string>, field: string) => (text?.trim() ? stated(text, field) : null);

/** The rows of effects that were typed in, in their order. */
export function effectRows(findingId: string, effects: Maybe<readonly Effect[]>, on: string) {
  return (effects ?? []).map(({ kind, doneOn, document, amountFen, body }) => ({
    id: uuid(),
    findingId,
    kind: requireCode(kind, 'effects'),
    doneOn: notAfter(doneOn ?? on, on, 'effects'),
    document: orNull(document, 'effects'),
    amountFen: amountFen ?? null,
    body: orNull(body, 'effects'),
  }));
}

type EffectRow = ReturnType<typeof effectRows>[number];

/** @throws UserError RECOVERED_TOO_MUCH */
export function recoveredBy(effects: readonly EffectRow[], before: number, amountFen: number): number {
  const recovered = sumFen([before, ...effects.map((effect) => effect.amountFen ?? 0)], 'effects');
  if (recovered <= amountFen) return recovered;
  throw new UserError('RECOVERED_TOO_MUCH', 'effects', {
    zh: '追回金额合计超过涉及金额。',
    en: 'More would be recovered than was misused.',
  });
}

/** What rules ask of a finding with these effects, so much of it recovered. */
export function findingFacts(
  finding: Pick<MisuseFinding, 'kind' | 'severity' | 'responsiblePersonId' | 'payerLevel' | 'amountFen' | 'evidence'>,
  effects: readonly string[],
  recoveredFen: number,
): Facts {
  return {
    'misuseFinding.kind': finding.kind,
    'misuseFinding.severity': finding.severity,
    'misuseFinding.subjectKind': finding.responsiblePersonId ? 'person' : 'organisation',
    'misuseFinding.payerLevel': finding.payerLevel,
    'misuseFinding.effects': [...new Set(effects)].sort(),
    'misuseFinding.amountFen': finding.amountFen,
    'misuseFinding.outstandingFen': finding.amountFen - recoveredFen,
    'misuseFinding.evidenceStated': finding.evidence !== null,
  };
}

/** Whose purse it was and who finds: not the unit that spent, which answers for it. */
export function subjectOf(id: string, place: Parameters<typeof regionsOf>[0], payerId: string): Subject {
  return { type: 'MisuseFinding', id, regions: regionsOf(place), organisations: [payerId] };
}

/**
 * Loads an open finding and holds its row: what was recovered of it is summed by one act at a time.
 *
 * @throws UserError NOT_FOUND, STALE_VERSION, WRONG_STATE, ON_BEFORE_LAST_ACT
 */
export async function lockFinding(
  tx: SqlEntityManager,
  id: string,
  version: number,
  on: string,
): Promise<MisuseFinding> {
  const finding = await tx.findOne(
    MisuseFinding,
    { id: knownForm(id, 'finding') },
    { lockMode: LockMode.PESSIMISTIC_WRITE },
  );
  if (!finding) throw notFound('finding');
  expectVersion(finding.version, version);
  if (finding.closedOn) {
    throw new UserError('WRONG_STATE', 'finding', { zh: '该问题已办结。', en: 'This finding is closed.' });
  }
  requireOrder(finding.changedOn, on);
  return finding;
}

/** The kinds of the effects on record. */
export async function effectKinds(tx: SqlEntityManager, findingId: string): Promise<string[]> {
  return (await tx.find(MisuseEffect, { findingId }, { fields: ['kind'] })).map(({ kind }) => kind);
}

/** Adds effects to a finding that is held. */
export function addEffects(tx: SqlEntityManager, finding: MisuseFinding, effects: readonly EffectRow[], on: string) {
  for (const effect of effects) tx.create(MisuseEffect, effect);
  finding.recoveredFen = recoveredBy(effects, finding.recoveredFen, finding.amountFen);
  finding.changedOn = on;
  finding.acts += 1;
  return finding;
}
