import { v7 as uuid } from 'uuid';
import { canonical } from '../policies/canonical.ts';
import type { Context } from './context.ts';
import { OutboxEvent } from './record.ts';

/** Somebody was shown personal data without a mask. */
export interface Access {
  readonly actor: string;
  /** The roles the account held then, as `role@region`. */
  readonly roles: readonly string[];
  /** The rule point that allowed it. */
  readonly point: string;
  readonly fields: readonly string[];
  /** Ids of the persons, sorted. */
  readonly subjects: readonly string[];
  readonly purpose: string | null;
  readonly requestId: string;
}

/** What one request was shown, by rule point. */
export type Seen = Map<string, { readonly fields: Set<string>; readonly subjects: Set<string> }>;

/**
 * Notes that a request shows a person's data without a mask. Services of ours and persons who look at themselves leave no
 * trace: a service's decisions are recorded with their facts, and one's own data is one's own.
 */
export function noteAccess(context: Context, point: string, field: string, person: string): void {
  const { viewer, seen } = context;
  if (viewer.kind === 'service' || viewer.person === person) return;
  const noted = seen.get(point) ?? { fields: new Set(), subjects: new Set() };
  noted.fields.add(field);
  noted.subjects.add(person);
  seen.set(point, noted);
}

/** Stores what a request was shown, before it is answered: what cannot be written down is not shown. */
export async function storeAccesses(context: Context): Promise<void> {
  const { viewer, seen, requestId, purpose } = context;
  if (seen.size === 0) return;
  const em = context.em.fork();
  const roles = viewer.roles.map(({ role, region, organisation }) => `${role}@${organisation ?? region}`).sort();
  for (const [point, { fields, subjects }] of seen) {
    const access: Access = {
      actor: viewer.subject,
      roles,
      point,
      fields: [...fields].sort(),
      subjects: [...subjects].sort(),
      purpose,
      requestId,
    };
    em.create(OutboxEvent, {
      id: uuid(),
      at: context.now,
      type: 'personal-data.shown',
      payload: { record: canonical(access) },
      sentAt: null,
    });
  }
  await em.flush();
  context.eventsStored();
}
