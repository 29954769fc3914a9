import { type PageArgs, page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById } from '../loader.ts';
import { nestedWithin } from '../nested.ts';
import { rowsWithin } from '../place.ts';
import { builder } from './builder.ts';
import { OrganisationRef, PersonRef, RegionRef, referenceTo, TeamRef } from './external.ts';
import { WorkResult } from './tables/work-result.ts';

export const WorkResultRef = builder.objectRef<WorkResult>('WorkResult');
WorkResultRef.implement({
  description:
    'A thing that the work brings about and that plans count: a demonstration base, a promoted patent, a notice board, a pairing. What kinds there are is the vocabulary of the pack; what they have in common is here. Public.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'A code, such as demo-base. The list is open.' }),
    title: t.exposeString('title'),
    region: t.field({ type: RegionRef, resolve: (result) => ({ id: result.regionId }) }),
    village: t.field({
      type: RegionRef,
      nullable: true,
      description: 'The village that it lies in, when it was recorded there.',
      resolve: (result) => referenceTo(result.villageId),
    }),
    startedOn: t.expose('startedOn', { type: 'Date', description: 'The first day on which it is there.' }),
    endedOn: t.expose('endedOn', {
      type: 'Date',
      nullable: true,
      description: 'The last day on which it was there; null while it is.',
    }),
    endReason: t.exposeString('endReason', { nullable: true }),
    reference: t.exposeString('reference', {
      nullable: true,
      description:
        'What makes it one and the same thing wherever it is recorded, such as the number of a patent. Plans that count each thing once count by it.',
    }),
    quantity: t.exposeInt('quantity', { description: 'How many it stands for; at least 1.' }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'Who made it or answers for it.',
      resolve: (result) => referenceTo(result.organisationId),
    }),
    partner: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The other unit, of a pairing for instance.',
      resolve: (result) => referenceTo(result.partnerId),
    }),
    features: t.exposeStringList('features', { description: 'What it has, by its kind; codes of the pack.' }),
    person: t.field({ type: PersonRef, nullable: true, resolve: (result) => referenceTo(result.personId) }),
    team: t.field({ type: TeamRef, nullable: true, resolve: (result) => referenceTo(result.teamId) }),
    attributes: t.expose('attributes', {
      type: 'JSON',
      description: 'What else is known of it, by names of the pack; texts, numbers and booleans.',
    }),
  }),
});
builder.asEntity(WorkResultRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, WorkResult, id),
});

const WorkResultFilter = builder.inputType('WorkResultFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    village: t.id(),
    kinds: t.stringList({ description: 'Of one of these kinds.' }),
    reference: t.string(),
    organisation: t.id(),
    team: t.id(),
    person: t.id(),
    thereOn: t.field({ type: 'Date', description: 'Is there on this day.' }),
    startedFrom: t.field({ type: 'Date', description: 'Came to be on this day or later.' }),
    startedTo: t.field({ type: 'Date', description: 'Came to be on this day or earlier.' }),
  }),
});

const ORDERS = {
  OLDEST: { id: 'asc' },
  NEWEST: { id: 'desc' },
  STARTED: { startedOn: 'desc', id: 'asc' },
} as const;

const WorkResultSort = builder.enumType('WorkResultSort', {
  values: {
    OLDEST: { description: 'In the order in which they were recorded.' },
    NEWEST: {},
    STARTED: { description: 'What came to be last comes first.' },
  } as const,
});

/** The results that were there on a day. */
export const thereOn = (day: string) => ({
  startedOn: { $lte: day },
  $or: [{ endedOn: null }, { endedOn: { $gte: day } }],
});

function resultsOf(context: Context, asked: object[], args: PageArgs, sort: keyof typeof ORDERS = 'OLDEST') {
  return page(context.em, WorkResult, { where: { $and: asked }, orderBy: ORDERS[sort], args });
}

builder.queryFields((t) => ({
  workResult: t.field({
    type: WorkResultRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, WorkResult, id),
  }),
  workResults: t.connection({
    type: WorkResultRef,
    args: {
      filter: t.arg({ type: WorkResultFilter }),
      sort: t.arg({ type: WorkResultSort, description: 'OLDEST if absent.' }),
    },
    resolve(_root, args, context) {
      const filter = args.filter ?? {};
      const { region, village, kinds, reference, organisation, team, person } = filter;
      const asked: object[] = [
        region ? rowsWithin(region) : {},
        village ? { villageId: village } : {},
        kinds ? { kind: { $in: [...kinds] } } : {},
        reference ? { reference } : {},
        organisation ? { organisationId: organisation } : {},
        team ? { teamId: team } : {},
        person ? { personId: person } : {},
        filter.thereOn ? thereOn(filter.thereOn) : {},
        filter.startedFrom ? { startedOn: { $gte: filter.startedFrom } } : {},
        filter.startedTo ? { startedOn: { $lte: filter.startedTo } } : {},
      ];
      return resultsOf(context, asked, args, args.sort ?? 'OLDEST');
    },
  }),
}));

builder.objectFields(RegionRef, (t) => ({
  workResults: t.connection({
    type: WorkResultRef,
    description: 'What was brought about in it and below it, oldest first.',
    args: { kinds: t.arg.stringList(), thereOn: t.arg({ type: 'Date' }) },
    resolve: (region, args, context) =>
      nestedWithin(context, 'Region.workResults', WorkResult, {
        parent: region.id,
        where: {
          $and: [args.kinds ? { kind: { $in: [...args.kinds] } } : {}, args.thereOn ? thereOn(args.thereOn) : {}],
        },
        orderBy: ORDERS.OLDEST,
        args,
      }),
  }),
}));
