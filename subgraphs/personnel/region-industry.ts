import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import type { Decision } from '../../policies/decision.ts';
import { requireOrder } from '../act-order.ts';
import { loadById } from '../loader.ts';
import { liesIn } from '../place.ts';
import { decideStanding, standingArgs } from '../standing.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided, types } from './builder.ts';
import { placeOf } from './place.ts';
import { RegionRef } from './region.ts';
import { servedIndustries } from './serving.ts';
import { Region } from './tables/region.ts';
import { RegionIndustry } from './tables/region-industry.ts';
import { inForceOn } from './team-facts.ts';

export const RegionIndustryRef = builder.objectRef<RegionIndustry>('RegionIndustry');
RegionIndustryRef.implement({
  description: 'An industry that is characteristic of a region.',
  fields: (t) => ({
    id: t.exposeID('id'),
    region: t.field({
      type: RegionRef,
      resolve: async (row, _args, context) => (await loadById(context, Region, row.regionId)) as Region,
    }),
    industry: t.exposeString('industry', { description: "Code of the pack's vocabulary." }),
    from: t.expose('from', { type: 'Date' }),
    to: t.expose('to', { type: 'Date', nullable: true, description: 'The first day it no longer holds.' }),
    source: t.exposeString('source', { nullable: true, description: 'The document that says so.' }),
  }),
});

interface IndustryCoverage {
  readonly asOf: string;
  readonly industries: readonly { readonly row: RegionIndustry; readonly covered: boolean }[];
  readonly decision: Decision;
}

const CoveredIndustryRef = builder.objectRef<IndustryCoverage['industries'][number]>('CoveredIndustry').implement({
  description: 'A characteristic industry, and whether anybody serves it there.',
  fields: (t) => ({
    industry: t.field({ type: RegionIndustryRef, resolve: ({ row }) => row }),
    covered: t.exposeBoolean('covered'),
  }),
});

const IndustryCoverageRef = builder.objectRef<IndustryCoverage>('IndustryCoverage').implement({
  description:
    'How far the characteristic industries of a region and those below it are served. An industry counts once for each region that it is characteristic of, for serving it in one county is not serving it in the next.',
  fields: (t) => ({
    asOf: t.expose('asOf', { type: 'Date' }),
    characteristicCount: t.int({ resolve: ({ industries }) => industries.length }),
    coveredCount: t.int({
      description: 'Served by an appointment or by a team that has an agreement.',
      resolve: ({ industries }) => industries.filter(({ covered }) => covered).length,
    }),
    industries: t.field({ type: [CoveredIndustryRef], resolve: ({ industries }) => [...industries] }),
    decision: t.field({ type: types.DecisionRef, resolve: ({ decision }) => decision }),
  }),
});

builder.objectFields(RegionRef, (t) => ({
  characteristicIndustries: t.field({
    type: [RegionIndustryRef],
    description: 'Of exactly this region, on a day.',
    args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
    resolve: (region, { asOf }, context) =>
      context.em.find(
        RegionIndustry,
        { regionId: region.id, ...inForceOn(asOf ?? context.today) },
        { orderBy: { industry: 'asc' } },
      ),
  }),
  industryCoverage: t.field({
    type: IndustryCoverageRef,
    description: 'Whether its characteristic industries are served as the packs want it. Point: industryCoverage.',
    args: standingArgs(t as never),
    async resolve(region, args, context) {
      const asOf = args.asOf ?? context.today;
      const rows = await context.em.find(
        RegionIndustry,
        { ...liesIn(region), ...inForceOn(asOf) },
        { orderBy: { regionId: 'asc', industry: 'asc' } },
      );
      const served = await servedIndustries(context.em, region, asOf);
      const industries = rows.map((row) => ({ row, covered: served(row.regionId, row.industry) }));
      const facts = {
        'industry.characteristicCount': industries.length,
        'industry.coveredCount': industries.filter(({ covered }) => covered).length,
      };
      return { asOf, industries, decision: decideStanding(context, 'industryCoverage', region.path, facts, args) };
    },
  }),
}));

decided('regionIndustryRecord', {
  description:
    'Records that an industry is characteristic of a region from the day of the act, or with `characteristic: false` that it no longer is. Errors: INDUSTRY_REQUIRED, NOT_FOUND, WRONG_STATE (it is so already), ON_BEFORE_LAST_ACT.',
  thing: 'regionIndustry',
  type: RegionIndustryRef,
  input: (t) => ({
    region: t.id({ required: true }),
    industry: t.string({ required: true, description: "Code of the pack's vocabulary." }),
    characteristic: t.boolean({ description: 'True if absent.' }),
    source: t.string({ description: 'The document that says so.' }),
  }),
  plan: (input) => ({
    entity: RegionIndustry,
    async prepare(tx, on) {
      const industry = input.industry.trim();
      if (!industry) {
        throw new UserError('INDUSTRY_REQUIRED', 'industry', { zh: '产业不能为空。', en: 'The industry is empty.' });
      }
      // Held, so that an industry is not recorded twice at once.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      const [latest] = await tx.find(
        RegionIndustry,
        { regionId: region.id, industry },
        { orderBy: { from: 'desc', id: 'desc' }, limit: 1 },
      );
      if (latest) requireOrder(latest.to ?? latest.from, on);
      const current = latest && !latest.to ? latest : null;
      const characteristic = input.characteristic ?? true;
      if (characteristic === (current !== null)) {
        throw new UserError('WRONG_STATE', 'industry', {
          zh: characteristic ? '该产业已登记为特色产业。' : '该产业未登记为特色产业。',
          en: characteristic ? 'It is recorded as characteristic already.' : 'It is not recorded as characteristic.',
        });
      }
      const id = current?.id ?? uuid();
      return {
        subject: { type: 'RegionIndustry', id, regions: region.path },
        facts: {},
        current,
        async change() {
          if (current) {
            current.to = on;
            return current;
          }
          return tx.create(RegionIndustry, {
            id,
            version: 1,
            regionId: region.id,
            ...(await placeOf(tx, region)),
            industry,
            from: on,
            to: null,
            source: input.source?.trim() || null,
          });
        },
      };
    },
  }),
});
