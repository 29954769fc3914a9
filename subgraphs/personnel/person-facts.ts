import type { SqlEntityManager } from '@mikro-orm/postgresql';
import type { Facts } from '../../policies/facts.ts';
import { placeOf } from './place.ts';
import { Organisation } from './tables/organisation.ts';
import type { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';

/** Completed years of age on a day. Who is born on 29 February completes a year on 1 March of a common year. */
export function completedYears(birthDate: string, on: string): number {
  const years = Number(on.slice(0, 4)) - Number(birthDate.slice(0, 4));
  // Text order is calendar order, and 02-29 sorts before 03-01: no birthday exists to be before.
  return on.slice(5) < birthDate.slice(5) ? years - 1 : years;
}

/** What is known of a person on a day. */
export function personFacts(person: Person, on: string): Facts {
  return {
    'person.employmentStatus': person.employmentStatus ?? undefined,
    'person.titleLevel': person.titleLevel ?? undefined,
    'person.degree': person.degree ?? undefined,
    'person.education': person.education ?? undefined,
    'person.age': person.birthDate ? completedYears(person.birthDate, on) : undefined,
  };
}

/** What is known of the organisation that employs a person. */
export async function unitFacts(tx: SqlEntityManager, organisationId: string): Promise<Facts> {
  const organisation = await tx.findOneOrFail(Organisation, { id: organisationId });
  const { provinceId, prefectureId } = await placeOf(tx, await tx.findOneOrFail(Region, { id: organisation.regionId }));
  return {
    'unit.kind': organisation.type,
    'unit.publicInstitution': organisation.nature === 'public-institution',
    'unit.province': provinceId ?? undefined,
    'unit.prefecture': prefectureId ?? undefined,
  };
}
