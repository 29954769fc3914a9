import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { page } from '../connection.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { AppointmentRef } from './appointment.ts';
import { BrigadeRef, brigadeSubject, lockBrigade } from './brigade.ts';
import { builder, decided } from './builder.ts';
import { whereMayRead } from './party.ts';
import { Appointment } from './tables/appointment.ts';
import { Brigade, BrigadeMember } from './tables/brigade.ts';

builder.objectFields(BrigadeRef, (t) => ({
  members: t.connection({
    type: AppointmentRef,
    description: 'The appointments in it that have not ended on a day, as far as you may see them.',
    args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
    async resolve(brigade, args, context) {
      const asOf = args.asOf ?? context.today;
      const members = await context.em.find(
        BrigadeMember,
        { brigadeId: brigade.id, from: { $lte: asOf } },
        { fields: ['appointmentId'] },
      );
      const lasting = { to: { $gte: asOf }, $or: [{ endedOn: null }, { endedOn: { $gt: asOf } }] };
      return page(context.em, Appointment, {
        where: {
          $and: [
            { id: { $in: members.map(({ appointmentId }) => appointmentId) }, ...lasting },
            whereMayRead(context, ['personId', 'organisationId', 'receivingUnitId', 'published']),
          ],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('brigadeMemberAdd', {
  description:
    'Adds a commissioner to the brigade of the county served, by the appointment there. Whoever no longer serves is no longer in it. Errors: NOT_FOUND, STALE_VERSION, ALREADY_MEMBER, ON_BEFORE_LAST_ACT.',
  thing: 'brigade',
  type: BrigadeRef,
  input: (t) => ({
    brigade: t.id({ required: true }),
    version: t.int({ required: true }),
    appointment: t.id({ required: true }),
  }),
  plan: (input) => ({
    entity: Brigade,
    async prepare(tx, on) {
      const brigade = await lockBrigade(tx, input.brigade);
      expectVersion(brigade.version, input.version);
      requireOrder(brigade.changedOn, on);
      const appointment = await tx.findOne(Appointment, { id: input.appointment });
      if (!appointment) throw notFound('appointment');
      if (await tx.findOne(BrigadeMember, { brigadeId: brigade.id, appointmentId: appointment.id })) {
        throw new UserError('ALREADY_MEMBER', 'appointment', {
          zh: '该选派已编入本服务队。',
          en: 'This appointment is in the brigade already.',
        });
      }
      const ended =
        ['ended', 'exited'].includes(appointment.status) ||
        appointment.to < on ||
        (appointment.endedOn ? appointment.endedOn <= on : false);
      return {
        subject: await brigadeSubject(tx, brigade, on),
        facts: {
          'brigade.memberServesCounty': appointment.countyId === brigade.countyId && !ended,
          'appointment.category': appointment.category,
          'appointment.status': appointment.status,
        },
        current: brigade,
        change() {
          tx.create(BrigadeMember, {
            id: uuid(),
            brigadeId: brigade.id,
            appointmentId: appointment.id,
            personId: appointment.personId,
            from: on,
          });
          brigade.changedOn = on;
          brigade.changedAt = new Date();
          return brigade;
        },
      };
    },
  }),
});
