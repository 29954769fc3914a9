import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { placeColumnsOf } from '../place.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef } from './external.ts';
import { between, given, placedWhere } from './listing.ts';
import { requireCount, requirePlace, requireText, requireThings } from './required.ts';
import { Event } from './tables/gathering.ts';

const EventRef = builder.objectRef<Event>('Event').implement({
  description: 'An event for the public that was held, such as one that popularises science. It names no visitor.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as popularisation.' }),
    date: t.expose('date', { type: 'Date' }),
    topic: t.exposeString('topic'),
    region: t.field({
      type: RegionRef,
      description: 'Where it was held.',
      resolve: (event) => ({ id: event.regionId }),
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'Who held it.',
      resolve: (event) => (event.organisationId ? { id: event.organisationId } : null),
    }),
    attendees: t.exposeInt('attendees', { nullable: true, description: 'How many people came; null: not counted.' }),
    recordedOn: t.expose('recordedOn', { type: 'Date' }),
  }),
});

const EventFilter = builder.inputType('EventFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Held in exactly this region.' }),
    within: t.id({ description: 'Held in this region or one in it.' }),
    kinds: t.stringList(),
    from: t.field({ type: 'Date' }),
    to: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  event: t.field({
    type: EventRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Event, id),
  }),
  events: t.connection({
    type: EventRef,
    description: 'Events, the latest first.',
    args: { filter: t.arg({ type: EventFilter }) },
    resolve(_root, args, context) {
      const { kinds, from, to, ...where } = args.filter ?? {};
      return page(context.em, Event, {
        where: { $and: [...placedWhere(where), ...given({ kind: kinds }), ...between('date', from, to)] },
        orderBy: [{ date: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
}));

decided('eventRecord', {
  description:
    'Records an event that was held. Errors: NOT_FOUND (region, organisation), TOPIC_REQUIRED, COUNT_INVALID.',
  thing: 'event',
  type: EventRef,
  input: (t) => ({
    region: t.id({ required: true, description: 'Where it was held: as small a region as is known.' }),
    kind: t.string({ required: true, description: 'A code of the pack.' }),
    date: t.field({ type: 'Date', required: true }),
    topic: t.string({ required: true }),
    organisation: t.id({ description: 'Who held it.' }),
    attendees: t.int({ description: 'How many people came.' }),
  }),
  plan: (input, context) => ({
    entity: Event,
    async remote(on) {
      await requireThings(context, 'organisation', [input.organisation], 'organisation', on);
      return requirePlace(context.graph, input.region);
    },
    async prepare(tx, on, place) {
      requireCount(input.attendees, 'attendees');
      const topic = requireText(input.topic, 'topic');
      const id = uuid();
      return {
        subject: {
          type: 'Event',
          id,
          regions: place.path,
          organisations: input.organisation ? [input.organisation] : [],
        },
        facts: {
          'event.kind': input.kind,
          'event.countyStated': place.countyId !== null,
          'event.attendeeCount': input.attendees ?? undefined,
          'event.future': input.date > on,
        },
        current: null,
        change: () =>
          tx.create(Event, {
            id,
            version: 1,
            ...placeColumnsOf(place),
            kind: input.kind,
            date: input.date,
            topic,
            organisationId: input.organisation ?? null,
            attendees: input.attendees ?? null,
            recordedOn: on,
          }),
      };
    },
  }),
});
