import type { Context } from '../context.ts';
import { loaderOf } from '../loader.ts';
import { builder } from './builder.ts';
import { RegionRef } from './region.ts';

interface VillageTotals {
  readonly villages: number;
  readonly poor: number;
  readonly oncePoor: number;
}

const VillageTotalsRef = builder.objectRef<VillageTotals>('VillageTotals').implement({
  description: 'The villages on record of a region and below it, counted.',
  fields: (t) => ({
    villages: t.exposeInt('villages'),
    poor: t.exposeInt('poor', { description: 'Poor on the day.' }),
    oncePoor: t.exposeInt('oncePoor', { description: 'Poor on the day or before it.' }),
  }),
});

type Row = Record<keyof VillageTotals, string> & { readonly id: string };

/** The villages of many regions, counted in one query. */
async function totalsOf(context: Context, regions: readonly string[], on: string) {
  const schema = context.em.config.get('schema');
  const rows = await context.em.execute<Row[]>(
    `select at.id, count(*) as villages, count(*) filter (where exists (
              select 1 from ?? s where s.region_id = village.id and s.kind = 'poor' and s.value
                 and (s."from" is null or s."from" <= ?) and (s."to" is null or s."to" > ?))) as poor,
            count(*) filter (where exists (
              select 1 from ?? s where s.region_id = village.id and s.kind = 'poor' and s.value
                 and (s."from" is null or s."from" <= ?))) as "oncePoor"
       from ?? village cross join lateral unnest(village.path) as at(id)
      where village.level = 'village' and (village.valid_from is null or village.valid_from <= ?)
        and (village.valid_to is null or village.valid_to > ?)
        and at.id in (${regions.map(() => '?').join(', ')})
      group by at.id`,
    [`${schema}.region_status`, on, on, `${schema}.region_status`, on, `${schema}.region`, on, on, ...regions],
  );
  return rows.map(
    ({ id, villages, poor, oncePoor }) =>
      [id, { villages: Number(villages), poor: Number(poor), oncePoor: Number(oncePoor) }] as const,
  );
}

builder.objectFields(RegionRef, (t) => ({
  villageTotals: t.field({
    type: VillageTotalsRef,
    description: 'Ask it of all counties of a region at once: it is one query for them all.',
    args: { asOf: t.arg({ type: 'Date', description: 'Today if absent.' }) },
    async resolve(region, { asOf }, context) {
      const on = asOf ?? context.today;
      const loader = loaderOf<string, VillageTotals>(context, `villageTotals ${on}`, (ids) =>
        totalsOf(context, ids, on),
      );
      return (await loader.load(region.id)) ?? { villages: 0, poor: 0, oncePoor: 0 };
    },
  }),
}));
