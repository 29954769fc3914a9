import { LockMode, type SqlEntityManager, UniqueConstraintViolationException } from '@mikro-orm/postgresql';
import type { Subject } from '../actor.ts';
import { regionsOf } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { Appointment } from './tables/appointment.ts';

/** Loads an appointment and holds its row: what it turns into depends on what it is. */
export async function lockAppointment(tx: SqlEntityManager, id: string): Promise<Appointment> {
  const appointment = await tx.findOne(Appointment, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!appointment) throw notFound('appointment');
  return appointment;
}

/** @throws UserError WRONG_STATE unless it is in one of these states */
export function requireStatus(appointment: Appointment, ...statuses: readonly string[]): void {
  if (statuses.includes(appointment.status)) return;
  throw new UserError('WRONG_STATE', 'appointment', {
    zh: `该选派的状态为“${appointment.status}”，须为 ${statuses.join('、')}。`,
    en: `This appointment is ${appointment.status}; it must be ${statuses.join(' or ')}.`,
  });
}

/** The subject of a decision about an appointment. */
export function appointmentSubject(
  appointment: Pick<Appointment, 'id' | 'provinceId' | 'prefectureId' | 'countyId' | 'organisationId' | 'personId'> & {
    receivingUnitId?: string | null | undefined;
  },
): Subject {
  return {
    type: 'Appointment',
    id: appointment.id,
    regions: regionsOf(appointment),
    organisations: [appointment.organisationId, appointment.receivingUnitId].filter((id) => typeof id === 'string'),
    persons: [appointment.personId],
  };
}

/** Stores a new appointment at once, so that a second one of the same kind is a mistake of the caller's, not ours. */
export async function storeUnique(tx: SqlEntityManager, appointment: Appointment): Promise<Appointment> {
  await tx.flush().catch((error) => {
    if (!(error instanceof UniqueConstraintViolationException)) throw error;
    throw new UserError('DUPLICATE_APPOINTMENT', 'person', {
      zh: '该人员在该县（市、区）该年度已有同类别的选派。',
      en: 'This person has an open appointment of this category for this year and county already.',
    });
  });
  return appointment;
}
