import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { requireLevel } from '../level.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { RegionRef } from './region.ts';
import { Organisation } from './tables/organisation.ts';
import { Region } from './tables/region.ts';

export const OrganisationRef = builder.objectRef<Organisation>('Organisation');
OrganisationRef.implement({
  description: 'A body that sends, receives, decides or pays: a university, a bureau, a cooperative.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    name: t.exposeString('name'),
    aliases: t.exposeStringList('aliases', { description: 'Former and short names.' }),
    type: t.exposeString('type', { description: 'Such as university, institute, extension-institution, cooperative.' }),
    nature: t.exposeString('nature', { description: 'What its staff are employed under, such as public-institution.' }),
    level: t.exposeString('level', { description: 'national, province, prefecture, county or unit.' }),
    region: t.field({
      type: RegionRef,
      resolve: async (organisation, _args, context) =>
        (await loadById(context, Region, organisation.regionId)) as Region,
    }),
    parent: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (organisation, _args, context) =>
        organisation.parentId ? loadById(context, Organisation, organisation.parentId) : null,
    }),
  }),
});
builder.asEntity(OrganisationRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Organisation, id),
});

const OrganisationFilter = builder.inputType('OrganisationFilter', {
  fields: (t) => ({
    type: t.string(),
    region: t.id({ description: 'Lies in exactly this region.' }),
    name: t.string({ description: 'Exact name or alias.' }),
  }),
});

builder.queryFields((t) => ({
  organisation: t.field({
    type: OrganisationRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Organisation, id),
  }),
  organisations: t.connection({
    type: OrganisationRef,
    args: { filter: t.arg({ type: OrganisationFilter }) },
    resolve(_root, args, context) {
      const { type, region, name } = args.filter ?? {};
      return page(context.em, Organisation, {
        where: {
          ...(type ? { type } : {}),
          ...(region ? { regionId: region } : {}),
          ...(name ? { $or: [{ name }, { aliases: { $contains: [name] } }] } : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('organisationRegister', {
  description:
    'Registers an organisation. Whether a name may be registered twice in a region is for the rules. Errors: NAME_REQUIRED, LEVEL_INVALID, NOT_FOUND (region, parent).',
  thing: 'organisation',
  type: OrganisationRef,
  input: (t) => ({
    name: t.string({ required: true }),
    aliases: t.stringList(),
    type: t.string({ required: true }),
    nature: t.string({ required: true }),
    level: t.string({ required: true }),
    region: t.id({ required: true }),
    parent: t.id(),
  }),
  plan: (input) => ({
    entity: Organisation,
    async prepare(tx) {
      if (!input.name.trim()) {
        throw new UserError('NAME_REQUIRED', 'name', { zh: '名称不能为空。', en: 'The name is empty.' });
      }
      requireLevel(input.level);
      // Held, so that two registrations of one name in the region see each other.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      if (input.parent && !(await tx.findOne(Organisation, { id: input.parent }))) throw notFound('parent');
      const id = uuid();
      const name = input.name.trim();
      const namesakes = await tx.count(Organisation, {
        regionId: region.id,
        $or: [{ name }, { aliases: { $contains: [name] } }],
      });
      return {
        subject: { type: 'Organisation', id, regions: region.path },
        facts: { 'organisation.kind': input.type, 'organisation.duplicate': namesakes > 0 },
        current: null,
        change: () =>
          tx.create(Organisation, {
            id,
            version: 1,
            name,
            aliases: input.aliases ?? [],
            type: input.type,
            nature: input.nature,
            level: input.level,
            regionId: region.id,
            parentId: input.parent ?? null,
          }),
      };
    },
  }),
});
