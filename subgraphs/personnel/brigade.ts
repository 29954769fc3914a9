import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import type { Context } from '../context.ts';
import { loadById, loaderOf } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { brigadeFacts } from './brigade-facts.ts';
import { builder, decided } from './builder.ts';
import { PersonRef } from './person.ts';
import { lockCounty, placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { Brigade, BrigadePost } from './tables/brigade.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { inForceOn } from './team-facts.ts';

const BrigadePostRef = builder.objectRef<BrigadePost>('BrigadePost').implement({
  description: 'A leader, deputy or liaison of a brigade.',
  fields: (t) => ({
    id: t.exposeID('id'),
    person: t.field({
      type: PersonRef,
      resolve: async (post, _args, context) => (await loadById(context, Person, post.personId)) as Person,
    }),
    post: t.exposeString('post', {
      nullable: true,
      description: 'The post held outside the brigade at the appointment; null when not known.',
    }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
  }),
});

function postsOf(context: Context, brigade: Brigade, role: string, asOf: string | null | undefined) {
  return context.em.find(
    BrigadePost,
    { brigadeId: brigade.id, role, ...inForceOn(asOf ?? context.today) },
    { orderBy: { from: 'asc', id: 'asc' } },
  );
}

export const BrigadeRef = builder.objectRef<Brigade>('Brigade');
BrigadeRef.implement({
  description:
    'The brigade of a county: all commissioners sent there, of whatever level, under a leader of the county.',
  fields: (t) => {
    const args = { asOf: t.arg({ type: 'Date', description: 'Those in office on this day, today if absent.' }) };
    return {
      id: t.exposeID('id'),
      version: t.exposeInt('version', { description: 'Send it back with a change.' }),
      county: t.field({
        type: RegionRef,
        resolve: async (brigade, _args, context) => (await loadById(context, Region, brigade.countyId)) as Region,
      }),
      createdOn: t.expose('createdOn', { type: 'Date' }),
      leader: t.field({
        type: BrigadePostRef,
        nullable: true,
        args,
        resolve: async (brigade, { asOf }, context) => (await postsOf(context, brigade, 'leader', asOf))[0] ?? null,
      }),
      deputies: t.field({
        type: [BrigadePostRef],
        args,
        resolve: (brigade, { asOf }, context) => postsOf(context, brigade, 'deputy', asOf),
      }),
      liaisons: t.field({
        type: [BrigadePostRef],
        args,
        resolve: (brigade, { asOf }, context) => postsOf(context, brigade, 'liaison', asOf),
      }),
    };
  },
});
builder.asEntity(BrigadeRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Brigade, id),
});

builder.objectFields(RegionRef, (t) => ({
  brigade: t.field({
    type: BrigadeRef,
    nullable: true,
    description: "The county's brigade; null when it has none, and for regions that are no county.",
    resolve: (region, _args, context) =>
      loaderOf<string, Brigade>(context, 'brigadeOfCounty', async (ids) => {
        const rows = await context.em.find(Brigade, { countyId: { $in: [...ids] } });
        return rows.map((row) => [row.countyId, row] as const);
      }).load(region.id),
  }),
}));

const BrigadeFilter = builder.inputType('BrigadeFilter', {
  fields: (t) => ({ county: t.id(), prefecture: t.id(), province: t.id() }),
});

builder.queryFields((t) => ({
  brigade: t.field({
    type: BrigadeRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Brigade, id),
  }),
  brigades: t.connection({
    type: BrigadeRef,
    args: { filter: t.arg({ type: BrigadeFilter }) },
    resolve(_root, args, context) {
      const { county, prefecture, province } = args.filter ?? {};
      return page(context.em, Brigade, {
        where: {
          ...(county ? { countyId: county } : {}),
          ...(prefecture ? { prefectureId: prefecture } : {}),
          ...(province ? { provinceId: province } : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** Loads a brigade and holds its row: whom it has is read and changed by one act at a time. */
export async function lockBrigade(tx: SqlEntityManager, id: string): Promise<Brigade> {
  const brigade = await tx.findOne(Brigade, { id }, { lockMode: LockMode.PESSIMISTIC_WRITE });
  if (!brigade) throw notFound('brigade');
  return brigade;
}

/** The subject of a decision about a brigade. Its leader holds the role of one on it. */
export async function brigadeSubject(tx: SqlEntityManager, brigade: Brigade, on: string): Promise<Subject> {
  const county = await tx.findOneOrFail(Region, { id: brigade.countyId });
  const leaders = await tx.find(BrigadePost, { brigadeId: brigade.id, role: 'leader', ...inForceOn(on) });
  return {
    type: 'Brigade',
    id: brigade.id,
    regions: county.path,
    posts: leaders.map(({ personId }) => ({ person: personId, role: 'brigade-leader' })),
  };
}

decided('brigadeCreate', {
  description:
    'Forms the brigade of a county under a leader, with deputies and liaisons. Errors: NOT_FOUND, COUNTY_INVALID, COUNTY_NOT_VALID, PERSON_TWICE (the leader is a deputy too), COUNTY_HAS_BRIGADE where no rule refuses a second one.',
  thing: 'brigade',
  type: BrigadeRef,
  input: (t) => ({
    county: t.id({ required: true }),
    leader: t.id({ required: true, description: 'A person.' }),
    deputies: t.idList({ required: true, description: 'Persons; each counts once.' }),
    liaisons: t.idList({ required: true, description: 'Persons; each counts once.' }),
  }),
  plan: (input) => ({
    entity: Brigade,
    async prepare(tx, on) {
      const county = await lockCounty(tx, input.county, on);
      const wanted = { leader: [input.leader], deputies: input.deputies, liaisons: input.liaisons };
      const persons = new Map<string, Person>();
      for (const [field, ids] of Object.entries(wanted)) {
        for (const person of await tx.find(Person, { id: { $in: ids } })) persons.set(person.id, person);
        if (!ids.every((id) => persons.has(id))) throw notFound(field);
      }
      if (input.deputies.includes(input.leader)) {
        throw new UserError('PERSON_TWICE', 'deputies', {
          zh: '队长不能同时任副队长。',
          en: 'The leader cannot be a deputy as well.',
        });
      }
      const exists = (await tx.count(Brigade, { countyId: county.id })) > 0;
      const id = uuid();
      return {
        subject: { type: 'Brigade', id, regions: county.path },
        facts: await brigadeFacts(tx, county, persons.get(input.leader) as Person, on, { ...input, exists }),
        current: null,
        async change() {
          if (exists) {
            throw new UserError('COUNTY_HAS_BRIGADE', 'county', {
              zh: '该县（市、区）已有服务队。',
              en: 'This county has a brigade already.',
            });
          }
          const hold = (role: string, ids: readonly string[]) => {
            for (const personId of new Set(ids)) {
              const post = persons.get(personId)?.post ?? null;
              tx.create(BrigadePost, { id: uuid(), brigadeId: id, personId, role, post, from: on, to: null });
            }
          };
          hold('leader', [input.leader]);
          hold('deputy', input.deputies);
          hold('liaison', input.liaisons);
          return tx.create(Brigade, {
            id,
            version: 1,
            ...(await placeOf(tx, county)),
            countyId: county.id,
            createdOn: on,
            changedOn: on,
            changedAt: new Date(),
          });
        },
      };
    },
  }),
});
