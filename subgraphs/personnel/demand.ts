import type { Subject } from '../actor.ts';
import { page } from '../connection.ts';
import { loadById, loaderOf } from '../loader.ts';
import { regionsOf } from '../place.ts';
import { builder } from './builder.ts';
import { OrganisationRef } from './organisation.ts';
import { mayRead, whereMayRead } from './party.ts';
import { PersonRef } from './person.ts';
import { RegionRef } from './region.ts';
import { processOf, SelectionRef } from './selection.ts';
import { Demand, DemandItem } from './tables/demand.ts';
import { Organisation } from './tables/organisation.ts';
import { Person } from './tables/person.ts';
import { Region } from './tables/region.ts';
import { Selection } from './tables/selection.ts';
import { whereWithin } from './within.ts';

export const DemandRef = builder.objectRef<Demand>('Demand');
export const DemandItemRef = builder.objectRef<DemandItem>('DemandItem').implement({
  description: 'One need for science and technology.',
  fields: (t) => ({
    id: t.exposeID('id'),
    no: t.exposeInt('no'),
    demand: t.field({
      type: DemandRef,
      resolve: async (item, _args, context) => (await loadById(context, Demand, item.demandId)) as Demand,
    }),
    field: t.exposeString('field', { description: "Technology field, a code of the pack's vocabulary." }),
    industry: t.exposeString('industry'),
    stage: t.exposeString('stage', { nullable: true, description: 'Stage of the industry chain, such as processing.' }),
    description: t.exposeString('description'),
    urgency: t.exposeString('urgency', { nullable: true }),
    status: t.exposeString('status', {
      description:
        'open; matched when a person and the receiving unit agree; served when somebody is appointed for it.',
    }),
  }),
});

DemandRef.implement({
  description:
    'The needs of a receiving unit, gathered by its county for a year. Before publication only those whom it concerns see it.',
  fields: (t) => ({
    id: t.exposeID('id'),
    version: t.exposeInt('version'),
    county: t.field({
      type: RegionRef,
      resolve: async (demand, _args, context) => (await loadById(context, Region, demand.countyId)) as Region,
    }),
    receivingUnit: t.field({
      type: OrganisationRef,
      nullable: true,
      resolve: (demand, _args, context) =>
        demand.receivingUnitId ? loadById(context, Organisation, demand.receivingUnitId) : null,
    }),
    contactPerson: t.field({
      type: PersonRef,
      nullable: true,
      description: 'Whom experts talk to.',
      resolve: (demand, _args, context) =>
        demand.contactPersonId ? loadById(context, Person, demand.contactPersonId) : null,
    }),
    selection: t.field({
      type: SelectionRef,
      nullable: true,
      description: 'The round it is gathered for.',
      resolve: (demand, _args, context) =>
        demand.selectionId ? loadById(context, Selection, demand.selectionId) : null,
    }),
    year: t.exposeInt('year'),
    kind: t.exposeString('kind', { nullable: true, description: 'Code, such as industry-need.' }),
    status: t.exposeString('status', { description: 'submitted or published.' }),
    submittedOn: t.expose('submittedOn', { type: 'Date' }),
    publishedOn: t.expose('publishedOn', { type: 'Date', nullable: true }),
    audience: t.exposeStringList('audience', { description: 'Codes of the groups of units it is published to.' }),
    items: t.field({
      type: [DemandItemRef],
      resolve: async (demand, _args, context) => {
        const loader = loaderOf<string, DemandItem[]>(context, 'demandItems', async (ids) => {
          const rows = await context.em.find(DemandItem, { demandId: { $in: [...ids] } }, { orderBy: { no: 'asc' } });
          return Map.groupBy(rows, ({ demandId }) => demandId);
        });
        return (await loader.load(demand.id)) ?? [];
      },
    }),
  }),
});
builder.asEntity(DemandRef, {
  key: builder.selection<{ id: string }>('id'),
  async resolveReference({ id }, context) {
    const demand = await loadById(context, Demand, id);
    return demand && mayRead(context, demand) ? demand : null;
  },
});

const DemandFilter = builder.inputType('DemandFilter', {
  fields: (t) => ({
    region: t.id({ description: 'In this region or below it.' }),
    receivingUnit: t.id(),
    selection: t.id(),
    year: t.int(),
    status: t.string(),
  }),
});

builder.queryFields((t) => ({
  demand: t.field({
    type: DemandRef,
    nullable: true,
    args: { id: t.arg.id({ required: true }) },
    async resolve(_root, { id }, context) {
      const demand = await loadById(context, Demand, id);
      return demand && mayRead(context, demand) ? demand : null;
    },
  }),
  demands: t.connection({
    type: DemandRef,
    description: 'The needs that you may see, the oldest first.',
    args: { filter: t.arg({ type: DemandFilter }) },
    async resolve(_root, args, context) {
      const { region, receivingUnit, selection, year, status } = args.filter ?? {};
      return page(context.em, Demand, {
        where: {
          ...(region ? await whereWithin(context, region) : {}),
          ...(receivingUnit ? { receivingUnitId: receivingUnit } : {}),
          ...(selection ? { selectionId: selection } : {}),
          ...(year ? { year } : {}),
          ...(status ? { status } : {}),
          $and: [whereMayRead(context, ['receivingUnitId', 'published'])],
        },
        orderBy: { id: 'asc' },
        args,
      });
    },
  }),
}));

/** The subject of a decision about a county's needs: the county, and the receiving unit where it is known. */
export function demandSubject(demand: Demand, selectionId: string | null): Subject {
  return {
    type: 'Demand',
    id: demand.id,
    regions: regionsOf(demand),
    process: processOf(selectionId, demand.id),
    organisations: demand.receivingUnitId ? [demand.receivingUnitId] : [],
  };
}
