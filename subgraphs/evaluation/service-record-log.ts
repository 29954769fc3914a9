import { v7 as uuid } from 'uuid';
import { addDays } from '../../policies/day.ts';
import type { Context, GraphQuery } from '../context.ts';
import { divisionsOf, knownPlace, type Place } from '../place.ts';
import { notFound, UserError } from '../user-error.ts';
import { appointmentOf } from './appointment.ts';
import { decided } from './builder.ts';
import { personUnitOf } from './person-unit.ts';
import { objectKindOf } from './service-object.ts';
import { ServiceRecordRef } from './service-record.ts';
import { ServiceRecord } from './tables/service-record.ts';
import { type Team, teamOf } from './team.ts';

/** The longest service that is one record. */
const MAX_DAYS = 31;
/** Only what is known to be on site makes on-site days, so another word must not slip in. */
const MODES = ['on-site', 'remote'];

/** The last of `days` days in a row that begin with `date`. */
export function lastDay(date: string, days: number): string {
  return addDays(date, days - 1);
}

async function objectKind(context: Context, id: string): Promise<string> {
  const kind = await objectKindOf(context, id);
  if (kind === null) throw notFound('object');
  return kind;
}

async function placeServed(graph: GraphQuery, county: string | null | undefined, usual: Place): Promise<Place> {
  if (!county || county === usual.path[0]) return usual;
  const place = await knownPlace(graph, county);
  if (place?.level !== 'county') throw notFound('county');
  return place;
}

/** Who served, and since when and until when he may. */
interface Server {
  readonly appointmentId: string | null;
  readonly category: string | null;
  readonly kind: string | null;
  readonly personId: string;
  readonly dispatchingUnitId: string;
  readonly receivingUnitId: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly endedOn: string | null;
  readonly place: Place;
}

/** Who served by an appointment. */
async function appointed(context: Context, id: string): Promise<Server> {
  const found = await appointmentOf(context, id);
  if (!found) throw notFound('appointment');
  return { ...found, appointmentId: id };
}

/** Who served as a member or leader of a team, without an appointment. How long he is one does not bind the day. */
async function inTeam(context: Context, team: Team | null, person: string): Promise<Server> {
  if (!team || ![...team.leaderIds, ...team.memberIds].includes(person)) throw notFound('person');
  const unit = await personUnitOf(context, person);
  if (!unit) throw notFound('person');
  const { place, receivingUnitId } = team;
  const open = { from: null, to: null, endedOn: null };
  return {
    appointmentId: null,
    category: null,
    kind: null,
    personId: person,
    dispatchingUnitId: unit,
    receivingUnitId,
    ...open,
    place,
  };
}

/** Whether all days of a service lie in the engagement; undefined when its first day is not known. */
function withinEngagement({ from, to, endedOn }: Server, first: string, last: string): boolean | undefined {
  if (!from) return undefined;
  return first >= from && (!to || last <= to) && (!endedOn || last <= endedOn);
}

