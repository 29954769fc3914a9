import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireCode } from '../code.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { requirePeriod } from './appointment-period.ts';
import { builder, decided } from './builder.ts';
import { employedFacts } from './off-post-facts.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { unitFacts } from './person-facts.ts';
import { placeOf } from './place.ts';
import { postedFacts, postedOn, settledOn } from './posting-facts.ts';
import { RegionRef } from './region.ts';
import { recordStatus } from './region-status.ts';
import { regionFacts } from './region-status-facts.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Posting } from './tables/posting.ts';
import { Region, RegionStatus } from './tables/region.ts';
import { Team } from './tables/team.ts';
import { TeamRef } from './team.ts';
import { whereWithin } from './within.ts';

export const PostingRef = builder.objectRef<Posting>('Posting');
PostingRef.implement({
  description: 'A person posted to a region by an order: to an office of its government, on secondment, to a village.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    kind: t.exposeString('kind', { description: 'Code, such as st-deputy-head, secondment, resident, work-team.' }),
    post: t.exposeString('post', { description: 'Code of the post held there.' }),
    person: t.field({
      type: PersonRef,
      resolve: async (posting, _args, context) => (await loadById(context, Person, posting.personId)) as Person,
    }),
    organisation: t.field({
      type: OrganisationRef,
      description: 'The unit that employed the person when posted.',
      resolve: async (posting, _args, context) =>
        (await loadById(context, Organisation, posting.organisationId)) as Organisation,
    }),
    region: t.field({
      type: RegionRef,
      resolve: async (posting, _args, context) => (await loadById(context, Region, posting.regionId)) as Region,
    }),
    team: t.field({
      type: TeamRef,
      nullable: true,
      description: 'The team that the posting is part of.',
      resolve: (posting, _args, context) => (posting.teamId ? loadById(context, Team, posting.teamId) : null),
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The last day agreed; null: open end.' }),
    endedOn: t.expose('endedOn', { type: 'Date', nullable: true, description: 'The first day it no longer held.' }),
    endReason: t.exposeString('endReason', { nullable: true, authenticated: true }),
    orderDocument: t.exposeString('orderDocument', { nullable: true }),
    issuerBody: t.exposeString('issuerBody', { nullable: true, description: 'Role code of the body that ordered it.' }),
  }),
});
builder.asEntity(PostingRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Posting, id),
});

