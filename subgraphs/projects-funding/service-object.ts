import { v7 as uuid, validate } from 'uuid';
import { requireCode, requireCodes } from '../code.ts';
import { type PageArgs, page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { type Placed, placeColumnsOf, regionsOf } from '../place.ts';
import { UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { AppointmentRef, OrganisationRef, RegionRef, referenceTo } from './external.ts';
import { type Appointment, type Organisation, readAppointment, readOrganisation, readPlace } from './from-graph.ts';
import { stated } from './input.ts';
import { visibleBy } from './money-visibility.ts';
import { ServiceObject } from './tables/service-object.ts';

// Whom a person serves belongs to the engagement, and is as visible as that.
const serviceObjectVisibility = visibleBy<ServiceObject>('appointmentRead', {
  'record.person': 'personId',
  'record.dispatchingUnit': 'dispatchingUnitId',
  'record.receivingUnit': 'receivingUnitId',
});

export const ServiceObjectRef = builder.objectRef<ServiceObject>('ServiceObject').implement({
  description:
    'Whom commissioners serve: a cooperative, a farm, a household. It is a designated receiver of the engagement that it was registered for, and of those that name it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    appointment: t.field({
      type: AppointmentRef,
      nullable: true,
      description: 'The engagement that it was registered for.',
      resolve: (object) => referenceTo(object.appointmentId),
    }),
    name: t.exposeString('name'),
    kind: t.exposeString('kind', { description: 'A code, such as cooperative or family-farm.' }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'Null for a household or anybody else who is no organisation of the graph.',
      resolve: (object) => referenceTo(object.organisationId),
    }),
    commissionerRole: t.exposeString('commissionerRole', {
      description: 'The part that the commissioner takes in it: start, lead, assist or none.',
    }),
    contributionMode: t.exposeString('contributionMode', {
      nullable: true,
      description: 'What the commissioner contributes, a code such as tech-service.',
    }),
    criteriaMet: t.exposeStringList('criteriaMet', {
      description: 'Codes of the criteria of a demonstration that it was found to meet.',
    }),
    households: t.exposeInt('households', { nullable: true, description: 'Households that it takes along, counted.' }),
    participation: t.exposeStringList('participation', {
      description: 'With what they take part, codes such as capital, land, labour and technology.',
    }),
    region: t.field({ type: RegionRef, resolve: (object) => ({ id: object.regionId }) }),
    registeredOn: t.expose('registeredOn', { type: 'Date' }),
  }),
});

function objectsOf(context: Context, asked: object, args: PageArgs) {
  return page(context.em, ServiceObject, {
    where: { $and: [asked, serviceObjectVisibility.where(context)] },
    orderBy: { id: 'asc' },
    args,
  });
}

builder.asEntity(ServiceObjectRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => readableObject(context, id),
});

export async function readableObject(context: Context, id: string): Promise<ServiceObject | null> {
  const object = await loadById(context, ServiceObject, id);
  return object && serviceObjectVisibility.allows(context, object) ? object : null;
}

builder.queryFields((t) => ({
  serviceObject: t.field({
    type: ServiceObjectRef,
    nullable: true,
    authenticated: true,
    description: 'Null also when it exists and you may not see it.',
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => readableObject(context, id),
  }),
  serviceObjects: t.connection({
    type: ServiceObjectRef,
    authenticated: true,
    description: 'Those that you may see, oldest first.',
    args: {
      ids: t.arg.idList({ description: 'These.' }),
      appointment: t.arg.id(),
      organisation: t.arg.id(),
      kind: t.arg.string(),
    },
    resolve(_root, args, context) {
      const { ids, appointment, organisation, kind } = args;
      const asked = {
        ...(ids ? { id: { $in: ids.filter((id) => validate(id)) } } : {}),
        ...(appointment ? { appointmentId: appointment } : {}),
        ...(organisation ? { organisationId: organisation } : {}),
        ...(kind ? { kind } : {}),
      };
      return objectsOf(context, asked, args);
    },
  }),
}));

