import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById, loaderOf } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { showInFull } from '../restricted.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { standingFacts } from './appointment-facts.ts';
import { latestGrade } from './appointment-grade.ts';
import { builder, types } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { isConcerned, mayRead, whereMayRead } from './party.ts';
import { PersonRef } from './person.ts';
import { RegionRef } from './region.ts';
import { SelectionRef } from './selection.ts';
import { servingOn } from './serving.ts';
import { Appointment } from './tables/appointment.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Selection } from './tables/selection.ts';
import { whereWithin } from './within.ts';

export const AppointmentRef = builder.objectRef<Appointment>('Appointment');
AppointmentRef.implement({
  description:
    'A person sent to serve a county for a time. Those named on a public list are public; how they work is for those whom it concerns.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', {
      description: 'Send it back with a change; STALE_VERSION if somebody was faster.',
    }),
    category: t.exposeString('category', {
      description: 'By the tier that sends, such as prefecture, county or unit.',
    }),
    kind: t.exposeString('kind', {
      nullable: true,
      description: 'What the place calls it beside its level; null where there is one kind only.',
    }),
    serviceType: t.exposeString('serviceType', {
      nullable: true,
      description: 'Such as public-service, rural-startup.',
    }),
    sector: t.exposeString('sector', { nullable: true, description: 'primary, secondary or tertiary.' }),
    person: t.field({
      type: PersonRef,
      resolve: async (appointment, _args, context) => (await loadById(context, Person, appointment.personId)) as Person,
    }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'The unit that sends the person.',
      resolve: async (appointment, _args, context) =>
        (await loadById(context, Organisation, appointment.organisationId)) as Organisation,
    }),
    receivingUnit: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (appointment, _args, context) =>
        appointment.receivingUnitId ? loadById(context, Organisation, appointment.receivingUnitId) : null,
    }),
    county: t.field({
      type: RegionRef,
      description: 'The receiving county.',
      resolve: async (appointment, _args, context) => (await loadById(context, Region, appointment.countyId)) as Region,
    }),
    year: t.exposeInt('year'),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', description: 'The last day.' }),
    status: t.exposeString('status', {
      description: 'listed until activated; active; renewed by another one; ended on its last day; exited before it.',
    }),
    selection: t.field({
      type: SelectionRef,
      nullable: true,
      description: 'The round it comes from.',
      resolve: (appointment, _args, context) =>
        appointment.selectionId ? loadById(context, Selection, appointment.selectionId) : null,
    }),
    renewalOf: t.field({
      type: AppointmentRef,
      nullable: true,
      description: 'The appointment that it renews.',
      resolve: (appointment, _args, context) =>
        appointment.renewalOfId ? readableAppointment(context, appointment.renewalOfId) : null,
    }),
    serviceObjectIds: t.exposeStringList('serviceObjectIds', { description: 'Ids of the service objects designated.' }),
    annualTargets: t.exposeStringList('annualTargets'),
    published: t.exposeBoolean('published', { description: 'True when a public notice or list named the person.' }),
    contactPerson: t.field({
      type: PersonRef,
      nullable: true,
      description: 'Named by the receiving place. Null for those whom it does not concern.',
      resolve: (appointment, _args, context) =>
        appointment.contactPersonId && isConcerned(context, appointment)
          ? loadById(context, Person, appointment.contactPersonId)
          : null,
    }),
    unitSupports: t.exposeStringList('unitSupports', { description: 'Codes of the support that the unit commits to.' }),
    activatedOn: t.expose('activatedOn', { type: 'Date', nullable: true }),
    endedOn: t.expose('endedOn', { type: 'Date', nullable: true }),
    endReason: t.string({
      nullable: true,
      description: 'Null for those whom it does not concern.',
      resolve: (appointment, _args, context) =>
        isConcerned(context, appointment) ? (appointment.endReason ?? null) : null,
    }),
    standing: t.field({
      type: types.DecisionRef,
      description: 'Whether it is as the packs in force on a day want it. Point: appointmentStanding.',
      args: standingArgs(t as never),
      resolve: async (appointment, args, context) => {
        const asOf = args.asOf ?? context.today;
        const grade = await latestGrade(context, appointment.id, asOf);
        const facts = await standingFacts(context.em, appointment, grade, asOf);
        const decision = decideStanding(context, 'appointmentStanding', regionsOf(appointment), facts, args);
        return isConcerned(context, appointment) ? showInFull(decision) : decision;
      },
    }),
  }),
});
builder.asEntity(AppointmentRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => readableAppointment(context, id),
});

