import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { PersonRef } from './person.ts';
import { lockCounty, placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Workstation } from './tables/workstation.ts';

export const WorkstationRef = builder.objectRef<Workstation>('Workstation');
WorkstationRef.implement({
  description: 'Where a county collects what its industries need and brings it to the commissioners.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    name: t.exposeString('name'),
    county: t.field({
      type: RegionRef,
      resolve: async (workstation, _args, context) => (await loadById(context, Region, workstation.countyId)) as Region,
    }),
    organisation: t.field({
      type: OrganisationRef,
      nullable: true,
      description: 'The organisation that hosts it.',
      resolve: (workstation, _args, context) =>
        workstation.organisationId ? loadById(context, Organisation, workstation.organisationId) : null,
    }),
    contact: t.field({
      type: PersonRef,
      nullable: true,
      resolve: (workstation, _args, context) =>
        workstation.contactId ? loadById(context, Person, workstation.contactId) : null,
    }),
    address: t.exposeString('address', { nullable: true }),
    openedOn: t.expose('openedOn', { type: 'Date' }),
  }),
});
builder.asEntity(WorkstationRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Workstation, id),
});

const WorkstationFilter = builder.inputType('WorkstationFilter', {
  fields: (t) => ({ county: t.id(), prefecture: t.id() }),
});

builder.queryFields((t) => ({
  workstation: t.field({
    type: WorkstationRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Workstation, id),
  }),
  workstations: t.connection({
    type: WorkstationRef,
    args: { filter: t.arg({ type: WorkstationFilter }) },
    resolve(_root, args, context) {
      const { county, prefecture } = args.filter ?? {};
      return page(context.em, Workstation, {
        where: { ...(county ? { countyId: county } : {}), ...(prefecture ? { prefectureId: prefecture } : {}) },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('workstationRegister', {
  description:
    'Registers a workstation of a county, open from the day of the act. A county may have several unless a rule refuses. Errors: NAME_REQUIRED, NOT_FOUND, COUNTY_INVALID, COUNTY_NOT_VALID.',
  thing: 'workstation',
  type: WorkstationRef,
  input: (t) => ({
    county: t.id({ required: true }),
    name: t.string({ required: true }),
    organisation: t.id({ description: 'The organisation that hosts it.' }),
    contact: t.id({ description: 'The person to turn to.' }),
    address: t.string(),
  }),
  plan: (input) => ({
    entity: Workstation,
    async prepare(tx, on) {
      if (!input.name.trim()) {
        throw new UserError('NAME_REQUIRED', 'name', { zh: '名称不能为空。', en: 'The name is empty.' });
      }
      const county = await lockCounty(tx, input.county, on);
      if (input.organisation && !(await tx.findOne(Organisation, { id: input.organisation }))) {
        throw notFound('organisation');
      }
      if (input.contact && !(await tx.findOne(Person, { id: input.contact }))) throw notFound('contact');
      const others = await tx.count(Workstation, { countyId: county.id });
      const id = uuid();
      return {
        subject: { type: 'Workstation', id, regions: county.path },
        facts: { 'workstation.countyHasOne': others > 0 },
        current: null,
        change: async () =>
          tx.create(Workstation, {
            id,
            version: 1,
            name: input.name.trim(),
            ...(await placeOf(tx, county)),
            countyId: county.id,
            organisationId: input.organisation ?? null,
            contactId: input.contact ?? null,
            address: input.address?.trim() || null,
            openedOn: on,
          }),
      };
    },
  }),
});