builder.objectFields(AppointmentRef, (t) => ({
  serviceObjects: t.connection({
    type: ServiceObjectRef,
    description: 'What was registered for it, as far as you may see it.',
    resolve: (appointment, args, context) =>
      nestedPage(context, 'Appointment.serviceObjects', ServiceObject, {
        by: 'appointmentId',
        parent: appointment.id,
        where: serviceObjectVisibility.where(context),
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

const ROLES = ['start', 'lead', 'assist', 'none'];

function knownRole(role: string): string {
  if (ROLES.includes(role)) return role;
  throw new UserError('ROLE_INVALID', 'commissionerRole', {
    zh: `作用须为 ${ROLES.join('、')} 之一。`,
    en: `The part must be one of ${ROLES.join(', ')}.`,
  });
}

/** For whom and where an object is registered. */
interface Registration {
  readonly place: Placed;
  readonly appointment: Appointment | null;
  readonly organisation: Organisation | null;
}

type Asked = { [field in 'appointment' | 'region' | 'organisation']?: string | null | undefined };

async function readRegistration(context: Context, asked: Asked): Promise<Registration> {
  const organisation = asked.organisation ? await readOrganisation(context, asked.organisation, 'organisation') : null;
  if (asked.appointment) {
    const appointment = await readAppointment(context, asked.appointment, 'appointment');
    const place = asked.region ? await readPlace(context, asked.region, 'region') : appointment.place;
    return { place, appointment, organisation };
  }
  if (asked.region) return { place: await readPlace(context, asked.region, 'region'), appointment: null, organisation };
  throw new UserError('REGION_REQUIRED', 'region', {
    zh: '不指定选派时须填写所在地域。',
    en: 'Without an appointment, say in which region it lies.',
  });
}

decided('serviceObjectRegister', {
  description:
    'Registers whom commissioners serve. Money from a designated receiver is money from one whom the law protects. Errors: NOT_FOUND, REGION_REQUIRED, TEXT_REQUIRED, CODE_INVALID, ROLE_INVALID, COUNT_INVALID, ALREADY_REGISTERED.',
  thing: 'serviceObject',
  type: ServiceObjectRef,
  input: (t) => ({
    appointment: t.id({ description: 'The engagement that it is registered for, and designated by.' }),
    region: t.id({ description: 'Where it lies; the county of the appointment if absent.' }),
    name: t.string({ required: true }),
    kind: t.string({ required: true, description: 'A code, such as cooperative, family-farm or large-grower.' }),
    organisation: t.id({ description: 'When it is an organisation of the graph.' }),
    commissionerRole: t.string({ description: 'start, lead, assist or none, which it is if absent.' }),
    criteriaMet: t.stringList({ description: 'Codes of the criteria of a demonstration that it meets.' }),
    households: t.int({ description: 'Households that it takes along: a count.' }),
    participation: t.stringList({ description: 'With what they take part, codes such as land.' }),
    contributionMode: t.string({ description: 'A code, such as result-equity or tech-service.' }),
  }),
  plan: (input, context) => ({
    entity: ServiceObject,
    remote: (_on) => readRegistration(context, input),
    async prepare(tx, on, { place, appointment, organisation }) {
      const name = stated(input.name, 'name');
      const kind = requireCode(input.kind, 'kind');
      const commissionerRole = knownRole(input.commissionerRole ?? 'none');
      const contributionMode = input.contributionMode ? requireCode(input.contributionMode, 'contributionMode') : null;
      const criteriaMet = requireCodes(input.criteriaMet, 'criteriaMet');
      const households = input.households ?? null;
      if ((households ?? 0) < 0) {
        throw new UserError('COUNT_INVALID', 'households', {
          zh: '户数不能为负。',
          en: 'Households cannot be fewer than none.',
        });
      }
      const same = { appointmentId: appointment?.id ?? null, regionId: place.regionId, name };
      if ((await tx.count(ServiceObject, same)) > 0) {
        throw new UserError('ALREADY_REGISTERED', 'name', {
          zh: '已登记同名服务对象。',
          en: 'A service object of this name is registered already.',
        });
      }
      const id = uuid();
      const units = [appointment?.organisation.id, appointment?.receivingUnit?.id, organisation?.id];
      return {
        subject: {
          type: 'ServiceObject',
          id,
          regions: regionsOf(place),
          organisations: units.filter((unit) => unit !== undefined),
          persons: appointment ? [appointment.person.id] : [],
        },
        facts: {
          'serviceObject.kind': kind,
          'serviceObject.commissionerRole': commissionerRole,
          'serviceObject.contributionMode': contributionMode ?? undefined,
          'serviceObject.criteriaMet': criteriaMet,
        },
        current: null,
        change: () =>
          tx.create(ServiceObject, {
            id,
            version: 1,
            appointmentId: appointment?.id ?? null,
            personId: appointment?.person.id ?? null,
            dispatchingUnitId: appointment?.organisation.id ?? null,
            receivingUnitId: appointment?.receivingUnit?.id ?? null,
            name,
            kind,
            organisationId: organisation?.id ?? null,
            commissionerRole,
            contributionMode,
            criteriaMet,
            households,
            participation: requireCodes(input.participation, 'participation'),
            registeredOn: on,
            ...placeColumnsOf(place),
          }),
      };
    },
  }),
});
