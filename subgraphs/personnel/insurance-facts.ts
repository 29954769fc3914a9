import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { addDays } from '../../policies/day.ts';
import type { Facts } from '../../policies/facts.ts';
import type { Appointment } from './tables/appointment.ts';
import { InsuranceCover } from './tables/insurance.ts';

/** Days of cover without a gap, by policies of one kind; both ends included. */
export interface CoverSpan {
  readonly kind: string;
  readonly from: string;
  readonly to: string;
}

/** Joins policies of one kind that follow each other without a day between them. The earliest first. */
export function unbroken(covers: readonly CoverSpan[]): CoverSpan[] {
  const spans: CoverSpan[] = [];
  for (const cover of covers.toSorted((a, b) => (a.kind + a.from < b.kind + b.from ? -1 : 1))) {
    const last = spans.at(-1);
    if (last && last.kind === cover.kind && cover.from <= addDays(last.to, 1)) {
      spans[spans.length - 1] = { ...last, to: cover.to > last.to ? cover.to : last.to };
    } else {
      spans.push({ kind: cover.kind, from: cover.from, to: cover.to });
    }
  }
  return spans.sort((a, b) => (a.from < b.from ? -1 : 1));
}

/** The cover that speaks for an engagement: the longest that contains its first day; the earliest when none does. */
export function coverFor(covers: readonly CoverSpan[], from: string): CoverSpan | undefined {
  const spans = unbroken(covers);
  const containing = spans.filter((span) => span.from <= from && span.to >= from);
  return containing.toSorted((a, b) => (a.to > b.to ? -1 : 1))[0] ?? spans[0];
}

/**
 * What is known of a person's cover for an engagement. Of several kinds, the one that the activation relies on counts,
 * else one bought for this engagement.
 */
export async function insuranceFacts(
  tx: SqlEntityManager,
  appointment: Pick<Appointment, 'id' | 'personId' | 'from'>,
  reliedOn: string | null,
): Promise<Facts> {
  const all = await tx.find(InsuranceCover, { personId: appointment.personId }, { orderBy: { id: 'asc' } });
  const named =
    all.find(({ id }) => id === reliedOn) ?? all.findLast(({ appointmentId }) => appointmentId === appointment.id);
  const span = coverFor(named ? all.filter(({ kind }) => kind === named.kind) : all, appointment.from);
  return {
    'appointment.insured': all.length > 0,
    'insurance.kind': span?.kind,
    'insurance.from': span?.from,
    'insurance.to': span?.to,
  };
}
