import { LockMode } from '@mikro-orm/postgresql';
import { requireOrder } from '../act-order.ts';
import { regionsOf } from '../place.ts';
import { expectVersion, notFound, UserError } from '../user-error.ts';
import { decided } from './builder.ts';
import { DemandRef, demandSubject } from './demand.ts';
import { roundFor } from './demand-submit.ts';
import { Demand, DemandItem } from './tables/demand.ts';
import { Selection } from './tables/selection.ts';

decided('demandPublish', {
  description:
    'Publishes the needs of a receiving unit to groups of units; again, to further groups. Errors: NOT_FOUND, STALE_VERSION, ON_BEFORE_LAST_ACT, WRONG_STATE, COUNTY_OUTSIDE_ROUND, YEAR_MISMATCH, SELECTION_MISMATCH.',
  thing: 'demand',
  type: DemandRef,
  input: (t) => ({
    demand: t.id({ required: true }),
    version: t.int({ required: true }),
    audience: t.stringList({ required: true, description: 'Codes of the groups of units that it is published to.' }),
    selection: t.id({ description: 'The round it is published for, if it was not named before.' }),
  }),
  plan: (input, _context) => ({
    entity: Demand,
    async prepare(tx, on) {
      const demand = await tx.findOne(Demand, { id: input.demand }, { lockMode: LockMode.PESSIMISTIC_WRITE });
      if (!demand) throw notFound('demand');
      expectVersion(demand.version, input.version);
      requireOrder(demand.publishedOn ?? demand.submittedOn, on);
      if (demand.selectionId && input.selection && demand.selectionId !== input.selection) {
        throw new UserError('SELECTION_MISMATCH', 'selection', {
          zh: '该需求已列入另一轮选聘。',
          en: 'This need belongs to another round.',
        });
      }
      const selection = input.selection
        ? await roundFor(tx, input.selection, { regions: regionsOf(demand), year: demand.year })
        : demand.selectionId
          ? await tx.findOne(Selection, { id: demand.selectionId })
          : null;
      const audience = [...new Set([...demand.audience, ...input.audience])].sort();
      return {
        subject: demandSubject(demand, selection?.id ?? null),
        facts: {
          'demand.itemCount': await tx.count(DemandItem, { demandId: demand.id }),
          'demand.kind': demand.kind ?? undefined,
          'demand.published': demand.published,
          'demand.audience': audience,
          'selection.level': selection?.level,
        },
        current: demand,
        change() {
          demand.status = 'published';
          demand.published = true;
          demand.publishedOn = on;
          demand.audience = audience;
          demand.selectionId = selection?.id ?? null;
          return demand;
        },
      };
    },
  }),
});
