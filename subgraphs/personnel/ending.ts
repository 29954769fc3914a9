import type { Facts } from '../../policies/facts.ts';
import { requireOrder } from '../act-order.ts';
import { UserError } from '../user-error.ts';

/** A record that holds from a day to a day, as its table keeps it. */
interface Lasting {
  readonly from: string;
  /** The first day it no longer holds. */
  readonly to: string | null | undefined;
}

/**
 * Opens every act that ends a record before its time: it holds on the day of the act. What it was until then stays.
 *
 * @throws UserError WRONG_STATE when it has ended by that day, ON_BEFORE_LAST_ACT before it began
 */
export function requireHolding({ from, to }: Lasting, on: string, field: string): void {
  requireOrder(from, on);
  if (!to || to > on) return;
  throw new UserError('WRONG_STATE', field, {
    zh: `该项已于 ${to} 终止。`,
    en: `It has ended already, on ${to}.`,
  });
}

/** Why something is ended, as it is kept and as the rules ask of it. Blanks are no reason. */
export function ending(reason: string | null | undefined): { readonly reason: string | null; readonly facts: Facts } {
  const stated = reason?.trim() || null;
  return { reason: stated, facts: { 'ending.reasonStated': stated !== null } };
}