const PostingFilter = builder.inputType('PostingFilter', {
  fields: (t) => ({
    region: t.id({ description: 'To this region or one within it.' }),
    to: t.id({ description: 'To exactly this region.' }),
    person: t.id(),
    team: t.id(),
    kind: t.string(),
    post: t.string(),
    inForceOn: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  posting: t.field({
    type: PostingRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Posting, id),
  }),
  postings: t.connection({
    type: PostingRef,
    description: 'The oldest record first.',
    args: { filter: t.arg({ type: PostingFilter }) },
    async resolve(_root, args, context) {
      const { region, to, person, team, kind, post, inForceOn } = args.filter ?? {};
      return page(context.em, Posting, {
        where: {
          ...(region ? await whereWithin(context, region) : {}),
          ...(to ? { regionId: to } : {}),
          ...(person ? { personId: person } : {}),
          ...(team ? { teamId: team } : {}),
          ...(kind ? { kind } : {}),
          ...(post ? { post } : {}),
          ...(inForceOn ? postedOn(inForceOn) : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('postingRecord', {
  description:
    'Records that a person is posted to a region by an order. Errors: NOT_FOUND (region, person, team), CODE_INVALID, PERIOD_INVALID, ALREADY_POSTED.',
  thing: 'posting',
  type: PostingRef,
  input: (t) => ({
    person: t.id({ required: true }),
    region: t.id({ required: true }),
    kind: t.string({ required: true, description: 'Code, such as st-deputy-head.' }),
    post: t.string({ required: true, description: 'Code of the post, such as first-secretary.' }),
    team: t.id(),
    from: t.field({ type: 'Date', required: true }),
    to: t.field({ type: 'Date', description: 'The last day; absent: open end.' }),
    orderDocument: t.string({ description: 'Number or address of the order.' }),
    issuerBody: t.string({ description: 'Role code of the body that issued it.' }),
  }),
  plan: (input, context) => ({
    entity: Posting,
    async prepare(tx, on) {
      if (input.to) requirePeriod(input.from, input.to);
      const kind = requireCode(input.kind, 'kind');
      const post = requireCode(input.post, 'post');
      const issuerBody = input.issuerBody ? requireCode(input.issuerBody, 'issuerBody') : null;
      // Held, so that those posted there are counted one order at a time.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      if (input.team && !(await tx.findOne(Team, { id: input.team }))) throw notFound('team');
      const same = { regionId: region.id, kind, post, personId: person.id };
      if ((await tx.count(Posting, { ...same, ...postedOn(input.from) })) > 0) {
        throw new UserError('ALREADY_POSTED', 'person', {
          zh: '该人员在该地域已任此职。',
          en: 'The person holds this post there already.',
        });
      }
      const id = uuid();
      const place = { regionId: region.id, ...(await placeOf(tx, region)) };
      const orderDocument = input.orderDocument?.trim() || null;
      return {
        subject: { type: 'Posting', id, regions: region.path, organisations: [person.organisationId] },
        facts: {
          'posting.kind': kind,
          'posting.post': post,
          'posting.orderStated': orderDocument !== null,
          'posting.issuerBody': issuerBody ?? undefined,
          'posting.bySelection': await settledOn(tx, context.registry, region.id, person.id, on),
          ...(await postedFacts(tx, same, input.from)),
          'posting.from': input.from,
          'posting.to': input.to ?? undefined,
          ...withoutInstitution(await unitFacts(tx, person.organisationId)),
          ...(await employedFacts(tx, person, on)),
          ...(await regionFacts(tx, region, on)),
        },
        current: null,
        change: () =>
          tx.create(Posting, {
            id,
            version: 1,
            ...same,
            ...place,
            organisationId: person.organisationId,
            teamId: input.team ?? null,
            from: input.from,
            to: input.to ?? null,
            orderDocument,
            issuerBody,
            recordedOn: on,
            endedOn: null,
            endReason: null,
          }),
      };
    },
  }),
});

/** The unit's kind and place: whether it is a public institution is not asked of a posting. */
function withoutInstitution({ 'unit.publicInstitution': _, ...facts }: Awaited<ReturnType<typeof unitFacts>>) {
  return facts;
}

/** Ends what the step that made a posting recorded of its region; another posting of the kind there goes on saying it. */
async function endStatusOf(tx: SqlEntityManager, posting: Posting, on: string): Promise<void> {
  const { stepId, regionId, kind } = posting;
  if (!stepId) return;
  const others = { regionId, kind, id: { $ne: posting.id }, endedOn: null, ...postedOn(on) };
  if ((await tx.count(Posting, others)) > 0) return;
  for (const status of await tx.find(RegionStatus, { stepId, to: null, value: true }))
    await recordStatus(tx, { regionId, kind: status.kind, value: false, source: '' }, on);
}

decided('postingEnd', {
  description:
    'Ends a posting from the day of the act on, and with it the status of the region that the step which made it recorded, unless another such posting holds there. Errors: NOT_FOUND, STALE_VERSION, WRONG_STATE (it does not hold on that day), ON_BEFORE_LAST_ACT.',
  thing: 'posting',
  type: PostingRef,
  input: (t) => ({
    posting: t.id({ required: true }),
    version: t.int({ required: true }),
    reason: t.string({ description: 'Why it ends.' }),
  }),
  plan: (input) => ({
    entity: Posting,
    async prepare(tx, on) {
      const known = await tx.findOne(Posting, { id: input.posting });
      if (!known) throw notFound('posting');
      // The region first, as whatever makes and unmakes postings holds them.
      const held = { lockMode: LockMode.PESSIMISTIC_WRITE } as const;
      const region = await tx.findOneOrFail(Region, { id: known.regionId }, held);
      const posting = await tx.refreshOrFail(known, held);
      expectVersion(posting.version, input.version);
      if (posting.endedOn || posting.from > on || (posting.to && posting.to < on)) {
        throw new UserError('WRONG_STATE', 'posting', {
          zh: '该派驻在当日不在任期内。',
          en: 'This posting does not hold on that day.',
        });
      }
      const reason = input.reason?.trim() || null;
      return {
        subject: {
          type: 'Posting',
          id: posting.id,
          regions: region.path,
          organisations: [posting.organisationId],
        },
        facts: {
          'posting.kind': posting.kind,
          'posting.post': posting.post,
          'posting.from': posting.from,
          'posting.to': posting.to ?? undefined,
          'posting.reasonStated': reason !== null,
          ...(await regionFacts(tx, region, on)),
        },
        current: posting,
        async change() {
          posting.endedOn = on;
          posting.endReason = reason;
          await endStatusOf(tx, posting, on);
          return posting;
        },
      };
    },
  }),
});
