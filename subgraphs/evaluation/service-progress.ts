import type { Decision } from '../../policies/decision.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { appointmentOf } from './appointment.ts';
import { builder, types } from './builder.ts';
import { AppointmentRef } from './external.ts';
import { type ServiceCount, serviceCount } from './service-count.ts';
import { readsServiceRecords } from './service-record.ts';

interface ServiceProgress extends ServiceCount {
  readonly year: number;
  readonly asOf: string;
  readonly decision: Decision;
}

const ServiceProgressRef = builder.objectRef<ServiceProgress>('ServiceProgress').implement({
  description: 'How much a commissioner served in a year, up to a day, and what the packs say of it.',
  fields: (t) => ({
    year: t.exposeInt('year'),
    asOf: t.expose('asOf', { type: 'Date' }),
    onSiteDays: t.exposeInt('onSiteDays', {
      description: 'Distinct dates of on-site service: two records on one day are one day, remote service makes none.',
    }),
    services: t.exposeInt('services', { description: 'Services begun in the year, of any mode.' }),
    decision: t.field({
      type: types.DecisionRef,
      description: 'Point: serviceProgress. Not stored.',
      resolve: (progress) => progress.decision,
    }),
  }),
});

builder.objectFields(AppointmentRef, (t) => ({
  serviceProgress: t.field({
    type: ServiceProgressRef,
    nullable: true,
    description: 'Null when you may not read its service records. Counts up to `asOf`, nothing in proportion.',
    args: { year: t.arg.int({ required: true }), ...standingArgs(t as never) },
    async resolve({ id }, { year, ...law }, context) {
      const appointment = await appointmentOf(context, id);
      if (!appointment) return null;
      const { place, ...record } = appointment;
      if (!readsServiceRecords(context, { ...record, ...place })) return null;
      const asOf = law.asOf ?? context.today;
      const count = await serviceCount(context, id, year, asOf);
      const facts = {
        'appointment.category': appointment.category,
        'appointment.status': appointment.status,
        'appointment.onSiteDays': count.onSiteDays,
        'appointment.serviceCount': count.services,
        'appointment.serviceYearEnded': asOf >= `${year}-12-31`,
      };
      return { ...count, year, asOf, decision: decideStanding(context, 'serviceProgress', place.path, facts, law) };
    },
  }),
}));
