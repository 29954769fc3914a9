import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { personFacts } from './person-facts.ts';
import { OffPostLeave } from './tables/off-post-leave.ts';
import type { Person } from './tables/person.ts';

/** A leave that holds on a day: begun, and not yet ended. */
export function onLeave(on: string) {
  return { from: { $lte: on }, $or: [{ endedOn: null }, { endedOn: { $gt: on } }] };
}

/** What is known of a person on a day, leave included: who is away for a start-up is registered as in service. */
export async function employedFacts(tx: SqlEntityManager, person: Person, on: string): Promise<Facts> {
  const away = (await tx.count(OffPostLeave, { personId: person.id, ...onLeave(on) })) > 0;
  return { ...personFacts(person, on), ...(away ? { 'person.employmentStatus': 'off-post-startup' } : {}) };
}
