import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { completedYears } from './person-facts.ts';
import { Appointment } from './tables/appointment.ts';
import type { Nomination } from './tables/nomination.ts';
import type { Person } from './tables/person.ts';

/** Tiers whose service is named after them: a unit's own commissioners are none that a law counts. */
const TIERS = ['national', 'province', 'prefecture', 'county'];

/** Nominations that were not withdrawn by a day. */
export function standingOn(on: string) {
  return { $or: [{ withdrawnOn: null }, { withdrawnOn: { $gt: on } }] };
}

/**
 * The categories in which somebody serves or has served: as attested, and by the appointments on record. Undefined when
 * neither says anything.
 */
async function serviceCategories(tx: SqlEntityManager, person: Person, on: string): Promise<string[] | undefined> {
  const served = await tx.find(Appointment, { personId: person.id, activatedOn: { $lte: on } });
  if (!person.serviceCategories && served.length === 0) return undefined;
  const codes = served.flatMap(({ category, kind }) => [
    ...(TIERS.includes(category) ? [`stp-${category}`] : []),
    ...(kind ? [kind] : []),
  ]);
  return [...new Set([...(person.serviceCategories ?? []), ...codes])].sort();
}

/** What is known of somebody put forward, by the nomination and by what is on record of the person. */
export async function nominatedFacts(
  tx: SqlEntityManager,
  nomination: Pick<Nomination, 'kind' | 'organisingAttested' | 'plannedOn' | 'sourceCategory'>,
  person: Person,
  on: string,
): Promise<Facts> {
  const { kind, organisingAttested, plannedOn, sourceCategory } = nomination;
  return {
    'nomination.kind': kind,
    'nomination.organisingAttested': organisingAttested,
    'nomination.ageOnPlannedDay':
      plannedOn && person.birthDate ? completedYears(person.birthDate, plannedOn) : undefined,
    'member.sourceCategory': sourceCategory ?? undefined,
    'person.serviceCategories': await serviceCategories(tx, person, on),
    'person.adminPostHeld': person.adminPostHeld ?? (person.post ? true : undefined),
  };
}
