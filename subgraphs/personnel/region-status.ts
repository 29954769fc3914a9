import { LockMode, type SqlEntityManager } from '@mikro-orm/postgresql';
import { v7 as uuid } from 'uuid';
import { requireOrder } from '../act-order.ts';
import { requireCode } from '../code.ts';
import { loadById } from '../loader.ts';
import { notFound } from '../user-error.ts';
import { builder, decided } from './builder.ts';
import { RegionRef, RegionStatusRef } from './region.ts';
import { statusOf } from './region-status-facts.ts';
import { Region, RegionStatus } from './tables/region.ts';

builder.objectFields(RegionStatusRef, (t) => ({
  id: t.exposeID('id'),
  region: t.field({
    type: RegionRef,
    resolve: async (status, _args, context) => (await loadById(context, Region, status.regionId)) as Region,
  }),
}));

/** Records a value of a status from a day on: the value that stood until then ends on it. The caller holds the region. */
export async function recordStatus(
  tx: SqlEntityManager,
  status: {
    readonly regionId: string;
    readonly kind: string;
    readonly value: boolean;
    readonly source: string;
    /** The act of a procedure that records it. */
    readonly stepId?: string;
  },
  on: string,
): Promise<RegionStatus> {
  const { regionId, kind, value, source, stepId = null } = status;
  for (const open of await tx.find(RegionStatus, { regionId, kind, to: null })) {
    if (open.from) requireOrder(open.from, on);
    open.to = on;
  }
  // First the end of the one, or two values would stand at once.
  await tx.flush();
  return tx.create(RegionStatus, { id: uuid(), regionId, kind, value, from: on, to: null, source, stepId });
}

decided('regionStatusRecord', {
  description:
    'Records a status of a region from the day of the act on, in place of the value that stood. What stood before stays on record. Errors: NOT_FOUND (region), CODE_INVALID, ON_BEFORE_LAST_ACT.',
  thing: 'regionStatus',
  type: RegionStatusRef,
  input: (t) => ({
    region: t.id({ required: true }),
    kind: t.string({ required: true, description: 'Code of the status, such as poverty-lifted or poor.' }),
    value: t.boolean({ required: true, description: 'False: it holds no longer from that day.' }),
    source: t.string({ description: 'The document or list that says so.' }),
  }),
  plan: (input) => ({
    entity: RegionStatus,
    async prepare(tx, on) {
      const kind = requireCode(input.kind, 'kind');
      // Held, so that one value stands at a time.
      const region = await tx.findOne(Region, { id: input.region }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!region) throw notFound('region');
      const [latest] = await tx.find(
        RegionStatus,
        { regionId: region.id, kind },
        { orderBy: { from: 'desc nulls last', id: 'desc' }, limit: 1 },
      );
      if (latest?.from) requireOrder(latest.from, on);
      const source = input.source?.trim() || null;
      return {
        subject: { type: 'RegionStatus', id: region.id, regions: region.path },
        facts: {
          'regionStatus.kind': kind,
          'regionStatus.value': input.value,
          'regionStatus.sourceStated': source !== null,
          'regionStatus.regionLevel': region.level,
          'regionStatus.changes': (await statusOf(tx, region.id, kind, on)) !== input.value,
        },
        current: latest ?? null,
        change: () => recordStatus(tx, { regionId: region.id, kind, value: input.value, source: source ?? '' }, on),
      };
    },
  }),
});
