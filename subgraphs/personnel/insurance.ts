import { v7 as uuid } from 'uuid';
import { loaderOf } from '../loader.ts';
import { AppointmentRef } from './appointment.ts';
import { requirePeriod } from './appointment-period.ts';
import { appointmentSubject, lockAppointment, requireStatus } from './appointment-row.ts';
import { builder, decided } from './builder.ts';
import { isConcerned } from './party.ts';
import { requireText } from './required-text.ts';
import { InsuranceCover } from './tables/insurance.ts';

const InsuranceCoverRef = builder.objectRef<InsuranceCover>('InsuranceCover').implement({
  description: 'A policy that covers a commissioner.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind', { description: 'Such as personal-accident.' }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', description: 'The last day of cover.' }),
    payer: t.exposeString('payer', { nullable: true, description: 'dispatching-unit, work-funds, person or other.' }),
    policyNumber: t.exposeString('policyNumber', { nullable: true }),
  }),
});

builder.objectFields(AppointmentRef, (t) => ({
  insurance: t.field({
    type: [InsuranceCoverRef],
    nullable: true,
    description: 'What was bought for this engagement. Null for those whom it does not concern.',
    async resolve(appointment, _args, context) {
      if (!isConcerned(context, appointment)) return null;
      const loader = loaderOf<string, InsuranceCover[]>(context, 'insurance', async (ids) => {
        const rows = await context.em.find(
          InsuranceCover,
          { appointmentId: { $in: [...ids] } },
          { orderBy: { from: 'asc', id: 'asc' } },
        );
        return Map.groupBy(rows, ({ appointmentId }) => appointmentId);
      });
      return (await loader.load(appointment.id)) ?? [];
    },
  }),
}));

decided('insuranceRecord', {
  description:
    'Records a policy bought for an engagement. Errors: NOT_FOUND, WRONG_STATE, PERIOD_INVALID, TEXT_REQUIRED (kind).',
  thing: 'insurance',
  type: InsuranceCoverRef,
  input: (t) => ({
    appointment: t.id({ required: true }),
    kind: t.string({ required: true, description: 'Such as personal-accident.' }),
    from: t.field({ type: 'Date', required: true }),
    to: t.field({ type: 'Date', required: true, description: 'The last day of cover.' }),
    payer: t.string({ description: 'dispatching-unit, work-funds, person or other; absent: not known.' }),
    policyNumber: t.string(),
  }),
  plan: (input) => ({
    entity: InsuranceCover,
    async prepare(tx) {
      const appointment = await lockAppointment(tx, input.appointment);
      requireStatus(appointment, 'listed', 'active');
      const kind = requireText(input.kind, 'kind');
      requirePeriod(input.from, input.to);
      const id = uuid();
      return {
        subject: { ...appointmentSubject(appointment), type: 'InsuranceCover', id },
        facts: {
          'insurance.kind': kind,
          'insurance.from': input.from,
          'insurance.to': input.to,
          'insurance.payer': input.payer ?? undefined,
          'appointment.from': appointment.from,
          'appointment.to': appointment.to,
        },
        current: null,
        change: () =>
          tx.create(InsuranceCover, {
            id,
            appointmentId: appointment.id,
            personId: appointment.personId,
            kind,
            from: input.from,
            to: input.to,
            payer: input.payer ?? null,
            policyNumber: input.policyNumber?.trim() || null,
          }),
      };
    },
  }),
});
