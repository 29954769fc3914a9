import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { placeColumnsOf } from '../place.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef, RegionRef, TeamRef } from './external.ts';
import { between, given, placedWhere } from './listing.ts';
import { requirePlace, requireThings, spoken } from './required.ts';
import { Meeting } from './tables/gathering.ts';

const MeetingRef = builder.objectRef<Meeting>('Meeting').implement({
  description: 'A meeting that was held. Which kinds count towards what, the packs say.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code of the pack, such as consultation.' }),
    date: t.expose('date', { type: 'Date' }),
    topic: t.exposeString('topic', { nullable: true }),
    onProgramme: t.exposeBoolean('onProgramme', {
      nullable: true,
      description: 'It dealt with the work that the law is about. Null: not said.',
    }),
    region: t.field({
      type: RegionRef,
      description: 'Whose meeting it was.',
      resolve: (meeting) => ({ id: meeting.regionId }),
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'Who held it.',
      resolve: (meeting) => (meeting.organisationId ? { id: meeting.organisationId } : null),
    }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team whose work it was about.',
      resolve: (meeting) => (meeting.teamId ? { id: meeting.teamId } : null),
    }),
    participants: t.exposeStringList('participants', { description: 'The bodies that took part: roles of the pack.' }),
    minutes: t.exposeString('minutes', { nullable: true }),
    recordedOn: t.expose('recordedOn', { type: 'Date' }),
  }),
});

const MeetingFilter = builder.inputType('MeetingFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Of exactly this region.' }),
    within: t.id({ description: 'Of this region or one in it.' }),
    team: t.id(),
    kinds: t.stringList(),
    from: t.field({ type: 'Date' }),
    to: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  meeting: t.field({
    type: MeetingRef,
    nullable: true,
    authenticated: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Meeting, id),
  }),
  meetings: t.connection({
    type: MeetingRef,
    authenticated: true,
    description: 'Meetings, the latest first.',
    args: { filter: t.arg({ type: MeetingFilter }) },
    resolve(_root, args, context) {
      const { team, kinds, from, to, ...where } = args.filter ?? {};
      return page(context.em, Meeting, {
        where: { $and: [...placedWhere(where), ...given({ teamId: team, kind: kinds }), ...between('date', from, to)] },
        orderBy: [{ date: 'desc' }, { id: 'desc' }],
        args,
      });
    },
  }),
}));

decided('meetingRecord', {
  description: 'Records a meeting that was held. Errors: NOT_FOUND (region, organisation, team).',
  thing: 'meeting',
  type: MeetingRef,
  input: (t) => ({
    region: t.id({ required: true, description: 'Whose meeting it was.' }),
    kind: t.string({ required: true, description: 'A code of the pack.' }),
    date: t.field({ type: 'Date', required: true }),
    topic: t.string(),
    onProgramme: t.boolean({ description: 'It dealt with the work that the law is about.' }),
    organisation: t.id({ description: 'Who held it.' }),
    team: t.id({ description: 'The team whose work it was about.' }),
    participants: t.stringList({ description: 'The bodies that took part: roles of the pack.' }),
    minutes: t.string(),
  }),
  plan: (input, context) => ({
    entity: Meeting,
    async remote(on) {
      await requireThings(context, 'organisation', [input.organisation], 'organisation', on);
      await requireThings(context, 'team', [input.team], 'team', on);
      return requirePlace(context.graph, input.region);
    },
    async prepare(tx, on, place) {
      const topic = input.topic?.trim() || null;
      const participants = [...new Set(spoken(input.participants))];
      const id = uuid();
      return {
        subject: {
          type: 'Meeting',
          id,
          regions: place.path,
          organisations: input.organisation ? [input.organisation] : [],
        },
        facts: {
          'meeting.kind': input.kind,
          'meeting.topicStated': topic !== null,
          'meeting.onProgramme': input.onProgramme ?? undefined,
          'meeting.participantBodies': participants,
          'meeting.future': input.date > on,
        },
        current: null,
        change: () =>
          tx.create(Meeting, {
            id,
            version: 1,
            ...placeColumnsOf(place),
            kind: input.kind,
            date: input.date,
            topic,
            onProgramme: input.onProgramme ?? null,
            organisationId: input.organisation ?? null,
            teamId: input.team ?? null,
            participants,
            minutes: input.minutes?.trim() || null,
            recordedOn: on,
          }),
      };
    },
  }),
});
