import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { addDays } from '../../policies/day.ts';
import type { Facts } from '../../policies/facts.ts';
import { assignmentFacts } from './assignment-facts.ts';
import { insuranceFacts } from './insurance-facts.ts';
import { employedFacts } from './off-post-facts.ts';
import { Appointment } from './tables/appointment.ts';
import { Person } from './tables/person.ts';

/** How somebody works under an appointment: what an activation states, and what stands afterwards. */
export interface Arrangement {
  readonly contactPersonId: string | null;
  readonly unitSupports: readonly string[];
  readonly insuranceId: string | null;
}

/** The arrangement that an appointment has. */
export const arrangementOf = (appointment: Appointment): Arrangement => ({
  contactPersonId: appointment.contactPersonId ?? null,
  unitSupports: appointment.unitSupports,
  insuranceId: appointment.insuranceId ?? null,
});

/** What this subgraph knows of an engagement with an arrangement: the one it has, or one that is proposed. */
export async function engagementFacts(
  tx: SqlEntityManager,
  appointment: Appointment,
  arrangement: Arrangement,
): Promise<Facts> {
  return {
    'appointment.category': appointment.category,
    'appointment.status': appointment.status,
    'appointment.from': appointment.from,
    'appointment.to': appointment.to,
    'appointment.contactPersonNamed': arrangement.contactPersonId !== null,
    'appointment.unitSupports': [...arrangement.unitSupports],
    ...(await insuranceFacts(tx, appointment, arrangement.insuranceId)),
  };
}

/**
 * What is known of the series that an appointment belongs to: those of one person and kind, of which each begins no later
 * than the day after the one before ends.
 */
export async function seriesFacts(tx: SqlEntityManager, appointment: Appointment): Promise<Facts> {
  const { personId, kind } = appointment;
  const earlier = await tx.find(
    Appointment,
    { personId, kind: kind ?? null, from: { $lt: appointment.from } },
    { orderBy: { from: 'desc' } },
  );
  let first = appointment.from;
  for (const { from, to, endedOn } of earlier) {
    if (addDays(endedOn && endedOn < to ? endedOn : to, 1) >= first) first = from;
  }
  return { 'appointment.kind': kind ?? undefined, 'appointment.startYear': Number(first.slice(0, 4)) };
}

/** What is known of an appointment as it stands on a day; the grade is another subgraph's. */
export async function standingFacts(
  tx: SqlEntityManager,
  appointment: Appointment,
  latestGrade: string,
  on: string,
): Promise<Facts> {
  const person = await tx.findOneOrFail(Person, { id: appointment.personId });
  const { 'person.employmentStatus': employmentStatus } = await employedFacts(tx, person, on);
  return {
    ...(await engagementFacts(tx, appointment, arrangementOf(appointment))),
    ...(await seriesFacts(tx, appointment)),
    'appointment.exitOn': appointment.endedOn ?? appointment.to,
    'appointment.specialCircumstance': Boolean(appointment.specialCircumstance),
    ...(await assignmentFacts(tx, appointment.id, on)),
    'appointment.serviceTypeStated': Boolean(appointment.serviceType),
    'appointment.latestGrade': latestGrade,
    'person.employmentStatus': employmentStatus,
  };
}
