import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { expectVersion, UserError } from '../user-error.ts';
import { AppointmentRef } from './appointment.ts';
import { latestGrade } from './appointment-grade.ts';
import { requirePeriod } from './appointment-period.ts';
import { appointmentSubject, lockAppointment, requireStatus, storeUnique } from './appointment-row.ts';
import { decided } from './builder.ts';
import { employedFacts } from './off-post-facts.ts';
import { Appointment } from './tables/appointment.ts';
import { Person } from './tables/person.ts';

decided('appointmentRenew', {
  description:
    'Appoints somebody again for a period after the present one. Answers the new appointment, `listed` until appointmentActivate; refused, the present one. Errors: NOT_FOUND, WRONG_STATE, STALE_VERSION, ON_BEFORE_LAST_ACT, PERIOD_INVALID, PERIOD_OVERLAP, DUPLICATE_APPOINTMENT.',
  thing: 'appointment',
  type: AppointmentRef,
  input: (t) => ({
    appointment: t.id({ required: true }),
    version: t.int({ required: true }),
    from: t.field({ type: 'Date', required: true, description: 'After the last day of the present one.' }),
    to: t.field({ type: 'Date', required: true, description: 'The last day.' }),
    personConsents: t.boolean({ description: 'Absent: not asked, which counts as no.' }),
    receivingUnitConsents: t.boolean({ description: 'Absent: not asked, which counts as no.' }),
    annualTargets: t.stringList({ description: 'Those of the present one if absent.' }),
  }),
  plan: (input, context) => ({
    entity: Appointment,
    remote: (on) => latestGrade(context, input.appointment, on),
    async prepare(tx, on, grade) {
      const present = await lockAppointment(tx, input.appointment);
      expectVersion(present.version, input.version);
      requireStatus(present, 'active', 'ended');
      requireOrder(present.endedOn ?? present.activatedOn ?? present.appointedOn, on);
      requirePeriod(input.from, input.to);
      if (input.from <= present.to) {
        throw new UserError('PERIOD_OVERLAP', 'from', {
          zh: `续聘须从现聘期最后一日（${present.to}）之后开始。`,
          en: `A renewal begins after the last day of the present engagement, ${present.to}.`,
        });
      }
      const person = await tx.findOneOrFail(Person, { id: present.personId });
      const { 'person.employmentStatus': employmentStatus, 'person.age': age } = await employedFacts(tx, person, on);
      return {
        subject: appointmentSubject(present),
        facts: {
          'appointment.category': present.category,
          'appointment.status': present.status,
          'appointment.latestGrade': grade,
          'matching.personConsented': input.personConsents ?? false,
          'matching.receivingUnitConsented': input.receivingUnitConsents ?? false,
          'person.employmentStatus': employmentStatus,
          'person.age': age,
        },
        current: present,
        async change() {
          present.status = 'renewed';
          // First the present one, or the two would be open at once.
          await tx.flush();
          const next = tx.create(Appointment, {
            id: uuid(),
            version: 1,
            category: present.category,
            kind: present.kind ?? null,
            serviceType: present.serviceType ?? null,
            sector: present.sector ?? null,
            personId: present.personId,
            organisationId: person.organisationId,
            receivingUnitId: present.receivingUnitId ?? null,
            provinceId: present.provinceId ?? null,
            prefectureId: present.prefectureId ?? null,
            countyId: present.countyId,
            year: Number(input.from.slice(0, 4)),
            from: input.from,
            to: input.to,
            status: 'listed',
            selectionId: present.selectionId ?? null,
            applicationId: present.applicationId ?? null,
            demandItemId: present.demandItemId ?? null,
            renewalOfId: present.id,
            contactPersonId: null,
            unitSupports: [],
            serviceObjectIds: [...present.serviceObjectIds],
            annualTargets: input.annualTargets ?? [...present.annualTargets],
            insuranceId: null,
            published: present.published,
            appointedOn: on,
            activatedOn: null,
            endedOn: null,
            endReason: null,
            specialCircumstance: null,
          });
          return storeUnique(tx, next);
        },
      };
    },
  }),
});
