import type { QueryOrderMap } from '@mikro-orm/postgresql';
import { type PageArgs, page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { nestedPage } from '../nested.ts';
import { regionsOf } from '../place.ts';
import { isAllowed, whereAllowed } from '../visible.ts';
import { builder } from './builder.ts';
import { AppointmentRef, OrganisationRef, PersonRef, RegionRef, ServiceObjectRef, TeamRef } from './external.ts';
import { ServiceRecord } from './tables/service-record.ts';
import type { Team } from './team.ts';

/** Which column of a service record answers which fact of the visibility rules. */
export const recordColumns = {
  'record.person': { column: 'person_id', type: 'code', nullable: false },
  'record.dispatchingUnit': { column: 'dispatching_unit_id', type: 'code', nullable: false },
  'record.receivingUnit': { column: 'receiving_unit_id', type: 'code', nullable: true },
  'record.county': { column: 'county_id', type: 'code', nullable: true },
  'record.prefecture': { column: 'prefecture_id', type: 'code', nullable: true },
  'record.province': { column: 'province_id', type: 'code', nullable: true },
} as const;

/** The columns of a service record that say who may read it. */
export type Managed = Pick<
  ServiceRecord,
  'personId' | 'dispatchingUnitId' | 'receivingUnitId' | 'countyId' | 'prefectureId' | 'provinceId'
>;

/** Whether the viewer may read service records of this person, unit and place. */
export function readsServiceRecords(context: Context, record: Managed): boolean {
  return isAllowed(context, 'serviceRecordRead', regionsOf(record), {
    'record.person': record.personId,
    'record.dispatchingUnit': record.dispatchingUnitId,
    'record.receivingUnit': record.receivingUnitId ?? undefined,
    'record.county': record.countyId ?? undefined,
    'record.prefecture': record.prefectureId ?? undefined,
    'record.province': record.provinceId ?? undefined,
  });
}

/** Whether the viewer may read the service records that were given in the name of a team. */
export function readsTeamService(context: Context, team: Team): boolean {
  const { countyId, prefectureId, provinceId } = team.place;
  const own = [...team.leaderIds, ...team.memberIds].find((person) => person === context.viewer.person);
  return readsServiceRecords(context, {
    // Of several persons a rule can ask for one: the one who asks, if he is in the team.
    personId: own ?? '',
    dispatchingUnitId: team.organisationId,
    receivingUnitId: team.receivingUnitId,
    countyId,
    prefectureId,
    provinceId,
  });
}

export const ServiceRecordRef = builder.objectRef<ServiceRecord>('ServiceRecord');
ServiceRecordRef.implement({
  description:
    'One service that a commissioner gave. Only those who manage the commissioner read it: point serviceRecordRead.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    appointment: t.field({
      type: AppointmentRef,
      nullable: true,
      description: 'Null when you may not read it, and for a member of a team who has none.',
      resolve: (record) => (record.appointmentId ? { id: record.appointmentId } : null),
    }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team in whose name it was given.',
      resolve: (record) => (record.teamId ? { id: record.teamId } : null),
    }),
    person: t.field({ type: PersonRef, nullable: true, resolve: (record) => ({ id: record.personId }) }),
    dispatchingUnit: t.field({ type: OrganisationRef, resolve: (record) => ({ id: record.dispatchingUnitId }) }),
    receivingUnit: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (record) => (record.receivingUnitId ? { id: record.receivingUnitId } : null),
    }),
    county: t.field({
      type: RegionRef,
      nullable: true,
      description: 'Where it was given.',
      resolve: (record) => (record.countyId ? { id: record.countyId } : null),
    }),
    date: t.expose('date', { type: 'Date', description: 'Its first day.' }),
    days: t.exposeInt('days', { description: 'How many days in a row, the first included.' }),
    endsOn: t.expose('endsOn', { type: 'Date', description: 'Its last day.' }),
    mode: t.exposeString('mode', { description: 'on-site or remote. Only on-site service makes on-site days.' }),
    taskType: t.exposeString('taskType', { nullable: true }),
    field: t.exposeString('field', { nullable: true, description: 'The technology field.' }),
    object: t.field({
      type: ServiceObjectRef,
      nullable: true,
      description: 'Who was served.',
      resolve: (record) => (record.objectId ? { id: record.objectId } : null),
    }),
    objectKind: t.exposeString('objectKind', { nullable: true, description: 'Its kind when the service was logged.' }),
    objectAcknowledged: t.exposeBoolean('objectAcknowledged'),
    summary: t.exposeString('summary'),
    attendance: t.exposeInt('attendance', { nullable: true, description: 'How many people came.' }),
    loggedOn: t.expose('loggedOn', { type: 'Date' }),
  }),
});

