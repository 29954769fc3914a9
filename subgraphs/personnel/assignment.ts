import { v7 as uuid } from 'uuid';
import { addDays } from '../../policies/day.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { AppointmentRef } from './appointment.ts';
import { requirePeriod } from './appointment-period.ts';
import { appointmentSubject, lockAppointment, requireStatus } from './appointment-row.ts';
import { poorVillages } from './assignment-facts.ts';
import { builder, decided } from './builder.ts';
import { isConcerned } from './party.ts';
import { RegionRef } from './region.ts';
import { Appointment } from './tables/appointment.ts';
import { Assignment } from './tables/assignment.ts';
import { Region } from './tables/region.ts';
import { inForceOn } from './team-facts.ts';

const AssignmentKind = builder.enumType('AssignmentKind', {
  description: 'What a commissioner is assigned to.',
  values: {
    SERVICE_OBJECT: { value: 'service-object' },
    PROJECT: { value: 'project' },
    BASE: { value: 'base' },
    OPERATOR: { value: 'operator' },
    HOUSEHOLD: { value: 'household', description: 'Households are counted, never named.' },
    YEAR_TARGET: { value: 'year-target', description: 'The service target of one year.' },
  } as const,
});

export const AssignmentRef = builder.objectRef<Assignment>('Assignment');
AssignmentRef.implement({
  description: 'A part of what a commissioner is assigned to.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', { description: 'Send it back with a change.' }),
    appointment: t.field({
      type: AppointmentRef,
      resolve: async (row, _args, context) => (await loadById(context, Appointment, row.appointmentId)) as Appointment,
    }),
    kind: t.field({ type: AssignmentKind, resolve: ({ kind }) => kind as 'project' }),
    name: t.exposeString('name', { nullable: true, description: 'What it is called, or what the target says.' }),
    reference: t.exposeString('reference', { nullable: true, description: 'Where the thing is on record.' }),
    village: t.field({
      type: RegionRef,
      nullable: true,
      resolve: (row, _args, context) => (row.villageId ? loadById(context, Region, row.villageId) : null),
    }),
    quantity: t.exposeInt('quantity', { description: 'How many households; 1 for everything else.' }),
    year: t.exposeInt('year', { nullable: true }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    endReason: t.exposeString('endReason', { nullable: true, description: 'Why it was ended.' }),
  }),
});

builder.objectField(AppointmentRef, 'assignments', (t) =>
  t.field({
    type: [AssignmentRef],
    nullable: true,
    description: 'What it is assigned to on a day. Null for those whom the appointment does not concern.',
    args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
    resolve: (appointment, { asOf }, context) =>
      isConcerned(context, appointment)
        ? context.em.find(
            Assignment,
            { appointmentId: appointment.id, ...inForceOn(asOf ?? context.today) },
            { orderBy: { id: 'asc' } },
          )
        : null,
  }),
);

/** @throws UserError YEAR_REQUIRED, QUANTITY_INVALID */
function checkShape(kind: string, year: number | null, quantity: number): void {
  if ((kind === 'year-target') !== (year !== null)) {
    throw new UserError('YEAR_REQUIRED', 'year', {
      zh: '年度目标须且仅须填写年度。',
      en: 'The target of a year names its year, and nothing else does.',
    });
  }
  if (quantity < 1 || (quantity > 1 && kind !== 'household')) {
    throw new UserError('QUANTITY_INVALID', 'quantity', {
      zh: '户数须不小于 1；其他事项为 1。',
      en: 'At least one household; everything else is one.',
    });
  }
}

decided('assignmentRecord', {
  description:
    'Records a part of what a commissioner is assigned to, from the day of the act on. Errors: NOT_FOUND (appointment, village), WRONG_STATE (the appointment has ended), YEAR_REQUIRED, QUANTITY_INVALID, PERIOD_INVALID.',
  thing: 'assignment',
  type: AssignmentRef,
  input: (t) => ({
    appointment: t.id({ required: true }),
    kind: t.field({ type: AssignmentKind, required: true }),
    name: t.string({ description: 'What it is called, or what the target says. Not for households.' }),
    reference: t.string({ description: 'Where the thing is on record, such as the id of a project.' }),
    village: t.id({ description: 'The village in which it lies.' }),
    quantity: t.int({ description: 'How many households; 1 if absent.' }),
    year: t.int({ description: 'For the target of a year.' }),
    until: t.field({ type: 'Date', description: 'The last day; absent: open end.' }),
  }),
  plan: (input) => ({
    entity: Assignment,
    async prepare(tx, on) {
      const appointment = await lockAppointment(tx, input.appointment);
      requireStatus(appointment, 'listed', 'active');
      const { kind } = input;
      const quantity = input.quantity ?? 1;
      checkShape(kind, input.year ?? null, quantity);
      if (input.until) requirePeriod(on, input.until);
      const village = input.village ? await tx.findOne(Region, { id: input.village, level: 'village' }) : null;
      if (input.village && !village) throw notFound('village');
      // Who is helped is nobody's business: a household has no name here.
      const name = kind === 'household' ? null : input.name?.trim() || null;
      const id = uuid();
      return {
        subject: { ...appointmentSubject(appointment), type: 'Assignment', id },
        facts: {
          'appointment.kind': appointment.kind ?? undefined,
          'appointment.status': appointment.status,
          'assignment.kind': kind,
          'assignment.named': kind === 'household' || name !== null,
          'assignment.villageStated': village !== null,
          'assignment.villagePoor': village ? (await poorVillages(tx, [village.id], on)).has(village.id) : undefined,
        },
        current: null,
        change: () =>
          tx.create(Assignment, {
            id,
            version: 1,
            appointmentId: appointment.id,
            kind,
            name,
            reference: input.reference?.trim() || null,
            villageId: village?.id ?? null,
            quantity,
            year: input.year ?? null,
            from: on,
            to: input.until ? addDays(input.until, 1) : null,
          }),
      };
    },
  }),
});