decided('serviceRecordLog', {
  description:
    'Logs a service that was given, not one to come. Several records on one day are one on-site day. Errors: NOT_FOUND (appointment, team, person: not in the team that day, object, county), APPOINTMENT_REQUIRED (or a team and a person), DAYS_INVALID (1 to 31), MODE_INVALID, SUMMARY_REQUIRED, ATTENDANCE_INVALID.',
  thing: 'serviceRecord',
  isImported: true,
  type: ServiceRecordRef,
  input: (t) => ({
    appointment: t.id({ description: 'By which it was given; absent for a member of a team who has none.' }),
    team: t.id({ description: 'In the name of this team.' }),
    person: t.id({ description: 'Without an appointment: the member or leader of the team who gave it.' }),
    date: t.field({ type: 'Date', required: true, description: 'The first day; not after the day of logging.' }),
    days: t.int({ description: 'Days in a row, the first included; 1 if absent.' }),
    mode: t.string({ required: true, description: 'on-site or remote.' }),
    taskType: t.string({ description: 'A code of the pack, such as whole-chain.' }),
    field: t.string({ description: 'The technology field, a code of the pack.' }),
    object: t.id({ description: 'The service object that was served.' }),
    objectAcknowledged: t.boolean({ description: 'The object confirmed the service; false if absent.' }),
    county: t.id({ description: "Where it was given, if not in the appointment's county." }),
    summary: t.string({ required: true }),
    attendance: t.int({ description: 'How many people came.' }),
  }),
  plan: (input, context) => ({
    entity: ServiceRecord,
    async remote(_on) {
      const { appointment, team: teamId, person } = input;
      if (!appointment && !(teamId && person)) {
        throw new UserError('APPOINTMENT_REQUIRED', 'appointment', {
          zh: '请说明选派，或团队及其成员。',
          en: 'Say the appointment, or the team and its member.',
        });
      }
      const team = teamId ? await teamOf(context, teamId, input.date) : null;
      if (teamId && !team) throw notFound('team');
      const server = appointment
        ? await appointed(context, appointment)
        : await inTeam(context, team, person as string);
      return {
        server,
        team,
        place: await placeServed(context.graph, input.county, server.place),
        kind: input.object ? await objectKind(context, input.object) : null,
      };
    },
    async prepare(tx, on, { server, team, place, kind }) {
      const days = input.days ?? 1;
      if (days < 1 || days > MAX_DAYS) {
        throw new UserError('DAYS_INVALID', 'days', {
          zh: `一条记录的天数须为 1 至 ${MAX_DAYS} 天。`,
          en: `One record covers 1 to ${MAX_DAYS} days.`,
        });
      }
      const endsOn = lastDay(input.date, days);
      const { mode } = input;
      if (!MODES.includes(mode)) {
        throw new UserError('MODE_INVALID', 'mode', {
          zh: '服务方式须为 on-site（实地）或 remote（远程）。',
          en: 'The mode is on-site or remote.',
        });
      }
      const summary = input.summary.trim();
      if (!summary) {
        throw new UserError('SUMMARY_REQUIRED', 'summary', { zh: '服务内容不能为空。', en: 'The summary is empty.' });
      }
      if ((input.attendance ?? 0) < 0) {
        throw new UserError('ATTENDANCE_INVALID', 'attendance', {
          zh: '参加人数不能为负。',
          en: 'The attendance is negative.',
        });
      }
      const { appointmentId, category, dispatchingUnitId, receivingUnitId, personId } = server;
      const id = uuid();
      return {
        subject: {
          type: 'ServiceRecord',
          id,
          regions: server.place.path,
          organisations: receivingUnitId ? [dispatchingUnitId, receivingUnitId] : [dispatchingUnitId],
          persons: [personId],
        },
        facts: {
          'service.mode': mode,
          'service.taskType': input.taskType ?? undefined,
          'service.field': input.field ?? undefined,
          'service.objectKind': kind ?? undefined,
          'service.objectAcknowledged': input.objectAcknowledged ?? false,
          'service.withinEngagement': withinEngagement(server, input.date, endsOn),
          'service.future': endsOn > on,
          'appointment.category': category ?? undefined,
          'appointment.kind': server.kind ?? undefined,
          'team.kind': team?.kind ?? undefined,
          'team.level': team?.level,
        },
        current: null,
        change: () =>
          tx.create(ServiceRecord, {
            id,
            version: 1,
            appointmentId,
            teamId: team?.id ?? null,
            personId,
            dispatchingUnitId,
            receivingUnitId,
            ...divisionsOf(place),
            date: input.date,
            days,
            endsOn,
            year: Number(input.date.slice(0, 4)),
            mode,
            taskType: input.taskType ?? null,
            field: input.field ?? null,
            objectId: input.object ?? null,
            objectKind: kind,
            objectAcknowledged: input.objectAcknowledged ?? false,
            summary,
            attendance: input.attendance ?? null,
            loggedOn: on,
          }),
      };
    },
  }),
});
