import { requireOrder } from '../act-order.ts';
import { expectVersion, notFound } from '../user-error.ts';
import { AppointmentRef } from './appointment.ts';
import { engagementFacts, seriesFacts } from './appointment-facts.ts';
import { latestGrade } from './appointment-grade.ts';
import { appointmentSubject, lockAppointment, requireStatus } from './appointment-row.ts';
import { assignmentFacts } from './assignment-facts.ts';
import { decided } from './builder.ts';
import { Appointment } from './tables/appointment.ts';
import { InsuranceCover } from './tables/insurance.ts';
import { Person } from './tables/person.ts';

decided('appointmentActivate', {
  description:
    'Sends an appointed person to serve: who is the contact there, what the unit supports, which insurance covers it. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'appointment',
  type: AppointmentRef,
  input: (t) => ({
    appointment: t.id({ required: true }),
    version: t.int({ required: true }),
    contactPerson: t.id({ description: 'Whom the receiving place names for contact and service management.' }),
    unitSupports: t.stringList({ description: 'Codes of the support that the unit commits to.' }),
    insurance: t.id({
      description: 'The cover relied on, where the person has several kinds; else one bought for this engagement.',
    }),
  }),
  plan: (input, _context) => ({
    entity: Appointment,
    async prepare(tx, on) {
      const appointment = await lockAppointment(tx, input.appointment);
      expectVersion(appointment.version, input.version);
      requireStatus(appointment, 'listed');
      requireOrder(appointment.appointedOn, on);
      if (input.contactPerson && !(await tx.findOne(Person, { id: input.contactPerson }))) {
        throw notFound('contactPerson');
      }
      const { personId } = appointment;
      if (input.insurance && !(await tx.findOne(InsuranceCover, { id: input.insurance, personId }))) {
        throw notFound('insurance');
      }
      const arrangement = {
        contactPersonId: input.contactPerson ?? null,
        unitSupports: [...new Set(input.unitSupports ?? [])].sort(),
        insuranceId: input.insurance ?? null,
      };
      return {
        subject: appointmentSubject(appointment),
        facts: {
          ...(await engagementFacts(tx, appointment, arrangement)),
          'appointment.kind': appointment.kind ?? undefined,
          ...(await assignmentFacts(tx, appointment.id, on)),
        },
        current: appointment,
        change() {
          return Object.assign(appointment, arrangement, {
            status: 'active',
            activatedOn: on,
          });
        },
      };
    },
  }),
});

decided('appointmentExit', {
  description:
    'Ends an appointment: `exited` before its last day, `ended` from that day on. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT.',
  thing: 'appointment',
  type: AppointmentRef,
  input: (t) => ({
    appointment: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string({ description: 'Why it ends. Shown only to those whom it concerns.' }),
    specialCircumstance: t.string({ description: 'A special circumstance, such as ill health or a transfer.' }),
  }),
  plan: (input, context) => ({
    entity: Appointment,
    remote: (on) => latestGrade(context, input.appointment, on),
    async prepare(tx, on, grade) {
      const appointment = await lockAppointment(tx, input.appointment);
      expectVersion(appointment.version, input.version);
      requireStatus(appointment, 'listed', 'active');
      requireOrder(appointment.activatedOn ?? appointment.appointedOn, on);
      const reason = input.reason?.trim() || null;
      const special = input.specialCircumstance?.trim() || appointment.specialCircumstance || null;
      return {
        subject: appointmentSubject(appointment),
        facts: {
          'appointment.category': appointment.category,
          ...(await seriesFacts(tx, appointment)),
          'appointment.exitOn': on,
          'appointment.specialCircumstance': special !== null,
          'appointment.status': appointment.status,
          'appointment.latestGrade': grade,
          'appointment.reasonStated': reason !== null,
        },
        current: appointment,
        change() {
          appointment.status = on < appointment.to ? 'exited' : 'ended';
          appointment.endedOn = on;
          appointment.endReason = reason;
          appointment.specialCircumstance = special;
          return appointment;
        },
      };
    },
  }),
});
