import { isAsked, isRecurring, type Window, windowsOf } from '../../policies/duty.ts';
import type { Obligation, Release } from '../../policies/pack.ts';

const asksFor = (duty: Obligation, kind: string): boolean =>
  duty.satisfiedBy.includes('reportSubmit') &&
  (duty.satisfiedWhen === undefined || (duty.satisfiedWhen.kind ?? []).includes(kind));

/**
 * The window in which the law's calendar wants a report of a kind about a period: the first that ends in the period or
 * after it has begun. Null when the calendar has none.
 */
export function windowOfReport(law: readonly Release[], kind: string, periodFrom: string): Window | null {
  const year = Number(periodFrom.slice(0, 4));
  const windows = law.flatMap((release) =>
    release.obligations
      .filter((duty) => isRecurring(duty) && asksFor(duty, kind))
      .flatMap((duty) =>
        [year, year + 1].filter((one) => isAsked(duty, release, one)).flatMap((one) => windowsOf(duty, one, release)),
      ),
  );
  return windows.filter(({ to }) => to >= periodFrom).sort((a, b) => (a.to < b.to ? -1 : 1))[0] ?? null;
}
