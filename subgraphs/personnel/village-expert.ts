import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { addDays } from '../../policies/day.ts';
import { requireCode } from '../code.ts';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { requirePeriod } from './appointment-period.ts';
import { builder, decided } from './builder.ts';
import { PersonRef } from './person.ts';
import { placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { VillageExpert } from './tables/village-expert.ts';
import { inForceOn } from './team-facts.ts';
import { scopeFacts, villageFacts } from './village.ts';
import { whereWithin } from './within.ts';

export const VillageExpertRef = builder.objectRef<VillageExpert>('VillageExpert');
VillageExpertRef.implement({
  description: 'The link of an expert to a village that they guide and train. One may serve several.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    village: t.field({
      type: RegionRef,
      resolve: async (link, _args, context) => (await loadById(context, Region, link.regionId)) as Region,
    }),
    person: t.field({
      type: PersonRef,
      resolve: async (link, _args, context) => (await loadById(context, Person, link.personId)) as Person,
    }),
    category: t.exposeString('category', { description: 'Code, such as county-stp or sanqu-talent.' }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    endReason: t.exposeString('endReason', { nullable: true, authenticated: true, description: 'Why it was ended.' }),
  }),
});

const VillageExpertFilter = builder.inputType('VillageExpertFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Villages that lie in this region.' }),
    village: t.id(),
    person: t.id(),
    category: t.string(),
    inForceOn: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  villageExperts: t.connection({
    type: VillageExpertRef,
    description: 'The oldest first.',
    args: { filter: t.arg({ type: VillageExpertFilter }) },
    async resolve(_root, args, context) {
      const { region, village, person, category, inForceOn: day } = args.filter ?? {};
      return page(context.em, VillageExpert, {
        where: {
          ...(region ? await whereWithin(context, region) : {}),
          ...(village ? { regionId: village } : {}),
          ...(person ? { personId: person } : {}),
          ...(category ? { category } : {}),
          ...(day ? inForceOn(day) : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

builder.objectField(RegionRef, 'experts', (t) =>
  t.field({
    type: [VillageExpertRef],
    description: 'Of a village: its experts on a day. Empty for other regions.',
    args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
    resolve: (region, { asOf }, context) =>
      context.em.find(
        VillageExpert,
        { regionId: region.id, ...inForceOn(asOf ?? context.today) },
        { orderBy: { id: 'asc' } },
      ),
  }),
);

decided('villageExpertAssign', {
  description:
    'Links an expert to a village from the day of the act on. Errors: NOT_FOUND (village, person), CODE_INVALID, PERIOD_INVALID, ALREADY_ASSIGNED.',
  thing: 'villageExpert',
  type: VillageExpertRef,
  input: (t) => ({
    village: t.id({ required: true }),
    person: t.id({ required: true }),
    category: t.string({ required: true, description: 'Code, such as county-stp, sanqu-talent, other-expert.' }),
    until: t.field({ type: 'Date', description: 'The last day; absent: open end.' }),
  }),
  plan: (input) => ({
    entity: VillageExpert,
    async prepare(tx, on) {
      const category = requireCode(input.category, 'category');
      if (input.until) requirePeriod(on, input.until);
      // Held, so that the experts of a village are counted one link at a time.
      const village = await tx.findOne(
        Region,
        { id: input.village, level: 'village' },
        { lockMode: LockMode.PESSIMISTIC_WRITE },
      );
      if (!village) throw notFound('village');
      const person = await tx.findOne(Person, { id: input.person });
      if (!person) throw notFound('person');
      const here = await tx.find(VillageExpert, { regionId: village.id, ...inForceOn(on) });
      const others = await tx.find(VillageExpert, {
        personId: person.id,
        regionId: { $ne: village.id },
        ...inForceOn(on),
      });
      const already = here.some(({ personId }) => personId === person.id);
      const id = uuid();
      const place = { regionId: village.id, ...(await placeOf(tx, village)) };
      return {
        subject: {
          type: 'VillageExpert',
          id,
          regions: village.path,
          organisations: [person.organisationId],
          persons: [person.id],
        },
        facts: {
          ...(await villageFacts(tx, village, on)),
          'villageExpert.category': category,
          'villageExpert.otherVillages': new Set(others.map(({ regionId }) => regionId)).size,
          'villageExpert.alreadyAssigned': already,
          'villageExpert.villageCountAfter': new Set([...here.map(({ personId }) => personId), person.id]).size,
          ...(await scopeFacts(tx, village, on)),
        },
        current: null,
        change() {
          if (already) {
            throw new UserError('ALREADY_ASSIGNED', 'person', {
              zh: '该专家已联系该村。',
              en: 'This expert is linked to the village already.',
            });
          }
          return tx.create(VillageExpert, {
            id,
            version: 1,
            ...place,
            personId: person.id,
            category,
            from: on,
            to: input.until ? addDays(input.until, 1) : null,
          });
        },
      };
    },
  }),
});