const ServiceRecordFilter = builder.inputType('ServiceRecordFilter', {
  fields: (t) => ({
    appointment: t.id(),
    team: t.id({ description: 'Given in the name of this team.' }),
    county: t.id({ description: 'Given in exactly this county.' }),
    prefecture: t.id({ description: 'Given anywhere in this prefecture.' }),
    from: t.field({ type: 'Date', description: 'Begun on this day or later.' }),
    to: t.field({ type: 'Date', description: 'Begun on this day or earlier.' }),
    modes: t.stringList({ description: 'Only these modes.' }),
    taskType: t.string(),
  }),
});

const ServiceRecordSort = builder.enumType('ServiceRecordSort', {
  values: { DATE_ASC: { value: 'asc' }, DATE_DESC: { value: 'desc' } } as const,
});

interface ListArgs extends PageArgs {
  readonly filter?: typeof ServiceRecordFilter.$inferInput | null | undefined;
  readonly sort?: 'asc' | 'desc' | null | undefined;
}

function listed(context: Context, args: ListArgs) {
  const { appointment, team, county, prefecture, from, to, modes, taskType } = args.filter ?? {};
  const direction = args.sort ?? 'desc';
  return {
    where: {
      ...(team ? { teamId: team } : {}),
      ...(county ? { countyId: county } : {}),
      ...(prefecture ? { prefectureId: prefecture } : {}),
      ...(from || to ? { date: { ...(from ? { $gte: from } : {}), ...(to ? { $lte: to } : {}) } } : {}),
      ...(modes ? { mode: { $in: modes } } : {}),
      ...(taskType ? { taskType } : {}),
      $and: [
        ...(appointment ? [{ appointmentId: appointment }] : []),
        whereAllowed(context, 'serviceRecordRead', recordColumns),
      ],
    },
    orderBy: [{ date: direction }, { id: direction }] as QueryOrderMap<ServiceRecord>[],
    args,
  };
}

builder.queryFields((t) => ({
  serviceRecord: t.field({
    type: ServiceRecordRef,
    nullable: true,
    authenticated: true,
    description: 'Null when there is none, or when you may not read it.',
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const record = await loadById(context, ServiceRecord, id);
      return record && readsServiceRecords(context, record) ? record : null;
    },
  }),
  serviceRecords: t.connection({
    type: ServiceRecordRef,
    authenticated: true,
    description: 'The service records that you may read, the latest first.',
    args: { filter: t.arg({ type: ServiceRecordFilter }), sort: t.arg({ type: ServiceRecordSort }) },
    resolve: (_root, args, context) => page(context.em, ServiceRecord, listed(context, args)),
  }),
}));

builder.objectFields(AppointmentRef, (t) => ({
  serviceRecords: t.connection({
    type: ServiceRecordRef,
    description: 'Its service records, as far as you may read them, the latest first.',
    args: { filter: t.arg({ type: ServiceRecordFilter }), sort: t.arg({ type: ServiceRecordSort }) },
    resolve: (appointment, args, context) =>
      nestedPage(context, 'Appointment.serviceRecords', ServiceRecord, {
        by: 'appointmentId',
        parent: appointment.id,
        ...listed(context, args),
      }),
  }),
}));
