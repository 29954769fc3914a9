import { LockMode } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { requireCode } from '../code.ts';
import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { notFound, UserError } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { RegionRef } from './region.ts';
import { Region } from './tables/region.ts';
import { RegionFigure } from './tables/region-figure.ts';

const RegionFigureRef = builder.objectRef<RegionFigure>('RegionFigure').implement({
  description: 'What is counted of a place itself: its people, its poor people, its area.',
  fields: (t) => ({
    id: t.exposeID('id'),
    kind: t.exposeString('kind', { description: "Code of the pack's vocabulary, whose name says the unit." }),
    value: t.exposeInt('value', { description: 'Not negative.' }),
    on: t.expose('on', { type: 'Date', description: 'The day that it describes.' }),
    source: t.exposeString('source', { nullable: true, description: 'The yearbook, bulletin or ledger that says so.' }),
  }),
});

interface FigureTotal {
  readonly value: number | null;
  readonly reporting: number;
  readonly expected: number;
}

const FigureTotalRef = builder.objectRef<FigureTotal>('RegionFigureTotal').implement({
  description: 'The sum of a figure over the counties of a place, and how many of them it is made of.',
  fields: (t) => ({
    value: t.exposeInt('value', { nullable: true, description: 'Null when no county has one: that is not 0.' }),
    reporting: t.exposeInt('reporting', { description: 'Counties with a figure on record by the day.' }),
    expected: t.exposeInt('expected', { description: 'Counties that exist on the day.' }),
  }),
});

type Row = Record<'reporting' | 'expected', string> & { readonly id: string; readonly value: string | null };

/** The sums of many regions in one query. */
async function totalsOf(context: Context, regions: readonly string[], kind: string, on: string) {
  const schema = context.em.config.get('schema');
  const rows = await context.em.execute<Row[]>(
    `select at.id, sum(figure.value) as value, count(figure.value) as reporting, count(*) as expected
       from ?? county cross join lateral unnest(county.path) as at(id)
       left join lateral (
         select value from ?? f where f.region_id = county.id and f.kind = ? and f."on" <= ?
          order by f."on" desc, f.id desc limit 1) as figure on true
      where county.level = 'county' and (county.valid_from is null or county.valid_from <= ?)
        and (county.valid_to is null or county.valid_to > ?)
        and at.id in (${regions.map(() => '?').join(', ')})
      group by at.id`,
    [`${schema}.region`, `${schema}.region_figure`, kind, on, on, on, ...regions],
  );
  return rows.map(
    ({ id, value, reporting, expected }) =>
      [
        id,
        { value: value === null ? null : Number(value), reporting: Number(reporting), expected: Number(expected) },
      ] as const,
  );
}

/** The newest figure of each kind by a day, of many regions in one query. */
async function newestOf(context: Context, regions: readonly string[], on: string) {
  const rows = await context.em.find(
    RegionFigure,
    { regionId: { $in: [...regions] }, on: { $lte: on } },
    { orderBy: { kind: 'asc', on: 'asc', id: 'asc' } },
  );
  const newest = new Map(rows.map((row) => [`${row.regionId} ${row.kind}`, row]));
  return Map.groupBy(newest.values(), ({ regionId }) => regionId);
}

const asOf = 'The newest by this day; today if absent.';

// Asked of many regions at once (`regions(filter: { within, level: COUNTY })`) each of these is one query for them all.
builder.objectFields(RegionRef, (t) => ({
  figures: t.field({
    type: [RegionFigureRef],
    description: 'The newest figure of each kind, by kind. What is not on record is not in the list, and is not 0.',
    args: { asOf: t.arg({ type: 'Date', description: asOf }) },
    async resolve(region, args, context) {
      const on = args.asOf ?? context.today;
      const loader = loaderOf<string, RegionFigure[]>(context, `figures ${on}`, (ids) => newestOf(context, ids, on));
      return (await loader.load(region.id)) ?? [];
    },
  }),
  figureTotal: t.field({
    type: FigureTotalRef,
    args: { kind: t.arg.string({ required: true }), asOf: t.arg({ type: 'Date', description: asOf }) },
    async resolve(region, { kind, ...args }, context) {
      const on = args.asOf ?? context.today;
      const loader = loaderOf<string, FigureTotal>(context, `figureTotal ${kind} ${on}`, (ids) =>
        totalsOf(context, ids, kind, on),
      );
      return (await loader.load(region.id)) ?? { value: null, reporting: 0, expected: 0 };
    },
  }),
}));

decided('regionFigureRecord', {
  description:
    'Records a figure of a place as of the day of the act. Earlier ones stay on record. Errors: NOT_FOUND (region), CODE_INVALID, VALUE_INVALID, ON_BEFORE_LAST_ACT.',
  thing: 'regionFigure',
  type: RegionFigureRef,
  input: (t) => ({
    region: t.id({ required: true }),
    kind: t.string({ required: true, description: 'Code, such as population, poor-population, land-area.' }),
    value: t.int({ required: true, description: 'Not negative, in the unit that the name of its kind says.' }),
    source: t.string({ description: 'The yearbook, bulletin or ledger that says so.' }),
  }),
  plan: (input) => ({
    entity: RegionFigure,
    async prepare(tx, on) {
      const kind = requireCode(input.kind, 'kind');
      if (input.value < 0) {
        throw new UserError('VALUE_INVALID', 'value', { zh: '数值不能为负。', en: 'The value is not negative.' });
      }
      // Held, so that figures come in the order of their days.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      const [latest] = await tx.find(
        RegionFigure,
        { regionId: region.id, kind },
        { orderBy: { on: 'desc', id: 'desc' }, limit: 1 },
      );
      if (latest) requireOrder(latest.on, on);
      const source = input.source?.trim() || null;
      return {
        subject: { type: 'RegionFigure', id: region.id, regions: region.path },
        facts: {
          'regionFigure.kind': kind,
          'regionFigure.value': input.value,
          'regionFigure.sourceStated': source !== null,
          'regionFigure.regionLevel': region.level,
        },
        current: latest ?? null,
        change: async () =>
          tx.create(RegionFigure, { id: uuid(), regionId: region.id, kind, value: input.value, on, source }),
      };
    },
  }),
});
