import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { requireCode } from '../code.ts';
import { page } from '../connection.ts';
import { lawOf } from '../law.ts';
import { loadById } from '../loader.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { builder, decided, types } from './builder.ts';
import { governingBodyFacts, governingBodyKindFacts } from './governing-body-facts.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { RegionRef } from './region.ts';
import { GoverningBody, GoverningSeat } from './tables/governing-body.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { inForceOn } from './team-facts.ts';

const GoverningPost = builder.enumType('GoverningPost', {
  description: 'HEAD and CO_HEAD are both heads: one of each where a group has two of different rank.',
  values: {
    HEAD: { value: 'head' },
    CO_HEAD: { value: 'co-head' },
    DEPUTY: { value: 'deputy' },
    MEMBER: { value: 'member' },
    OFFICE: { value: 'office', description: 'Hosts the office; its person directs it.' },
  },
});

const GoverningSeatRef = builder.objectRef<GoverningSeat>('GoverningSeat').implement({
  description: 'A post of a governing body, held by an organisation through a person.',
  fields: (t) => ({
    id: t.exposeID('id'),
    post: t.field({ type: GoverningPost, resolve: (seat) => seat.post as 'head' }),
    organisation: t.field({
      type: OrganisationRef,
      resolve: async (seat, _args, context) =>
        (await loadById(context, Organisation, seat.organisationId)) as Organisation,
    }),
    role: t.exposeString('role', { description: 'The role of the pack that the organisation fills.' }),
    person: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (seat, _args, context) => (seat.personId ? loadById(context, Person, seat.personId) : null),
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
  }),
});

function seatsOf(em: SqlEntityManager, governingBodyId: string, on: string) {
  return em.find(GoverningSeat, { governingBodyId, ...inForceOn(on) }, { orderBy: { id: 'asc' } });
}

export const GoverningBodyRef = builder.objectRef<GoverningBody>('GoverningBody');
GoverningBodyRef.implement({
  description: 'A leading group: the bodies that govern the programme of a region together.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version', { description: 'Send it back with a new composition.' }),
    name: t.exposeString('name'),
    kind: t.exposeString('kind', { nullable: true, description: 'Code, such as leading-group.' }),
    region: t.field({
      type: RegionRef,
      resolve: async (body, _args, context) => (await loadById(context, Region, body.regionId)) as Region,
    }),
    establishedOn: t.expose('establishedOn', { type: 'Date' }),
    seats: t.field({
      type: [GoverningSeatRef],
      args: { asOf: t.arg({ type: 'Date', description: 'The composition of this day, today if absent.' }) },
      resolve: (body, { asOf }, context) => seatsOf(context.em, body.id, asOf ?? context.today),
    }),
    standing: t.field({
      type: types.DecisionRef,
      description: 'Whether it is composed as the packs in force on a day want it. Point: governingBodyStanding.',
      args: standingArgs(t as never),
      resolve: async (body, args, context) => {
        const region = (await loadById(context, Region, body.regionId)) as Region;
        const rows = await seatsOf(context.em, body.id, args.asOf ?? context.today);
        const seats = rows.map(({ post, role, personId }) => ({ post, role, person: personId }));
        const facts = {
          ...governingBodyFacts(seats),
          ...(await governingBodyKindFacts(context.em, body.kind, region, seats)),
        };
        return decideStanding(context, 'governingBodyStanding', region.path, facts, args);
      },
    }),
  }),
});
builder.asEntity(GoverningBodyRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, GoverningBody, id),
});

builder.queryFields((t) => ({
  governingBody: t.field({
    type: GoverningBodyRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, GoverningBody, id),
  }),
  governingBodies: t.connection({
    type: GoverningBodyRef,
    args: { region: t.arg.id({ description: 'Of exactly this region.' }) },
    resolve: (_root, args, context) =>
      page(context.em, GoverningBody, {
        where: args.region ? { regionId: args.region } : {},
        orderBy: { id: 'asc' },
        args,
      }),
  }),
}));

const SeatInput = builder.inputType('GoverningSeatInput', {
  fields: (t) => ({
    post: t.field({ type: GoverningPost, required: true }),
    organisation: t.id({ required: true }),
    role: t.string({
      required: true,
      description: 'The role that the organisation fills, of a pack that governs the region. Error: ROLE_UNKNOWN.',
    }),
    person: t.id(),
  }),
});

