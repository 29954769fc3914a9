import { v7 as uuid } from 'uuid';
import { page } from '../connection.ts';
import { loadById } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { LocalMeasure } from './tables/local-measure.ts';
import { Organisation } from './tables/organisation.ts';
import { Region } from './tables/region.ts';
import { inForceOn } from './team-facts.ts';

export const LocalMeasureRef = builder.objectRef<LocalMeasure>('LocalMeasure');
LocalMeasureRef.implement({
  description: 'A measure that a place or a unit made of its own, beyond what the packs say.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    title: t.exposeString('title'),
    number: t.exposeString('number', { nullable: true, description: 'The number of the document.' }),
    region: t.field({
      type: RegionRef,
      description: 'Where it holds.',
      resolve: async (measure, _args, context) => (await loadById(context, Region, measure.regionId)) as Region,
    }),
    issuer: t.field({
      type: OrganisationRef,
      resolve: async (measure, _args, context) =>
        (await loadById(context, Organisation, measure.issuerId)) as Organisation,
    }),
    issuerLevel: t.exposeString('issuerLevel', { description: 'national, province, prefecture, county or unit.' }),
    kinds: t.exposeStringList('kinds', { description: "Codes of the pack's vocabulary." }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    url: t.exposeString('url', { nullable: true }),
  }),
});
builder.asEntity(LocalMeasureRef, {
  key: builder.selection<{ id: string }>('id'),
  resolveReference: ({ id }, context) => loadById(context, LocalMeasure, id),
});

const LocalMeasureFilter = builder.inputType('LocalMeasureFilter', {
  fields: (t) => ({
    region: t.id({ description: 'Holds in exactly this region.' }),
    prefecture: t.id({ description: 'Holds in this prefecture or in a county of it.' }),
    issuer: t.id(),
    kind: t.string(),
    inForceOn: t.field({ type: 'Date' }),
  }),
});

builder.queryFields((t) => ({
  localMeasure: t.field({
    type: LocalMeasureRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    resolve: (_root, { id }, context) => loadById(context, LocalMeasure, id),
  }),
  localMeasures: t.connection({
    type: LocalMeasureRef,
    args: { filter: t.arg({ type: LocalMeasureFilter }) },
    resolve(_root, args, context) {
      const { region, prefecture, issuer, kind, inForceOn: day } = args.filter ?? {};
      return page(context.em, LocalMeasure, {
        where: {
          ...(region ? { regionId: region } : {}),
          ...(prefecture ? { prefectureId: prefecture } : {}),
          ...(issuer ? { issuerId: issuer } : {}),
          ...(kind ? { kinds: { $contains: [kind] } } : {}),
          ...(day ? inForceOn(day) : {}),
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

decided('localMeasureRecord', {
  description:
    'Records a measure of a place, in force from `from`. Errors: TITLE_REQUIRED, NOT_FOUND (region, issuer), ISSUER_OUTSIDE (it is of another place), TO_INVALID.',
  thing: 'localMeasure',
  type: LocalMeasureRef,
  input: (t) => ({
    region: t.id({ required: true, description: 'Where it holds.' }),
    issuer: t.id({ required: true, description: 'The organisation that made it.' }),
    title: t.string({ required: true }),
    number: t.string({ description: 'The number of the document.' }),
    kinds: t.stringList({ required: true, description: "Codes of the pack's vocabulary." }),
    from: t.field({ type: 'Date', description: 'Its first day; the day of the act if absent.' }),
    to: t.field({ type: 'Date', description: 'The first day it no longer holds; absent: open end.' }),
    url: t.string(),
  }),
  plan: (input) => ({
    entity: LocalMeasure,
    async prepare(tx, on) {
      if (!input.title.trim()) {
        throw new UserError('TITLE_REQUIRED', 'title', { zh: '标题不能为空。', en: 'The title is empty.' });
      }
      const from = input.from ?? on;
      if (input.to && input.to <= from) {
        throw new UserError('TO_INVALID', 'to', {
          zh: '失效日期须晚于生效日期。',
          en: 'It ends before it begins.',
        });
      }
      const region = await tx.findOne(Region, { id: input.region });
      if (!region) throw notFound('region');
      const issuer = await tx.findOne(Organisation, { id: input.issuer });
      if (!issuer) throw notFound('issuer');
      // Whoever acts for an issuer covers the measure: without this a unit could give any county a measure of its own.
      if (!region.path.includes(issuer.regionId)) {
        throw new UserError('ISSUER_OUTSIDE', 'issuer', {
          zh: '制定单位不在该地域或其上级地域。',
          en: 'The issuer is of another place than the region and those above it.',
        });
      }
      const kinds = [...new Set(input.kinds.map((kind) => kind.trim()).filter(Boolean))];
      const id = uuid();
      return {
        subject: { type: 'LocalMeasure', id, regions: region.path, organisations: [issuer.id] },
        facts: { 'localMeasure.issuerLevel': issuer.level, 'localMeasure.kinds': kinds },
        current: null,
        change: async () =>
          tx.create(LocalMeasure, {
            id,
            version: 1,
            title: input.title.trim(),
            number: input.number?.trim() || null,
            regionId: region.id,
            ...(await placeOf(tx, region)),
            issuerId: issuer.id,
            issuerLevel: issuer.level,
            kinds,
            from,
            to: input.to ?? null,
            url: input.url?.trim() || null,
          }),
      };
    },
  }),
});
