import { defineEntity, p } from '@mikro-orm/postgresql';
import { placeColumns } from '../../place.ts';

const MeetingSchema = defineEntity({
  name: 'Meeting',
  tableName: 'meeting',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    kind: p.string(),
    date: p.date(),
    topic: p.string().nullable(),
    onProgramme: p.boolean().nullable(),
    organisationId: p.string().nullable(),
    teamId: p.string().nullable(),
    /** The bodies that took part: roles of the pack. */
    participants: p.array(),
    minutes: p.text().nullable(),
    recordedOn: p.date(),
  },
  indexes: [
    { properties: ['regionId', 'kind', 'date', 'id'] },
    { properties: ['prefectureId', 'date', 'id'] },
    { properties: ['provinceId', 'date', 'id'] },
    { properties: ['teamId', 'date', 'id'] },
    { properties: ['date', 'id'] },
  ],
});
export class Meeting extends MeetingSchema.class {}
MeetingSchema.setClass(Meeting);

const EventSchema = defineEntity({
  name: 'Event',
  tableName: 'event',
  properties: {
    id: p.uuid().primary(),
    version: p.integer().version(),
    ...placeColumns(),
    kind: p.string(),
    date: p.date(),
    topic: p.string(),
    organisationId: p.string().nullable(),
    attendees: p.integer().nullable(),
    recordedOn: p.date(),
  },
  indexes: [
    { properties: ['regionId', 'kind', 'date', 'id'] },
    { properties: ['countyId', 'date', 'id'] },
    { properties: ['prefectureId', 'date', 'id'] },
    { properties: ['provinceId', 'date', 'id'] },
    { properties: ['date', 'id'] },
  ],
});
export class Event extends EventSchema.class {}
EventSchema.setClass(Event);

export const gatheringTables = [MeetingSchema, EventSchema];