decided('governingBodyRegister', {
  description:
    'Registers the governing body of a region, or with `governingBody` its new composition from the day of the act. Errors: NAME_REQUIRED, NAME_TAKEN, NOT_FOUND, ROLE_UNKNOWN, OFFICE_TWICE, CODE_INVALID, STALE_VERSION, VERSION_REQUIRED, ON_BEFORE_LAST_ACT.',
  thing: 'governingBody',
  type: GoverningBodyRef,
  input: (t) => ({
    governingBody: t.id({ description: 'The one whose composition changes; absent for a new one.' }),
    version: t.int({ description: 'Required with governingBody.' }),
    region: t.id({ required: true }),
    name: t.string({ required: true }),
    kind: t.string({ description: 'Code of what it is, such as leading-group; as it was if absent.' }),
    seats: t.field({ type: [SeatInput], required: true, description: 'All of them: who is not named leaves.' }),
  }),
  plan: (input, context) => ({
    entity: GoverningBody,
    async prepare(tx, on) {
      const name = input.name.trim();
      if (!name) throw new UserError('NAME_REQUIRED', 'name', { zh: '名称不能为空。', en: 'The name is empty.' });
      const region = await tx.findOne(Region, { id: input.region });
      if (!region) throw notFound('region');
      const current = input.governingBody
        ? await tx.findOne(
            GoverningBody,
            { id: input.governingBody, regionId: region.id },
            { lockMode: LockMode.PESSIMISTIC_WRITE },
          )
        : null;
      if (input.governingBody && !current) throw notFound('governingBody');
      if (current) {
        if (typeof input.version !== 'number') {
          throw new UserError('VERSION_REQUIRED', 'version', {
            zh: '变更组成须提交版本号。',
            en: 'A new composition needs the version it replaces.',
          });
        }
        expectVersion(current.version, input.version);
        requireOrder(current.changedOn, on);
      }
      const namesake = await tx.findOne(GoverningBody, { regionId: region.id, name });
      if (namesake && namesake.id !== current?.id) {
        throw new UserError('NAME_TAKEN', 'name', {
          zh: '该地域已有同名的领导机构。',
          en: 'The region has a governing body of this name.',
        });
      }
      const roles = new Set(
        lawOf(context.registry, region.path, on).flatMap((release) => release.roles.map(({ role }) => role)),
      );
      for (const [at, seat] of input.seats.entries()) {
        const field = ['seats', String(at)];
        if (!roles.has(seat.role)) {
          throw new UserError('ROLE_UNKNOWN', [...field, 'role'], {
            zh: `治理该地域的政策包没有“${seat.role}”这一角色。`,
            en: `No pack that governs the region has a role "${seat.role}".`,
          });
        }
        if (!(await tx.findOne(Organisation, { id: seat.organisation }))) throw notFound('organisation');
        if (seat.person && !(await tx.findOne(Person, { id: seat.person }))) throw notFound('person');
      }
      if (input.seats.filter(({ post }) => post === 'office').length > 1) {
        throw new UserError('OFFICE_TWICE', 'seats', { zh: '办公室只能设在一处。', en: 'There is one office.' });
      }
      const kind = input.kind ? requireCode(input.kind, 'kind') : (current?.kind ?? null);
      const id = current?.id ?? uuid();
      return {
        subject: { type: 'GoverningBody', id, regions: region.path },
        facts: {
          ...governingBodyFacts(input.seats),
          ...(await governingBodyKindFacts(tx, kind, region, input.seats)),
        },
        current,
        async change() {
          for (const seat of await seatsOf(tx, id, on)) seat.to = on;
          for (const { post, organisation, role, person } of input.seats) {
            tx.create(GoverningSeat, {
              id: uuid(),
              governingBodyId: id,
              post,
              organisationId: organisation,
              role,
              personId: person ?? null,
              from: on,
              to: null,
            });
          }
          if (current) {
            current.name = name;
            current.kind = kind;
            current.changedOn = on;
            current.changedAt = new Date();
            return current;
          }
          return tx.create(GoverningBody, {
            id,
            version: 1,
            name,
            kind,
            regionId: region.id,
            establishedOn: on,
            changedOn: on,
            changedAt: new Date(),
          });
        },
      };
    },
  }),
});
