import type { SqlEntityManager } from '@mikro-orm/postgresql';
import { page } from '../connection.ts';
import { loadById, loaderOf } from '../loader.ts';
import { builder } from './builder.ts';
import { regionsWith, standsOn } from './region-status-facts.ts';
import { Region, RegionStatus } from './tables/region.ts';

export const RegionLevel = builder.enumType('RegionLevel', {
  values: {
    COUNTRY: { value: 'country' },
    PROVINCE: { value: 'province' },
    PREFECTURE: { value: 'prefecture' },
    COUNTY: { value: 'county' },
    TOWNSHIP: { value: 'township' },
    VILLAGE: { value: 'village' },
  },
});

export const RegionStatusRef = builder.objectRef<RegionStatus>('RegionStatus').implement({
  description: 'A dated property of a region, such as being a poor county. Absence says nothing.',
  fields: (t) => ({
    kind: t.exposeString('kind'),
    value: t.exposeBoolean('value'),
    from: t.expose('from', { type: 'Date', nullable: true }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    source: t.exposeString('source'),
  }),
});

export const RegionRef = builder.objectRef<Region>('Region');
RegionRef.implement({
  description: 'An administrative division of China, or an area that reports like one. Never join on its name.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Own id `cn-<code>`, stable through renamings.' }),
    gbCode: t.exposeString('gbCode', {
      nullable: true,
      description: 'GB/T 2260 code, six digits; null where the standard has none.',
    }),
    statisticalCode: t.exposeString('statisticalCode', { nullable: true }),
    name: t.exposeString('name'),
    shortName: t.exposeString('shortName'),
    level: t.field({ type: RegionLevel, resolve: (region) => region.level as never }),
    divisionType: t.exposeString('divisionType'),
    aliases: t.exposeStringList('aliases'),
    standard: t.exposeBoolean('standard', { description: 'False for areas outside the national code.' }),
    validFrom: t.expose('validFrom', { type: 'Date', nullable: true }),
    validTo: t.expose('validTo', { type: 'Date', nullable: true, description: 'The first day it no longer exists.' }),
    mainIndustries: t.stringList({
      description: "Of a village, in codes of the pack's vocabulary; empty for other regions.",
      resolve: (region) => region.mainIndustries ?? [],
    }),
    path: t.exposeStringList('path', { description: 'Ids of the region and its ancestors, its own first.' }),
    parent: t.field({
      type: RegionRef,
      nullable: true,
      resolve: (region, _args, context) => (region.parentId ? loadById(context, Region, region.parentId) : null),
    }),
    successors: t.field({
      type: [RegionRef],
      description: 'What it became.',
      resolve: async (region, _args, context) =>
        (await Promise.all(region.successors.map((id) => loadById(context, Region, id)))) as Region[],
    }),
    children: t.connection({
      type: RegionRef,
      args: { asOf: t.arg({ type: 'Date', description: 'Only those that exist on this day.' }) },
      resolve: (region, args, context) =>
        page(context.em, Region, {
          where: { parentId: region.id, ...existing(args.asOf) },
          orderBy: { id: 'asc' },
          args,
        }),
    }),
    statuses: t.field({
      type: [RegionStatusRef],
      args: { asOf: t.arg({ type: 'Date' }) },
      async resolve(region, { asOf }, context) {
        // Of many regions at once: one query for them all.
        const loader = loaderOf<string, RegionStatus[]>(context, `statuses ${asOf ?? ''}`, async (ids) => {
          const rows = await context.em.find(
            RegionStatus,
            { regionId: { $in: [...ids] }, ...(asOf ? standsOn(asOf) : {}) },
            { orderBy: { kind: 'asc', from: 'asc' } },
          );
          return Map.groupBy(rows, ({ regionId }) => regionId);
        });
        return (await loader.load(region.id)) ?? [];
      },
    }),
  }),
});
builder.asEntity(RegionRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, Region, id),
});

/** Those that exist on a day; all when no day is given. */
export function existing(asOf: string | null | undefined) {
  if (!asOf) return {};
  return {
    $and: [
      { $or: [{ validFrom: null }, { validFrom: { $lte: asOf } }] },
      { $or: [{ validTo: null }, { validTo: { $gt: asOf } }] },
    ],
  };
}

const RegionFilter = builder.inputType('RegionFilter', {
  fields: (t) => ({
    level: t.field({ type: RegionLevel }),
    within: t.id({ description: 'In this region or below it.' }),
    name: t.string({ description: 'Exact name, short name or alias. Names are not unique.' }),
    gbCode: t.string(),
    asOf: t.field({ type: 'Date', description: 'Only those that exist on this day.' }),
    status: t.string({ description: 'Those for which this status holds on `asOf`, today if absent.' }),
  }),
});

builder.queryFields((t) => ({
  region: t.field({
    type: RegionRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, Region, id),
  }),
  regions: t.connection({
    type: RegionRef,
    description: 'Regions in the order of their codes.',
    args: { filter: t.arg({ type: RegionFilter }) },
    async resolve(_root, args, context) {
      const { level, within, name, gbCode, asOf, status } = args.filter ?? {};
      const having = status ? await regionsWith(context.em, status, within ?? 'cn', asOf ?? context.today) : null;
      return page(context.em, Region, {
        where: {
          ...(level ? { level } : {}),
          ...(gbCode ? { gbCode } : {}),
          ...(within ? { path: { $contains: [within] } } : {}),
          ...(name ? { $or: [{ name }, { shortName: name }, { aliases: { $contains: [name] } }] } : {}),
          ...(having ? { id: { $in: having.map(({ id }) => id) } } : {}),
          ...existing(asOf),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** A region's id and its ancestors', own id first; empty when there is no such region. */
export async function regionPath(id: string, em: SqlEntityManager): Promise<readonly string[]> {
  const region = await em.findOne(Region, { id }, { fields: ['path'] });
  return region?.path ?? [];
}