builder.objectField(AppointmentRef, 'renewal', (t) =>
  t.field({
    type: AppointmentRef,
    nullable: true,
    description: 'The appointment that renews it.',
    async resolve(appointment, _args, context) {
      const loader = loaderOf<string, Appointment>(context, 'renewals', async (ids) => {
        const rows = await context.em.find(Appointment, { renewalOfId: { $in: [...ids] } });
        return rows.map((row) => [row.renewalOfId as string, row] as const);
      });
      return loader.load(appointment.id);
    },
  }),
);

/** An appointment that the viewer may see. */
export async function readableAppointment(context: Context, id: string): Promise<Appointment | null> {
  const appointment = await loadById(context, Appointment, id);
  return appointment && mayRead(context, appointment) ? appointment : null;
}

const AppointmentFilter = builder.inputType('AppointmentFilter', {
  fields: (t) => ({
    ids: t.idList({ description: 'These, as far as you may see them.' }),
    region: t.id({ description: 'The receiving county lies in this region.' }),
    person: t.id(),
    organisation: t.id({ description: 'The unit that sends.' }),
    receivingUnit: t.id(),
    selection: t.id(),
    category: t.string(),
    kind: t.string(),
    serviceType: t.string(),
    status: t.string(),
    year: t.int(),
    servingOn: t.field({
      type: 'Date',
      description: 'Activated by this day, which lies in the engagement; not ended.',
    }),
  }),
});

const AppointmentSort = builder.enumType('AppointmentSort', {
  values: {
    OLDEST: { value: 'oldest', description: 'In the order in which they were recorded.' },
    NEWEST: { value: 'newest' },
    FROM: { value: 'from', description: 'By the first day of the engagement.' },
  } as const,
});

const ORDER = { oldest: { id: 'asc' }, newest: { id: 'desc' }, from: { from: 'asc', id: 'asc' } } as const;

builder.queryFields((t) => ({
  appointment: t.field({
    type: AppointmentRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => readableAppointment(context, id),
  }),
  appointments: t.connection({
    type: AppointmentRef,
    description: 'The appointments that you may see (point appointmentRead).',
    args: {
      filter: t.arg({ type: AppointmentFilter }),
      sort: t.arg({ type: AppointmentSort, description: 'OLDEST if absent.' }),
    },
    async resolve(_root, args, context) {
      const {
        ids,
        region,
        person,
        organisation,
        receivingUnit,
        selection,
        servingOn: serving,
        ...equal
      } = args.filter ?? {};
      const { category, kind, serviceType, status, year } = equal;
      return page(context.em, Appointment, {
        where: {
          ...(ids ? { id: { $in: ids } } : {}),
          ...(region ? await whereWithin(context, region) : {}),
          ...(person ? { personId: person } : {}),
          ...(organisation ? { organisationId: organisation } : {}),
          ...(receivingUnit ? { receivingUnitId: receivingUnit } : {}),
          ...(selection ? { selectionId: selection } : {}),
          ...(category ? { category } : {}),
          ...(kind ? { kind } : {}),
          ...(serviceType ? { serviceType } : {}),
          ...(year ? { year } : {}),
          $and: [
            whereMayRead(context, ['personId', 'organisationId', 'receivingUnitId', 'published']),
            status ? { status } : {},
            serving ? servingOn(serving) : {},
          ],
        },
        orderBy: ORDER[args.sort ?? 'oldest'],
        args,
      });
    },
  }),
}));
