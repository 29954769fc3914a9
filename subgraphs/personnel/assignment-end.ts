import { LockMode } from '@mikro-orm/postgresql';
import { expectVersion, notFound } from '../user-error.ts';
import { appointmentSubject, lockAppointment } from './appointment-row.ts';
import { AssignmentRef } from './assignment.ts';
import { decided } from './builder.ts';
import { ending, requireHolding } from './ending.ts';
import { isConcerned } from './party.ts';
import { Assignment } from './tables/assignment.ts';

decided('assignmentEnd', {
  description:
    'Ends a part of what a commissioner is assigned to, from the day of the act on; it stays on record with its reason. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (it does not hold that day), ON_BEFORE_LAST_ACT.',
  thing: 'assignment',
  type: AssignmentRef,
  input: (t) => ({
    assignment: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string({ description: 'Why it ends. A rule of the platform asks for it.' }),
  }),
  plan: (input, context) => ({
    entity: Assignment,
    async prepare(tx, on) {
      const found = await tx.findOne(Assignment, { id: input.assignment });
      if (!found) throw notFound('assignment');
      // Held, because what an appointment is assigned to is counted when it is activated.
      const appointment = await lockAppointment(tx, found.appointmentId);
      const assignment = await tx.refreshOrFail(found, { lockMode: LockMode.PESSIMISTIC_WRITE });
      expectVersion(assignment.version, input.version);
      requireHolding({ from: assignment.from, to: assignment.to }, on, 'assignment');
      const { reason, facts } = ending(input.reason);
      return {
        subject: { ...appointmentSubject(appointment), type: 'Assignment', id: assignment.id },
        facts: {
          'appointment.kind': appointment.kind ?? undefined,
          'appointment.status': appointment.status,
          'assignment.kind': assignment.kind,
          ...facts,
        },
        current: isConcerned(context, appointment) ? assignment : null,
        change: () => Object.assign(assignment, { to: on, endReason: reason }),
      };
    },
  }),
});
